import numpy as np
import pytest

from otklik.stats import littles_law


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
