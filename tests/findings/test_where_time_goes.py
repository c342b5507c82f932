import pytest

from otklik.findings.where_time_goes import where_time_goes
from otklik.schemas.events import Can
from tests.findings.cases import OFFICE, STEPS, evidence_of

HOUR = 3600


def test_whose_turn_it_was_adds_up_to_the_life():
    found = where_time_goes(
        evidence_of(
            """
            R1 2025-03-03 10:00 asks
            R1 2025-03-03 11:00 waiting_customer
            R1 2025-03-03 15:00 writes
            R1 2025-03-03 16:00 reply
            R1 2025-03-03 17:00 resolved
            """
        )
    )
    assert found.life_s == 7 * HOUR
    assert sum(turn.total_s for turn in found.turns) == found.life_s
    assert sum(turn.share for turn in found.turns) == pytest.approx(1.0)


def test_out_of_hours_is_what_the_calendar_did_not_count():
    """Asked Monday 17:00, answered Tuesday 10:00: two of seventeen hours were open."""
    found = where_time_goes(
        evidence_of("R1 2025-03-03 17:00 asks\nR1 2025-03-04 10:00 resolved", calendar=OFFICE, until="2025-03-05 00:00")
    )
    assert found.out_of_hours_share == pytest.approx(15 / 17)


def test_without_calendar_nobody_knows_the_hours():
    assert where_time_goes(evidence_of("R1 2025-03-03 17:00 asks")).out_of_hours_share is None


def test_ping_pong_is_the_way_there_and_back_counted_once():
    """first 10-11, second 11-13, first 13-14, second 14-16, first 16-17: away from 11 to 16."""
    found = where_time_goes(
        evidence_of(
            """
            R1 2025-03-03 10:00 asks team=first
            R1 2025-03-03 11:00 assigned team=second
            R1 2025-03-03 13:00 assigned team=first
            R1 2025-03-03 14:00 assigned team=second
            R1 2025-03-03 16:00 assigned team=first
            R1 2025-03-03 17:00 resolved
            R2 2025-03-03 10:00 asks team=first
            R2 2025-03-03 11:00 assigned team=second
            R2 2025-03-03 12:00 resolved
            """
        )
    )
    assert found.ping_pong_requests == 1
    assert found.ping_pong_share_of_time == pytest.approx(5 / 9)
    assert {part.part: part.total_s for part in found.by_team} == {"first": 4 * HOUR, "second": 5 * HOUR}


def test_where_only_the_last_team_is_known_nobody_knows_who_held_it_how_long():
    lines = """
    R1 2025-03-03 10:00 created team=first
    R1 2025-03-03 12:00 resolved
    R2 2025-03-03 10:00 created team=second
    """
    found = where_time_goes(evidence_of(lines, can=Can.resolution))
    assert (found.ping_pong_requests, found.by_team) == (None, [])


def test_one_team_cannot_play_ping_pong():
    found = where_time_goes(evidence_of("R1 2025-03-03 10:00 asks team=first\nR1 2025-03-03 12:00 resolved"))
    assert found.ping_pong_requests is None


def test_reopened_time_is_what_came_after_the_first_resolution():
    found = where_time_goes(
        evidence_of(
            """
            R1 2025-03-03 10:00 asks
            R1 2025-03-03 11:00 resolved
            R1 2025-03-03 13:00 open
            R1 2025-03-03 14:00 resolved
            R2 2025-03-03 10:00 asks
            R2 2025-03-03 14:00 resolved
            """
        )
    )
    assert (found.reopened_requests, found.reopened_share) == (1, 0.5)
    assert found.reopened_share_of_time == pytest.approx(3 / 8)


def test_unassigned_is_a_share_of_the_life():
    found = where_time_goes(
        evidence_of("R1 2025-03-03 10:00 asks\nR1 2025-03-03 13:00 assigned assignee=Ann\nR1 2025-03-03 14:00 resolved")
    )
    assert found.unassigned_share == pytest.approx(3 / 4)


def test_a_merged_request_leaves_the_account():
    found = where_time_goes(
        evidence_of(
            """
            R1 2025-03-03 10:00 asks team=a
            R1 2025-03-03 12:00 merged
            R2 2025-03-03 10:00 asks team=b
            R2 2025-03-03 11:00 resolved
            """
        )
    )
    assert found.n == 1
    assert [part.part for part in found.by_team] == ["b"]


def test_a_process_tells_after_which_step_the_time_goes():
    found = where_time_goes(
        evidence_of(
            """
            R1 2025-03-03 10:00 step:Apply
            R1 2025-03-03 11:00 step:Check
            R1 2025-03-03 14:00 resolved by=agent activity=Grant
            """,
            can=STEPS,
            is_process=True,
        )
    )
    assert [(part.part, part.total_s) for part in found.by_step] == [("Check", 3 * HOUR), ("Apply", HOUR)]


def test_only_dates_still_give_the_life():
    found = where_time_goes(
        evidence_of("R1 2025-03-03 10:00 created\nR1 2025-03-03 14:00 resolved", can=Can.resolution)
    )
    assert (found.life_s, found.turns) == (4 * HOUR, [])


def test_a_log_that_tells_nothing_has_no_account():
    assert where_time_goes(evidence_of("R1 2025-03-03 10:00 created", can=Can(0))) is None
