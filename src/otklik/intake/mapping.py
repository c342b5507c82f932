"""What was worked out once, kept in a file, corrected by hand, and used again for the next export."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from otklik.base.errors import FileError
from otklik.base.text import N_
from otklik.intake.errors import NoSuchFile
from otklik.intake.sources.table.instants import ORDERS
from otklik.intake.sources.table.plan import MODES
from otklik.schemas.log import Guess

KEYS: Final = ("encoding", "delimiter", "sheet", "date_order", "time_zone", "mode", "object_type", "silence")
"""One value each; beside them `roles` (column = role), `states` (the source's word = the log's), and `tables`."""
_WORDS: Final = ("roles", "states")
_OF_A_TABLE: Final = ("mode", "roles")


class BrokenMapping(FileError):
    """A mapping file nobody can use: facts `file`, `reason`."""

    code = "broken-mapping"
    message = N_("The mapping %(file)s cannot be used: %(reason)s.")
    hint = N_("It is a TOML or JSON file with encoding, delimiter, date_order, time_zone, mode, roles and states.")


def load_mapping(path: str | Path) -> dict[str, object]:
    """Read a mapping from TOML or JSON for ReadOptions.mapping; raises BrokenMapping, NoSuchFile."""
    path = Path(path)
    if not path.is_file():
        raise NoSuchFile(file=str(path))
    try:
        text = path.read_text("utf-8-sig")
        loaded: Any = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except UnicodeDecodeError:
        raise BrokenMapping(file=str(path), reason=N_("it is no text in UTF-8")) from None
    except (ValueError, OSError, RecursionError) as error:
        raise BrokenMapping(file=str(path), reason=str(error)) from None
    return check_mapping(loaded, str(path))


def check_mapping(loaded: Any, file: str) -> dict[str, object]:
    """Give a mapping back as it is, or raise BrokenMapping; `file` is what it is called there."""
    if not isinstance(loaded, dict):
        raise BrokenMapping(file=file, reason=N_("it is no table of settings"))
    for key, value in loaded.items():
        if reason := _problem(key, value):
            raise BrokenMapping(file=file, reason=reason)
    return loaded


def _problem(key: str, value: Any) -> str | None:
    if key == "tables":
        return _problem_of_tables(value)
    if key in _WORDS:
        is_words = isinstance(value, dict) and all(isinstance(said, str) for said in value.values())
        return None if is_words else N_("roles and states must be tables of words")
    if key == "mode" and value not in MODES:
        return N_("mode is one of log, steps, messages, history, snapshots, dates")
    if key == "date_order" and value not in ORDERS:
        return N_("date_order is dmy (day first) or mdy (month first)")
    return None if key in KEYS else N_("it has a setting nobody knows")


def _problem_of_tables(value: Any) -> str | None:
    if not isinstance(value, list) or not all(isinstance(one, dict) and one.keys() <= {*_OF_A_TABLE} for one in value):
        return N_("tables is a list of mode and roles, one for each kind of table")
    return next((reason for one in value for key, said in one.items() if (reason := _problem(key, said))), None)


def mapping_of(guesses: Iterable[Guess]) -> dict[str, object]:
    """Gather what a read worked out (ServiceLog.guesses) into a mapping that would read the same again.

    Where unlike tables were read together, each has its own mode and roles under `tables`, and what they do not agree
    on (delimiter, encoding) is left to be worked out again.
    """
    found: dict[str, list[str]] = {}
    states: dict[str, str] = {}
    tables: list[dict[str, Any]] = []
    for guess in guesses:
        if guess.what == "mode":
            tables.append({"mode": guess.value, "roles": {}})
        elif guess.what == "column" and tables:
            tables[-1]["roles"][guess.facts["column"]] = guess.value
        elif guess.what == "state":
            states.update(dict.fromkeys(filter(None, guess.facts.get("each", "").split("\n")), guess.value))
        elif guess.what in KEYS:
            found.setdefault(guess.what, []).append(guess.value)
    mapping: dict[str, object] = {key: said[0] for key, said in found.items() if len(set(said)) == 1}
    zones = [zone for zone in found.get("time_zone", ()) if zone != "UTC"]
    mapping |= {"time_zone": zones[0]} if zones else {}
    unlike = [one for number, one in enumerate(tables) if one not in tables[:number]]
    mapping |= unlike[0] if len(unlike) == 1 else {"tables": unlike} if unlike else {}
    return mapping | ({"states": states} if states else {})


def save_mapping(path: str | Path, guesses: Iterable[Guess]) -> None:
    """Write what a read worked out as TOML (or JSON, by the ending), ready to be corrected by hand."""
    path = Path(path)
    mapping = mapping_of(guesses)
    if path.suffix.lower() == ".json":
        path.write_text(json.dumps(mapping, ensure_ascii=False, indent=2) + "\n", "utf-8")
    else:
        path.write_text(_toml(mapping), "utf-8")


def _toml(mapping: Mapping[str, Any]) -> str:
    lines = [f"{key} = {_quoted(value)}" for key, value in mapping.items() if not isinstance(value, dict | list)]
    for key, value in mapping.items():
        if isinstance(value, dict):
            lines += ["", f"[{key}]", *_lines(value)]
    for table in mapping.get("tables", ()):
        lines += ["", "[[tables]]", f"mode = {_quoted(table['mode'])}", "", "[tables.roles]", *_lines(table["roles"])]
    return "\n".join(lines) + "\n"


def _lines(words: Mapping[str, object]) -> list[str]:
    return [f"{_quoted(name)} = {_quoted(said)}" for name, said in words.items()]


def _quoted(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
