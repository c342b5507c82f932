"""A key result on the quarters before it."""

from datetime import date, timedelta

import pytest

from otklik.actions.backtest_goal import backtest_goal
from otklik.actions.cut_log import Shelf
from otklik.actions.grade_cycle import grade_cycle
from otklik.actions.gradings import Grading
from otklik.actions.measure_goals import GoalRuler, measure_goal
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.goals import Bound, Cycle, KeyResult, Objective, Slice
from otklik.schemas.log import ServiceLog

Kept = tuple[Shelf, ServiceLog, Yardstick]
P90 = Bound(measure="first_reply", statistic="quantile", quantile=0.9)
SHARE = Bound(measure="first_reply", within_s=3600)


@pytest.fixture
def grading(kept: Kept) -> Grading:
    cycle = Cycle(title="Q3", start=date(2026, 7, 1), end=date(2026, 9, 29))
    return Grading(GoalRuler(kept[0], "Europe/Moscow"), cycle, date(2026, 6, 30))


def test_a_year_of_records_has_four_quarters_and_each_ends_where_the_next_begins(grading: Grading) -> None:
    """365 days, less the last one, some of whose requests are too young."""
    told = backtest_goal(grading, KeyResult(title="s", baseline=0.5, target=0.6, unit="share", source=SHARE))
    assert told is not None
    assert told.past[0].last == date(2026, 6, 29)
    assert len(told.past) == 4 and all((one.last - one.first).days == 90 for one in told.past)
    assert all(a.first == b.last + timedelta(days=1) for a, b in zip(told.past, told.past[1:], strict=False))
    assert told.wanted == pytest.approx(0.1)


def test_a_past_quarter_is_graded_as_it_would_have_been(grading: Grading) -> None:
    share = KeyResult(id="s", title="s", baseline=0.5, target=0.7, unit="share", source=SHARE)
    told = backtest_goal(grading, share)
    assert told is not None
    quarter = told.past[1]
    cycle = Cycle(title="past", start=quarter.first, end=quarter.last,
                  objectives=(Objective(title="o", key_results=(share,)),))  # fmt: skip
    lived = grade_cycle(Grading(grading.ruler, cycle, quarter.last, with_gaming=False)).key_result("s")
    assert lived is not None and lived.number.value is not None and quarter.number.value is not None
    assert quarter.number.value == pytest.approx(lived.number.value, abs=0.01), "but for the last, unripe hour"
    assert quarter.at_start == lived.at_start
    assert quarter.reached == (quarter.number.value >= 0.7)
    assert told.reached == sum(one.reached is True for one in told.past)


def test_a_percentile_is_reached_at_or_below_its_target(grading: Grading) -> None:
    key_result = KeyResult(title="p90", direction="lower", unit="s", source=P90, target=1.0, baseline=90_000)
    values = [one.number.value for one in backtest_goal(grading, key_result).past]  # type: ignore[union-attr]
    middle = sorted(value for value in values if value is not None)[1]
    assert len(set(values)) == 4
    told = backtest_goal(grading, key_result.model_copy(update={"target": middle}))
    assert told is not None and told.reached == 2
    assert told.moved is not None and told.wanted == 90_000 - middle


def test_what_is_kept_week_by_week_is_reached_in_enough_weeks(grading: Grading) -> None:
    bound = Bound(measure="reopens", which=Slice(cohort="resolved"))
    easy, hard = (
        backtest_goal(grading, KeyResult(title="r", direction="keep_below", target=target, source=bound))
        for target in (0.5, 0.0)
    )
    assert easy is not None and hard is not None
    assert easy.reached == len(easy.past) and hard.reached == 0
    assert easy.past[0].grade.counted == 13


def test_a_missing_baseline_is_measured_and_what_is_typed_has_no_past(grading: Grading) -> None:
    told = backtest_goal(grading, KeyResult(title="s", target=0.7, unit="share", source=SHARE))
    before = measure_goal(grading.ruler, SHARE, first=date(2026, 6, 3), last=date(2026, 6, 30))
    assert told is not None and told.key_result.baseline == before.number.value
    assert backtest_goal(grading, KeyResult(title="NPS", baseline=30, target=45)) is None
    nobody = SHARE.model_copy(update={"which": Slice(team=("Nobody",))})
    empty = backtest_goal(grading, KeyResult(title="s", baseline=0.1, target=0.7, source=nobody))
    assert empty is not None and empty.past == () and empty.moved is None
