"""Calendars changed by hand: each change a new book, the old one as it was."""

from dataclasses import replace
from datetime import date

import pytest

from otklik.actions import edit_calendar as edit
from otklik.actions.edit_calendar import DayWish, TooMany, VersionTaken
from otklik.actions.year_of_calendar import days_of_calendar
from otklik.clock import load_calendar_book
from otklik.clock.errors import BadHours, UnknownCountry, UnknownTimeZone
from otklik.schemas.calendars import CalendarBook

H = 3600
NINE_SIX = ((9 * H, 18 * H),)
BOOK = load_calendar_book("mon-fri 9-18; sat 10-14 Europe/Moscow")
NAME = str(BOOK.default)
WORKDAY, SATURDAY, SUNDAY = date(2026, 6, 10), date(2026, 6, 13), date(2026, 6, 14)


def shown(book: CalendarBook, day: date):
    return next(days_of_calendar(book.versions[NAME], day, day))


@pytest.mark.parametrize(
    ("day", "wish", "kind", "slots"),
    [
        (WORKDAY, DayWish("closed"), "holiday", ()),
        (WORKDAY, DayWish("shorter"), "shorter", ((9 * H, 17 * H),)),
        (SUNDAY, DayWish("like", weekday=4), "moved", NINE_SIX),
        (SUNDAY, DayWish("hours", ((9 * H, 13 * H), (14 * H, 18 * H))), "moved", ((9 * H, 13 * H), (14 * H, 18 * H))),
        (SATURDAY, DayWish("hours", NINE_SIX), "longer", NINE_SIX),
        (WORKDAY, DayWish("every-year", ((9 * H, 12 * H),)), "shorter", ((9 * H, 12 * H),)),
    ],
)
def test_a_day_becomes_what_is_wished_and_back(day, wish, kind, slots) -> None:
    changed = edit.change_day(BOOK, NAME, day, wish)
    assert (shown(changed, day).kind, shown(changed, day).slots) == (kind, slots)
    assert shown(BOOK, day) != shown(changed, day), "the old book stays"
    assert edit.change_day(changed, NAME, day, DayWish("as-usual")) == BOOK


def test_each_wish_takes_the_place_of_the_one_before() -> None:
    closed = edit.change_day(BOOK, NAME, WORKDAY, DayWish("closed"))
    again = edit.change_day(closed, NAME, WORKDAY, DayWish("shorter"))
    assert shown(again, WORKDAY).slots == ((9 * H, 17 * H),)
    assert not again.versions[NAME][0].holidays
    assert shown(edit.change_day(again, NAME, WORKDAY, DayWish("closed")), WORKDAY).kind == "holiday"


def test_every_year_means_every_year() -> None:
    changed = edit.change_day(BOOK, NAME, WORKDAY, DayWish("every-year", ()))
    assert [shown(changed, day).kind for day in (WORKDAY, date(2027, 6, 10))] == ["holiday", "holiday"]


def test_a_day_belongs_to_the_version_of_its_time() -> None:
    two = edit.add_version(BOOK, NAME, date(2026, 1, 1))
    changed = edit.change_day(two, NAME, WORKDAY, DayWish("closed"))
    assert [len(version.holidays) for version in changed.versions[NAME]] == [0, 1]
    late = replace(two, versions={NAME: two.versions[NAME][1:]})
    with pytest.raises(edit.DayUnknown):
        edit.change_day(late, NAME, date(2025, 12, 31), DayWish("closed"))
    assert len(edit.drop_version(changed, NAME, 0).versions[NAME]) == 1
    assert edit.drop_version(BOOK, NAME, 0) == BOOK, "the last version stays"


def test_versions_keep_their_order() -> None:
    two = edit.add_version(BOOK, NAME, date(2026, 1, 1))
    assert [version.valid_from for version in two.versions[NAME]] == [None, date(2026, 1, 1)]
    three = edit.add_version(two, NAME, date(2025, 1, 1))
    assert [v.valid_from for v in three.versions[NAME]] == [None, date(2025, 1, 1), date(2026, 1, 1)]
    with pytest.raises(VersionTaken):
        edit.add_version(two, NAME, date(2026, 1, 1))
    with pytest.raises(VersionTaken):
        edit.change_version(three, NAME, 1, replace(three.versions[NAME][1], valid_from=date(2026, 5, 1)))
    with pytest.raises(UnknownTimeZone):
        edit.change_version(two, NAME, 0, replace(two.versions[NAME][0], time_zone="Mars/Phobos"))


def test_holidays_of_a_country_leave_own_days_alone() -> None:
    own = edit.change_day(BOOK, NAME, date(2026, 1, 5), DayWish("hours", NINE_SIX))
    taken = edit.take_holidays(own, NAME, 0, "ru")
    assert [shown(taken, date(2026, 1, day)).kind for day in (5, 6)] == ["usual", "holiday"]
    assert shown(taken, date(2026, 4, 30)).kind == "shorter"
    assert taken.versions[NAME][0].known_years == (2005, 2027)
    assert edit.take_holidays(taken, NAME, 0, "ru") == taken
    with pytest.raises(UnknownCountry):
        edit.take_holidays(BOOK, NAME, 0, "atlantis")


def test_closed_times_are_added_to_those_there() -> None:
    first = edit.close_times(BOOK, NAME, 0, {WORKDAY}, {SATURDAY: ((10 * H, 11 * H),)})
    second = edit.close_times(first, NAME, 0, {SUNDAY}, {SATURDAY: ((12 * H, 13 * H),)})
    version = second.versions[NAME][0]
    assert version.holidays == {WORKDAY, SUNDAY}
    assert version.breaks == {SATURDAY: ((10 * H, 11 * H), (12 * H, 13 * H))}
    assert shown(edit.change_day(second, NAME, SATURDAY, DayWish("as-usual")), SATURDAY).kind == "usual"


def test_calendars_come_and_go() -> None:
    one = edit.add_calendars(CalendarBook(), BOOK)
    assert one == BOOK
    two = edit.add_calendars(one, BOOK)
    other = f"{NAME}-2"
    assert (list(two.versions), two.default) == ([NAME, other], NAME)
    assert two.versions[other][0].id == other
    given = edit.assign_calendars(two, other, {"Night": other, "Orders": NAME, "Lost": "nowhere", "": NAME})
    assert (given.default, given.team_calendars) == (other, {"Night": other, "Orders": NAME})
    left = edit.drop_calendar(given, other)
    assert (left.default, left.team_calendars) == (NAME, {"Orders": NAME})
    assert edit.drop_calendar(left, NAME) == CalendarBook()
    many = CalendarBook({str(n): BOOK.versions[NAME] for n in range(edit.MOST_CALENDARS)}, "0")
    with pytest.raises(TooMany):
        edit.add_calendars(many, BOOK)


def test_hours_as_people_type_them() -> None:
    assert edit.read_hours("14-18, 9:00–13:00") == ((9 * H, 13 * H), (14 * H, 18 * H))
    assert edit.read_hours("  ") == ()
    with pytest.raises(edit.OverlappingSpans):
        edit.read_hours("9-14, 13-18")
    with pytest.raises(BadHours):
        edit.read_hours("nine to five")
