"""What is written is read back as the same calendars."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.clock import load_calendar_book
from otklik.clock.calendar_file import parse_calendars
from otklik.clock.calendar_writer import write_calendars, write_hours
from otklik.clock.errors import HolidayFileUnreadable, WrongType
from otklik.schemas.calendars import CalendarBook
from tests.clock.strategies import calendars

H = 3600
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@st.composite
def books(draw) -> CalendarBook:
    ids = draw(st.lists(TEXTS, min_size=1, max_size=3, unique=True))
    versions = {}
    for id_ in ids:
        begins = draw(st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)))
        known = draw(st.none() | st.tuples(st.integers(1990, 2000), st.integers(2000, 2030)))
        first = replace(draw(calendars()), id=id_, valid_from=begins, known_years=known, name=draw(TEXTS))
        versions[id_] = (first,)
        if draw(st.booleans()):
            later = (begins or date(2020, 1, 1)) + timedelta(days=draw(st.integers(1, 900)))
            versions[id_] += (replace(draw(calendars()), id=id_, name=id_, valid_from=later),)
    teams = draw(st.dictionaries(TEXTS, st.sampled_from(ids), max_size=3))
    return CalendarBook(versions=versions, default=draw(st.sampled_from(ids)), team_calendars=teams)


def as_read(book: CalendarBook) -> CalendarBook:
    """Hours of a day are read in order."""

    def in_order(days):
        return {day: tuple(sorted(slots)) for day, slots in days.items()}

    return replace(
        book,
        versions={
            id_: tuple(
                replace(
                    one,
                    weekly=in_order(one.weekly),
                    special_days=in_order(one.special_days),
                    breaks=in_order(one.breaks),
                    yearly_days=in_order(one.yearly_days),
                )
                for one in versions
            )
            for id_, versions in book.versions.items()
        },
    )


@settings(max_examples=150, deadline=None)
@given(books())
def test_what_is_written_reads_back_the_same(book: CalendarBook) -> None:
    text = write_calendars(book)
    read = parse_calendars(text, "written.toml", None)
    assert read == as_read(book)
    assert write_calendars(read) == write_calendars(as_read(book))


@pytest.mark.parametrize("name", ["ru", "us", "24x7", "mon-fri 9-13,14-18; sat 22-6 Asia/Almaty kz"])
def test_presets_keep_every_day_and_the_years_that_are_known(name: str) -> None:
    book = load_calendar_book(name, time_zone="America/New_York")
    assert parse_calendars(write_calendars(book), "preset.toml", None) == book


def test_breaks_that_overlap_are_kept() -> None:
    text = '[calendars.a]\ntime_zone = "UTC"\nweekly = "daily 9-18"\nbreaks = {2026-01-05 = ["9-12", "11-13"]}\n'
    book = parse_calendars(text, "a.toml", None)
    assert book.versions["a"][0].breaks == {date(2026, 1, 5): ((9 * H, 12 * H), (11 * H, 13 * H))}
    assert parse_calendars(write_calendars(book), "b.toml", None) == book


def test_a_text_from_outside_names_no_files() -> None:
    text = '[calendars.a]\ntime_zone = "UTC"\nweekly = "daily 9-18"\nholiday_files = ["/etc/passwd"]\n'
    with pytest.raises(HolidayFileUnreadable) as refused:
        parse_calendars(text, "a.toml", None)
    assert refused.value.facts["line"] == 4


@pytest.mark.parametrize("years", ["[2026]", "[2027, 2026]", '["a", "b"]', "[true, true]", "2026"])
def test_known_years_are_a_first_and_a_last(years: str) -> None:
    with pytest.raises(WrongType):
        parse_calendars(f'[calendars.a]\ntime_zone = "UTC"\nweekly = "daily 9-18"\nknown_years = {years}', "a", None)


def test_a_book_without_calendars_has_no_file() -> None:
    with pytest.raises(ValueError, match="default"):
        write_calendars(CalendarBook())


def test_hours_as_people_write_them() -> None:
    assert write_hours([(9 * H, 13 * H), (14 * H + 5, 24 * H)]) == "09:00-13:00, 14:00:05-24:00"
    assert write_hours([]) == ""
