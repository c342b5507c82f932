"""Zendesk: tickets with their audits, events or metrics as JSON, and the tables warehouses keep of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from otklik.base.text import N_
from otklik.intake.building import LogBuilder
from otklik.intake.json_records import read_records, shape_of
from otklik.intake.source import Input, ReadOptions, Recognition
from otklik.intake.sources.zendesk.desk import Desk
from otklik.intake.sources.zendesk.json_shapes import COMPANIONS, LISTS, SHAPES, JsonShapes
from otklik.intake.sources.zendesk.tables import Tables, table_of
from otklik.intake.trails import complete_until
from otklik.schemas.events import Can
from otklik.schemas.log import SourceFacts

ENOUGH: Final = 0.9
"""Share of tickets that must have a thing before the source is said to know it."""
FULL: Final = Can.messages | Can.first_reply | Can.acknowledgement


class Zendesk:
    """Reads a set of Zendesk exports as one desk."""

    name = "zendesk"

    def recognise(self, inputs: Sequence[Input]) -> Recognition | None:
        """Claim ticket, audit and event exports, and what belongs to them: people, groups, other tables of the set."""
        main = [item for item in inputs if _is_main(item)]
        if not main:
            return None
        mine = [item for item in inputs if item in main or _is_companion(item)]
        kinds = sorted({_kind(item) or "" for item in mine} - {"", "other"})
        reason = N_("The keys are those of Zendesk: %(kinds)s.")
        return Recognition(tuple(mine), 0.95, reason, {"kinds": ", ".join(kinds)})

    def read(self, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
        """Read all files first, as they explain each other; then write the tickets one by one."""
        desk = Desk()
        shapes, tables = JsonShapes(desk, out), Tables(desk, out)
        for done, item in enumerate(inputs):
            options.progress(N_("Reading Zendesk"), done, len(inputs))
            if table_of(item.head):
                tables.take(item)
            else:
                _read_json(item, shapes, out)
        desk.count_as_ours(options.our_addresses)
        can = _abilities(desk, out)
        latest_us = desk.write(out)
        mode = "events" if Can.status in can else "messages" if Can.messages in can else "dates"
        return SourceFacts(out.source, mode, can, complete_until(latest_us), reader=self.name)


def _is_main(item: Input) -> bool:
    return shape_of(item.head, SHAPES) is not None or table_of(item.head) == "ticket"


def _is_companion(item: Input) -> bool:
    return shape_of(item.head, COMPANIONS) is not None or table_of(item.head) is not None


def _kind(item: Input) -> str | None:
    return table_of(item.head) or shape_of(item.head, {**SHAPES, **COMPANIONS})


def _read_json(item: Input, shapes: JsonShapes, out: LogBuilder) -> None:
    def set_aside(row: int, reason: str, raw: str) -> None:
        out.record()
        out.quarantine(item.name, row, reason, raw=raw)

    for record in read_records(item, LISTS, set_aside):
        shapes.take(record, item.name)


@dataclass
class _Coverage:
    """How many tickets have a thing told."""

    told: int
    of: int

    def __bool__(self) -> bool:
        return self.told > 0 and self.told >= ENOUGH * self.of


def _abilities(desk: Desk, out: LogBuilder) -> Can:
    """What the export tells of nearly every ticket; say so where it tells of a few only."""
    stories = [desk.stories.get(number) for number in desk.tickets]
    told = [story for story in stories if story is not None]
    of = len(stories)
    said = _Coverage(sum(any(c.recipients is None for c in story.comments.values()) for story in told), of)
    trail = _Coverage(sum(number in desk.audited for number in desk.tickets), of)
    replies = _Coverage(sum(number in desk.told_replies for number in desk.tickets), of)
    solving = _Coverage(sum(number in desk.told_solving for number in desk.tickets), of)
    can = Can(0)
    if said:
        can |= FULL if trail else Can.messages | Can.first_reply
    if trail:
        can |= Can.status | Can.resolution | Can.assignee | Can.team
    if replies:
        can |= Can.first_reply
    if solving:
        can |= Can.resolution
    if not said and said.told:
        reason = N_("Only %(told)s of %(of)s tickets have their comments here, so replies are not measured by them.")
        out.guess("comments", "no", reason, told=str(said.told), of=str(of))
    if not trail and trail.told:
        reason = N_("Only %(told)s of %(of)s tickets have their history here, so it is not relied upon.")
        out.guess("history", "no", reason, told=str(trail.told), of=str(of))
    if told and not desk.roles:
        reason = N_("The export holds no users: whoever asked counts as the customer, everybody else as us.")
        out.guess("roles", "requester", reason)
    return can
