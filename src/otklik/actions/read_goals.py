"""Goals from a file: TOML and JSON whole, CSV and XLSX one row a key result; what is wrong is told with its place."""

import json
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from otklik.actions.goal_table import cycle_of_rows, reason_of
from otklik.actions.school_of_goals import wrong_in_school
from otklik.actions.table_rows import BrokenRow, NumberedRow, table_rows
from otklik.actions.write_goals import FORMATS, UnknownGoalsFormat
from otklik.actions.wrong_in_goals import place_by_person, wrong_in_goals
from otklik.base.cells import restore
from otklik.base.errors import FileError, UserError
from otklik.base.text import N_
from otklik.schemas.goals import Cycle

_MOST_BYTES: Final = 16 * 2**20
_MOST_ROWS: Final = 20_000
_WORKBOOKS: Final = ("xlsx", "xls", "ods")


class UnreadableGoalsFile(FileError):
    """A file that cannot be opened as goals: facts `file`, `reason` and, where known, `row`."""

    code = "unreadable-goals-file"
    hint = N_("docs/en/guide/okr-files.md tells every field and column.")


class UnreadableGoals(UserError):
    """Goals that are written wrongly: facts `file`, `place` (as objectives[2].why), `reason`."""

    code = "unreadable-goals"
    message = N_("%(file)s: %(place)s cannot be right: %(reason)s.")
    hint = N_("docs/en/guide/okr-files.md tells every field and column.")


class PersonMeasured(UnreadableGoals):
    """A number by person where others would see it: facts `file`, `place`."""

    code = "goals-by-person"
    message = N_(
        "%(file)s: %(place)s limits the number to requests that one person held, but the goal is not personal."
    )
    hint = N_(
        "Limit it by team instead, or set the level of the goal to personal: numbers of persons are for themselves."
    )


def read_goals(path: Path, name: str | None = None, *, today: date | None = None) -> Cycle:
    """Read a cycle of goals; a file without days of a cycle is taken for the quarter that `today` is in.

    Raises UnreadableGoalsFile, UnknownGoalsFormat, UnreadableGoals, UnreadableGoalCell, UnknownGoalColumn,
    NoGoalsInTable and PersonMeasured; `name` is what they call the file.
    """
    name = name or str(path)
    format = path.suffix.lower().lstrip(".")
    if format not in (*FORMATS, *_WORKBOOKS):
        raise UnknownGoalsFormat(file=name, known=", ".join(FORMATS))
    start, end = _quarter(today or date.today())  # noqa: DTZ011  the quarter of the person at the keyboard
    if format in _WORKBOOKS:
        return check_goals(cycle_of_rows(_workbook_rows(path, name), name, start, end), name)
    content = _bytes(path, name)
    if format == "csv":
        return check_goals(cycle_of_rows(_csv_rows(content, name), name, start, end), name)
    return check_goals(_whole(_parsed(content, format, name), name, start, end), name)


def _quarter(day: date) -> tuple[date, date]:
    start = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    following = start + timedelta(days=95)
    return start, following.replace(day=1) - timedelta(days=1)


def _bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableGoalsFile(file=name, reason=error.strerror or str(error)) from None
    if len(content) > _MOST_BYTES:
        raise UnreadableGoalsFile(file=name, reason=N_("it is larger than goals can be"))
    return content


def _parsed(content: bytes, format: str, name: str) -> dict[str, Any]:
    try:
        text = content.decode("utf-8-sig")
        told = tomllib.loads(text) if format == "toml" else json.loads(text)
        json.dumps(told, ensure_ascii=False, default=str).encode()  # half a letter is no text
    except UnicodeError:
        raise UnreadableGoalsFile(file=name, reason=N_("it is not UTF-8 text")) from None
    except (ValueError, RecursionError) as error:
        raise UnreadableGoals(file=name, place=format.upper(), reason=str(error)) from None
    if not isinstance(told, dict):
        raise UnreadableGoals(file=name, place=format.upper(), reason=N_("it is no cycle with objectives"))
    return told


def _whole(told: dict[str, Any], name: str, start: date, end: date) -> Cycle:
    told = {"title": Path(name).stem} | _windows_opened(told)
    if "start" not in told and "end" not in told:
        told |= {"start": start, "end": end}
    try:
        return Cycle.model_validate(told)
    except ValidationError as error:
        raise _unreadable(error, name) from None


def check_goals(cycle: Cycle, name: str) -> Cycle:
    """Give the cycle back where everything in it can be so; raises UnreadableGoals, PersonMeasured, with the place."""
    wrong = wrong_in_school(cycle.own) if cycle.own else None
    if wrong:
        raise UnreadableGoals(file=name, place=f"own.{wrong.place}", reason=wrong.reason)
    amiss = wrong_in_goals(cycle)
    if amiss:
        raise UnreadableGoals(file=name, place=amiss.place, reason=amiss.reason)
    if place := place_by_person(cycle):
        raise PersonMeasured(file=name, place=place)
    return cycle


def _windows_opened(told: Any) -> Any:
    """Say None where a window of 0 days stands for the whole cycle: TOML has no word for None."""
    if isinstance(told, list):
        return [_windows_opened(one) for one in told]
    if not isinstance(told, dict):
        return told
    return {
        name: None if name == "window_days" and value == 0 else _windows_opened(value) for name, value in told.items()
    }


def _unreadable(error: ValidationError, name: str) -> UnreadableGoals:
    first = error.errors()[0]
    place = ""
    for part in first["loc"]:
        place += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if place else str(part)
    return UnreadableGoals(
        file=name,
        place=place if "." in place else f"cycle.{place}".rstrip("."),
        reason=reason_of(first["type"], first["msg"]),
    )


def _csv_rows(content: bytes, name: str) -> Iterator[NumberedRow]:
    try:
        for line, cells in table_rows(content):
            if line > _MOST_ROWS:
                raise UnreadableGoalsFile(file=name, reason=N_("it is larger than goals can be"))
            yield line, [restore(cell) for cell in cells]
    except BrokenRow as error:
        raise UnreadableGoalsFile(file=name, reason=str(error), row=error.row) from None


def _workbook_rows(path: Path, name: str) -> Iterator[NumberedRow]:
    from otklik.intake.source import Input
    from otklik.intake.sources.table.workbook import read_workbook

    try:
        grid = read_workbook(Input.of(path, name))
    except OSError as error:
        raise UnreadableGoalsFile(file=name, reason=error.strerror or str(error)) from None
    if grid.columns.num_rows > _MOST_ROWS:
        raise UnreadableGoalsFile(file=name, reason=N_("it is larger than goals can be"))
    numbers = [int(number) for number in grid.row_numbers()]
    yield (numbers[0] - 1 if numbers else 1), grid.names
    columns = [column.to_pylist() for column in grid.columns.columns]
    for number, cells in zip(numbers, zip(*columns, strict=True), strict=True):
        yield number, [cell or "" for cell in cells]
