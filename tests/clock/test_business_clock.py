from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.clock import BusinessClock, load_calendar_book
from otklik.clock.errors import CalendarStartsLater, NeverOpens, OutOfRange, YearsUnknown
from otklik.schemas.calendars import Calendar
from tests.clock.oracle import OpenMinutes
from tests.clock.strategies import instants, versioned

HOUR = 3600


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def clock(preset, start="2025-03-03"):
    book = load_calendar_book(preset)
    return BusinessClock(book.versions[book.default], at(start))


def test_a_night_and_a_weekend_do_not_count():
    office = clock("mon-fri 9-18 UTC")
    assert office.elapsed(at("2025-03-07T17:00"), at("2025-03-10T10:00")).seconds == 2 * HOUR


def test_arrived_when_closed_and_answered_before_opening_is_nothing():
    office = clock("mon-fri 9-18 UTC")
    answer = office.elapsed(at("2025-03-08T12:00"), at("2025-03-10T08:00"))
    assert (answer.us, answer.reversed) == (0, False)


def test_the_end_before_the_start_is_nothing_and_flagged():
    answer = clock("24x7").elapsed(at("2025-03-08T12:00"), at("2025-03-07T12:00"))
    assert (answer.us, answer.reversed) == (0, True)


def test_an_allowance_that_runs_out_at_closing_ends_at_closing():
    office = clock("mon-fri 9-18 UTC")
    assert office.add(at("2025-03-07T17:00"), HOUR) == at("2025-03-07T18:00")
    assert office.add(at("2025-03-07T17:00"), HOUR + 1) == at("2025-03-10T09:00:01")


def test_backwards_an_allowance_that_runs_out_at_opening_ends_at_opening():
    office = clock("mon-fri 9-18 UTC")
    assert office.add(at("2025-03-10T10:00"), -HOUR) == at("2025-03-10T09:00")
    assert office.add(at("2025-03-10T10:00"), -HOUR - 1) == at("2025-03-07T17:59:59")


def test_no_allowance_stays_where_it_is_even_when_closed():
    assert clock("mon-fri 9-18 UTC").add(at("2025-03-08T12:00"), 0) == at("2025-03-08T12:00")


def test_open_at_opening_and_closed_at_closing():
    office = clock("mon-fri 9-18 UTC")
    assert office.is_open(at("2025-03-07T09:00"))
    assert not office.is_open(at("2025-03-07T18:00"))


def test_next_and_previous_openings_and_closings():
    lunch = clock("mon-fri 9-13,14-18 UTC")
    monday = "2025-03-10T"
    assert lunch.next_open_moment(at(monday + "13:30")) == at(monday + "14:00")
    assert lunch.next_open_moment(at(monday + "14:30")) == at(monday + "14:30")
    assert lunch.prev_open_moment(at(monday + "13:00")) == at(monday + "13:00")
    assert lunch.prev_open_moment(at(monday + "13:30")) == at(monday + "13:00")
    assert lunch.prev_open_moment(at(monday + "09:00")) == at("2025-03-07T18:00")
    assert lunch.next_close(at(monday + "13:00")) == at(monday + "18:00")
    assert lunch.next_opening(at(monday + "09:00")) == at(monday + "14:00")
    assert lunch.prev_opening(at(monday + "14:00")) == at(monday + "09:00")
    assert lunch.prev_close(at(monday + "13:00")) == at("2025-03-07T18:00")


def test_periods_are_cut_at_the_moment_asked_about():
    lunch = clock("mon-fri 9-13,14-18 UTC")
    monday = "2025-03-10T"
    assert list(islice(lunch.periods_after(at(monday + "12:00")), 2)) == [
        (at(monday + "12:00"), at(monday + "13:00")),
        (at(monday + "14:00"), at(monday + "18:00")),
    ]
    assert list(islice(lunch.periods_before(at(monday + "15:00")), 2)) == [
        (at(monday + "14:00"), at(monday + "15:00")),
        (at(monday + "09:00"), at(monday + "13:00")),
    ]


def test_round_the_clock_has_no_closing_and_loses_nothing():
    always = clock("24x7")
    assert always.next_close(at("2025-01-01")) is None
    assert always.prev_opening(at("2025-01-01")) is None
    assert always.add(at("2025-01-01"), 366 * 86_400) == at("2026-01-02")


def test_a_repeated_autumn_hour_inside_hours_counts_as_lived():
    """On 27 October 2024 Berlin lived the hour from 2 to 3 twice."""
    night = clock("daily 0-6 Europe/Berlin")
    assert night.elapsed(at("2024-10-26T22:00"), at("2024-10-27T05:00")).seconds == 7 * HOUR


def test_a_skipped_spring_hour_inside_hours_was_never_there():
    night = clock("daily 0-6 Europe/Berlin")
    assert night.elapsed(at("2024-03-30T23:00"), at("2024-03-31T04:00")).seconds == 5 * HOUR


@pytest.mark.parametrize(
    ("day", "opens"),
    [("2011-03-26", 6), ("2011-03-28", 5), ("2014-10-25", 5), ("2014-10-27", 6)],
)
def test_moscow_opens_by_the_law_of_the_day(day, opens):
    """UTC+3 in the winter of 2011, UTC+4 from 27 March 2011 to 26 October 2014, UTC+3 since."""
    assert clock("daily 9-18 Europe/Moscow").next_opening(at(day)) == at(f"{day}T0{opens}:00")


def test_apia_never_lived_the_30th_of_december_2011():
    """From midnight before the 29th to midnight after the 31st there were two working days."""
    shop = clock("daily 9-17 Pacific/Apia")
    assert shop.elapsed(at("2011-12-29T10:00"), at("2011-12-31T10:00")).seconds == 2 * 8 * HOUR


