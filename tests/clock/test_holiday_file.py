from datetime import date
from zoneinfo import ZoneInfo

import pytest

from otklik.clock.holiday_file import read_holiday_file

MOSCOW = ZoneInfo("Europe/Moscow")
H = 3600


@pytest.fixture
def closed(tmp_path):
    def read(*events):
        body = "".join(f"BEGIN:VEVENT\nUID:{n}\n{event.strip()}\nEND:VEVENT\n" for n, event in enumerate(events))
        file = tmp_path / "days.ics"
        file.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{body}END:VCALENDAR\n")
        return read_holiday_file(file, MOSCOW)

    return read


def test_one_day_and_several(closed):
    found = closed(
        "DTSTART;VALUE=DATE:20250505",
        "DTSTART;VALUE=DATE:20250701\nDTEND;VALUE=DATE:20250704",
        "DTSTART;VALUE=DATE:20250901\nDURATION:P2D",
    )
    assert sorted(day.isoformat()[5:] for day in found.days) == ["05-05", "07-01", "07-02", "07-03", "09-01", "09-02"]


def test_a_day_that_comes_every_year_but_one(closed):
    found = closed("DTSTART;VALUE=DATE:20200817\nRRULE:FREQ=YEARLY;UNTIL=20240817\nEXDATE;VALUE=DATE:20220817")
    assert sorted(day.year for day in found.days) == [2020, 2021, 2023, 2024]


def test_days_that_are_listed_one_by_one(closed):
    found = closed("DTSTART;VALUE=DATE:20250601\nRDATE;VALUE=DATE:20250603,20250605\nEXDATE;VALUE=DATE:20250605")
    assert sorted(day.day for day in found.days) == [1, 3]


def test_days_that_are_listed_beside_those_that_repeat(closed):
    found = closed("DTSTART;VALUE=DATE:20240817\nRRULE:FREQ=YEARLY;COUNT=2\nRDATE;VALUE=DATE:20240101,20240817")
    assert sorted(found.days) == [date(2024, 1, 1), date(2024, 8, 17), date(2025, 8, 17)]


def test_hours_that_are_listed_one_by_one(closed):
    """As long as the event, unless the list gives an end or a length; in Moscow, 9:00 UTC is noon."""
    found = closed(
        "DTSTART:20250506T090000\nDURATION:PT1H\nRDATE:20250508T100000\nRDATE:20250509T090000Z",
        "DTSTART:20250606T090000\nDURATION:PT1H\n"
        "RDATE;VALUE=PERIOD:20250607T090000/20250607T093000,20250608T090000/PT2H\nRDATE;VALUE=DATE:20250609",
    )
    assert found.hours == {
        date(2025, 5, 6): ((9 * H, 10 * H),),
        date(2025, 5, 8): ((10 * H, 11 * H),),
        date(2025, 5, 9): ((12 * H, 13 * H),),
        date(2025, 6, 6): ((9 * H, 10 * H),),
        date(2025, 6, 7): ((9 * H, 9 * H + 1800),),
        date(2025, 6, 8): ((9 * H, 11 * H),),
        date(2025, 6, 9): ((9 * H, 10 * H),),
    }


def test_a_day_that_comes_for_ever_ends_in_2045(closed):
    found = closed("DTSTART;VALUE=DATE:20200817\nRRULE:FREQ=YEARLY")
    assert max(found.days) == date(2045, 8, 17)


def test_an_hour_closed_is_closed_by_the_clock_of_the_calendar(closed):
    """From 9 to 10 in UTC it is noon in Moscow; a time without zone is already local."""
    found = closed(
        "DTSTART:20250506T090000Z\nDTEND:20250506T100000Z",
        "DTSTART:20250507T090000\nDURATION:PT30M",
        "DTSTART;TZID=Asia/Tokyo:20250508T120000\nDTEND;TZID=Asia/Tokyo:20250508T130000",
    )
    assert found.hours == {
        date(2025, 5, 6): ((12 * H, 13 * H),),
        date(2025, 5, 7): ((9 * H, 9 * H + 1800),),
        date(2025, 5, 8): ((6 * H, 7 * H),),
    }


def test_hours_over_midnight_and_every_week(closed):
    found = closed("DTSTART:20250506T220000\nDTEND:20250507T020000\nRRULE:FREQ=WEEKLY;COUNT=2")
    assert found.hours == {
        date(2025, 5, 6): ((22 * H, 24 * H),),
        date(2025, 5, 7): ((0, 2 * H),),
        date(2025, 5, 13): ((22 * H, 24 * H),),
        date(2025, 5, 14): ((0, 2 * H),),
    }


def test_an_hour_that_comes_every_week_but_one(closed):
    found = closed("DTSTART:20250506T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20250513T090000")
    assert sorted(day.day for day in found.hours) == [6, 20]


def test_what_was_cancelled_or_has_no_length_closes_nothing(closed):
    found = closed("DTSTART;VALUE=DATE:20250505\nSTATUS:CANCELLED", "DTSTART:20250506T090000Z", "SUMMARY:no date")
    assert not found.days and not found.hours


@pytest.mark.parametrize("content", [b"", b"not a calendar", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:soon\n"])
def test_what_is_no_calendar_is_an_error(tmp_path, content):
    file = tmp_path / "days.ics"
    file.write_bytes(content)
    with pytest.raises(ValueError):
        read_holiday_file(file, MOSCOW)
