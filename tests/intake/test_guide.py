"""The guides keep their word: the source they show is run, the roles and reasons they list are all there are."""

import re
from pathlib import Path

import pytest

from otklik import intake
from otklik.base.errors import FileError
from otklik.intake import ReadOptions, load_mapping, read_log, registry
from otklik.intake.sources.table.roles import known_roles
from otklik.intake.sources.table.vocabulary import headings, words

DOCS = Path(__file__).resolve().parents[2] / "docs"
BOOK = """2024-03-04 10:00 | 17 | asked | anna
2024-03-04 10:20 | 17 | answered | bob
a stain
2024-03-04 11:00 | 17 | done | bob
"""


@pytest.fixture(params=["en", "ru"])
def language(request):
    return request.param


def block(page: Path, kind: str) -> str:
    return re.search(rf"```{kind}\n(.*?)```", page.read_text("utf-8"), re.DOTALL)[1]


def test_the_source_of_the_guide_runs(language, tmp_path, monkeypatch):
    space: dict = {}
    exec(block(DOCS / language / "guide" / "your-own-source.md", "python"), space)
    book = tmp_path / "book.txt"
    book.write_text(BOOK)

    class Point:
        name = "counter_book"

        def load(self):
            return space["CounterBook"]

    def offered(group, name="counter_book"):
        return [Point()] if name == "counter_book" else []

    monkeypatch.setattr(registry, "entry_points", offered)
    registry.source_names.cache_clear()
    registry.load_source.cache_clear()
    try:
        log = read_log([book], ReadOptions(time_zone="Europe/Moscow"))
    finally:
        registry.source_names.cache_clear()
        registry.load_source.cache_clear()
    assert [(f"{e['at']:%H:%M}", e["kind"], e["by"]) for e in log.events.to_pylist()] == [
        ("07:00", "created", "customer"), ("07:20", "message", "agent"), ("08:00", "status", "agent"),
    ]  # fmt: skip
    assert (log.count.read, log.count.quarantined) == (4, 1)
    assert log.sources[0].source == "counter_book"


def test_the_source_of_the_guide_is_about_40_lines(language):
    code = block(DOCS / language / "guide" / "your-own-source.md", "python")
    assert 30 <= len([line for line in code.splitlines() if line.strip()]) <= 45


def test_every_role_is_explained(language):
    page = (DOCS / language / "guide" / "import.md").read_text("utf-8")
    assert [role for role in known_roles() if f"`{role}`" not in page] == []


def test_every_source_is_named(language):
    page = (DOCS / language / "guide" / "import.md").read_text("utf-8")
    assert [name for name in registry.source_names() if f"`{name}`" not in page] == []


def test_the_mapping_of_the_guide_can_be_loaded(language, tmp_path):
    path = tmp_path / "desk.toml"
    path.write_text(block(DOCS / language / "guide" / "import.md", "toml"), "utf-8")
    assert load_mapping(path)["states"] == {"У курьера": "waiting_third_party"}


def test_the_guide_shows_one_source_in_both_languages():
    english, russian = (block(DOCS / language / "guide" / "your-own-source.md", "python") for language in ("en", "ru"))
    assert english == russian


def test_the_headings_shown_are_known(language):
    page = (DOCS / language / "guide" / "import.md").read_text("utf-8")
    shown = re.findall(r"^\| (`.*) \| (?:[^|]*) \| ([^|]+) \|$", page, re.MULTILINE)
    assert len(shown) > 12
    for roles, names in shown:
        known = {phrase for role in re.findall(r"`(\w+)`", roles) for phrase in headings()[role][1]}
        assert {words(name) for name in re.split("[,;] ", names)} <= known, roles


def test_every_reason_of_the_quarantine_is_explained(language):
    page = (DOCS / language / "guide" / "import.md").read_text("utf-8")
    given = {error.code for error in all_file_errors(FileError) if "otklik.intake" in error.__module__}
    for path in Path(intake.__file__).parent.rglob("*.py"):
        given.update(re.findall(r'"((?:no|bad|not|ends|ended|ragged|broken|zero|line|unreadable)-[a-z-]+)"',
                                path.read_text("utf-8")))  # fmt: skip
    given |= {FileError.code}
    given -= {"no-such-file", "no-such-format", "broken-mapping"}
    assert len(given) > 20
    assert [reason for reason in sorted(given) if f"`{reason}`" not in page] == []


def all_file_errors(kind):
    """The kind and everything that is one, as far as it is imported."""
    for name in registry.source_names():
        registry.load_source(name)
    return {kind}.union(*(all_file_errors(special) for special in kind.__subclasses__()))
