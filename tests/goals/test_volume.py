from datetime import date, timedelta

import numpy as np
import pytest

from otklik.goals.volume import usual_volume
from otklik.goals.weeks import Days
from otklik.schemas.goals import DayCount

MONDAY = date(2027, 1, 4)


def office_days(weeks: int, per_week=lambda week: 10) -> list[DayCount]:
    """Requests from Monday to Friday only."""
    return [
        DayCount(day=MONDAY + timedelta(days=7 * week + day), n=per_week(week), k=0)
        for week in range(weeks)
        for day in range(5)
    ]


def test_weekends_without_requests_stay_without():
    volume = usual_volume(office_days(4), MONDAY + timedelta(days=27))
    assert volume.by_weekday.tolist() == [10, 10, 10, 10, 10, 0, 0]
    assert volume.expected(Days(MONDAY + timedelta(days=28), MONDAY + timedelta(days=36))) == 70
    assert (volume.quiet, volume.busy, volume.spread) == (1, 1, 0)


@pytest.mark.parametrize("shift", range(7))
def test_weekdays_keep_their_names_whatever_day_it_is(shift):
    volume = usual_volume(office_days(6), MONDAY + timedelta(days=34 + shift))
    assert volume.by_weekday[5:].tolist() == [0, 0]
    assert volume.expected(Days(date(2027, 3, 1), date(2027, 3, 7))) == pytest.approx(volume.by_weekday.sum())


def test_quiet_and_busy_are_those_of_the_last_weeks():
    volume = usual_volume(office_days(4, lambda week: (5, 10, 10, 15)[week]), MONDAY + timedelta(days=27))
    assert (volume.quiet, volume.busy) == (0.5, 1.5)
    assert volume.spread > 0.3


def test_what_is_counted_already_is_no_longer_expected():
    rows = office_days(4)
    monday = Days(MONDAY + timedelta(days=28), MONDAY + timedelta(days=28))
    volume = usual_volume(rows, MONDAY + timedelta(days=27))
    assert volume.expected(monday, [DayCount(day=monday.first, n=4, k=1)]) == 6
    assert volume.expected(monday, [DayCount(day=monday.first, n=40, k=1)]) == 0


def test_chance_alone_is_no_spread():
    found = []
    for seed in range(15):
        drawn = np.random.default_rng(seed).poisson(50, 56)
        rows = [DayCount(day=MONDAY + timedelta(days=i), n=int(n), k=0) for i, n in enumerate(drawn)]
        found.append(usual_volume(rows, MONDAY + timedelta(days=55)).spread)
    assert np.median(found) < 0.02


def test_less_than_a_week_says_nothing():
    assert usual_volume([], MONDAY) is None
    assert usual_volume(office_days(1), MONDAY + timedelta(days=5)) is None
    assert usual_volume([DayCount(day=MONDAY, n=0, k=0)], MONDAY + timedelta(days=10)) is None
    assert usual_volume(office_days(1), MONDAY + timedelta(days=6)).by_weekday.sum() == 50
