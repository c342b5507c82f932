from datetime import date
from pathlib import Path

import pytest

from otklik.base.errors import FileError
from otklik.clock.calendar_file import parse_calendars, read_calendar_file
from otklik.clock.errors import (
    BadValue,
    HolidayFileUnreadable,
    MissingKey,
    NotToml,
    OverlappingHours,
    UnknownCalendar,
    UnknownKey,
    VersionsOutOfOrder,
    WrongType,
)

H = 3600
OFFICE = ((9 * H, 18 * H),)
HEAD = '[calendars.main]\ntime_zone = "Europe/Moscow"\n'


def book(text):
    return parse_calendars(text, "hours.toml", Path())


def calendar(text):
    return book(HEAD + text).versions["main"][0]


FULL = """
default = "office"

[teams]
"Second line" = "vladivostok"

[[calendars.office]]
name = "The office"
time_zone = "Europe/Moscow"
country = "ru"
weekly = "mon-fri 9-18"

[[calendars.office]]
time_zone = "Europe/Moscow"
country = "ru"
valid_from = 2025-03-01
holidays = [2025-12-30]
shortened_days = ["2025-06-02"]
shorter_by = "2h"

[calendars.office.weekly]
mon-thu = ["09:00-13:00", "14:00-18:00"]
fri = "09:00-16:00"

[calendars.office.special_days]
2025-12-31 = ["09:00-12:00"]
2025-12-25 = []

[calendars.office.moved_days]
2025-11-01 = "fri"

[calendars.office.yearly_days]
12-24 = ["09:00-12:00"]

[calendars.office.breaks]
2025-04-01 = ["15:00-16:00"]

[calendars.vladivostok]
time_zone = "Asia/Vladivostok"
weekly = "daily 8-20"
"""


def test_a_whole_file():
    read = book(FULL)
    first, second = read.versions["office"]
    assert read.default == "office"
    assert read.team_calendars == {"Second line": "vladivostok"}
    assert (first.name, first.valid_from, second.valid_from) == ("The office", None, date(2025, 3, 1))
    assert first.weekly == dict.fromkeys(range(5), OFFICE)
    assert second.weekly[4] == ((9 * H, 16 * H),)
    assert second.weekly[0] == ((9 * H, 13 * H), (14 * H, 18 * H))
    assert second.special_days[date(2025, 6, 2)] == ((9 * H, 13 * H), (14 * H, 16 * H))
    assert second.breaks == {date(2025, 4, 1): ((15 * H, 16 * H),)}
    assert second.yearly_days == {"12-24": ((9 * H, 12 * H),)}
    assert second.special_days[date(2025, 12, 25)] == ()
    assert date(2025, 12, 30) in second.holidays


def test_own_days_beat_those_of_the_country():
    """31 December 2025 is a day off in Russia; here it is worked until noon."""
    second = book(FULL).versions["office"][1]
    assert date(2025, 12, 31) not in second.holidays
    assert second.special_days[date(2025, 12, 31)] == ((9 * H, 12 * H),)
    assert second.special_days[date(2025, 11, 1)] == ((9 * H, 16 * H),)


def test_one_calendar_is_the_default_and_the_zone_may_come_from_the_country():
    read = book('[calendars.de]\ncountry = "de"\nweekly = "mon-fri 9-17"\n')
    assert read.default == "de"
    assert read.versions["de"][0].time_zone == "Europe/Berlin"
    assert read.versions["de"][0].known_years == (1991, 2045)


def test_holidays_from_a_file(tmp_path):
    (tmp_path / "days.ics").write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n"
        "BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20250505\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:2\nDTSTART:20250506T090000Z\nDTEND:20250506T100000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    file = tmp_path / "hours.toml"
    file.write_text(HEAD + 'weekly = "daily 9-18"\nholiday_files = ["days.ics"]\n')
    read = read_calendar_file(file).versions["main"][0]
    assert read.holidays == {date(2025, 5, 5)}
    assert read.breaks == {date(2025, 5, 6): ((12 * H, 13 * H),)}


