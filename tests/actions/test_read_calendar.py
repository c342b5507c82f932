"""Calendars from outside: read in a child, refused with the line and the rule."""

from datetime import date
from pathlib import Path

import pytest

from otklik.actions.read_calendar import (
    hours_text,
    preset_calendar,
    read_calendar,
    read_uploaded_calendar,
    read_uploaded_holidays,
    write_calendar,
)
from otklik.base.errors import FileError, UserError
from otklik.clock.errors import BadValue, HolidayFileUnreadable, UnknownCalendarText
from otklik.schemas.calendars import CalendarBook

OFFICE = '[calendars.office]\ntime_zone = "Europe/Moscow"\nweekly = "mon-fri 9-18"\n'
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20260105
DTEND;VALUE=DATE:20260107
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART:20260202T090000Z
DTEND:20260202T100000Z
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def test_text_there_and_back() -> None:
    book = read_calendar(OFFICE)
    assert read_calendar(write_calendar(book)) == book
    assert (write_calendar(CalendarBook()), read_calendar(" \n")) == ("", CalendarBook())
    assert hours_text(book.versions["office"][0].weekly[0]) == "09:00-18:00"


def test_a_preset_gets_a_name_of_its_own() -> None:
    book = preset_calendar(" us ", None, "shop")
    assert (book.default, book.versions["shop"][0].id, book.versions["shop"][0].name) == ("shop", "shop", "us")
    assert preset_calendar("24x7", "Asia/Omsk", "a").versions["a"][0].time_zone == "Asia/Omsk"


@pytest.mark.parametrize("text", ["", "hours.toml", "/etc/passwd", "nonsense"])
def test_a_preset_is_no_file(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("hours.toml", "nonsense"):
        (tmp_path / name).write_text(OFFICE, "utf-8")
    with pytest.raises(UnknownCalendarText):
        preset_calendar(text, None, "shop")


def test_an_uploaded_file_is_read_in_our_words(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text(OFFICE, "utf-8")
    assert read_uploaded_calendar(path, "hours.toml") == read_calendar(OFFICE)


def test_an_uploaded_file_names_line_and_rule(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text(OFFICE.replace("9-18", "9-25"), "utf-8")
    with pytest.raises(BadValue) as wrong:
        read_uploaded_calendar(path, "hours.toml")
    assert (wrong.value.facts["file"], str(wrong.value.facts["line"])) == ("hours.toml", "3")


def test_an_uploaded_file_reads_no_other(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text(OFFICE + 'holiday_files = ["/etc/hostname"]\n', "utf-8")
    with pytest.raises(HolidayFileUnreadable):
        read_uploaded_calendar(path, "hours.toml")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileError):
        read_uploaded_calendar(path, "hours.toml")


def test_closed_times_of_an_uploaded_file(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text(ICS, "utf-8", newline="")
    days, hours = read_uploaded_holidays(path, "company.ics", "Europe/Moscow")
    assert days == {date(2026, 1, 5), date(2026, 1, 6)}
    assert hours == {date(2026, 2, 2): ((12 * 3600, 13 * 3600),)}
    path.write_text("no calendar at all", "utf-8")
    with pytest.raises(FileError):
        read_uploaded_holidays(path, "company.ics", "Europe/Moscow")


@pytest.mark.slow
def test_a_file_that_repeats_every_second_for_ever_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("otklik.actions.read_calendar.CPU_S", 2)
    path = tmp_path / "x"
    repeating = ICS.replace("DTEND:20260202T100000Z", "DTEND:20260202T100000Z\r\nRRULE:FREQ=SECONDLY")
    path.write_text(repeating, "utf-8", newline="")
    with pytest.raises(UserError):
        read_uploaded_holidays(path, "company.ics", "Europe/Moscow")
