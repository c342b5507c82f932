from datetime import date, timedelta

import holidays
import pytest

from otklik.clock.production_calendar import FIRST_YEAR, LAST_YEAR, days_off, shorter_days, working_weekends

NORMS = {
    2005: (248, 1981), 2006: (248, 1980), 2007: (249, 1986), 2008: (250, 1993), 2009: (249, 1987),
    2010: (249, 1987), 2011: (248, 1981), 2012: (249, 1986), 2013: (247, 1970), 2014: (247, 1970),
    2015: (247, 1971), 2016: (247, 1974), 2017: (247, 1973), 2018: (247, 1970), 2019: (247, 1970),
    2020: (248, 1979), 2021: (247, 1972), 2022: (247, 1973), 2023: (247, 1973), 2024: (248, 1979),
    2025: (247, 1972), 2026: (247, 1972),
}  # fmt: skip
"""Working days and hours of a 40-hour week as published for each year."""


def working_days(year):
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    off, worked = days_off(), working_weekends()
    return [d for d in days if d.year == year and ((d.weekday() < 5 and d not in off) or d in worked)]


@pytest.mark.parametrize("year", NORMS)
def test_a_year_has_as_many_working_days_and_hours_as_published(year):
    days = working_days(year)
    assert (len(days), 8 * len(days) - len(shorter_days() & set(days))) == NORMS[year]


def test_every_year_in_between_is_there():
    assert sorted({day.year for day in days_off()})[:-1] == list(range(FIRST_YEAR, LAST_YEAR + 1))


@pytest.mark.parametrize("day", ["2024-04-27", "2024-11-02", "2024-12-28", "2025-11-01", "2021-02-20", "2018-06-09"])
def test_a_working_saturday(day):
    assert date.fromisoformat(day) in working_weekends()


def test_a_working_saturday_is_as_long_as_the_day_it_stands_for():
    """1 November 2025 stands for the eve of a holiday, 27 April 2024 for an ordinary Monday."""
    assert date(2025, 11, 1) in shorter_days()
    assert date(2024, 4, 27) not in shorter_days()


def test_a_day_off_taken_from_a_holiday_leaves_it_a_holiday():
    """23 February 2025 was a Sunday; its day off came on 8 May."""
    assert date(2025, 2, 23) not in working_weekends()
    assert {date(2025, 2, 23), date(2025, 5, 8)} <= days_off()


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_the_days_off_are_those_of_the_package(year):
    ours = {day for day in days_off() if day.year == year and day.weekday() < 5}
    package = {day for day in holidays.country_holidays("RU", years=year) if day.weekday() < 5}
    lacking = {date(2014, 3, 10)} if year == 2014 else set()
    assert ours == package | lacking
