"""A year as people look at it: kinds of days, hours of months."""

from datetime import date

import pytest

from otklik.actions.year_of_calendar import days_of_calendar, version_on, year_of_calendar
from otklik.clock import BusinessClock, load_calendar_book
from otklik.clock.calendar_file import parse_calendars
from otklik.clock.zones import local_to_utc

RU = load_calendar_book("ru")
OWN = parse_calendars(
    """
[[calendars.office]]
time_zone = "Europe/Moscow"
valid_from = 2025-02-01
weekly = "mon-fri 9-13,14-18"
[[calendars.office]]
time_zone = "Asia/Omsk"
valid_from = 2025-06-02
weekly = "mon-fri 8-20; sat 22-6"
holidays = [2025-06-12]
special_days = {2025-06-11 = ["8-19"], 2025-06-13 = ["8-21"], 2025-06-15 = ["10-15"]}
breaks = {2025-06-16 = ["12-13"]}
""",
    "own.toml",
    None,
)


@pytest.mark.parametrize(("year", "days", "hours"), [(2024, 248, 1979), (2025, 247, 1972)])
def test_the_year_has_the_norm_of_the_production_calendar(year: int, days: int, hours: int) -> None:
    """Published yearly norms at 40 h a week; here the day is 9 h long, lunch not cut out."""
    shown = year_of_calendar(RU, "ru", year)
    assert shown.open_days == days
    assert shown.open_s == (hours + days) * 3600


def test_days_are_told_apart() -> None:
    kinds = {one.day: one.kind for one in year_of_calendar(RU, "ru", 2025).days}
    assert [kinds[date(2025, *day)] for day in [(1, 1), (4, 30), (11, 1), (6, 12), (6, 14), (6, 16)]] == [
        "holiday", "shorter", "moved", "holiday", "closed", "usual",
    ]  # fmt: skip
    assert len(kinds) == 365


def test_own_days_by_the_version_in_force() -> None:
    shown = {one.day: one for one in year_of_calendar(OWN, "office", 2025).days}
    assert shown[date(2025, 1, 31)].kind == "unknown", "before the first version"
    assert (shown[date(2025, 5, 30)].version, shown[date(2025, 6, 2)].version) == (0, 1)
    assert shown[date(2025, 5, 30)].open_s == 8 * 3600
    kinds = [shown[date(2025, 6, day)].kind for day in (11, 12, 13, 15, 16, 17)]
    assert kinds == ["shorter", "holiday", "longer", "moved", "shorter", "usual"]
    assert shown[date(2025, 6, 16)].open_s == 11 * 3600
    assert [shown[date(2025, 6, day)].open_s for day in (7, 8)] == [2 * 3600, 6 * 3600], "the night belongs to both"
    assert year_of_calendar(OWN, "office", 2025).open_s is None


def test_years_nobody_told_are_not_guessed() -> None:
    last = RU.versions["ru"][0].known_years[1]  # type: ignore[index]
    assert year_of_calendar(RU, "ru", last).open_s is not None
    later = year_of_calendar(RU, "ru", last + 1)
    assert {one.kind for one in later.days} == {"unknown"}
    assert later.open_s is None


@pytest.mark.parametrize("book", [RU, OWN], ids=["ru", "own"])
def test_days_add_up_to_what_the_clock_says(book) -> None:
    versions = next(iter(book.versions.values()))
    first, last = date(2025, 3, 1), date(2025, 5, 31)
    begin, end = (local_to_utc_midnight(day) for day in (first, date(2025, 6, 1)))
    told = sum(one.open_s or 0 for one in days_of_calendar(versions, first, last))
    assert told == BusinessClock(versions, begin, end).elapsed(begin, end).seconds


def local_to_utc_midnight(day: date):
    from datetime import datetime

    return local_to_utc(datetime(day.year, day.month, day.day), "Europe/Moscow")  # noqa: DTZ001


def test_the_version_on_a_day() -> None:
    versions = OWN.versions["office"]
    days = (date(2025, 1, 31), date(2025, 2, 1), date(2025, 6, 1), date(2025, 6, 2))
    assert [version_on(versions, day) for day in days] == [None, 0, 0, 1]
