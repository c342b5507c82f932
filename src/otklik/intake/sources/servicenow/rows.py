"""Rows of a ServiceNow table, from CSV or JSON, under its own field names; and its dates in any of its forms."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from otklik.base.units import to_us
from otklik.intake.csv_records import Bad, headings_of, read_csv
from otklik.intake.json_fields import EARLIEST_US, LATEST_US, instant_us, text
from otklik.intake.json_records import key_paths, read_records
from otklik.intake.source import Input

LISTS = ("records", "result")
LABELS: Mapping[str, str] = {
    "opened": "opened_at", "created": "sys_created_on", "sys_created_at": "sys_created_on",
    "created_by": "sys_created_by",
    "updated": "sys_updated_on", "sys_updated_at": "sys_updated_on", "updated_by": "sys_updated_by",
    "resolved": "resolved_at", "closed": "closed_at", "caller": "caller_id", "channel": "contact_type",
    "updates": "sys_mod_count", "on_hold_reason": "hold_reason", "incident_state": "state",
}  # fmt: skip
MISSING: Final = frozenset({"", "?", "null", "none", "nan"})
_PREFIX = re.compile(r"^(?:inc|mi|task)_")
_SLASHED = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?")
Row = dict[str, str]


def field_name(heading: str) -> str:
    """A heading or label as the field's own name: 'Assignment group' -> assignment_group, 'inc_number' -> number."""
    name = re.sub(r"\W+", "_", heading.strip().lower()).strip("_")
    name = _PREFIX.sub("", name)
    return LABELS.get(name, name)


def fields_of(item: Input) -> frozenset[str]:
    """The field names a file shows, CSV or JSON; empty if it is neither."""
    paths = key_paths(item.head)
    if paths:
        records = {path.removeprefix("records[].").removeprefix("result[].") for path in paths}
        return frozenset(field_name(path.split(".")[0]) for path in records)
    return frozenset(field_name(heading) for heading in headings_of(item.head))


def read_rows(item: Input, bad: Bad) -> Iterator[tuple[int, Row]]:
    """Every row with its number; what cannot be read goes to `bad`."""
    if key_paths(item.head):
        for record in read_records(item, LISTS, bad, marks=("number", "sys_id")):
            yield (
                record.row,
                {field_name(name): _plain(field_name(name), value) for name, value in record.value.items()},
            )
    else:
        yield from _csv_rows(item, bad)


def _plain(name: str, value: object) -> str:
    """A value, or of a pair of value and display value: the date as kept (UTC), anything else as shown."""
    if isinstance(value, Mapping):
        first, second = ("value", "display_value") if is_date(name) else ("display_value", "value")
        value = value.get(first) or value.get(second)
    found = text(value) or ""
    return "" if found.lower() in MISSING else found


def is_date(name: str) -> bool:
    """Whether a field holds an instant."""
    return name.endswith(("_on", "_at")) or name in ("start", "end")


def _csv_rows(item: Input, bad: Bad) -> Iterator[tuple[int, Row]]:
    names = [field_name(heading) for heading in headings_of(item.head)]
    for number, cells in read_csv(item, bad):
        yield number, {name: _plain(name, cell) for name, cell in zip(names, cells, strict=True)}


@dataclass(frozen=True)
class Dates:
    """How this export writes dates: ISO as ServiceNow keeps them, or the reader's own form with day or month first."""

    zone: tzinfo
    day_first: bool

    def us(self, value: str) -> int | None:
        """The instant, or None where it is none."""
        found = _SLASHED.fullmatch(value.strip())
        if found is None:
            return instant_us(value, self.zone)
        first, second, year, hour, minute = (int(part) for part in found.group(1, 2, 3, 4, 5))
        day, month = (first, second) if self.day_first else (second, first)
        if found.group(7):
            hour = hour % 12 + (12 if found.group(7).lower() == "pm" else 0)
        try:
            at = datetime(year, month, day, hour, minute, int(found.group(6) or 0), tzinfo=self.zone)
        except ValueError:
            return None
        at_us = to_us(at)
        return at_us if EARLIEST_US <= at_us < LATEST_US else None


def day_comes_first(values: Iterable[str]) -> bool | None:
    """Day or month first, from the values themselves; None where no date is written with slashes or none decides."""
    for value in values:
        found = _SLASHED.fullmatch(value.strip())
        if found and (int(found.group(1)) > 12) != (int(found.group(2)) > 12):
            return int(found.group(1)) > 12
    return None
