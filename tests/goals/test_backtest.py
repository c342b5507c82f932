import pytest

from otklik.goals.backtest import backtest_series
from otklik.goals.weeks import cycle_weeks
from tests.goals.records import CYCLE, days_of


def test_asked_in_four_weeks_of_each_past_cycle():
    rows = days_of(0.8, range(-25, 14), seed=3)
    asked = backtest_series(rows, name="desk", wanted=(0.6, 0.8, 0.95))
    assert len(asked) == 2 * 4 * 3
    assert len({one.key_result for one in asked}) == 6
    for one in asked:
        assert (one.happened, one.chance > 0.5) == {0.6: (True, True), 0.95: (False, False)}.get(
            one.wanted, (one.happened, one.chance > 0.5)
        )
        assert 0 <= one.in_80 <= one.in_95 <= one.weeks_told == 13 - one.week


def test_targets_are_set_above_the_baseline_where_none_are_given():
    asked = backtest_series(days_of(0.8, range(-12, 14)), asked_at=(6,))
    assert [one.wanted for one in asked] == pytest.approx([0.8, 0.837, 0.868], abs=0.001)
    assert [one.happened for one in asked] == [True, False, False]


def test_it_knows_only_what_was_known_then():
    """What comes after week 6 does not change what was said in week 6."""
    good = days_of(0.8, range(-12, 7), seed=1) + days_of(0.95, range(7, 14), seed=2)
    bad = days_of(0.8, range(-12, 7), seed=1) + days_of(0.5, range(7, 14), seed=2)
    one, other = (backtest_series(rows, wanted=(0.8,), asked_at=(6,))[0] for rows in (good, bad))
    assert (one.chance, one.on_pace, one.on_line) == (other.chance, other.on_pace, other.on_line)
    assert (one.happened, other.happened) == (True, False)


def test_rulers_of_time_and_line():
    climbing = backtest_series(days_of(lambda week: 0.6 + 0.02 * max(0, week), range(-12, 14)), wanted=(0.75, 0.95))
    first = [one for one in climbing if one.week == 9]
    assert [(one.on_pace, one.on_line, one.happened) for one in first] == [(True, True, True), (False, False, False)]


def test_a_short_record_has_no_past():
    assert backtest_series(days_of(0.8, range(1, 14))) == []
    assert backtest_series([]) == []


def test_cycles_with_nobody_are_left_out():
    gone = [*days_of(0.8, range(-12, 1)), *days_of(0.8, range(27, 40))]
    assert backtest_series(gone) == []


def test_weeks_with_nobody_are_in_no_band():
    rows = [row for row in days_of(0.8, range(-12, 14), seed=1) if row.day not in cycle_weeks(*CYCLE)[11]]
    asked = backtest_series(rows, wanted=(0.7,), asked_at=(1, 9))
    assert [one.weeks_told for one in asked] == [11, 3]
    assert not asked[0].on_line
