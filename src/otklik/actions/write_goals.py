"""Goals as a file: JSON and TOML whole, CSV and XLSX one row a key result; `read_goals` reads each of them back."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from otklik.actions.goal_cells import without_defaults, write_cell
from otklik.actions.goal_columns import COLUMNS, Column, Part
from otklik.base.errors import UserError
from otklik.base.files import whole_file
from otklik.base.text import N_, Words
from otklik.schemas.goals import Bound, Cycle, KeyResult, Objective, Pushed

FORMATS: Final = ("json", "toml", "csv", "xlsx")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
Cells = dict[str, str | float | None]


class UnknownGoalsFormat(UserError):
    """A kind of file that goals cannot be written as or read from: facts `file`, `known`."""

    code = "unknown-goals-format"
    message = N_("%(file)s: goals are kept as %(known)s.")
    hint = N_("Give the file one of these endings.")


def write_goals(cycle: Cycle, path: Path, *, language: str = "en") -> None:
    """Write a cycle in the format its ending says; headings of tables are in the reader's language.

    Texts in tables cannot become formulas: they go through the one writer of exports.
    """
    format = path.suffix.lower().lstrip(".")
    if format not in FORMATS:
        raise UnknownGoalsFormat(file=str(path), known=", ".join(FORMATS))
    if format in ("csv", "xlsx"):
        _write_table(cycle, path, format, Words(language))
        return
    text = goals_json(cycle) if format == "json" else goals_toml(cycle)
    with whole_file(path) as temporary:
        temporary.write_text(text, "utf-8")


def goals_json(cycle: Cycle) -> str:
    """A cycle as JSON, without what is at its default."""
    return json.dumps(without_defaults(cycle), ensure_ascii=False, indent=2) + "\n"


def goals_toml(cycle: Cycle) -> str:
    """A cycle as TOML: objectives and key results as blocks, everything below them in one line."""
    told = without_defaults(cycle)
    objectives = told.pop("objectives", [])
    lines = list(_settings(told))
    for objective in objectives:
        key_results = objective.pop("key_results", [])
        lines += ["", "[[objectives]]", *_settings(objective)]
        for key_result in key_results:
            lines += ["", "[[objectives.key_results]]", *_settings(key_result)]
    return "\n".join(lines) + "\n"


def _settings(told: Mapping[str, Any]) -> Iterator[str]:
    return (f"{_key(name)} = {_value(value)}" for name, value in told.items())


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name)


def _value(value: Any) -> str:
    if value is None:
        return "0"  # the one value that is not None by default: 0 days of a window are the whole cycle
    if isinstance(value, Mapping):
        return "{" + ", ".join(_settings(value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)


def _write_table(cycle: Cycle, path: Path, format: str, words: Words) -> None:
    import pyarrow as pa

    from otklik.actions.hand_out_table import hand_out_table

    rows = list(_rows(cycle))
    kept = [column for column in COLUMNS if any(row[column.code] is not None for row in rows)]
    arrays, names = [], []
    for column in kept:
        kind = pa.float64() if column.kind == "number" else pa.string()
        arrays.append(pa.array([row[column.code] for row in rows], kind))
        names.append(words.say(column.heading))
    hand_out_table(pa.table(arrays, names=names), path, format)


def _rows(cycle: Cycle) -> Iterator[Cells]:
    """One row a key result; an objective without any, and a cycle without objectives, have a row of their own."""
    if not cycle.objectives:
        yield _row(cycle, None, 0, None)
    for number, objective in enumerate(cycle.objectives, start=1):
        for key_result in objective.key_results or (None,):
            yield _row(cycle, objective, number, key_result)


def _row(cycle: Cycle, objective: Objective | None, number: int, key_result: KeyResult | None) -> Cells:
    source = key_result.source if key_result else None
    which = source.which if isinstance(source, Bound) else None
    parts: dict[Part, Any] = {
        "cycle": cycle, "objective": objective, "key_result": key_result, "source": source, "which": which,
    }  # fmt: skip
    return {column.code: write_cell(column, _field(parts[column.part], column, number)) for column in COLUMNS}


def _field(thing: Any, column: Column, number: int) -> Any:
    if thing is None:
        return None
    if column.code == "objective_number":
        return number
    if column.code == "series" and not isinstance(thing, Pushed):
        return None
    value = getattr(thing, column.field, None)
    if column.code == "window_days" and isinstance(thing, Bound) and value is None:
        return 0
    return value
