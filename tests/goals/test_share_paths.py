from datetime import timedelta

import numpy as np
import pytest

from otklik.goals.luck import draw_luck
from otklik.goals.share_paths import LEVEL_FLOOR, filter_shares, level_paths, simulate_share, weeks_ahead
from otklik.goals.volume import usual_volume
from otklik.goals.weeks import totals, weekly_table
from tests.goals.records import CYCLE, LAST_FOUR_WEEKS, START, days_of, end_of_week


def run(rows, week, *, window=LAST_FOUR_WEEKS, floor=LEVEL_FLOOR):
    as_of = end_of_week(week)
    filtered = filter_shares(weekly_table(rows, *CYCLE, until=as_of), level_only=False)
    luck = draw_luck(weeks_ahead(CYCLE, as_of)[1])[0]
    return simulate_share(
        rows, filtered, usual_volume(rows, as_of), luck, cycle=CYCLE, window=window, as_of=as_of, floor=floor
    )


@pytest.mark.parametrize(("week", "ahead"), [(0, 13), (3, 10), (12, 1)])
def test_weeks_still_to_come(week, ahead):
    weeks, steps = weeks_ahead(CYCLE, end_of_week(week))
    assert (len(weeks), steps) == (ahead, ahead)
    assert weeks[-1].last == CYCLE.last


def test_in_the_middle_of_a_week_it_is_still_to_come_but_no_step_away():
    weeks, steps = weeks_ahead(CYCLE, end_of_week(3) + timedelta(days=2))
    assert (len(weeks), steps) == (10, 9)
    assert weeks_ahead(CYCLE, CYCLE.last) == ([], 0)
    assert weeks_ahead(CYCLE, START - timedelta(days=20))[1] == 13


def test_a_steady_share_goes_on_steadily():
    paths = run(days_of(0.8, range(-12, 8), seed=1), 7, floor=0.05)
    assert np.median(paths.share) == pytest.approx(0.8, abs=0.02)
    assert paths.share.shape == (2000, 6)
    assert paths.n.mean() == pytest.approx(28 * 20, rel=0.03)
    low, high = np.quantile(paths.share[:, 0], (0.025, 0.975))
    assert 0.06 < high - low < 0.2


def test_doubt_grows_with_the_weeks():
    paths = run(days_of(0.8, range(-12, 4), seed=1), 3)
    width = np.ptp(np.quantile(paths.share, (0.1, 0.9), axis=0), axis=0)
    assert width[-1] > 1.5 * width[0]


def test_what_is_seen_of_the_window_stays():
    rows = days_of(0.8, range(-12, 12), seed=1)
    paths = run(rows, 11)
    n, k = totals(rows, LAST_FOUR_WEEKS)
    assert paths.n.min() > n == 280
    assert paths.k.min() >= k
    assert (paths.k <= paths.n).all()


def test_only_days_inside_the_window_count_for_it():
    rows = days_of(0.8, range(-12, 4), seed=1)
    days = LAST_FOUR_WEEKS._replace(first=CYCLE.last - timedelta(days=9))
    assert run(rows, 3, window=days).n.mean() == pytest.approx(200, rel=0.04)


def test_weeks_that_differ_more_than_chance_make_wider_futures():
    even = run(days_of(0.8, range(-12, 8), seed=1, n=100), 7, floor=0.0)
    uneven = run(days_of(lambda week: 0.9 if week % 2 else 0.65, range(-12, 8), seed=1, n=100), 7, floor=0.0)
    assert np.std(uneven.share[:, 0]) > 2 * np.std(even.share[:, 0])


def test_weeks_without_requests_have_seen_nothing():
    rows = [row for row in days_of(0.8, range(-12, 4), seed=1) if row.day.month != 12]
    filtered = filter_shares(weekly_table(rows, *CYCLE, until=end_of_week(3)), level_only=True)
    assert np.isnan(filtered.surprise).sum() >= 4
    assert filtered.level == pytest.approx(np.log(4), abs=0.2)


def test_levels_start_where_the_filter_left_them():
    rows = days_of(0.8, range(-12, 4), seed=1)
    filtered = filter_shares(weekly_table(rows, *CYCLE, until=end_of_week(3)), level_only=False)
    level, cell = level_paths(filtered, draw_luck(10)[0], 10, LEVEL_FLOOR)
    assert level.shape == (2000, 11)
    assert level[:, 0].mean() == pytest.approx(filtered.level, abs=0.02)
    assert np.bincount(cell, minlength=filtered.weight.size) / 2000 == pytest.approx(filtered.weight, abs=0.05)
