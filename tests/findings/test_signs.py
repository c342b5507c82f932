import pytest

from otklik.findings.signs import SIGNS, signs
from otklik.schemas.events import Can
from tests.findings.cases import EVERYTHING, evidence_of


def _seen(text, **how):
    return {sign.code: (sign.n, sign.of) for sign in signs(evidence_of(text, **how))}


def test_every_sign_says_what_it_is():
    assert len({rule.code for rule in SIGNS}) == len(SIGNS)
    assert all(rule.title and rule.meaning for rule in SIGNS)


def test_paused_though_the_customer_had_written():
    seen = _seen(
        """
        R1 2025-03-03 10:00 asks
        R1 2025-03-03 11:00 waiting_customer
        R2 2025-03-03 10:00 asks
        R2 2025-03-03 11:00 reply
        R2 2025-03-03 11:00 waiting_customer
        """
    )
    assert seen["paused_though_asked"] == (1, 2)


def test_a_reply_that_only_reset_the_clock():
    """R1: 'we look into it' after 5 minutes, the answer next day. R2: asked back. R3: two quick parts of one answer."""
    seen = _seen(
        """
        R1 2025-03-03 10:00 asks
        R1 2025-03-03 10:05 reply
        R1 2025-03-04 10:05 reply
        R2 2025-03-03 10:00 asks
        R2 2025-03-03 10:05 reply
        R2 2025-03-04 10:00 writes
        R2 2025-03-04 10:05 reply
        R3 2025-03-03 10:00 asks
        R3 2025-03-03 10:05 reply
        R3 2025-03-03 10:07 reply
        """
    )
    assert seen["holding_reply"] == (1, 3)


@pytest.mark.parametrize("between", ["waiting_customer", "resolved"])
def test_a_reminder_to_the_customer_is_no_holding_reply(between):
    seen = _seen(
        f"""
        R1 2025-03-03 10:00 asks
        R1 2025-03-03 10:05 reply
        R1 2025-03-03 10:06 {between}
        R1 2025-03-05 10:05 reply
        """
    )
    assert "holding_reply" not in seen


@pytest.mark.parametrize(("team", "seen"), [("Technical", False), ("First", True)])
def test_an_answer_of_another_team_is_a_handoff_and_no_holding_reply(team, seen):
    text = f"""
        R1 2025-03-03 10:00 asks team=First
        R1 2025-03-03 10:05 reply team=First
        R1 2025-03-03 10:06 assigned team={team}
        R1 2025-03-04 10:05 reply team={team}
        """
    assert ("holding_reply" in _seen(text)) is seen


def test_closed_for_the_night():
    """R1 Monday to Tuesday, R2 over the weekend, R3 reopened a week later."""
    seen = _seen(
        """
        R1 2025-03-03 10:00 asks
        R1 2025-03-03 17:55 resolved
        R1 2025-03-04 09:05 open
        R2 2025-03-07 10:00 asks
        R2 2025-03-07 17:55 resolved
        R2 2025-03-10 09:05 open
        R3 2025-03-03 10:00 asks
        R3 2025-03-03 17:55 resolved
        R3 2025-03-10 09:05 open
        """
    )
    assert seen["reopened_next_morning"] == (2, 3)


def test_closed_without_any_reply():
    seen = _seen(
        """
        R1 2025-03-03 10:00 asks
        R1 2025-03-03 11:00 resolved
        R2 2025-03-03 10:00 asks
        R2 2025-03-03 10:30 reply
        R2 2025-03-03 11:00 resolved
        R3 2025-03-03 10:00 asks
        R3 2025-03-03 11:00 cancelled
        """
    )
    assert seen["closed_without_reply"] == (1, 3)


def test_a_message_after_resolution_that_nobody_answered():
    seen = _seen(
        """
        R1 2025-03-03 10:00 asks
        R1 2025-03-03 11:00 resolved
        R1 2025-03-03 12:00 writes
        R2 2025-03-03 10:00 asks
        R2 2025-03-03 11:00 resolved
        R2 2025-03-03 12:00 writes
        R2 2025-03-03 13:00 reply
        """
    )
    assert seen["unanswered_after_resolution"] == (1, 2)


def test_something_happened_before_it_existed():
    seen = _seen("R1 2025-03-03 10:00 note\nR1 2025-03-03 11:00 asks\nR2 2025-03-03 11:00 asks")
    assert seen["event_before_creation"] == (1, 2)


def test_resolved_in_the_second_it_was_opened():
    seen = _seen("R1 2025-03-03 10:00 asks\nR1 2025-03-03 10:00 resolved\nR2 2025-03-03 11:00 asks")
    assert seen["zero_second_resolution"] == (1, 1)


def test_open_and_forgotten():
    seen = _seen("R1 2025-02-03 10:00 asks\nR2 2025-03-30 11:00 asks")
    assert seen["forgotten"] == (1, 2)
    assert _seen("R1 2025-01-03 10:00 created", can=Can.resolution) == {}


def test_a_sign_needs_a_log_that_can_show_it():
    line = "R1 2025-03-03 10:00 asks\nR1 2025-03-03 11:00 resolved"
    assert "closed_without_reply" in _seen(line, can=EVERYTHING)
    assert _seen(line, can=Can.resolution) == {}


def test_a_clean_log_shows_nothing():
    assert _seen("R1 2025-03-03 10:00 asks\nR1 2025-03-03 10:30 reply\nR1 2025-03-03 11:00 resolved") == {}


@pytest.mark.parametrize("end", ["merged", "deleted", "cancelled status=closed"])
def test_after_its_end_a_request_shows_no_sign(end):
    seen = _seen(f"R1 2025-03-03 10:00 asks\nR1 2025-03-03 18:00 {end}\nR1 2025-03-04 09:00 open")
    assert "reopened_next_morning" not in seen
    assert "closed_without_reply" not in seen
