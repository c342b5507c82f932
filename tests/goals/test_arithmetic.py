from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.goals.arithmetic import needed_a_week, needed_share, needed_weeks
from otklik.goals.weeks import Days, final_window
from otklik.schemas.goals import DayCount

CYCLE = Days(date(2027, 1, 4), date(2027, 4, 4))
"""Thirteen whole weeks."""


def weeks_of(*shares: float, n: int = 10, first: date = CYCLE.first) -> list[DayCount]:
    return [
        DayCount(day=first + timedelta(days=7 * week + day), n=n, k=round(n * share))
        for week, share in enumerate(shares)
        for day in range(7)
    ]


def whole_cycle(rows, wanted, weeks):
    return needed_share(rows, wanted, CYCLE, cycle=CYCLE, as_of=CYCLE.first + timedelta(days=7 * weeks - 1))


def test_what_it_takes_from_now_on():
    """Ten weeks of 80 % for 85 % of thirteen: three of 102 %, out of reach."""
    found = whole_cycle(weeks_of(*[0.8] * 10), 0.85, 10)
    assert found.needed == pytest.approx((0.85 * 910 - 560) / 210)
    assert (found.verdict, found.n, found.k, found.remaining) == ("lost", 700, 560, 210)


def test_needed_against_the_best_week_so_far():
    found = whole_cycle(weeks_of(0.7, 0.9, 0.8, 0.8), 0.85, 4)
    assert found.verdict == "open"
    assert found.needed == pytest.approx(0.8722, abs=1e-4)
    assert (found.best_week, found.best_week_from) == (0.9, date(2027, 1, 11))
    assert (found.weeks_as_good, found.weeks_seen) == (1, 4)


def test_safe_whatever_comes():
    found = whole_cycle(weeks_of(*[1.0] * 12), 0.9, 12)
    assert found.verdict == "safe"
    assert found.needed < 0


def test_a_verdict_must_hold_for_a_quiet_and_a_busy_rest():
    """Safe at the usual volume, not if the last week is as busy as the busiest was."""
    rows = weeks_of(*[1.0] * 11) + weeks_of(1.0, n=20, first=CYCLE.first + timedelta(days=77))
    found = whole_cycle(rows, 0.91, 12)
    assert found.needed <= 0 < found.needed_busy
    assert found.verdict == "open"


def test_the_last_four_weeks_before_they_begin_need_just_the_target():
    window = final_window(*CYCLE, 28)
    found = needed_share(weeks_of(0.7, 0.8), 0.9, window, cycle=CYCLE, as_of=date(2027, 1, 17))
    assert (found.needed, found.n, found.remaining) == (pytest.approx(0.9), 0, pytest.approx(280))
    assert (found.best_week, found.weeks_as_good) == (0.8, 0)


def test_history_before_the_cycle_knows_volume_and_best_weeks_too():
    rows = weeks_of(0.9, 0.6, first=CYCLE.first - timedelta(days=14))
    found = needed_share(rows, 0.8, CYCLE, cycle=CYCLE, as_of=CYCLE.first - timedelta(days=1))
    assert (found.needed, found.best_week, found.remaining) == (pytest.approx(0.8), 0.9, 910)


def test_a_handful_of_requests_is_no_best_week():
    rows = [*weeks_of(0.5, 0.5, 0.5), DayCount(day=CYCLE.first + timedelta(days=21), n=2, k=2)]
    assert whole_cycle(rows, 0.9, 4).best_week == 0.5


def test_the_window_is_over():
    rows = weeks_of(*[0.9] * 13)
    assert whole_cycle(rows, 0.9, 13).verdict == "reached"
    assert whole_cycle(rows, 0.91, 13).verdict == "missed"
    assert whole_cycle([], 0.91, 13).verdict == "unknown"


def test_a_last_weekend_with_nobody_changes_nothing():
    rows = [row for row in weeks_of(*[0.9] * 13) if row.day.weekday() < 5]
    on_friday = CYCLE.last - timedelta(days=2)
    found = [needed_share(rows, wanted, CYCLE, cycle=CYCLE, as_of=on_friday) for wanted in (0.9, 0.91)]
    assert [(one.verdict, one.n, one.needed) for one in found] == [("safe", 650, None), ("lost", 650, None)]
    silent = Days(on_friday + timedelta(days=1), CYCLE.last)
    assert needed_share(rows, 0.9, silent, cycle=CYCLE, as_of=on_friday).verdict == "unknown"


def test_without_a_week_on_record_nothing_is_known():
    assert whole_cycle([], 0.9, 1).verdict == "unknown"


@given(
    st.lists(st.integers(0, 10).map(lambda k: k / 10), min_size=1, max_size=12),
    st.integers(1, 99).map(lambda p: p / 100),
    st.integers(0, 10).map(lambda k: k / 10),
)
def test_serving_the_rest_as_needed_reaches_the_target_exactly(shares, wanted, rest):
    """Whatever the rest brings: it ends at or above the target just when it is at or above what was needed."""
    rows = weeks_of(*shares)
    found = whole_cycle(rows, wanted, len(shares))
    full = rows + weeks_of(*[rest] * (13 - len(shares)), first=CYCLE.first + timedelta(days=7 * len(shares)))
    ended = whole_cycle(full, wanted, 13).verdict
    if abs(rest - found.needed) > 1e-9:
        assert ended == ("reached" if rest > found.needed else "missed")
    if found.verdict in ("safe", "lost"):
        assert ended == {"safe": "reached", "lost": "missed"}[found.verdict]


@given(st.integers(0, 13), st.integers(0, 13), st.sampled_from([0.3, 0.7, 1.0]))
def test_weeks_still_to_keep(kept, counted, wanted):
    kept = min(kept, counted)
    found = needed_weeks(kept, counted, 13, wanted)
    best, worst = (kept + 13 - counted) / 13, kept / 13
    if found.verdict in ("safe", "reached"):
        assert worst >= wanted - 1e-9
    elif found.verdict in ("lost", "missed"):
        assert best < wanted
    else:
        assert counted == 0 or worst < wanted <= best + 1e-9


def test_a_total_needs_so_many_a_week():
    found = needed_a_week(weeks_of(0, 0, n=20), 1000, CYCLE, cycle=CYCLE, as_of=date(2027, 1, 17))
    assert found.needed == pytest.approx((1000 - 280) / 11)
    assert (found.verdict, found.best_week, found.weeks_as_good) == ("open", 140, 2)
    assert needed_a_week(weeks_of(0, n=20), 100, CYCLE, cycle=CYCLE, as_of=date(2027, 1, 10)).verdict == "safe"
    over = needed_a_week(weeks_of(0, n=20), 200, CYCLE, cycle=CYCLE, as_of=CYCLE.last)
    assert (over.verdict, over.n) == ("missed", 140)
