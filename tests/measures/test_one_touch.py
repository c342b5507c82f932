"""One touch: resolved, one public human message, never reopened."""


def test_one_answer_was_enough(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:01 R1 auto-reply
    2025-03-03 11:00 R1 agent-reply status=resolved
    """
    assert measured.count("R1", "one_touch") == ("done", 1)


def test_two_answers_no_answer_and_reopened_are_none(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 agent-reply
    2025-03-03 12:00 R1 agent-reply status=resolved
    2025-03-03 10:00 R2 opened
    2025-03-03 12:00 R2 status status=closed
    2025-03-03 10:00 R3 opened
    2025-03-03 11:00 R3 agent-reply status=resolved
    2025-03-03 12:00 R3 status status=open
    2025-03-03 13:00 R3 status status=resolved
    """
    assert [measured.count(request, "one_touch") for request in ("R1", "R2", "R3")] == [("done", 0)] * 3


def test_open_cancelled_and_never_asked(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 agent-reply
    2025-03-03 10:00 R2 opened
    2025-03-03 11:00 R2 agent-reply
    2025-03-03 12:00 R2 cancelled
    2025-03-03 10:00 R3 opened-by-us
    2025-03-03 12:00 R3 status status=resolved
    """
    assert measured.count("R1", "one_touch") == ("running", 0)
    assert measured.count("R2", "one_touch") == ("never", 0)
    assert measured.count("R3", "one_touch") == ("not_applicable", None)


def test_an_answer_to_a_thanks_does_not_spoil_it(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:20 R1 agent-reply status=resolved
    2025-03-03 10:30 R1 customer-message
    2025-03-03 10:31 R1 agent-reply
    """
    assert measured.count("R1", "one_touch") == ("done", 1)
