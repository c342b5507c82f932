"""ServiceNow: rows of incident or task tables, one a ticket or one a change, with audit, journal and metric rows."""

from collections.abc import Sequence
from datetime import UTC, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from otklik.base.text import N_
from otklik.intake.building import LogBuilder
from otklik.intake.source import Input, ReadOptions, Recognition
from otklik.intake.sources.servicenow.rows import Dates, day_comes_first, fields_of, is_date, read_rows
from otklik.intake.sources.servicenow.tickets import Tickets
from otklik.intake.trails import complete_until
from otklik.schemas.events import Can
from otklik.schemas.log import SourceFacts

_OWN: Final = frozenset(
    {"sys_created_on", "sys_updated_on", "sys_id", "sys_mod_count", "reopen_count", "assignment_group", "caller_id"}
)
_AUDIT: Final = frozenset({"documentkey", "fieldname", "newvalue", "sys_created_on"})
_JOURNAL: Final = frozenset({"element_id", "element", "value", "sys_created_on"})
_METRIC: Final = frozenset({"definition", "start", "value"})
_USERS: Final = frozenset({"sys_id", "user_name", "name"})
ENOUGH: Final = 0.5
"""Share of tickets seen in more than one state of their row, before the rows count as a trail."""


class ServiceNow:
    """Reads exports of incident, task and request tables."""

    name = "servicenow"

    def recognise(self, inputs: Sequence[Input]) -> Recognition | None:
        """Claim tables with ticket numbers and ServiceNow's own fields, and the tables that explain them."""
        if not any(table_of(item) == "tickets" for item in inputs):
            return None
        mine = tuple(item for item in inputs if table_of(item))
        return Recognition(mine, 0.85, N_("The columns are those of a ServiceNow table."))

    def read(self, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
        """Read every row, then put the rows of a ticket in order and write what changed between them."""
        tickets = Tickets(_dates(inputs, options, out), out)
        takes = {
            "tickets": tickets.take_row, "audit": tickets.take_audit, "journal": tickets.take_journal,
            "metric": tickets.take_metric, "users": tickets.take_user,
        }  # fmt: skip
        for done, item in enumerate(sorted(inputs, key=lambda one: table_of(one) != "users")):
            options.progress(N_("Reading ServiceNow"), done, len(inputs))
            table = table_of(item)
            for number, row in read_rows(item, _SetAside(item.name, out)):
                takes[table or "tickets"](row, (item.name, number))
        tickets.join()
        can = _abilities(tickets)
        latest_us = tickets.write(out)
        mode = "events" if Can.status in can else "dates"
        return SourceFacts(out.source, mode, can, complete_until(latest_us), reader=self.name)


def table_of(item: Input) -> str | None:
    """Which table a file is, by its fields."""
    fields = fields_of(item)
    for table, needed in (("audit", _AUDIT), ("journal", _JOURNAL), ("metric", _METRIC), ("users", _USERS)):
        if needed <= fields:
            return table
    dated = fields & {"opened_at", "sys_created_on", "sys_updated_on"}
    return "tickets" if "number" in fields and dated and len(fields & _OWN) >= 2 else None


class _SetAside:
    """Sets bad rows of one file aside."""

    def __init__(self, file: str, out: LogBuilder) -> None:
        self.file, self.out = file, out

    def __call__(self, row: int, reason: str, raw: str) -> None:
        self.out.record()
        self.out.quarantine(self.file, row, reason, raw=raw)


def _dates(inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> Dates:
    """Find out how dates are written; say what was assumed."""
    order = day_comes_first(
        value
        for item in inputs
        for _, row in read_rows(item, lambda *_: None)
        for name, value in row.items()
        if is_date(name)
    )
    if order is not None:
        out.guess("date order", "day first" if order else "month first", N_("Some number in the dates is above 12."))
    zone = _zone(options.time_zone)
    if options.time_zone is None:
        out.guess(
            "time zone", "UTC", N_("ServiceNow keeps times in UTC; if this export shows local time, name the zone.")
        )
    return Dates(zone, order is not False)


def _zone(name: str | None) -> tzinfo:
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _abilities(tickets: Tickets) -> Can:
    """A trail where most tickets were seen in several states or have their audit; the end where a date tells it."""
    can = Can(0)
    of = len(tickets.by_number)
    if of and tickets.trails() >= ENOUGH * of:
        can |= Can.status | Can.resolution | Can.assignee | Can.team
    if tickets.has_ends:
        can |= Can.resolution
    if tickets.has_journal:
        can |= Can.messages | Can.first_reply
    return can
