"""Cells of a table of goals: what a person writes there, and how it is written back."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final

from pydantic import BaseModel

from otklik.actions.goal_columns import CellKind, Column, choice_named
from otklik.base.text import N_
from otklik.base.units import UnreadableDuration, parse_duration_s

_YES: Final = frozenset(("yes", "true", "1", "да", "+", "early", "leading", "ранний"))
_NO: Final = frozenset(("no", "false", "0", "нет", "late", "lagging", "поздний"))
_DAYS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S", "%d.%m.%y", "%Y/%m/%d")
_SHARE: Final = 100.0


class BadCell(ValueError):
    """A cell nobody can read; `reason` is a catalogue key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_cell(column: Column, text: str) -> Any:
    """Read what stands in a cell that is not empty; raises BadCell."""
    if column.kind == "choice":
        if (choice := choice_named(column, text)) is None:
            raise BadCell(N_("it is none of the known values"))
        return choice
    if column.code == "within_s" and re.search(r"[^\W\d_]", text):
        return _duration(text)
    return _READERS[column.kind](text)


def write_cell(column: Column, value: Any) -> str | float | None:
    """Write a value as a cell: a number, a text, or None for nothing."""
    if value is None or value == () or value == "":
        return None
    if column.kind == "number":
        return float(value)
    if column.kind == "list":
        return _list_text(value)
    if column.kind == "yes":
        return "yes" if value else "no"
    if column.kind == "object":
        return json.dumps(without_defaults(value), ensure_ascii=False)
    if column.kind == "json":
        return json.dumps([without_defaults(one) for one in value], ensure_ascii=False)
    if column.kind == "checkpoints":
        return "; ".join(f"{mark.day.isoformat()}={mark.value!r}" for mark in value)
    return str(value)


def without_defaults(thing: BaseModel) -> dict[str, Any]:
    """Give what is not at its default as plain values; of a source its kind is told in any case."""
    told: dict[str, Any] = {}
    for name, told_value in thing.model_dump(mode="json", exclude_defaults=True).items():
        value = getattr(thing, name)
        if isinstance(value, BaseModel):
            told[name] = ({"how": value.how} if hasattr(value, "how") else {}) | without_defaults(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            told[name] = [without_defaults(one) for one in value]
        else:
            told[name] = told_value
    return told


def is_percent(text: str) -> bool:
    """Tell whether a number was written as a percentage."""
    return text.strip().endswith("%")


def _text(text: str) -> str:
    return text


def _number(text: str) -> float:
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).removesuffix("%").replace(",", ".").replace("−", "-")
    try:
        value = float(plain)
    except ValueError:
        raise BadCell(N_("it is no number")) from None
    if value != value or value in (float("inf"), float("-inf")):
        raise BadCell(N_("it is no number"))
    return value / _SHARE if is_percent(text) else value


def _whole(text: str) -> int:
    value = _number(text)
    if not value.is_integer():
        raise BadCell(N_("it is no whole number"))
    return int(value)


def _duration(text: str) -> float:
    try:
        return parse_duration_s(text)
    except UnreadableDuration:
        raise BadCell(N_("it is no length of time, such as 900, 15 min or 4 h")) from None


def _day(text: str) -> date:
    for style in _DAYS:
        try:
            return datetime.strptime(text.strip(), style).date()  # noqa: DTZ007  a bare date has no zone
        except ValueError:
            continue
    raise BadCell(N_("it is no date, such as 2026-03-31 or 31.03.2026"))


def _yes(text: str) -> bool:
    plain = text.strip().casefold()
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise BadCell(N_("it is neither yes nor no"))


def _list(text: str) -> tuple[str, ...]:
    if text.startswith("["):
        try:
            told = json.loads(text)
        except ValueError:
            told = None
        if isinstance(told, list) and all(isinstance(one, str) for one in told):
            return tuple(told)
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _list_text(values: Sequence[str]) -> str:
    plain = all(one and one == one.strip() and ";" not in one for one in values) and not values[0].startswith("[")
    return "; ".join(values) if plain else json.dumps(list(values), ensure_ascii=False)


def _json(text: str) -> list[Any]:
    """A list of things as JSON; plain texts with ; between them are things with a title alone."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return [{"title": part} for part in _list(text)]
    if not isinstance(told, list):
        raise BadCell(N_("it is no list"))
    return told


def _object(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise BadCell(N_("it is no JSON object"))
    return told


def _checkpoints(text: str) -> list[dict[str, Any]]:
    marks = []
    for part in _list(text):
        day, equals, value = part.partition("=")
        if not equals:
            raise BadCell(N_("it is no list of days and values, such as 2026-02-15=0.6; 2026-03-15=0.7"))
        marks.append({"day": _day(day), "value": _number(value)})
    return marks


_READERS: Final[dict[CellKind, Callable[[str], Any]]] = {
    "text": _text, "number": _number, "whole": _whole, "day": _day, "yes": _yes, "list": _list, "json": _json,
    "object": _object, "checkpoints": _checkpoints,
}  # fmt: skip
