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

KEYS: Final = ("encoding", "delimiter", "sheet", "date_order", "time_zone", "mode")
"""One value each; beside them `roles` (column = role) and `states` (the source's word = the log's)."""
_TABLES: Final = ("roles", "states")


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
        if key in _TABLES:
            if not isinstance(value, dict) or not all(isinstance(said, str) for said in value.values()):
                raise BrokenMapping(file=file, reason=N_("roles and states must be tables of words"))
        elif key not in KEYS:
            raise BrokenMapping(file=file, reason=N_("it has a setting nobody knows"))
        elif key == "mode" and value not in MODES:
            raise BrokenMapping(file=file, reason=N_("mode is one of log, steps, messages, history, snapshots, dates"))
        elif key == "date_order" and value not in ORDERS:
            raise BrokenMapping(file=file, reason=N_("date_order is dmy (day first) or mdy (month first)"))
    return loaded


def mapping_of(guesses: Iterable[Guess]) -> dict[str, object]:
    """Gather what a read worked out (ServiceLog.guesses) into a mapping that would read the same again."""
    mapping: dict[str, object] = {}
    roles: dict[str, str] = {}
    states: dict[str, str] = {}
    for guess in guesses:
        if guess.what == "column":
            roles[guess.facts["column"]] = guess.value
        elif guess.what == "state":
            states.update(dict.fromkeys(filter(None, guess.facts.get("each", "").split("\n")), guess.value))
        elif guess.what in KEYS:
            mapping.setdefault(guess.what, guess.value)
    return mapping | ({"roles": roles} if roles else {}) | ({"states": states} if states else {})


def save_mapping(path: str | Path, guesses: Iterable[Guess]) -> None:
    """Write what a read worked out as TOML (or JSON, by the ending), ready to be corrected by hand."""
    path = Path(path)
    mapping = mapping_of(guesses)
    if path.suffix.lower() == ".json":
        path.write_text(json.dumps(mapping, ensure_ascii=False, indent=2) + "\n", "utf-8")
    else:
        path.write_text(_toml(mapping), "utf-8")


def _toml(mapping: Mapping[str, object]) -> str:
    lines = [f"{key} = {_quoted(value)}" for key, value in mapping.items() if not isinstance(value, dict)]
    for key, value in mapping.items():
        if isinstance(value, dict):
            lines += ["", f"[{key}]", *(f"{_quoted(name)} = {_quoted(said)}" for name, said in value.items())]
    return "\n".join(lines) + "\n"


def _quoted(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
