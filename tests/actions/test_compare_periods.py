"""A period beside the one before, on the kept log."""

from datetime import date

from otklik.actions.compare_periods import compare_periods
from otklik.actions.cut_log import Shelf, cut_log
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.log import ServiceLog
from otklik.schemas.targets import parse_target
from otklik.schemas.views import View

ZONE = "Europe/Moscow"


def test_both_periods_are_cut_and_the_promise_sets_the_limit(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, _, _ = kept
    spring = View(start=date(2026, 3, 1), end=date(2026, 5, 31))
    before = spring.before(date(2026, 5, 31))
    found = compare_periods(shelf, spring, before, zone=ZONE, targets=[parse_target("first_reply<=4h@90%")])
    assert found is not None
    assert found.within_s == 4 * 3600
    assert 0 < found.now.n <= cut_log(shelf, spring, ZONE).n
    assert 0 < found.before.n <= cut_log(shelf, before, ZONE).n


def test_an_empty_period_before_is_too_few_and_no_error(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, _, _ = kept
    found = compare_periods(shelf, View(), View(end=date(1999, 1, 1)), zone=ZONE)
    assert found is not None
    assert (found.verdict, found.before.n) == ("too_few", 0)
