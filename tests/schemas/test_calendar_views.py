"""Sums over a year know what they do not know."""

from datetime import date

from otklik.schemas.calendar_views import (
    BookChange,
    CalendarChange,
    CalendarDay,
    CalendarMonth,
    CalendarYear,
    DayChange,
)


def month(number: int, *open_s: int | None) -> CalendarMonth:
    days = [CalendarDay(date(2026, number, n), "usual", open_s=seconds) for n, seconds in enumerate(open_s, start=1)]
    return CalendarMonth(date(2026, number, 1), tuple(days))


def test_a_year_adds_up() -> None:
    year = CalendarYear("office", 2026, (month(1, 3600, 0), month(2, 7200)))
    assert (year.open_s, year.open_days, len(year.days)) == (10_800, 2, 3)


def test_one_unknown_day_makes_the_sum_unknown() -> None:
    year = CalendarYear("office", 2026, (month(1, 3600, None), month(2, 7200)))
    assert (year.months[0].open_s, year.months[1].open_s, year.open_s) == (None, 7200, None)
    assert year.open_days == 2


def test_nothing_differs_only_when_nothing_does() -> None:
    same = CalendarChange("a", "A", False, False, ("UTC", "UTC"), (), (), 0)
    day = CalendarDay(date(2026, 1, 1), "usual")
    other = CalendarChange("a", "A", False, False, ("UTC", "UTC"), (), (DayChange(None, day),), 1)
    assert DayChange(None, day).day == day.day
    spans = (date(2026, 1, 1), date(2026, 12, 31))
    assert BookChange(*spans, (same,), ("a", "a"), ()).is_same
    assert not BookChange(*spans, (same, other), ("a", "a"), ()).is_same
    assert not BookChange(*spans, (same,), ("a", "b"), ()).is_same
    assert not BookChange(*spans, (same,), ("a", "a"), (("Night", None, "a"),)).is_same
    moved = CalendarChange("a", "A", False, False, ("UTC", "Europe/Moscow"), (), (), 0)
    assert not moved.is_same
