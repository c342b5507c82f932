"""The numbers agree with the words of the contract."""

from typing import get_args

from otklik.measures import codes
from otklik.schemas.events import Kind, Status
from otklik.schemas.results import State


def test_states_are_those_of_the_contract():
    assert get_args(State) == codes.STATES
    assert codes.STATES[codes.NEVER] == "never"


def test_done_is_resolved_and_closed():
    assert {status for status in Status if status >= codes.RESOLVED} == {Status.resolved, Status.closed}
    assert Kind.merged == codes.MERGED


def test_every_why_has_its_word():
    places = [getattr(codes, word.upper(), None) for word in codes.WHYS]
    assert places[: len(codes.ENDED_BY)] == [0, 1, 2]
    assert codes.WHYS[codes.SERVED_LIVE] == "served_live"
    assert len(set(codes.WHYS)) == len(codes.WHYS)


def test_marks_are_single_bits():
    marks = [
        codes.CUSTOMER_WROTE,
        codes.ASKS,
        codes.ANSWERS,
        codes.ACKNOWLEDGES,
        codes.RESOLVES,
        codes.REOPENS,
        codes.IS_DONE,
        codes.IS_STEP,
        codes.UNCLOCKED,
    ]
    assert marks == [1 << bit for bit in range(len(marks))]
