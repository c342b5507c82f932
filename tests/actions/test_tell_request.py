"""One request told."""

import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.explain_wait import UnknownRequest, explain_wait
from otklik.actions.measure_speed import Yardstick
from otklik.actions.tell_request import tell_request
from otklik.schemas.log import ServiceLog


def test_its_events_and_numbers_are_those_of_the_log(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, log, yardstick = kept
    name = log.requests["request"][5].as_py()
    told = tell_request(shelf, log.requests["source"][5].as_py(), name)
    events = [row for row in log.events.to_pylist() if row["request"] == name]
    assert [(event.at, event.kind) for event in told.events] == [(row["at"], row["kind"]) for row in events]
    for explained in told.explanations:
        assert [explained] == explain_wait(log, name, explained.measure, yardstick)
    assert {"first_reply", "resolution", "waiting_on_us"} <= {one.measure for one in told.explanations}


def test_a_request_nobody_made_is_said_so(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    with pytest.raises(UnknownRequest):
        tell_request(kept[0], kept[1].requests["source"][0].as_py(), "no such number")
