"""A table of goals becomes a cycle: rows are gathered into objectives, cells that cannot be read are named."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from otklik.actions.goal_cells import BadCell, is_percent, read_cell
from otklik.actions.goal_columns import COLUMNS, Column, column_named
from otklik.actions.table_rows import NumberedRow
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.goals import Cycle, KeyResult, Objective

Told = dict[str, Any]
_MEASURED: Final = frozenset(
    ("measure", "clock", "calendar", "statistic", "within_s", "quantile", "window_days", "weekly")
)
_REASONS: Final = {
    "missing": N_("it is missing"),
    "extra_forbidden": N_("there is no such field"),
    "literal_error": N_("it is none of the known values"),
    "union_tag_invalid": N_("it is none of the known values"),
    "float_parsing": N_("it is no number"),
    "float_type": N_("it is no number"),
    "finite_number": N_("it is no number"),
    "date_from_datetime_parsing": N_("it is no date, such as 2026-03-31 or 31.03.2026"),
    "date_parsing": N_("it is no date, such as 2026-03-31 or 31.03.2026"),
    "date_type": N_("it is no date, such as 2026-03-31 or 31.03.2026"),
    "string_type": N_("it is no text"),
}
"""What pydantic finds wrong -> catalogue key."""
_ANY_CYCLE: Final = {"title": "", "start": date(2026, 1, 1), "end": date(2026, 1, 2)}
Made = TypeVar("Made", bound=BaseModel)


class UnreadableGoalCell(UserError):
    """A cell that cannot be read: facts `file`, `row`, `column`, `text`, `reason`."""

    code = "unreadable-goal-cell"
    message = N_("%(file)s, row %(row)s, column %(column)s: “%(text)s” cannot be right: %(reason)s.")
    hint = N_("docs/en/guide/okr-files.md tells every field and column.")


class UnknownGoalColumn(UserError):
    """A heading nobody knows: facts `file`, `row`, `column`."""

    code = "unknown-goal-column"
    message = N_("%(file)s, row %(row)s: there is no column called “%(column)s”.")
    hint = N_("docs/en/guide/okr-files.md tells every field and column.")


class NoGoalsInTable(UserError):
    """A table without a column of objectives: facts `file`."""

    code = "no-goals-in-table"
    message = N_("%(file)s has no column of objectives.")
    hint = N_("The first row names the columns; at least Objective and Key result are needed.")


def cycle_of_rows(rows: Iterable[NumberedRow], name: str, start: date, end: date) -> Cycle:
    """Gather rows into a cycle; the first row has the headings, `start` and `end` are taken where no row tells them."""
    numbered = iter(rows)
    head = next(numbered, (1, []))
    table = _Table(name, _columns(head, name), head[1])
    for row in numbered:
        table.add(*row)
    return table.cycle(start, end)


def _columns(head: NumberedRow, name: str) -> list[Column | None]:
    number, headings = head
    found = [column_named(heading) if heading.strip() else None for heading in headings]
    if not any(column and column.code in ("objective", "cycle") for column in found):
        raise NoGoalsInTable(file=name)
    for heading, column in zip(headings, found, strict=True):
        if heading.strip() and column is None:
            raise UnknownGoalColumn(file=name, row=number, column=heading.strip())
    return found


class _Table:
    """What the rows so far have told."""

    def __init__(self, name: str, columns: list[Column | None], headings: list[str]) -> None:
        self._name = name
        self._columns = columns
        self._headings = {column: text.strip() for column, text in zip(columns, headings, strict=True) if column}
        self._cycle: Told = {}
        self._objectives: dict[object, Told] = {}
        self._last: object = None

    def add(self, number: int, cells: list[str]) -> None:
        """Take one row."""
        parts: dict[str, Told] = {"cycle": {}, "objective": {}, "key_result": {}, "source": {}, "which": {}}
        percent = False
        for column, text in zip(self._columns, cells, strict=False):
            if column is None or not text.strip():
                continue
            parts[column.part][column.field] = self._cell(number, column, text)
            percent = percent or (column.code in ("baseline", "target") and is_percent(text))
        self._cycle = parts["cycle"] | self._cycle
        self._checked(number, Cycle, _ANY_CYCLE | parts["cycle"], "cycle")
        objective = self._objective_of(number, parts["objective"])
        if objective is not None and (told := parts["key_result"]):
            objective["key_results"].append(self._key_result(number, told, parts, percent))

    def cycle(self, start: date, end: date) -> Cycle:
        """Give the cycle that was told."""
        told: Told = {"title": Path(self._name).stem} | self._cycle
        if "start" not in told and "end" not in told:
            told |= {"start": start, "end": end}
        objectives = [Objective.model_validate(one) for one in self._objectives.values()]
        return self._checked(1, Cycle, told | {"objectives": objectives}, "cycle")

    def _cell(self, number: int, column: Column, text: str) -> Any:
        try:
            return read_cell(column, text)
        except BadCell as error:
            raise self._wrong(number, column, text, error.reason) from None

    def _objective_of(self, number: int, told: Told) -> Told | None:
        """The objective a row belongs to: by number, id or title; a row that names none goes on with the last."""
        position = told.pop("number", None)
        key = position or told.get("id") or told.get("title")
        if key is None and self._last is None:
            return None
        key = self._last if key is None else key
        self._last = key
        if key not in self._objectives:
            self._checked(number, Objective, {"title": ""} | told, "objective")
            self._objectives[key] = {"title": "", "key_results": []} | told
        else:
            self._objectives[key] = told | self._objectives[key]
        return self._objectives[key]

    def _key_result(self, number: int, cells: Told, parts: dict[str, Told], percent: bool) -> KeyResult:
        told: Told = {"title": ""} | cells
        if percent:
            told.setdefault("unit", "share")
        if "direction" not in told and told.get("baseline") is not None and told.get("target") is not None:
            told["direction"] = "lower" if told["target"] < told["baseline"] else "raise"
        if source := _source(parts["source"], parts["which"]):
            told["source"] = source
        return self._checked(number, KeyResult, told, "key_result")

    def _checked(self, number: int, kind: type[Made], told: Told, part: str) -> Made:
        try:
            return kind.model_validate(told)
        except ValidationError as error:
            first = error.errors()[0]
            named = [str(part) for part in first["loc"] if isinstance(part, str)]
            field = named[-1] if named[:1] == ["source"] else (named or [""])[0]
            column = next(
                (one for one in COLUMNS if one.field == field and one.part in (part, "source", "which")), None
            )
            text = "" if first["type"] == "missing" else str(first.get("input", ""))[:80]
            raise self._wrong(number, column or field, text, reason_of(first["type"], first["msg"])) from None

    def _wrong(self, number: int, column: Column | str, text: str, reason: str) -> UnreadableGoalCell:
        heading = column if isinstance(column, str) else self._headings.get(column, column.heading)
        return UnreadableGoalCell(file=self._name, row=number, column=heading, text=text.strip(), reason=reason)


def reason_of(kind: str, message: str) -> str:
    """Say what pydantic finds wrong: a catalogue key for the common cases, else its own words."""
    return _REASONS.get(kind, message)


def _source(told: Told, which: Told) -> Told:
    """Where the number comes from; a measure or a series says it by itself."""
    how = told.get("how") or ("measure" if told.get("measure") else "pushed" if told.get("series") else None)
    if how is None:
        return {}
    if how == "pushed":
        return {"how": how, "series": told.get("series", "")}
    if how == "manual":
        return {"how": how}
    bound = {name: value for name, value in told.items() if name in _MEASURED} | {"how": how}
    bound.setdefault("measure", "")
    if bound.get("window_days") == 0:
        bound["window_days"] = None
    return bound | ({"which": which} if which else {})
