from otklik.findings.calendar_summary import calendar_summary
from otklik.schemas.calendars import Calendar, CalendarBook

MORNING, AFTERNOON = (32_400, 46_800), (50_400, 64_800)


def test_the_default_comes_first_and_lunch_is_shown():
    shop = Calendar("shop", "Europe/Moscow", {day: (MORNING, AFTERNOON) for day in range(5)} | {5: (MORNING,)})
    night = Calendar("night", "UTC", {day: ((0, 86_400),) for day in range(7)})
    assert calendar_summary(CalendarBook({"night": (night,), "shop": (shop,)}, "shop")) == [
        "mon-fri 09:00-13:00, 14:00-18:00; sat 09:00-13:00 Europe/Moscow",
        "mon-sun 00:00-24:00 UTC",
    ]


def test_no_calendar_no_line():
    assert calendar_summary(None) == []
    assert calendar_summary(CalendarBook()) == []
