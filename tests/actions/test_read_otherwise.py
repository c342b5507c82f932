"""The same days read as the goal is written, and as a vague wording would."""

import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.measure_goals import GoalRuler, measure_goal, number_of_days
from otklik.actions.measure_speed import Yardstick
from otklik.actions.read_otherwise import read_otherwise
from otklik.schemas.goals import Bound, KeyResult, Pushed, Slice
from otklik.schemas.log import ServiceLog

Kept = tuple[Shelf, ServiceLog, Yardstick]
P90 = Bound(measure="first_reply", statistic="quantile", quantile=0.9)
SHARE = Bound(measure="first_reply", within_s=3600)


@pytest.fixture
def ruler(kept: Kept) -> GoalRuler:
    return GoalRuler(kept[0], "Europe/Moscow")


def share(target: float, bound: Bound = SHARE) -> KeyResult:
    return KeyResult(title="s", unit="share", target=target, source=bound)


def test_as_it_is_written_is_what_the_goal_measures(ruler: GoalRuler) -> None:
    told = read_otherwise(ruler, share(0.7))
    assert told is not None and (told.last - told.first).days == 27
    days = [day for day in measure_goal(ruler, SHARE).days if told.first <= day.day <= told.last]
    first = told.readings[0]
    assert (first.kind, first.n) == ("as_set", sum(day.n for day in days))
    assert first.number == pytest.approx(number_of_days(SHARE, days)[0].value)
    assert first.reached is (first.number >= 0.7)


def test_who_still_waits_makes_it_worse_and_leaving_them_out_better(ruler: GoalRuler) -> None:
    told = read_otherwise(ruler, share(0.7))
    assert told is not None
    found = {one.kind: one for one in told.readings}
    assert found["ended_only"].n <= found["as_set"].n
    assert (found["ended_only"].number or 0) >= (found["as_set"].number or 1)
    assert found["mean"].unit == "s" and found["mean"].reached is ((found["mean"].number or 0) <= 3600)
    assert (found["median"].number or 0) < (found["mean"].number or 0), "waits are skewed"


def test_a_target_between_mean_and_percentile_flips_the_verdict(ruler: GoalRuler) -> None:
    wide = KeyResult(title="p90", direction="lower", unit="s", source=P90, target=259_200)
    found = {one.kind: one for one in read_otherwise(ruler, wide).readings}  # type: ignore[union-attr]
    mean, p90 = found["mean"].number or 0, found["as_set"].number or 0
    assert 0 < mean < p90
    told = read_otherwise(ruler, wide.model_copy(update={"target": (mean + p90) / 2}))
    assert told is not None and told.flips >= 1
    again = {one.kind: one.reached for one in told.readings}
    assert again["as_set"] is False and again["mean"] is True


def test_the_other_clock_is_read_beside(ruler: GoalRuler) -> None:
    told = read_otherwise(ruler, share(0.7))
    assert told is not None
    found = {one.kind: one for one in told.readings}
    if "other_clock" in found:
        assert found["other_clock"].clock == "business"
        assert (found["other_clock"].number or 0) >= (found["as_set"].number or 0)


def test_of_those_answered_everybody_who_came_is_read_beside(ruler: GoalRuler) -> None:
    bound = SHARE.model_copy(update={"which": Slice(cohort="answered")})
    told = read_otherwise(ruler, share(0.7, bound))
    assert told is not None and "everybody" in {one.kind for one in told.readings}


@pytest.mark.parametrize(
    "key_result",
    [
        KeyResult(title="n", source=Pushed(series="nps"), target=40),
        share(0.7, Bound(measure="reopens", within_s=0)),
        share(0.7, Bound(measure="first_reply", within_s=60, which=Slice(cohort="open"))),
        KeyResult(title="no target", unit="share", source=SHARE),
        KeyResult(title="misses", direction="lower", unit="share", target=0.1, source=SHARE),
    ],
)
def test_what_is_no_wait_with_a_target_has_no_other_readings(ruler: GoalRuler, key_result: KeyResult) -> None:
    assert read_otherwise(ruler, key_result) is None
