"""Whose turn it is: the parts of a request's life, which add up to it exactly."""

from collections.abc import Sequence

from otklik.measures.codes import BOTH, DONE, IS_CANCELLED, IS_OPEN, NEVER, NOT_COUNTED, OUR_MOVE, RUNNING
from otklik.measures.intervals import Intervals, add
from otklik.measures.timeline import Life


def turn_time(life: Life, turn: Sequence[int], whose: int, out: Intervals) -> int:
    """How much of the life of a request it was the turn of `whose`.

    Input     life: Life; turn: of its events; whose: OUR_TURN, CUSTOMERS_TURN or THIRD_PARTYS_TURN
    Output    out: the whole life in stretches of one turn each, those of `whose` counted; returns the state
    Unit      places on the timeline
    Open end  running while the request is open; never, if it was cancelled
    Errors    none
    Source    docs/method/waiting_on_us.md
    """
    start = 0
    for place in range(1, life.end):
        if turn[place] != turn[start]:
            _add_turn(turn[start], whose, start, place, out)
            start = place
    _add_turn(turn[start], whose, start, life.end, out)
    return state_of_part(life)


def state_of_part(life: Life) -> int:
    """Return the state of a part of a life: running while it is open, never if it ended without being served."""
    if life.outcome == IS_OPEN:
        return RUNNING
    return NEVER if life.outcome == IS_CANCELLED else DONE


def _add_turn(turn: int, whose: int, start: int, end: int, out: Intervals) -> None:
    add(out, start, end, BOTH if turn == whose else NOT_COUNTED, OUR_MOVE + turn)
