"""First reply: from the first customer message to the first public human message after it."""


def test_an_auto_reply_does_not_end_the_wait(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:01 R1 auto-reply
    2025-03-03 10:06 R1 agent-reply
    """
    assert measured.elapsed("R1", "first_reply") == ("done", 6 * 60)


def test_neither_a_bot_nor_a_note_nor_a_state_ends_it(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:01 R1 bot-reply
    2025-03-03 10:02 R1 note
    2025-03-03 10:03 R1 status status=open
    2025-03-03 10:04 R1 private-message
    2025-03-03 10:05 R1 assigned assignee=ann
    2025-03-03 11:00 R1 agent-reply
    """
    assert measured.elapsed("R1", "first_reply") == ("done", 3600)


def test_an_unanswered_request_runs_to_the_horizon(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 15:00 horizon
    """
    assert measured.elapsed("R1", "first_reply") == ("running", 5 * 3600)


def test_resolved_without_a_word_is_never_answered(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 R1 status status=resolved
    2025-03-03 15:00 horizon
    """
    assert measured.elapsed("R1", "first_reply") == ("never", 2 * 3600)


def test_an_answer_after_resolving_is_an_answer(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 R1 status status=resolved
    2025-03-03 13:00 R1 agent-reply
    """
    assert measured.elapsed("R1", "first_reply") == ("done", 3 * 3600)


def test_cancelled_before_an_answer_is_never_answered(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:20 R1 cancelled
    2025-03-03 10:30 R1 agent-reply
    """
    assert measured.elapsed("R1", "first_reply") == ("never", 20 * 60)


def test_reopened_without_an_answer_runs_again(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 12:00 R1 status status=resolved
    2025-03-03 13:00 R1 status status=open
    2025-03-03 15:00 horizon
    """
    assert measured.elapsed("R1", "first_reply") == ("running", 5 * 3600)


def test_opened_by_us_has_no_first_reply_until_the_customer_writes(measured):
    """
    2025-03-03 10:00 R1 opened-by-us
    2025-03-03 10:30 R1 agent-reply
    2025-03-03 10:00 R2 opened-by-us
    2025-03-03 11:00 R2 customer-message
    2025-03-03 11:45 R2 agent-reply
    """
    assert measured.elapsed("R1", "first_reply") == ("not_applicable", None)
    assert measured.elapsed("R2", "first_reply") == ("done", 45 * 60)


def test_served_face_to_face_has_no_first_reply_and_says_why(measured):
    """
    2025-03-03 10:00 R1 opened-by-us channel=phone
    2025-03-03 10:10 R1 status status=resolved
    """
    assert measured.elapsed("R1", "first_reply") == ("not_applicable", None)
    assert [part.why for part in measured.explain("R1", "first_reply").intervals] == ["served_live"]


def test_opened_by_a_machine_waits_from_the_first_word_of_the_customer(measured):
    """
    2025-03-03 10:00 R1 opened-by-rule
    2025-03-03 10:30 R1 customer-message
    2025-03-03 10:40 R1 agent-reply
    """
    assert measured.elapsed("R1", "first_reply") == ("done", 10 * 60)


def test_a_creation_without_a_message_waits_from_the_message(measured):
    """
    2025-03-03 10:00 R1 opened-silently
    2025-03-03 10:05 R1 customer-message
    2025-03-03 10:06 R1 agent-reply
    """
    assert measured.elapsed("R1", "first_reply") == ("done", 60)


def test_an_answer_before_the_question_answers_nothing(measured):
    """
    2025-03-03 10:00 R1 opened-silently
    2025-03-03 10:01 R1 agent-reply
    2025-03-03 10:05 R1 customer-message
    2025-03-03 10:09 R1 agent-reply
    """
    assert measured.elapsed("R1", "first_reply") == ("done", 4 * 60)


def test_at_the_same_instant_the_order_of_the_source_decides(measured):
    """
    2025-03-03 10:00 R1 opened-silently
    2025-03-03 10:05 R1 customer-message
    2025-03-03 10:05 R1 agent-reply
    2025-03-03 10:00 R2 opened-silently
    2025-03-03 10:05 R2 agent-reply
    2025-03-03 10:05 R2 customer-message
    """
    assert measured.elapsed("R1", "first_reply") == ("done", 0)
    assert measured.elapsed("R2", "first_reply") == ("running", 0)


def test_asked_when_closed_and_answered_before_opening_is_zero_working_seconds(measured_in_office_hours):
    """
    2025-03-01 10:00 R1 opened
    2025-03-03 08:30 R1 agent-reply
    """
    assert measured_in_office_hours.elapsed("R1", "first_reply") == ("done", 46.5 * 3600)
    assert measured_in_office_hours.business("R1", "first_reply") == 0


def test_without_a_calendar_working_time_is_unknown_and_not_zero(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:00 R1 agent-reply
    """
    assert measured.elapsed("R1", "first_reply") == ("done", 0)
    assert measured.business("R1", "first_reply") is None


def test_merged_and_deleted_leave_the_measure(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 merged activity=R2
    2025-03-03 10:00 R3 opened
    2025-03-03 10:30 R3 agent-reply
    2025-03-03 11:00 R3 deleted
    """
    assert measured.elapsed("R1", "first_reply") == ("not_applicable", None)
    assert measured.elapsed("R3", "first_reply") == ("not_applicable", None)


def test_a_source_that_knows_no_answers_cannot_tell(measured):
    """
    can resolution
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 status status=closed
    """
    assert measured.elapsed("R1", "first_reply") == ("not_available", None)


def test_a_source_of_dates_tells_the_first_reply(measured):
    """
    can first_reply|resolution
    2025-03-03 10:00 R1 opened
    2025-03-03 10:30 R1 agent-reply
    2025-03-03 11:00 R1 status status=closed
    """
    assert measured.elapsed("R1", "first_reply") == ("done", 30 * 60)
    assert measured.elapsed("R1", "resolution") == ("done", 3600)
    for other in ("acknowledgement", "longest_wait", "first_resolution", "waiting_on_us", "unassigned", "hands_on"):
        assert measured.elapsed("R1", other) == ("not_available", None)
    for other in ("replies", "customer_messages", "handoffs", "team_handoffs", "reopens", "steps", "one_touch"):
        assert measured.count("R1", other) == ("not_available", None)
    assert measured.waits("R1") == []
