from datetime import date
from pathlib import Path

import pytest

from otklik.base.errors import FileError
from otklik.clock.errors import UnknownCalendarText, UnknownCountry, UnknownTimeZone, ZoneNeeded
from otklik.clock.presets import load_calendar_book

H = 3600


def preset(text, **options):
    book = load_calendar_book(text, **options)
    return book.versions[book.default][0]


@pytest.mark.parametrize("text", [None, "", "  "])
def test_no_calendar_is_an_empty_book(text):
    assert load_calendar_book(text).default is None


@pytest.mark.parametrize("text", ["24x7", "24/7", "24X7 Europe/Moscow"])
def test_round_the_clock(text):
    assert preset(text).weekly == dict.fromkeys(range(7), ((0, 24 * H),))


def test_the_russian_production_calendar():
    ru = preset("ru")
    assert ru.time_zone == "Europe/Moscow"
    assert ru.weekly == dict.fromkeys(range(5), ((9 * H, 18 * H),))
    assert date(2025, 5, 8) in ru.holidays
    assert ru.special_days[date(2025, 11, 1)] == ((9 * H, 17 * H),)


def test_hours_and_a_zone():
    calendar = preset("mon-fri 9-13,14-18; sat 10-15 Asia/Almaty")
    assert calendar.time_zone == "Asia/Almaty"
    assert calendar.weekly[0] == ((9 * H, 13 * H), (14 * H, 18 * H))
    assert calendar.weekly[5] == ((10 * H, 15 * H),)


@pytest.mark.parametrize("text", ["mon-fri 10-19 ru Asia/Omsk", "mon-fri 10-19 Asia/Omsk ru"])
def test_hours_a_zone_and_a_country_in_either_order(text):
    calendar = preset(text)
    assert calendar.time_zone == "Asia/Omsk"
    assert calendar.special_days[date(2025, 11, 1)] == ((10 * H, 18 * H),)


def test_a_country_alone_works_its_week_in_its_zone():
    assert preset("de").time_zone == "Europe/Berlin"
    assert preset("us America/Chicago").time_zone == "America/Chicago"
    assert 4 not in preset("EG").weekly


def test_the_zone_given_beside_it_is_used_where_none_is_named():
    assert preset("mon-fri 9-18", time_zone="Europe/Samara").time_zone == "Europe/Samara"
    assert preset("mon-fri 9-18 UTC", time_zone="Europe/Samara").time_zone == "UTC"
    assert preset("mon-fri 9-18").time_zone == "UTC"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("whenever", UnknownCalendarText),
        ("UTC", UnknownCalendarText),
        ("x" * 5000, UnknownCalendarText),
        ("9\0-18", UnknownCalendarText),
        ("mon-fri", UnknownCalendarText),
        ("xx", UnknownCountry),
        ("fm", ZoneNeeded),
        ("mon-fri 9-18 Europe/Nowhere", UnknownTimeZone),
        ("missing.toml", FileError),
        (Path("missing"), FileError),
    ],
)
def test_what_is_no_calendar(text, error):
    with pytest.raises(error):
        load_calendar_book(text)


def test_a_file(tmp_path):
    file = tmp_path / "hours.toml"
    file.write_text('[calendars.main]\ntime_zone = "UTC"\nweekly = "daily 9-18"\n')
    assert preset(file).id == preset(str(file)).id == "main"
