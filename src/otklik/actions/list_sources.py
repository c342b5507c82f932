"""The kinds of records that can be read, each with the title of its README."""

from importlib.resources import files


def list_sources(language: str = "en") -> list[tuple[str, str]]:
    """Return (name, title in the language) of every source, by name; a source from elsewhere has its name only."""
    from otklik.intake.registry import source_names

    return [(name, _title(name, "README.ru.md" if language == "ru" else "README.md")) for name in source_names()]


def _title(name: str, page: str) -> str:
    text = files("otklik.intake.sources").joinpath(name, page)
    if not text.is_file():
        return ""
    first = text.read_text("utf-8").partition("\n")[0]
    return first.lstrip("# ").strip()
