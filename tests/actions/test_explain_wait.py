import pytest

from otklik.actions.explain_wait import UnknownMeasure, UnknownRequest, explain_in, explain_wait
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.log import ServiceLog


def test_the_intervals_that_count_add_up_to_the_number(log: ServiceLog) -> None:
    (explained,) = explain_wait(log, "0017", "first_reply", Yardstick("24x7"))
    assert explained.value_s == sum(piece.seconds for piece in explained.intervals if piece.counted) == 1800
    assert explained.business_s == 1800


def test_calendars_that_are_loaded_already_do(log: ServiceLog) -> None:
    (explained,) = explain_in(log, None, "18", "first_reply")
    assert (explained.state, explained.business_s) == ("running", None)


def test_an_unknown_request_or_measure_is_said(log: ServiceLog) -> None:
    with pytest.raises(UnknownRequest, match="018"):
        explain_wait(log, "018", "first_reply", Yardstick())
    with pytest.raises(UnknownMeasure, match="joy"):
        explain_wait(log, "18", "joy", Yardstick())
