"""Whose turn it is: parts that add up to the life."""

TURNS = ("waiting_on_us", "waiting_on_customer", "waiting_on_third_party")


def test_the_turns_add_up_to_the_life(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 agent-reply status=waiting_customer
    2025-03-03 12:00 R1 customer-message
    2025-03-03 13:00 R1 status status=waiting_third_party
    2025-03-03 17:00 R1 status status=resolved
    2025-03-04 17:00 R1 status status=open
    2025-03-04 18:00 R1 status status=closed
    """
    assert sum(measured.elapsed("R1", turn)[1] for turn in TURNS) == 32 * 3600
    assert measured.elapsed("R1", "resolution") == ("done", 32 * 3600)


def test_the_list_shows_the_whole_life_in_turns(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 11:00 R1 agent-reply status=waiting_customer
    2025-03-03 11:30 R1 note
    2025-03-03 12:00 R1 customer-message
    2025-03-03 13:00 horizon
    """
    pieces = measured.explain("R1", "waiting_on_customer").intervals
    assert [(piece.why, piece.counted, piece.start_event, piece.end_event) for piece in pieces] == [
        ("our_move", False, "created", "reply"),
        ("customers_move", True, "reply", "customer_message"),
        ("our_move", False, "customer_message", "horizon"),
    ]


def test_the_parts_of_a_cancelled_life_never_came_to_service(measured):
    """
    2025-03-03 10:00 R1 opened
    2025-03-03 10:20 R1 cancelled
    """
    assert measured.elapsed("R1", "waiting_on_us") == ("never", 20 * 60)
    assert measured.elapsed("R1", "hands_on")[0] == "never"