@pytest.mark.parametrize(
    ("text", "error", "line"),
    [
        ("a = \n", NotToml, 1),
        ("", MissingKey, 1),
        ('default = "x"\n' + HEAD + 'weekly = "daily 9-18"\n', UnknownCalendar, 1),
        (HEAD, MissingKey, 1),
        ('[calendars.main]\nweekly = "daily 9-18"\n', MissingKey, 1),
        (HEAD + 'weekly = "daily 9-18"\ncolour = "red"\n', UnknownKey, 4),
        ("main = 1\n", UnknownKey, 1),
        ("calendars = 1\n", WrongType, 1),
        ("[calendars]\nmain = 1\n", WrongType, 2),
        (HEAD + "weekly = 9\n", WrongType, 3),
        (HEAD + 'weekly = "daily"\n', BadValue, 3),
        (HEAD + "[calendars.main.weekly]\nmon = 9\n", WrongType, 4),
        (HEAD + '[calendars.main.weekly]\nsomeday = "9-18"\n', BadValue, 4),
        (HEAD + '[calendars.main.weekly]\nmon = [\n"9-18",\n"19-25",\n]\n', BadValue, 6),
        (HEAD + '[calendars.main.weekly]\nmon = ["9-18", "17-20"]\n', OverlappingHours, 4),
        (HEAD + 'weekly = "daily 9-18"\nholidays = ["2025-02-30"]\n', BadValue, 4),
        (HEAD + 'weekly = "daily 9-18"\nholidays = "2025-02-28"\n', WrongType, 4),
        (HEAD + 'weekly = "daily 9-18"\nname = 5\n', WrongType, 4),
        (HEAD + 'weekly = "daily 9-18"\ncountry = "xx"\n', BadValue, 4),
        (HEAD + 'weekly = "daily 9-18"\nshorter_by = "long"\n', BadValue, 4),
        (HEAD + 'weekly = "daily 9-18"\nvalid_from = "soon"\n', BadValue, 4),
        (HEAD + 'weekly = "daily 9-18"\nyearly_days = {"13-01" = []}\n', BadValue, 4),
        (HEAD + 'weekly = "daily 9-18"\nmoved_days = {"2025-11-01" = "someday"}\n', BadValue, 4),
        (HEAD + 'weekly = "daily 9-18"\nholiday_files = ["nowhere.ics"]\n', HolidayFileUnreadable, 4),
        ('[calendars.main]\ntime_zone = "Moscow"\nweekly = "daily 9-18"\n', BadValue, 2),
        ('[calendars.main]\ncountry = "fm"\nweekly = "daily 9-18"\n', BadValue, 2),
        (HEAD + 'weekly = "daily 9-18"\n[teams]\n"Second" = "night"\n', UnknownCalendar, 5),
        (HEAD + 'weekly = "daily 9-18"\n[calendars.b]\ntime_zone="UTC"\nweekly="daily 9-18"\n', MissingKey, 1),
        (
            2 * '[[calendars.a]]\ntime_zone="UTC"\nweekly="daily 9-18"\n',
            VersionsOutOfOrder,
            4,
        ),
    ],
)
def test_an_error_names_the_file_the_line_and_the_rule(text, error, line):
    with pytest.raises(error) as caught:
        book(text)
    assert caught.value.facts["file"] == "hours.toml"
    assert caught.value.facts["line"] == line
    assert f"hours.toml, line {line}" in str(caught.value)


def test_versions_on_the_same_day_are_out_of_order():
    block = '[[calendars.a]]\ntime_zone="UTC"\nweekly="daily 9-18"\nvalid_from = 2025-01-01\n'
    with pytest.raises(VersionsOutOfOrder) as caught:
        book(block + block)
    assert caught.value.facts["line"] == 8


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"\xd0"])
def test_a_file_that_cannot_be_read(tmp_path, content):
    file = tmp_path / "hours.toml"
    if content:
        file.write_bytes(content)
    with pytest.raises(FileError):
        read_calendar_file(file)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_example_in_the_guide_is_a_calendar(language):
    guide = Path(__file__).parents[2] / "docs" / language / "guide" / "calendars.md"
    example = guide.read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    read = book(example)
    office = read.versions["office"][1]
    assert len(read.versions) == 2 and len(read.team_calendars) == 1
    assert office.special_days[date(2025, 12, 31)] == ((9 * H, 12 * H),)
    assert date(2025, 12, 31) not in office.holidays


def test_closed_hours_of_a_holiday_file_and_breaks_of_the_same_date_both_count(tmp_path):
    event = "BEGIN:VEVENT\nUID:1\nDTSTART:20250401T100000\nDTEND:20250401T110000\nEND:VEVENT\n"
    for name in ("one", "two"):
        (tmp_path / f"{name}.ics").write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{event}END:VCALENDAR\n")
    text = (
        HEAD
        + """
    weekly = "mon-fri 9-18"
    holiday_files = ["one.ics", "two.ics"]
    [calendars.main.breaks]
    2025-04-01 = ["15:00-16:00"]
    2025-04-02 = ["12:00-13:00"]
    """
    )
    (read,) = parse_calendars(text, "hours.toml", tmp_path).versions["main"]
    assert read.breaks == {
        date(2025, 4, 1): ((10 * H, 11 * H), (15 * H, 16 * H)),
        date(2025, 4, 2): ((12 * H, 13 * H),),
    }


def test_a_shortened_day_ends_before_its_own_hours():
    """Its own hours are those of the date, else those of every year, else those of the weekday."""
    read = calendar(
        """
        weekly = "mon-fri 9-18"
        shortened_days = [2025-12-24, 2026-12-24, 2025-12-23]
        [calendars.main.yearly_days]
        12-24 = ["09:00-12:00"]
        [calendars.main.special_days]
        2026-12-24 = ["10:00-15:00"]
        """
    )
    assert read.special_days[date(2025, 12, 23)] == ((9 * H, 17 * H),)
    assert read.special_days[date(2025, 12, 24)] == ((9 * H, 11 * H),)
    assert read.special_days[date(2026, 12, 24)] == ((10 * H, 14 * H),)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("default = [1]\n" + HEAD + 'weekly = "daily 9-18"', UnknownCalendar),
        (HEAD + 'weekly = "daily 9-18"\n[teams]\na = ["main"]', UnknownCalendar),
        ('default = "main"\n[calendars]\nmain = []', MissingKey),
        ("a = " + "[" * 3000, NotToml),
    ],
    ids=["default", "team", "no-version", "deep"],
)
def test_nonsense_from_outside_is_refused_politely(text, error):
    with pytest.raises(error):
        book(text)


def test_a_day_cannot_be_shortened_by_more_than_itself():
    text = f'weekly = "daily 9-18"\nshortened_days = [2026-01-05]\nshorter_by = "{"9" * 400}h"'
    assert calendar(text).special_days == {date(2026, 1, 5): ()}
