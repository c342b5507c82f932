"""One catalogue of words from the fragments of the rooms; `--check` says what is missing, stale or contradictory.

`src/otklik/locale/ru/<room>.po` hold the Russian, one file a room; this writes `locale/{en,ru}/LC_MESSAGES/django.po`
and `.mo`, which core, command line and web read. `locale/vocabulary/<language>_<noun>.po` hold what a company may say
otherwise; each becomes a `.mo` beside it.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "otklik"
LOCALE = PACKAGE / "locale"
TAKES = {"N_": 1, "say": 1, "count": 2}
"""What marks a text for the catalogue, and how many of its arguments are texts."""
PLURALS = {
    "en": "nplurals=2; plural=(n != 1)",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)",
}
PLACE = re.compile(r"%\((\w+)\)s")
Key = str | tuple[str, ...]

NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""The same words give the same catalogue, whenever it is compiled."""


def marked(package: Path = PACKAGE) -> dict[Key, list[str]]:
    """Every text marked in the sources, alone or as (one, many), and where; a pair covers its parts."""
    found: dict[Key, list[str]] = {}
    for path in sorted([*package.rglob("*.py"), *package.rglob("templates/**/*.html")]):
        for line, message in _texts(path):
            if message:
                found.setdefault(message, []).append(f"{path.relative_to(package.parent)}:{line}")
    counted = {text for key in found if isinstance(key, tuple) for text in key}
    return {key: places for key, places in found.items() if key not in counted}


def _texts(path: Path) -> Iterator[tuple[int, Key]]:
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (key := _marked_by(node)):
                yield node.lineno, key
        return
    with path.open("rb") as source:
        for line, name, message, _ in babel_extract(source, list(TAKES), [], {}):
            texts = [part for part in ([message] if isinstance(message, str) else message or ()) if part]
            yield line, tuple(texts[:2]) if name == "count" else texts[0] if texts else ""


def _marked_by(call: ast.Call) -> Key | None:
    """The text, or the pair of texts, that a call of N_(), say() or count() marks."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    texts = [one.value for one in call.args[: TAKES.get(name, 0)] if isinstance(one, ast.Constant)]
    words = [text for text in texts if isinstance(text, str)]
    if not words or len(words) < TAKES[name]:
        return None
    return words[0] if len(words) == 1 else tuple(words)


def fragments(locale: Path = LOCALE) -> tuple[dict[Key, Message], list[str]]:
    """Every translation of the rooms, and what is wrong with the fragments."""
    known: dict[Key, Message] = {}
    wrong: list[str] = []
    for path in sorted((locale / "ru").glob("*.po")):
        for key, message in _read(path, "ru").items():
            if key in known and known[key].string != message.string:
                wrong.append(f"{path.name}: {_first(key)!r} is translated otherwise in another room")
            wrong += [f"{path.name}: {_first(key)!r}: {fault}" for fault in _faults(message)]
            known.setdefault(key, message)
    return known, wrong


def vocabularies(locale: Path = LOCALE) -> dict[Path, dict[Key, Message]]:
    """What every vocabulary says otherwise, by the file that is compiled of it."""
    found = sorted((locale / "vocabulary").glob("*.po"))
    return {path.with_suffix(".mo"): _read(path, _language(path)) for path in found}


def _read(path: Path, language: str) -> dict[Key, Message]:
    with path.open("rb") as source:
        read = read_po(source, locale=language, abort_invalid=True)
    return {key: message for message in read if (key := _key(message))}


def _language(path: Path) -> str:
    return path.stem.partition("_")[0]


def _key(message: Message) -> Key:
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def _first(key: Key) -> str:
    return key if isinstance(key, str) else key[0]


def _faults(message: Message) -> list[str]:
    texts = [message.string] if isinstance(message.string, str) else list(message.string)
    faults = ["fuzzy"] if message.fuzzy else []
    faults += ["not translated"] if not all(texts) else []
    wanted = {
        place for text in ([message.id] if isinstance(message.id, str) else message.id) for place in PLACE.findall(text)
    }
    optional = {"n"} if not isinstance(message.id, str) else set()
    for text in filter(None, texts):
        places = set(PLACE.findall(text))
        if places - wanted or wanted - places - optional:
            faults.append(f"its places are {sorted(places)}, not {sorted(wanted)}")
        if wanted and re.search(r"%(?![(%])", text.replace("%%", "")):
            faults.append("a bare % beside places must be written %%")
    return faults


def merged(language: str, keys: dict[Key, list[str]], known: dict[Key, Message]) -> Catalog:
    """The whole catalogue of one language, ordered by key; English keys speak for themselves."""
    catalog = _empty(language)
    for key in sorted({*keys, *known}, key=lambda key: (_first(key), str(key))):
        if language == "en":
            catalog.add(key, key if isinstance(key, str) else list(key))
        elif key in known:
            catalog.add(key, known[key].string)
    return catalog


def _empty(language: str) -> Catalog:
    catalog = Catalog(locale=language, fuzzy=False, charset="utf-8", project="otklik", creation_date=NO_DATE)
    catalog.mime_headers = [
        ("Language", language), ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"), ("Plural-Forms", PLURALS[language]),
    ]  # fmt: skip
    return catalog


def compiled(catalog: Catalog) -> tuple[bytes, bytes]:
    """The catalogue as .po and .mo."""
    text, machine = io.BytesIO(), io.BytesIO()
    write_po(text, catalog, omit_header=True, no_location=True, width=100)
    write_mo(machine, catalog)
    head = "".join(f'"{name}: {value}\\n"\n' for name, value in catalog.mime_headers)
    return f'msgid ""\nmsgstr ""\n{head}\n'.encode() + text.getvalue(), machine.getvalue()


def outputs(package: Path = PACKAGE) -> dict[Path, bytes]:
    """What every generated file should hold."""
    locale = package / "locale"
    keys, (known, _) = marked(package), fragments(locale)
    files = {}
    for language in PLURALS:
        folder = locale / language / "LC_MESSAGES"
        files[folder / "django.po"], files[folder / "django.mo"] = compiled(merged(language, keys, known))
    for path, said in vocabularies(locale).items():
        catalog = _empty(_language(path))
        for key in sorted(said, key=_first):
            catalog.add(key if isinstance(key, str) else list(key), said[key].string)
        files[path] = compiled(catalog)[1]
    return files


def problems(package: Path = PACKAGE) -> list[str]:
    """Marked texts without Russian, faulty fragments, stale files."""
    keys, (known, wrong) = marked(package), fragments(package / "locale")
    missing = [f"{places[0]}: no Russian for {_first(key)!r}" for key, places in keys.items() if key not in known]
    for path, said in vocabularies(package / "locale").items():
        name = path.with_suffix(".po").name
        wrong += [f"{name}: {_first(key)!r} is said nowhere" for key in said if key not in keys]
        wrong += [f"{name}: {_first(key)!r}: {fault}" for key in said for fault in _faults(said[key])]
    stale = [
        f"{path.relative_to(package)} is stale: run python -m tools.catalogue"
        for path, content in outputs(package).items()
        if not path.exists() or path.read_bytes() != content
    ]
    return [*wrong, *missing, *stale]


def main(arguments: list[str]) -> int:
    """Write the catalogue, or with --check say what is wrong with it."""
    if "--check" in arguments:
        found = problems()
        print("\n".join(found) or "The words are complete.")
        return 1 if found else 0
    for path, content in outputs().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    keys, (known, _) = marked(), fragments()
    print(f"{len(keys)} texts, {len(keys.keys() - known.keys())} without Russian")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
