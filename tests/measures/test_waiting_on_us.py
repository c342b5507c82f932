"""Waiting on us: neither the customer nor a third party had to do something."""


def test_it_is_our_move_until_we_ask_the_customer(measured):
    """
    2025-03-03 10:00 R1 opened status=new
    2025-03-03 11:00 R1 agent-reply status=waiting_customer
    2025-03-03 13:00 R1 status status=open
    2025-03-03 14:00 R1 status status=resolved
    """
    assert measured.elapsed("R1", "waiting_on_us") == ("done", 2 * 3600)
    assert measured.elapsed("R1", "waiting_on_customer") == ("done", 2 * 3600)


def test_an_answer_alone_does_not_hand_it_over_where_states_are_known(measured):
    """
    2025-03-03 10:00 R1 opened status=new
    2025-03-03 11:00 R1 agent-reply
    2025-03-03 14:00 R1 status status=resolved
    """
    assert measured.elapsed("R1", "waiting_on_us") == ("done", 4 * 3600)


def test_without_a_trail_of_states_the_last_word_decides(measured):
    """
    can messages|resolution
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 agent-reply
    2025-03-03 13:00 R1 customer-message
    2025-03-03 13:30 R1 agent-reply
    2025-03-03 14:00 R1 status status=resolved
    """
    assert measured.elapsed("R1", "waiting_on_us") == ("done", 1.5 * 3600)
    assert measured.elapsed("R1", "waiting_on_customer") == ("done", 2.5 * 3600)


def test_a_cancelled_request_keeps_its_turns(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 cancelled
    """
    assert measured.elapsed("R1", "waiting_on_us") == ("never", 3600)
