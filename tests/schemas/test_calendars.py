from otklik.schemas.calendars import Calendar, CalendarBook


def test_a_book_without_calendars_has_no_default() -> None:
    assert CalendarBook().default is None


def test_a_calendar_holds_local_slots() -> None:
    calendar = Calendar("office", "Europe/Moscow", {0: ((32_400, 64_800),)})
    assert calendar.weekly[0] == ((9 * 3600, 18 * 3600),)
    assert not calendar.holidays
