"""Waits: oldest unanswered customer message to the next public human message, or the resolution."""

from datetime import UTC, datetime


def test_several_messages_in_a_row_are_one_wait(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:10 R1 customer-message
    2025-03-03 10:20 R1 customer-message
    2025-03-03 11:00 R1 agent-reply
    """
    assert measured.waits("R1") == [("done", 3600, "reply")]


def test_every_question_starts_a_wait_of_its_own(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:05 R1 agent-reply
    2025-03-03 11:00 R1 customer-message
    2025-03-03 11:20 R1 auto-reply
    2025-03-03 11:30 R1 agent-reply
    2025-03-03 11:35 R1 agent-reply
    """
    assert measured.waits("R1") == [("done", 5 * 60, "reply"), ("done", 30 * 60, "reply")]


def test_a_resolution_ends_a_wait(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:05 R1 agent-reply
    2025-03-03 10:10 R1 customer-message
    2025-03-03 10:40 R1 status status=resolved
    """
    assert measured.waits("R1") == [("done", 5 * 60, "reply"), ("done", 30 * 60, "resolution")]


def test_closing_what_nobody_ever_answered_is_no_answer(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:01 R1 auto-reply
    2025-03-03 10:40 R1 status status=resolved
    """
    assert measured.waits("R1") == [("never", 40 * 60, "resolution")]
    assert measured.elapsed("R1", "longest_wait") == ("never", 40 * 60)
    assert measured.elapsed("R1", "first_reply")[0] == "never"


def test_an_answer_right_after_the_resolution_is_one(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:40 R1 status status=resolved
    2025-03-03 10:40 R1 agent-reply
    """
    assert measured.waits("R1") == [("done", 40 * 60, "resolution")]


def test_an_answer_that_also_resolves_is_an_answer(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:40 R1 agent-reply status=resolved
    """
    assert measured.waits("R1") == [("done", 40 * 60, "reply")]


def test_the_last_wait_runs_to_the_horizon(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:05 R1 agent-reply
    2025-03-03 11:00 R1 customer-message
    2025-03-03 12:00 horizon
    """
    assert measured.waits("R1") == [("done", 5 * 60, "reply"), ("running", 3600, None)]


def test_who_gives_up_never_got_an_answer(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:07 R1 cancelled
    """
    assert measured.waits("R1") == [("never", 7 * 60, "cancellation")]


def test_a_thanks_after_resolution_is_no_wait(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:05 R1 agent-reply status=resolved
    2025-03-03 10:09 R1 customer-message
    2025-03-05 10:09 R1 status status=closed
    2025-03-09 10:09 horizon
    """
    assert measured.waits("R1") == [("done", 5 * 60, "reply")]
    assert measured.count("R1", "customer_messages") == ("done", 2)


def test_a_message_after_resolution_that_reopens_is_a_wait_from_the_message(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:05 R1 agent-reply status=resolved
    2025-03-03 20:00 R1 customer-message
    2025-03-04 09:00 R1 status status=open
    2025-03-04 10:00 R1 agent-reply
    """
    assert measured.waits("R1") == [("done", 5 * 60, "reply"), ("done", 14 * 3600, "reply")]


def test_a_message_after_resolution_that_somebody_answers_is_a_wait(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:05 R1 agent-reply status=resolved
    2025-03-03 11:00 R1 customer-message
    2025-03-03 11:10 R1 agent-reply
    """
    assert measured.waits("R1") == [("done", 5 * 60, "reply"), ("done", 10 * 60, "reply")]


def test_an_incoming_out_of_office_starts_no_wait(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:05 R1 agent-reply
    2025-03-03 10:06 R1 out-of-office
    2025-03-09 10:00 horizon
    """
    assert measured.waits("R1") == [("done", 5 * 60, "reply")]


def test_the_messages_of_a_merged_request_wait_where_they_went(measured):
    """
    2025-03-03 09:00 R1 opened
    2025-03-03 09:30 R2 opened
    2025-03-03 10:00 R2 merged activity=R1
    2025-03-03 09:30 R1 customer-message
    2025-03-03 11:00 R1 agent-reply
    """
    assert measured.waits("R1") == [("done", 2 * 3600, "reply")]
    assert measured.waits("R2") == []


def test_a_request_split_off_waits_from_its_own_creation(measured):
    """
    2025-03-03 09:00 R1 opened
    2025-03-03 09:30 R1 agent-reply
    2025-03-03 10:00 R2 opened
    2025-03-03 10:10 R2 agent-reply
    """
    assert measured.waits("R2") == [("done", 10 * 60, "reply")]


def test_closed_on_arrival_without_a_word_is_a_wait_of_no_length(measured):
    """
    2025-03-03 09:00 R1 opened status=closed
    """
    assert measured.waits("R1") == [("never", 0, "resolution")]
    assert measured.elapsed("R1", "first_reply") == ("never", 0)


def test_a_row_says_when(measured_in_office_hours):
    """
    2025-03-03 17:30 R1 opened
    2025-03-04 09:30 R1 agent-reply
    """
    (row,) = measured_in_office_hours.measured.waits.to_pylist()
    assert row["start"] == datetime(2025, 3, 3, 17, 30, tzinfo=UTC)
    assert row["end"] == datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
    assert (row["n"], row["wait_s"], row["wait_business_s"]) == (0, 16 * 3600, 3600)
