"""Waiting on the customer: the state says so and the customer has not written since."""


def test_a_message_of_the_customer_ends_it_whatever_the_state_says(measured):
    """
    2025-03-03 10:00 R1 opened status=waiting_customer
    2025-03-03 10:00 R2 opened
    2025-03-03 11:00 R2 agent-reply status=waiting_customer
    2025-03-03 12:00 R2 customer-message status=waiting_customer
    2025-03-03 14:00 R2 note status=waiting_customer
    2025-03-03 15:00 horizon
    """
    assert measured.elapsed("R1", "waiting_on_customer") == ("running", 0)
    assert measured.elapsed("R2", "waiting_on_customer") == ("running", 3600)
    assert measured.elapsed("R2", "waiting_on_us") == ("running", 4 * 3600)


def test_our_answer_hands_it_back_while_the_state_still_says_so(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 agent-reply status=waiting_customer
    2025-03-03 12:00 R1 customer-message
    2025-03-03 13:00 R1 agent-reply
    2025-03-03 15:00 horizon
    """
    assert measured.elapsed("R1", "waiting_on_customer") == ("running", 3 * 3600)


def test_setting_the_state_anew_hands_it_back(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 status status=waiting_customer
    2025-03-03 12:00 R1 customer-message
    2025-03-03 13:00 R1 status status=waiting_customer
    2025-03-03 15:00 horizon
    """
    assert measured.elapsed("R1", "waiting_on_customer") == ("running", 3 * 3600)


def test_done_before_a_reopening_is_the_customers_time_until_the_customer_writes(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 status status=resolved
    2025-03-03 14:00 R1 customer-message
    2025-03-03 16:00 R1 status status=open
    2025-03-03 17:00 R1 status status=resolved
    """
    assert measured.elapsed("R1", "waiting_on_customer") == ("done", 3 * 3600)
    assert measured.elapsed("R1", "waiting_on_us") == ("done", 4 * 3600)


def test_a_pause_still_running_counts_to_the_horizon(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 status status=waiting_customer
    2025-03-04 11:00 horizon
    """
    assert measured.elapsed("R1", "waiting_on_customer") == ("running", 24 * 3600)


def test_an_out_of_office_does_not_end_it(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 agent-reply status=waiting_customer
    2025-03-03 11:01 R1 out-of-office
    2025-03-03 12:00 horizon
    """
    assert measured.elapsed("R1", "waiting_on_customer") == ("running", 3600)
