from datetime import UTC, date, datetime

from otklik.base.units import from_us
from otklik.clock.days import day_slots, slots_and_cuts
from otklik.schemas.calendars import Calendar

NINE_TO_SIX = ((9 * 3600, 18 * 3600),)
MORNING = ((9 * 3600, 12 * 3600),)
OFFICE = Calendar(
    "office",
    "UTC",
    dict.fromkeys(range(5), NINE_TO_SIX),
    holidays=frozenset([date(2025, 1, 1)]),
    special_days={date(2024, 12, 31): MORNING, date(2025, 1, 1): MORNING},
    breaks={date(2025, 1, 2): ((13 * 3600, 14 * 3600),)},
    yearly_days={"12-31": (), "12-30": MORNING},
)


def written(spans):
    ends = zip(spans.opens.tolist(), spans.closes.tolist(), strict=True)
    return sorted(f"{from_us(a):%m-%d %H:%M}-{from_us(b):%H:%M}" for a, b in ends)


def test_a_holiday_beats_a_special_day_beats_a_yearly_day_beats_the_week():
    assert day_slots(OFFICE, date(2025, 1, 1)) == ()
    assert day_slots(OFFICE, date(2024, 12, 31)) == MORNING
    assert day_slots(OFFICE, date(2025, 12, 31)) == ()
    assert day_slots(OFFICE, date(2024, 12, 30)) == MORNING
    assert day_slots(OFFICE, date(2025, 1, 2)) == NINE_TO_SIX
    assert day_slots(OFFICE, date(2025, 1, 4)) == ()


def test_slots_and_cuts_of_a_few_days():
    slots, cuts = slots_and_cuts(OFFICE, date(2024, 12, 30), date(2025, 1, 2))
    assert written(slots) == ["01-02 09:00-18:00", "12-30 09:00-12:00", "12-31 09:00-12:00"]
    assert written(cuts) == ["01-01 00:00-00:00", "01-02 13:00-14:00"]


def test_no_days_no_slots():
    slots, cuts = slots_and_cuts(OFFICE, date(2025, 1, 2), date(2025, 1, 1))
    assert len(slots.opens) == len(cuts.opens) == 0


def test_an_end_that_is_not_after_the_start_is_on_the_next_day():
    night = Calendar("night", "UTC", {4: ((22 * 3600, 6 * 3600),), 5: ((0, 0),)})
    slots, _ = slots_and_cuts(night, date(2025, 3, 7), date(2025, 3, 8))
    assert slots.closes.tolist()[0] == int(datetime(2025, 3, 8, 6, tzinfo=UTC).timestamp()) * 1_000_000
    assert [(b - a) // 3_600_000_000 for a, b in zip(slots.opens, slots.closes, strict=True)] == [8, 24]


def test_the_29th_of_february_comes_when_it_comes():
    leap = Calendar("leap", "UTC", dict.fromkeys(range(7), NINE_TO_SIX), yearly_days={"02-29": MORNING})
    assert day_slots(leap, date(2024, 2, 29)) == MORNING
    assert written(slots_and_cuts(leap, date(2025, 2, 28), date(2025, 3, 1))[0]) == [
        "02-28 09:00-18:00",
        "03-01 09:00-18:00",
    ]
