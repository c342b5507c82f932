"""What crosses the door about a person."""

from otklik.schemas.people import PersonTrace


def test_somebody_who_only_answers_is_no_customer() -> None:
    assert not PersonTrace("Anna", wrote=5).is_customer
    assert PersonTrace("Boris", requests=1).is_customer
