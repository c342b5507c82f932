"""Steps: events that carry the source's own step."""


def test_every_named_step_counts_whatever_else_it_is(measured):
    """
    2025-03-03 10:00 R1 opened activity=register
    2025-03-03 11:00 R1 step activity=check
    2025-03-03 12:00 R1 note
    2025-03-03 13:00 R1 status status=resolved activity=decide
    """
    assert measured.count("R1", "steps") == ("done", 3)


def test_a_source_without_steps_cannot_tell(measured):
    """
    can messages|status
    2025-03-03 10:00 R1 opened
    """
    assert measured.count("R1", "steps") == ("not_available", None)
