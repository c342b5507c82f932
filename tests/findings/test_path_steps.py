from otklik.findings.path_steps import path_steps
from otklik.schemas.events import Can
from tests.findings.cases import STEPS, evidence_of


def _names(evidence):
    steps = path_steps(evidence)
    return [steps.names[code] for code in steps.step]


def test_a_conversation_as_steps():
    assert _names(
        evidence_of(
            """
            R1 2025-03-03 10:00 asks team=first
            R1 2025-03-03 10:01 auto
            R1 2025-03-03 10:02 bot
            R1 2025-03-03 10:03 note
            R1 2025-03-03 10:05 assigned team=first assignee=Ann
            R1 2025-03-03 10:06 assigned team=second
            R1 2025-03-03 10:30 reply
            R1 2025-03-03 10:30 waiting_customer
            R1 2025-03-03 11:00 writes
            R1 2025-03-03 11:10 waiting_third_party
            R1 2025-03-03 11:30 resolved
            R1 2025-03-03 12:00 closed
            R1 2025-03-03 13:00 open
            R1 2025-03-03 14:00 cancelled
            """
        )
    ) == [
        "customer_message", "auto_reply", "bot_reply", "assigned", "team_handoff", "reply", "waiting_customer",
        "customer_message", "waiting_third_party", "resolved", "reopened", "cancelled",
    ]  # fmt: skip


def test_several_messages_in_a_row_are_one_step():
    steps = "R1 2025-03-03 10:00 asks\nR1 2025-03-03 10:01 writes\nR1 2025-03-03 10:02 writes"
    assert _names(evidence_of(steps)) == ["customer_message"]


def test_a_reply_that_also_resolves_is_two_steps():
    assert _names(evidence_of("R1 2025-03-03 10:00 asks\nR1 2025-03-03 11:00 reply status=resolved")) == [
        "customer_message",
        "reply",
        "resolved",
    ]


def test_a_process_keeps_its_own_steps_repeats_included():
    lines = "R1 2025-03-03 10:00 step:Apply\nR1 2025-03-03 11:00 step:Check\nR1 2025-03-03 12:00 step:Check"
    assert _names(evidence_of(lines, can=STEPS, is_process=True)) == ["Apply", "Check", "Check"]


def test_two_requests_are_two_paths():
    steps = path_steps(evidence_of("R1 2025-03-03 10:00 asks\nR2 2025-03-03 10:00 asks"))
    assert steps.moves_on.tolist() == [False]
    assert steps.row.tolist() == [0, 1]


def test_an_end_without_a_step_of_its_own_is_a_step_too():
    """Else the last wait of a permit, from the last step to the end date, would be on no path."""
    lines = "R1 2025-03-03 10:00 step:Apply\nR1 2025-03-03 11:00 step:Check\nR1 2025-03-20 12:00 closed"
    assert _names(evidence_of(lines, can=STEPS, is_process=True)) == ["Apply", "Check", "resolved"]


def test_states_that_the_log_cannot_tell_are_no_steps():
    lines = "R1 2025-03-03 10:00 asks\nR1 2025-03-03 11:00 resolved"
    assert _names(evidence_of(lines, can=Can.messages)) == ["customer_message"]