def test_a_night_shift_belongs_to_the_day_it_begins_on():
    bar = BusinessClock([Calendar("bar", "UTC", {4: ((22 * HOUR, 4 * HOUR),)})], at("2025-03-07"))
    assert bar.elapsed(at("2025-03-07T12:00"), at("2025-03-10T12:00")).seconds == 6 * HOUR
    assert bar.is_open(at("2025-03-08T03:59"))


def test_a_holiday_closes_from_midnight_to_midnight():
    """The night shift of Friday ends when the holiday begins, and that of the holiday does not begin."""
    nights = {day: ((22 * HOUR, 4 * HOUR),) for day in range(7)}
    bar = BusinessClock([Calendar("bar", "UTC", nights, holidays=frozenset([date(2025, 3, 8)]))], at("2025-03-07"))
    assert bar.elapsed(at("2025-03-07T12:00"), at("2025-03-09T12:00")).seconds == 2 * HOUR


def test_each_day_goes_by_the_version_in_force():
    """Until the end of February 9-18, from March 10-16."""
    short = {day: ((10 * HOUR, 16 * HOUR),) for day in range(5)}
    long = {day: ((9 * HOUR, 18 * HOUR),) for day in range(5)}
    versions = [Calendar("c", "UTC", long), Calendar("c", "UTC", short, valid_from=date(2025, 3, 1))]
    office = BusinessClock(versions, at("2025-02-28"))
    assert office.elapsed(at("2025-02-28T00:00"), at("2025-03-04T00:00")).seconds == (9 + 6) * HOUR


def test_a_day_before_the_first_version_is_an_error():
    versions = [Calendar("c", "UTC", {0: ((0, 86_400),)}, valid_from=date(2025, 3, 1))]
    office = BusinessClock(versions, at("2025-03-10"))
    with pytest.raises(CalendarStartsLater):
        office.is_open(at("2025-02-28"))


def test_a_year_whose_holidays_nobody_knows_is_an_error():
    office = clock("ru", "2027-06-01")
    with pytest.raises(YearsUnknown):
        office.add(at("2027-12-30"), 60 * HOUR)
    with pytest.raises(YearsUnknown):
        office.is_open(at("2004-05-05"))


def test_a_year_nobody_lives_in_is_an_error():
    with pytest.raises(OutOfRange):
        clock("24x7").is_open(at("9999-12-31"))


def test_a_calendar_without_hours_never_opens():
    closed = BusinessClock([Calendar("c", "UTC", {})], at("2025-03-10"))
    assert closed.next_opening(at("2025-03-10")) is None
    assert closed.prev_close(at("2025-03-10")) is None
    with pytest.raises(NeverOpens):
        closed.add(at("2025-03-10"), 1)
    with pytest.raises(NeverOpens):
        closed.add(at("2025-03-10"), -1)


def test_it_looks_as_far_as_it_has_to():
    once = Calendar("c", "UTC", {}, special_days={date(2040, 1, 1): ((0, HOUR),), date(1990, 1, 1): ((0, HOUR),)})
    far = BusinessClock([once], at("2025-03-10"))
    assert far.next_opening(at("2025-03-10")) == at("2040-01-01")
    assert far.prev_close(at("2025-03-10")) == at("1990-01-01T01:00")
    assert far.add(at("2025-03-10"), 60) == at("2040-01-01T00:01")
    assert far.add(at("2025-03-10"), -60) == at("1990-01-01T00:59")


def test_amounts_are_exact_to_the_microsecond():
    office = clock("mon-fri 9-18 UTC")
    start = at("2025-03-07T17:59:59.999999")
    assert office.elapsed(start, at("2025-03-10T09:00:00.000002")).us == 3
    assert office.add(start, timedelta(microseconds=3)) == at("2025-03-10T09:00:00.000002")


@settings(max_examples=60, deadline=None)
@given(st.data(), versioned())
def test_it_agrees_with_counting_minutes(data, case):
    versions, middle = case
    points = sorted(data.draw(st.lists(instants(middle), min_size=2, max_size=6)))
    office = BusinessClock(versions, points[0], points[-1])
    slow = OpenMinutes(versions, middle - timedelta(days=4), middle + timedelta(days=4))
    for start, end in pairwise(points):
        assert office.elapsed(start, end).us == slow.elapsed_us(start, end)
        assert office.is_open(start) == slow.is_open(start)


@settings(max_examples=60, deadline=None)
@given(st.data(), versioned())
def test_laws_of_open_time(data, case):
    """Additive over any cut; between nothing and all of the time; a deadline is the inverse, in both directions."""
    versions, middle = case
    start, cut, end = sorted(data.draw(st.tuples(*[instants(middle)] * 3)))
    office = BusinessClock(versions, start, end)
    whole = office.elapsed(start, end).length
    assert office.elapsed(start, cut).length + office.elapsed(cut, end).length == whole
    assert timedelta() <= whole <= end - start
    if whole:
        deadline = office.add(start, whole)
        assert deadline <= end and office.elapsed(start, deadline).length == whole
        begun = office.add(end, -whole)
        assert begun >= start and office.elapsed(begun, end).length == whole


@settings(max_examples=40, deadline=None)
@given(st.data(), versioned())
def test_openings_and_closings_agree_with_the_minutes(data, case):
    versions, middle = case
    now = data.draw(instants(middle))
    office = BusinessClock(versions, now)
    for start, end in islice(office.periods_after(now), 4):
        assert office.is_open(start) and not office.is_open(end) and office.elapsed(start, end).length == end - start
    opening = office.next_opening(now)
    if opening:
        assert opening > now and office.is_open(opening)
        assert not office.is_open(opening - timedelta(microseconds=1))
