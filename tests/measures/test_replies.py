"""Replies: public human messages."""


def test_only_what_people_write_to_the_customer_counts(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:01 R1 auto-reply
    2025-03-03 10:02 R1 bot-reply
    2025-03-03 10:03 R1 note
    2025-03-03 10:04 R1 private-message
    2025-03-03 11:00 R1 agent-reply
    2025-03-03 12:00 R1 agent-reply status=resolved
    """
    assert measured.count("R1", "replies") == ("done", 2)


def test_while_it_is_open_more_may_come(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 agent-reply
    """
    assert measured.count("R1", "replies") == ("running", 1)


def test_each_is_listed_with_its_moment(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 agent-reply status=resolved
    """
    explained = measured.explain("R1", "replies")
    assert explained.value_s == 1
    assert [(piece.start_event, piece.seconds) for piece in explained.intervals] == [("reply", 0)]
