import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.goals.progress import counts_weeks, is_lower_better, keeps, kept_weeks, steps_done, way_gone
from otklik.schemas.goals import Bound, KeyResult, Step

amounts = st.floats(min_value=0.01, max_value=1e6)


def test_lower_is_better():
    """p90 of the first reply from 62 to 20 minutes, now 41: half of the way."""
    assert way_gone(62, 20, 41) == pytest.approx(0.5)
    assert way_gone(62, 20, 70) < 0
    assert way_gone(62, 20, 15) > 1


def test_higher_is_better():
    assert way_gone(0.48, 0.80, 0.64) == pytest.approx(0.5)
    assert way_gone(0.48, 0.80, 0.40) < 0


def test_customers_feel_ratios():
    """From 60 to 15 minutes, at 30: two thirds of the minutes, half of the ratio."""
    assert way_gone(60, 15, 30) == pytest.approx(2 / 3)
    assert way_gone(60, 15, 30, "log") == pytest.approx(0.5)


def test_no_way_to_go_is_no_progress():
    assert way_gone(20, 20, 20) is None
    assert way_gone(20, 0, 10, "log") is None
    assert way_gone(20, 10, 0, "log") is None


@given(amounts, amounts, amounts, st.sampled_from(["linear", "log"]))
def test_the_ends_are_nought_and_one_and_the_mirror_is_the_rest(baseline, target, value, scale):
    gone = way_gone(baseline, target, value, scale)
    if gone is None:
        return
    assert way_gone(baseline, target, baseline, scale) == 0
    assert way_gone(baseline, target, target, scale) == pytest.approx(1)
    assert gone + way_gone(target, baseline, value, scale) == pytest.approx(1, abs=1e-6 * (1 + abs(gone)))


@given(amounts, st.floats(min_value=0, max_value=1e6))
def test_what_is_at_the_limit_is_kept(limit, more):
    below = KeyResult(title="reopened", direction="keep_below", target=limit)
    above = KeyResult(title="in time", direction="keep_above", target=limit)
    assert keeps(below, limit) and keeps(above, limit)
    assert keeps(below, limit - more) and keeps(above, limit + more)
    assert keeps(below, limit + more) == (limit + more == limit)


def test_weeks_that_know_nothing_do_not_count():
    kept = KeyResult(title="reopened at most 6 %", direction="keep_below", unit="share", target=0.06)
    assert kept_weeks(kept, [0.05, 0.06, None, 0.07]) == (2, 3)
    assert kept_weeks(kept, []) == (0, 0)
    assert kept_weeks(kept.model_copy(update={"target": None}), [0.05]) == (0, 1)


def test_steps_weigh():
    steps = [Step(title="rules written", weight=1, done=True), Step(title="night shift works", weight=3)]
    assert steps_done(steps) == 0.25
    assert steps_done([]) is None


def test_which_key_results_count_weeks():
    assert counts_weeks(KeyResult(title="a", direction="keep_above"))
    assert counts_weeks(KeyResult(title="a", source=Bound(measure="first_reply", weekly=True)))
    assert not counts_weeks(KeyResult(title="a", source=Bound(measure="first_reply")))
    assert not counts_weeks(KeyResult(title="a", direction="milestone", source=Bound(measure="steps", weekly=True)))
    assert is_lower_better(KeyResult(title="a", direction="lower"))
    assert not is_lower_better(KeyResult(title="a", direction="milestone"))
