import pytest

from otklik.clock.errors import BadDays, BadHours
from otklik.clock.hours import overlap, parse_days, parse_slot, parse_slots, parse_week, shortened

H = 3600


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("9-18", (9 * H, 18 * H)),
        ("09:30 – 18:15", (9 * H + 1800, 18 * H + 900)),
        ("22:00-06:00", (22 * H, 6 * H)),
        ("00:00-24:00", (0, 24 * H)),
        ("0-0", (0, 0)),
        ("9:00:01-9:00:02", (9 * H + 1, 9 * H + 2)),
    ],
)
def test_hours_as_people_write_them(text, slot):
    assert parse_slot(text) == slot


@pytest.mark.parametrize("text", ["", "9", "9-25", "24-3", "9:60-10", "nine-ten", "9-10-11", "9-24:01"])
def test_hours_nobody_can_read(text):
    with pytest.raises(BadHours):
        parse_slot(text)


def test_a_lunch_break_is_two_slots():
    assert parse_slots("14-18,9-13") == ((9 * H, 13 * H), (14 * H, 18 * H))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("Monday", (0,)),
        ("sat-mon", (5, 6, 0)),
        ("mon,wed", (0, 2)),
        ("пн-пт", (0, 1, 2, 3, 4)),
        ("Сб", (5,)),
        ("daily", (0, 1, 2, 3, 4, 5, 6)),
        ("weekend", (5, 6)),
    ],
)
def test_weekdays_as_people_write_them(text, days):
    assert parse_days(text) == days


@pytest.mark.parametrize("text", ["", "someday", "mon-tue-wed", "mon-", "2025-01-01"])
def test_weekdays_nobody_can_read(text):
    with pytest.raises(BadDays):
        parse_days(text)


def test_a_week_in_one_line():
    assert parse_week("mon-tue 9-18; sat 10-14") == {
        0: ((9 * H, 18 * H),),
        1: ((9 * H, 18 * H),),
        5: ((10 * H, 14 * H),),
    }


@pytest.mark.parametrize("text", ["mon-fri", "mon 9-18,17-20"])
def test_a_week_that_makes_no_sense(text):
    with pytest.raises(BadHours):
        parse_week(text)


def test_slots_overlap_over_midnight_too():
    assert overlap([(20 * H, 4 * H), (9 * H, 21 * H)])
    assert not overlap([(9 * H, 13 * H), (13 * H, 18 * H)])


def test_a_shorter_day_loses_its_end():
    assert shortened(((9 * H, 13 * H), (14 * H, 18 * H)), H) == ((9 * H, 13 * H), (14 * H, 17 * H))
    assert shortened(((9 * H, 17 * H), (17 * H, 18 * H)), H) == ((9 * H, 17 * H),)
    assert shortened(((9 * H, 13 * H), (14 * H, 15 * H)), 2 * H) == ((9 * H, 12 * H),)
    assert shortened(((22 * H, 6 * H),), 7 * H) == ((22 * H, 23 * H),)
    assert shortened(((22 * H, 6 * H),), 6 * H) == ((22 * H, 24 * H),)
    assert shortened((), H) == ()
