"""From a group of "who waits most" to its requests one by one."""

from dataclasses import replace

from django.urls import reverse

from otklik.base.text import N_
from otklik.charts import Speech
from otklik.charts.printable import clipped
from otklik.report.blocks import Block, Figure, Section, Way
from otklik.report.sections.who import shown_slices, slice_id
from otklik.schemas.results import Report, Slice
from otklik.schemas.views import TOLD_APART_BY, View
from otklik.web.speed.filters import query

WAYS = N_("%(by)s: the requests one by one")


def with_ways(told: Section, report: Report, view: View, speech: Speech) -> Section:
    """Lead from each row of the compared groups to the list of its requests, with the filters that hold."""
    slices = {slice_id(place): cut for place, cut in enumerate(shown_slices(report))}
    return replace(told, blocks=[_led_on(block, slices, view, speech) for block in told.blocks])


def _led_on(block: Block, slices: dict[str, Slice], view: View, speech: Speech) -> Block:
    cut = slices.get(block.uid) if isinstance(block, Figure) else None
    if cut is None or cut.by not in TOLD_APART_BY:
        return block
    assert isinstance(block, Figure)
    by = speech.slice(cut.by)
    return replace(
        block,
        ways_title=speech.say(WAYS, by=by[:1].upper() + by[1:]),
        ways=[
            Way(clipped(row.value, 60), speech.format.number(row.n), _address(view, cut.by, row.value))
            for row in cut.rows
        ],
    )


def _address(view: View, by: str, value: str) -> str:
    """The list of the requests of one group."""
    return f"{reverse('requests')}{query(view, **{by: (value,), 'by': '', 'compare': False})}"
