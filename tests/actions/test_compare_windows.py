"""Days before against days after: a difference, and whether it is real."""

from datetime import date, timedelta

import pytest

from otklik.actions.compare_windows import around, compare_windows, difference, window_of
from otklik.actions.cut_log import Shelf
from otklik.actions.measure_goals import GoalRuler, measure_goal, number_of_days
from otklik.actions.measure_speed import Yardstick
from otklik.goals.weeks import Days
from otklik.schemas.goal_results import Ranged
from otklik.schemas.goals import Bound
from otklik.schemas.log import ServiceLog

Kept = tuple[Shelf, ServiceLog, Yardstick]
SHARE = Bound(measure="first_reply", within_s=3600)
P90 = Bound(measure="first_reply", statistic="quantile", quantile=0.9)
COUNT = Bound(measure="first_reply", statistic="count")
MAY, JUNE = Days(date(2026, 5, 1), date(2026, 5, 28)), Days(date(2026, 6, 1), date(2026, 6, 28))


@pytest.fixture
def ruler(kept: Kept) -> GoalRuler:
    return GoalRuler(kept[0], "Europe/Moscow")


@pytest.mark.parametrize(("bound", "target"), [(SHARE, None), (P90, 3600.0), (COUNT, None)])
def test_the_difference_is_that_of_the_two_numbers(ruler: GoalRuler, bound: Bound, target: float | None) -> None:
    found = compare_windows(ruler, bound, MAY, JUNE, target)
    assert found is not None
    before, after = found.before.number.value, found.after.number.value
    assert before is not None and after is not None
    assert found.difference.value == pytest.approx(after - before)
    assert found.difference.low is not None and found.difference.high is not None
    assert found.difference.low < found.difference.value < found.difference.high  # type: ignore[operator]


def test_a_share_is_that_of_its_days(ruler: GoalRuler) -> None:
    window = window_of(ruler, measure_goal(ruler, SHARE), MAY)
    days = [day for day in measure_goal(ruler, SHARE).days if day.day in MAY]
    assert window is not None and window.number == number_of_days(SHARE, days)[0]


def test_the_same_days_differ_in_nothing_that_can_be_told(ruler: GoalRuler) -> None:
    found = compare_windows(ruler, SHARE, MAY, MAY)
    assert found is not None and found.difference.value == 0 and found.direction == 0


def test_days_that_are_not_known_whole_are_not_compared(ruler: GoalRuler) -> None:
    last = ruler.day_of(ruler.as_of)
    assert compare_windows(ruler, SHARE, MAY, Days(last - timedelta(days=6), last)) is None
    assert compare_windows(ruler, SHARE, Days(date(2001, 1, 1), date(2001, 1, 28)), MAY) is None


def test_an_open_end_leaves_the_difference_open() -> None:
    found = difference(Ranged(value=2.0, low=1.0), Ranged(value=5.0, low=4.0, high=6.0))
    assert (found.value, found.low) == (3.0, None) and found.high is not None
    assert difference(Ranged(), Ranged(value=1.0)).value is None


def test_as_many_days_before_as_after() -> None:
    windows = around(date(2026, 5, 4), date(2026, 5, 10), date(2026, 5, 24))
    assert windows == (Days(date(2026, 4, 20), date(2026, 5, 3)), Days(date(2026, 5, 11), date(2026, 5, 24)))
    assert around(date(2026, 5, 4), date(2026, 5, 10), date(2026, 5, 15)) is None
    long = around(date(2026, 5, 4), date(2026, 5, 10), date(2026, 12, 31))
    assert long is not None and long[0].length == long[1].length == 28
