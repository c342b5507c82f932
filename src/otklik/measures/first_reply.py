"""First reply: how long a customer waits for the first human answer."""

from collections.abc import Sequence

from otklik.measures.answers import first_answer
from otklik.measures.codes import ANSWERS
from otklik.measures.intervals import Intervals
from otklik.measures.timeline import Life


def first_reply(life: Life, marks: Sequence[int], out: Intervals) -> int:
    """How long a customer waits for the first human answer; an auto-reply, a bot, a note or a new state is none.

    Input     life: Life; marks: of its events
    Output    out: from the first customer message (the creation, when it carries one) to the first public human
              message after it; returns the state
    Unit      places on the timeline; seconds in the facts
    Open end  running to the horizon while the request is open; never, once it ended without an answer;
              not applicable while nobody asked: opened by us and the customer has not written
    Errors    none
    Source    docs/method/first_reply.md
    """
    return first_answer(life, marks, ANSWERS, out)
