"""What other calendars change, day by day and month by month."""

from dataclasses import replace
from datetime import date

from otklik.actions.compare_calendars import MOST_DAYS, compare_calendars
from otklik.clock import load_calendar_book
from otklik.schemas.calendars import CalendarBook

YEAR = (date(2025, 1, 1), date(2025, 12, 31))
OFFICE = load_calendar_book("mon-fri 9-18 Europe/Moscow")
NAME = str(OFFICE.default)


def other(**changes) -> CalendarBook:
    return replace(OFFICE, versions={NAME: (replace(OFFICE.versions[NAME][0], **changes),)})


def test_the_same_is_the_same() -> None:
    told = compare_calendars(OFFICE, other(name="Another name"), *YEAR)
    assert told.is_same
    assert len(told.calendars[0].months) == 12


def test_a_holiday_more_is_a_day_and_its_hours_less() -> None:
    told = compare_calendars(OFFICE, other(holidays=frozenset({date(2025, 5, 9), date(2025, 5, 10)})), *YEAR)
    change = told.calendars[0]
    assert [day.day for day in change.days] == [date(2025, 5, 9)], "the 10th is a Saturday: closed before and after"
    assert (change.days[0].before.kind, change.days[0].after.kind) == ("usual", "holiday")  # type: ignore[union-attr]
    may = change.months[4]
    assert (may.before_s, may.after_s) == (22 * 9 * 3600, 21 * 9 * 3600)
    assert [month for month in change.months if month.before_s != month.after_s] == [may]


def test_new_weekly_hours_change_every_working_day() -> None:
    change = compare_calendars(OFFICE, other(weekly=dict.fromkeys(range(7), ((0, 86_400),))), *YEAR).calendars[0]
    assert (change.n_days, len(change.days)) == (365, 365)
    long_time = compare_calendars(OFFICE, other(weekly={}), date(2020, 1, 1), date(2025, 12, 31)).calendars[0]
    assert long_time.n_days > MOST_DAYS == len(long_time.days)


def test_another_zone_is_told_though_the_hours_look_alike() -> None:
    told = compare_calendars(OFFICE, other(time_zone="Asia/Omsk"), *YEAR)
    assert (told.calendars[0].n_days, told.is_same) == (0, False)
    assert told.calendars[0].time_zone == ("Europe/Moscow", "Asia/Omsk")


def test_the_first_calendar_and_the_last() -> None:
    first = compare_calendars(CalendarBook(), OFFICE, *YEAR)
    assert (first.calendars[0].is_new, first.default) == (True, (None, NAME))
    assert first.calendars[0].months[0].before_s is None
    assert compare_calendars(OFFICE, CalendarBook(), *YEAR).calendars[0].is_gone


def test_teams_that_change_their_calendar() -> None:
    before = replace(OFFICE, team_calendars={"Night": NAME, "Orders": NAME})
    after = replace(OFFICE, team_calendars={"Orders": NAME, "Shop": NAME})
    told = compare_calendars(before, after, *YEAR)
    assert told.teams == (("Night", NAME, None), ("Shop", None, NAME))
    assert not told.is_same
