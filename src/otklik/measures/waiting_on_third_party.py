"""Waiting on a third party: how long it was somebody else's move."""

from collections.abc import Sequence

from otklik.measures.codes import THIRD_PARTYS_TURN
from otklik.measures.intervals import Intervals
from otklik.measures.timeline import Life
from otklik.measures.turns import turn_time


def waiting_on_third_party(life: Life, turn: Sequence[int], out: Intervals) -> int:
    """How long it was the move of a third party: a supplier, a bank, another office.

    Input     life: Life; turn: of its events
    Output    out: the life of the request in turns; counted where
              the state says waiting for a third party
    Unit      places on the timeline; seconds in the facts
    Open end  running while the request is open; the three turns add up to the life, cancelled or not
    Errors    none
    Source    docs/method/waiting_on_third_party.md
    """
    return turn_time(life, turn, THIRD_PARTYS_TURN, out)
