import numpy as np
import pytest

from otklik.stats import littles_law, settled_since, still_open_share


def test_a_window_that_starts_and_ends_empty_is_exact():
    start = np.array([0, 5, 7, 30])
    check = littles_law(start, start + np.array([10, 2, 13, 4]), (0, 40))
    assert check.gap == pytest.approx(0, abs=1e-12)
    assert check.open_mean == pytest.approx(29 / 40)


def test_closes_that_are_missing_show():
    """A year of requests of one day each; every tenth was never closed in the record."""
    start = np.arange(0, 365, 0.1) * 86_400
    end = start + 86_400
    end[::10] = np.nan
    assert littles_law(start, end, (0, 366 * 86_400)).gap > 0.5


def test_a_few_still_open_at_the_end_are_no_alarm():
    start = np.arange(0, 365, 0.1) * 86_400
    horizon = 365 * 86_400
    end = np.where(start + 86_400 > horizon, np.nan, start + 86_400)
    assert littles_law(start, end, (0, horizon)).gap < 0.05


@pytest.mark.parametrize(
    ("start", "end", "window"), [([], [], (0, 1)), ([1], [2], (5, 5)), ([1], [np.nan], (0, 9)), ([7], [8], (0, 5))]
)
def test_nothing_to_check(start, end, window):
    assert littles_law(start, end, window) is None


def test_lives_of_no_length_fit():
    assert littles_law([1, 2], [1, 2], (0, 3)).gap == 0.0


def test_a_life_that_is_long_against_the_record_cannot_be_checked():
    start = np.arange(0.0, 30, 0.1) * 86_400
    assert settled_since(start, start + 20 * 86_400, 30 * 86_400) is None
    assert settled_since(start, start + 2 * 86_400, 30 * 86_400) == 2 * 86_400
    assert settled_since(start, np.full(start.size, np.nan), 30 * 86_400) is None


def test_after_the_first_lives_a_record_that_began_empty_obeys_the_law():
    """Lives of two weeks in a quarter: counted from the empty start, too few are open for the law to hold."""
    rng = np.random.default_rng(2)
    start = np.sort(rng.uniform(0, 90 * 86_400, 6000))
    end, stop = start + 14 * 86_400, 90 * 86_400
    end = np.where(end > stop, np.nan, end)
    since = settled_since(start, end, stop)
    assert since == pytest.approx(14 * 86_400, rel=0.01)
    assert littles_law(start, end, (since, stop)).gap < 0.02
    end[::8] = np.nan
    assert littles_law(start, end, (since, stop)).sure_gap > 0.1


def test_a_gap_that_one_day_alone_makes_is_not_sure():
    start = np.arange(0, 100, 1.0) * 86_400
    end = start + 86_400
    end[10] = np.nan
    check = littles_law(start, end, (0, 101 * 86_400))
    assert check.gap > 0.3
    assert check.sure_gap == 0.0


def test_records_that_end_apart_are_counted_each_up_to_its_own_end():
    """Two desks alike; the export of one ends a year before the other's."""
    start = np.arange(0, 100, 0.1) * 86_400
    both = np.concatenate((start, start + 365 * 86_400))
    stop = np.repeat([101 * 86_400.0, 466 * 86_400.0], start.size)
    begin = np.repeat([0.0, 365 * 86_400.0], start.size)
    check = littles_law(both, both + 86_400, (begin, stop))
    assert check.gap < 1e-9
    assert check.open_mean == pytest.approx(2 * 1000 / 101)


def test_of_the_old_ones_as_many_are_open_as_closes_are_missing():
    start = np.arange(0, 365, 0.1) * 86_400
    end = start + 86_400
    assert still_open_share(start, np.where(end > 364 * 86_400, np.nan, end), 364 * 86_400) == 0.0
    end[::10] = np.nan
    assert still_open_share(start, end, 366 * 86_400) == pytest.approx(0.1, abs=0.005)
    assert still_open_share(start, np.full(start.size, np.nan), 366 * 86_400) == 0.0
    assert still_open_share([0.0], [9.0], 5.0) == 0.0
