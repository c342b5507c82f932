import math
from datetime import date

import pytest

from otklik.schemas.calendars import Calendar, CalendarBook
from otklik.schemas.events import Can
from tests.findings.cases import OFFICE, at, evidence_of

LOG = """
R1 2025-03-03 10:00 asks
R1 2025-03-03 10:30 reply
R1 2025-03-03 11:00 resolved
R2 2025-03-03 16:00 asks
R3 2025-03-07 17:00 asks
R3 2025-03-07 17:30 cancelled
"""


def test_states_and_seconds_lie_beside_the_facts():
    evidence = evidence_of(LOG)
    first = evidence.durations("first_reply")
    assert first.rows.tolist() == [0, 1, 2]
    assert first.time_s[0] == 1800
    assert evidence.states("first_reply") == {"done": 1, "running": 1, "never": 1}


def test_a_request_that_gave_up_was_followed_to_the_horizon():
    evidence = evidence_of(LOG, until="2025-03-10 18:00")
    first = evidence.durations("first_reply")
    assert first.time_s[2] == 1800
    assert first.followed_s[2] == (at("2025-03-10 18:00") - at("2025-03-07 17:00")).total_seconds()


def test_in_working_time_it_was_followed_for_the_open_hours():
    """Asked Friday 17:00, gave up 17:30; half an hour on Friday and nine hours on Monday follow."""
    evidence = evidence_of(LOG, calendar=OFFICE, until="2025-03-10 18:00")
    business = evidence.durations("first_reply", "business")
    assert business.time_s[2] == 1800
    assert business.followed_s[2] == 1800 + 1800 + 9 * 3600


H = 3600
OFFICE_HOURS = {day: ((9 * H, 18 * H),) for day in range(5)}
ROUND_THE_CLOCK = {day: ((0, 24 * H),) for day in range(7)}


def _followed(team_calendars, default=None, ids=("always", "office")):
    hours = {"always": ROUND_THE_CLOCK, "office": OFFICE_HOURS}
    book = CalendarBook({id_: (Calendar(id_, "UTC", hours[id_]),) for id_ in ids}, default, team_calendars)
    log = """
    R1 2025-03-03 10:00 asks team=first
    R1 2025-03-03 11:00 cancelled team=second
    """
    return evidence_of(log, calendar=book, until="2025-03-05 10:00").durations("first_reply", "business").followed_s


@pytest.mark.parametrize("ids", [("always", "office"), ("office", "always")])
def test_it_was_followed_by_the_calendar_of_the_team_that_held_it_last(ids):
    """Cancelled on Monday at 11; the horizon is on Wednesday at 10."""
    assert _followed({"first": "office", "second": "office"}, ids=ids).tolist() == [(8 + 9 + 1) * H]
    assert _followed({"first": "office", "second": "always"}, ids=ids).tolist() == [(1 + 47) * H]
    assert _followed({"first": "office"}, default="office", ids=ids).tolist() == [(8 + 9 + 1) * H]


@pytest.mark.parametrize("ids", [("always", "office"), ("office", "always")])
def test_without_a_calendar_of_its_own_nobody_knows_how_long_it_was_followed(ids):
    (followed,) = _followed({"first": "office"}, ids=ids)
    assert math.isnan(followed)


@pytest.mark.parametrize("year", ["0001", "1899", "9998"])
def test_a_year_in_which_no_desk_worked_does_no_harm_to_the_wall_clock(year):
    evidence = evidence_of(
        f"R1 {year}-02-05 10:00 asks\nR2 2025-03-03 22:00 asks", until="9999-01-01 00:00", zone="Europe/Moscow"
    )
    assert evidence.wall.hour(evidence.opened_us)[1] == 1


def test_without_calendar_there_is_no_working_time():
    assert evidence_of(LOG).durations("first_reply", "business").n == 0


def test_waits_know_their_request():
    evidence = evidence_of(LOG + "R1 2025-03-04 10:00 writes\nR1 2025-03-04 10:05 reply\n")
    waits = evidence.durations("waits")
    assert waits.rows.tolist() == [0, 0, 1, 2]
    assert waits.time_s[:2].tolist() == [1800, 300]


def test_what_the_log_can_tell():
    evidence = evidence_of(LOG, can=Can.resolution)
    assert not evidence.is_told("first_reply")
    assert not evidence.is_told("waits")
    assert evidence.is_told("resolution")
    assert evidence.can == Can.resolution


def test_the_wall_clock_of_the_company():
    evidence = evidence_of("R1 2025-03-02 22:30 asks", zone="Europe/Moscow")
    assert evidence.wall.weekday(evidence.opened_us).tolist() == [0]
    assert evidence.wall.hour(evidence.opened_us).tolist() == [1]
    day = int(evidence.wall.day(evidence.opened_us)[0])
    assert day == (date(2025, 3, 3) - date(1970, 1, 1)).days
    assert evidence.wall.start_of_day(day) == at("2025-03-02 21:00")


def test_descriptions_follow_the_order_of_the_facts():
    evidence = evidence_of(LOG, requests=[{"request": "R2", "subject": "two"}])
    assert evidence.requests["subject"].to_pylist() == [None, "two", None]


def test_an_empty_log_is_no_evidence():
    evidence = evidence_of("")
    assert evidence.n == 0
    assert evidence.horizon_us.size == 0
    assert evidence.durations("first_reply").n == 0
    assert not evidence.is_told("waits")
