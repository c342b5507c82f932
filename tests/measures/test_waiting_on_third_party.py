"""Waiting on a third party: the state says so."""


def test_a_supplier_holds_it_up(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 status status=waiting_third_party
    2025-03-03 12:00 R1 customer-message
    2025-03-03 15:00 R1 status status=open
    2025-03-03 16:00 R1 status status=resolved
    """
    assert measured.elapsed("R1", "waiting_on_third_party") == ("done", 4 * 3600)
    assert measured.elapsed("R1", "waiting_on_us") == ("done", 2 * 3600)


def test_none_is_zero_and_not_unknown(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 16:00 R1 status status=resolved
    """
    assert measured.elapsed("R1", "waiting_on_third_party") == ("done", 0)


def test_without_states_nobody_can_tell(measured):
    """
    can messages
    2025-03-03 10:00 R1 opened
    2025-03-03 16:00 R1 agent-reply
    """
    assert measured.elapsed("R1", "waiting_on_third_party") == ("not_available", None)
