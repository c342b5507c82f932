"""Looking at the kept log through a view says what the whole report says of the same requests."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.look_at import look_at
from otklik.actions.make_report import Questions, report_on
from otklik.actions.measure_speed import Yardstick
from otklik.findings.whole_report import PARTS
from otklik.schemas.log import ServiceLog
from otklik.schemas.targets import parse_target
from otklik.schemas.views import View

ZONE = "Europe/Moscow"
TARGETS = (parse_target("first_reply<=4h@90%"), parse_target("first_reply<=4h@90% business channel=email"))


def only(log: ServiceLog, requests: pa.Table) -> ServiceLog:
    names = requests["request"].cast(pa.string())
    chosen = log.events.filter(pc.is_in(log.events["request"].cast(pa.string()), value_set=names.combine_chunks()))
    return replace(log, events=chosen, requests=requests)


@pytest.mark.parametrize("part", PARTS)
def test_the_whole_log_through_a_view_is_the_report(kept: tuple[Shelf, ServiceLog, Yardstick], part: str) -> None:
    shelf, log, yardstick = kept
    whole = report_on(log, yardstick, Questions(targets=TARGETS, time_zone=ZONE))
    seen = look_at(shelf, View(), {part}, zone=ZONE, targets=TARGETS)
    assert getattr(seen, part) == getattr(whole, part)
    assert getattr(seen, part), "and there is something to see"
    assert (seen.log.requests, seen.log.events, seen.log.running) == (
        whole.log.requests, whole.log.events, whole.log.running,
    )  # fmt: skip


@pytest.mark.parametrize("part", sorted({*PARTS} - {"quality"}))
def test_a_view_of_two_channels_is_the_report_of_their_requests(
    kept: tuple[Shelf, ServiceLog, Yardstick], part: str
) -> None:
    shelf, log, yardstick = kept
    channel = log.requests["channel"].cast(pa.string())
    some = log.requests.filter(pc.is_in(channel, value_set=pa.array(["email", "chat"])))
    whole = report_on(only(log, some), yardstick, Questions(time_zone=ZONE))
    seen = look_at(shelf, View(channel=("email", "chat")), {part}, zone=ZONE)
    assert getattr(seen, part) == getattr(whole, part)
    assert seen.log.requests == some.num_rows < log.requests.num_rows


@pytest.mark.parametrize("measures", [{"first_reply"}, {"waits", "resolution"}, {"handoffs", "hands_on"}])
def test_measures_asked_for_are_those_of_the_whole_report_and_no_others(
    kept: tuple[Shelf, ServiceLog, Yardstick], measures: set[str]
) -> None:
    shelf, _, _ = kept
    whole = look_at(shelf, View(), {"measures", "targets"}, zone=ZONE, targets=TARGETS)
    some = look_at(shelf, View(), {"measures", "targets"}, measures=measures, zone=ZONE, targets=TARGETS)
    assert set(some.measures) == measures
    assert all(some.measures[name] == whole.measures[name] for name in measures)
    assert (some.headline, some.targets, some.log) == (whole.headline, whole.targets, whole.log)
    assert look_at(shelf, View(measure="hands_on"), {"measures"}, measures=measures, zone=ZONE).headline == "hands_on"
