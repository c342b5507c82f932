"""Waiting on us: how long it was our move."""

from collections.abc import Sequence

from otklik.measures.codes import OUR_TURN
from otklik.measures.intervals import Intervals
from otklik.measures.timeline import Life
from otklik.measures.turns import turn_time


def waiting_on_us(life: Life, turn: Sequence[int], out: Intervals) -> int:
    """How long it was our move: nobody else was asked for anything.

    Input     life: Life; turn: of its events
    Output    out: the life of the request in turns; counted where
              from the first event: neither the customer nor a third party had to do something
    Unit      places on the timeline; seconds in the facts
    Open end  running while the request is open; the three turns add up to the life, cancelled or not
    Errors    none
    Source    docs/method/waiting_on_us.md
    """
    return turn_time(life, turn, OUR_TURN, out)
