"""Acknowledgement: the first sign of life, be it from a machine."""


def test_an_auto_reply_acknowledges(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:01 R1 auto-reply
    2025-03-03 10:06 R1 agent-reply
    """
    assert measured.elapsed("R1", "acknowledgement") == ("done", 60)


def test_an_out_of_office_from_the_customer_acknowledges_nothing(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:01 R1 out-of-office
    2025-03-03 10:02 R1 note
    2025-03-03 10:06 R1 bot-reply
    """
    assert measured.elapsed("R1", "acknowledgement") == ("done", 6 * 60)


def test_silence_runs_to_the_horizon_and_a_silent_end_is_never(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:00 R2 opened
    2025-03-03 10:30 R2 status status=closed
    2025-03-03 12:00 horizon
    """
    assert measured.elapsed("R1", "acknowledgement") == ("running", 2 * 3600)
    assert measured.elapsed("R2", "acknowledgement") == ("never", 30 * 60)


def test_a_source_without_machine_answers_cannot_tell(measured):
    """
    can messages
    2025-03-03 10:00 R1 opened
    2025-03-03 10:06 R1 agent-reply
    """
    assert measured.elapsed("R1", "acknowledgement") == ("not_available", None)
