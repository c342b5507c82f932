from datetime import UTC, date, datetime

import pytest

from otklik.base.units import from_us, to_us
from otklik.clock.errors import CalendarStartsLater, OutOfRange, YearsUnknown
from otklik.clock.versions import known_range_us, readable, spans_of
from otklik.schemas.calendars import Calendar

NIGHT = dict.fromkeys(range(7), ((22 * 3600, 6 * 3600),))


def us(*parts):
    return to_us(datetime(*parts, tzinfo=UTC))


def hours(spans):
    return int((spans.closes - spans.opens).sum()) / 3_600_000_000


def test_a_shift_that_began_under_the_old_version_runs_to_its_end():
    """The night of the 31st is worked by the old hours until 6, although the new version begins at midnight."""
    versions = [Calendar("c", "UTC", NIGHT), Calendar("c", "UTC", {}, valid_from=date(2025, 1, 1))]
    spans = spans_of(versions, us(2024, 12, 31, 12), us(2025, 1, 5))
    assert from_us(int(spans.closes[-1])) == datetime(2025, 1, 1, 6, tzinfo=UTC)
    assert hours(spans) == 8


def test_a_company_that_moves_to_another_zone():
    """Until 2025 in Moscow, then in Vladivostok, seven hours earlier."""
    day = dict.fromkeys(range(7), ((9 * 3600, 18 * 3600),))
    versions = [
        Calendar("c", "Europe/Moscow", day),
        Calendar("c", "Asia/Vladivostok", day, valid_from=date(2025, 1, 1)),
    ]
    opens = [f"{from_us(int(at)):%d %H}" for at in spans_of(versions, us(2024, 12, 30), us(2025, 1, 2)).opens]
    assert opens == ["30 06", "31 06", "31 23", "01 23"]


def test_the_range_cuts_at_both_ends():
    spans = spans_of([Calendar("c", "UTC", NIGHT)], us(2025, 1, 1), us(2025, 1, 1, 23))
    assert hours(spans) == 7


def test_days_nobody_knows_are_errors():
    known = Calendar("c", "UTC", NIGHT, known_years=(2020, 2024))
    later = Calendar("c", "UTC", NIGHT, valid_from=date(2022, 1, 1))
    with pytest.raises(YearsUnknown) as error:
        spans_of([known], us(2024, 12, 1), us(2025, 1, 2))
    assert error.value.facts["year"] == 2025
    with pytest.raises(YearsUnknown):
        spans_of([known], us(2019, 12, 31), us(2020, 1, 2))
    with pytest.raises(CalendarStartsLater):
        spans_of([later], us(2021, 12, 31), us(2022, 1, 2))
    with pytest.raises(OutOfRange):
        spans_of([later], us(1, 1, 1), us(2022, 1, 2))


def test_years_count_only_for_the_version_in_force():
    old = Calendar("c", "UTC", NIGHT, known_years=(2020, 2024))
    new = Calendar("c", "UTC", NIGHT, valid_from=date(2024, 7, 1))
    assert hours(spans_of([old, new], us(2024, 1, 1), us(2026, 1, 1))) > 0


def test_what_is_known_of_a_calendar():
    known = Calendar("c", "UTC", NIGHT, known_years=(2020, 2024))
    later = Calendar("c", "UTC", NIGHT, valid_from=date(2022, 1, 1))
    assert known_range_us([known]) == (us(2020, 1, 1), us(2025, 1, 1) - 1)
    assert known_range_us([later])[0] == us(2022, 1, 1)


def test_instants_no_calendar_has_can_still_be_named():
    assert readable(us(2025, 1, 1)) == "2025-01-01 00:00:00+00:00"
    assert readable(10**18) == "1000000000000000000 us"


def test_the_holidays_of_a_date_are_those_of_the_version_in_force():
    """The old version knew 1 January as a holiday; under the new one it is worked."""
    week = dict.fromkeys(range(7), ((9 * 3600, 18 * 3600),))
    old = Calendar("c", "UTC", week, holidays=frozenset([date(2024, 12, 31), date(2025, 1, 1)]))
    new = Calendar("c", "UTC", week, valid_from=date(2025, 1, 1))
    assert hours(spans_of([old, new], us(2024, 12, 30), us(2025, 1, 2))) == 18
