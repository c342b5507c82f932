"""Waiting on the customer: how long it was the customer's move."""

from collections.abc import Sequence

from otklik.measures.codes import CUSTOMERS_TURN
from otklik.measures.intervals import Intervals
from otklik.measures.timeline import Life
from otklik.measures.turns import turn_time


def waiting_on_customer(life: Life, turn: Sequence[int], out: Intervals) -> int:
    """How long it was the customer's move; a message from the customer ends it whatever the state says.

    Input     life: Life; turn: of its events
    Output    out: the life of the request in turns; counted where
              the state says waiting for the customer and the customer has not written since; also the time in a
              done state before a reopening; without a trail of states: our public message was the last word
    Unit      places on the timeline; seconds in the facts
    Open end  running while the request is open; the three turns add up to the life, cancelled or not
    Errors    none
    Source    docs/method/waiting_on_customer.md
    """
    return turn_time(life, turn, CUSTOMERS_TURN, out)
