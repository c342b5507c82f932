"""Acknowledgement: how long until the customer hears anything at all, be it from a machine."""

from collections.abc import Sequence

from otklik.measures.answers import first_answer
from otklik.measures.codes import ACKNOWLEDGES
from otklik.measures.intervals import Intervals
from otklik.measures.timeline import Life


def acknowledgement(life: Life, marks: Sequence[int], out: Intervals) -> int:
    """How long until the customer hears anything at all: an auto-reply, a bot or a person.

    Input     life: Life; marks: of its events
    Output    out: from the first customer message to the first public message by anyone else; returns the state
    Unit      places on the timeline; seconds in the facts
    Open end  as the first reply
    Errors    none
    Source    docs/method/acknowledgement.md
    """
    return first_answer(life, marks, ACKNOWLEDGES, out)
