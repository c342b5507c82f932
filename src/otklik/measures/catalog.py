"""Every measure there is: what it is called, what a source must be able to tell for it, and how it is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from otklik.base.text import N_
from otklik.measures.acknowledgement import acknowledgement
from otklik.measures.customer_messages import customer_messages
from otklik.measures.first_reply import first_reply
from otklik.measures.first_resolution import first_resolution
from otklik.measures.handoffs import handoffs
from otklik.measures.hands_on import hands_on
from otklik.measures.longest_wait import longest_wait
from otklik.measures.one_touch import one_touch
from otklik.measures.reopens import reopens
from otklik.measures.replies import replies
from otklik.measures.resolution import resolution
from otklik.measures.steps import steps
from otklik.measures.team_handoffs import team_handoffs
from otklik.measures.unassigned import unassigned
from otklik.measures.waiting_on_customer import waiting_on_customer
from otklik.measures.waiting_on_third_party import waiting_on_third_party
from otklik.measures.waiting_on_us import waiting_on_us
from otklik.measures.waits import waits
from otklik.schemas.events import Can

Definition = Callable[..., int]


@dataclass(frozen=True)
class Measure:
    """One measure: `id` is also its file, its function, its page and the stem of its columns.

    `needs`: what a source must be able to tell; any one of the alternatives will do, each of them whole.
    `per`: one value a request (in the facts) or a wait (in the table of waits).
    `cohort`: which requests a figure of it is about: those that arrived, were answered or were resolved in a period.
    """

    id: str
    title: str
    meaning: str
    unit: Literal["s", "count"]
    needs: tuple[Can, ...]
    definition: Definition
    cohort: Literal["arrived", "answered", "resolved"] = "arrived"
    headline: bool = False
    per: Literal["request", "wait"] = "request"

    def __str__(self) -> str:
        """Return the id."""
        return self.id

    def is_available(self, can: Can) -> bool:
        """Whether a source that can tell this much can tell the measure."""
        return any(need in can for need in self.needs)


_STATES_OR_MESSAGES = (Can.status, Can.messages)
_RESOLVED = (Can.resolution, Can.status)

MEASURES: Final = (
    Measure(
        "first_reply",
        N_("First reply"),
        N_("How long a customer waits for the first human answer."),
        "s",
        (Can.messages, Can.first_reply),
        first_reply,
        headline=True,
    ),
    Measure(
        "acknowledgement",
        N_("Acknowledgement"),
        N_("How long until the customer hears anything at all, an automatic answer included."),
        "s",
        (Can.acknowledgement,),
        acknowledgement,
    ),
    Measure(
        "waits",
        N_("Every wait"),
        N_("Every time a customer had to wait for an answer; several messages in a row are one wait."),
        "s",
        (Can.messages,),
        waits,
        per="wait",
    ),
    Measure(
        "longest_wait",
        N_("Longest wait"),
        N_("The longest time the customer had to wait for one answer."),
        "s",
        (Can.messages,),
        longest_wait,
    ),
    Measure(
        "resolution",
        N_("Resolution"),
        N_("How long from asking to being served for good; what came before a reopening counts."),
        "s",
        _RESOLVED,
        resolution,
        headline=True,
    ),
    Measure(
        "first_resolution",
        N_("First resolution"),
        N_("How long until we first said that it was done."),
        "s",
        (Can.status,),
        first_resolution,
    ),
    Measure(
        "waiting_on_us",
        N_("Waiting on us"),
        N_("How long it was our move."),
        "s",
        _STATES_OR_MESSAGES,
        waiting_on_us,
        cohort="resolved",
    ),
    Measure(
        "waiting_on_customer",
        N_("Waiting on the customer"),
        N_("How long it was the customer's move."),
        "s",
        _STATES_OR_MESSAGES,
        waiting_on_customer,
        cohort="resolved",
    ),
    Measure(
        "waiting_on_third_party",
        N_("Waiting on a third party"),
        N_("How long it was somebody else's move: a supplier, a bank, another office."),
        "s",
        (Can.status,),
        waiting_on_third_party,
        cohort="resolved",
    ),
    Measure(
        "unassigned",
        N_("Unassigned"),
        N_("How long before anybody took it."),
        "s",
        (Can.assignee,),
        unassigned,
    ),
    Measure(
        "hands_on",
        N_("In somebody's hands"),
        N_("How long somebody held it."),
        "s",
        (Can.assignee,),
        hands_on,
        cohort="resolved",
    ),
    Measure(
        "replies",
        N_("Answers"),
        N_("How many answers of people it took."),
        "count",
        (Can.messages,),
        replies,
        cohort="resolved",
    ),
    Measure(
        "customer_messages",
        N_("Customer messages"),
        N_("How often the customer had to write."),
        "count",
        (Can.messages,),
        customer_messages,
        cohort="resolved",
    ),
    Measure(
        "handoffs",
        N_("Handoffs"),
        N_("How often the request went from one person to another."),
        "count",
        (Can.assignee,),
        handoffs,
        cohort="resolved",
    ),
    Measure(
        "team_handoffs",
        N_("Handoffs between teams"),
        N_("How often the request went from one team to another."),
        "count",
        (Can.team,),
        team_handoffs,
        cohort="resolved",
    ),
    Measure(
        "reopens",
        N_("Reopenings"),
        N_("How often done was not done."),
        "count",
        (Can.status,),
        reopens,
        cohort="resolved",
    ),
    Measure(
        "steps",
        N_("Steps"),
        N_("How many steps of the process the request went through."),
        "count",
        (Can.steps,),
        steps,
        cohort="resolved",
    ),
    Measure(
        "one_touch",
        N_("Served by one answer"),
        N_("Whether one single answer was enough: resolved, answered once, never reopened."),
        "count",
        (Can.messages | Can.resolution, Can.messages | Can.status),
        one_touch,
        cohort="answered",
    ),
)
BY_ID: Final = {measure.id: measure for measure in MEASURES}
TIMES: Final = tuple(m for m in MEASURES if m.unit == "s" and m.per == "request")
"""Durations with one value a request, in the order of the facts."""
COUNTS: Final = tuple(m for m in MEASURES if m.unit == "count")
PER_REQUEST: Final = (*TIMES, *COUNTS)


def availability(can: Can) -> int:
    """Tell as bits which of PER_REQUEST, and last the waits, a source can tell."""
    return sum(1 << place for place, measure in enumerate((*PER_REQUEST, BY_ID["waits"])) if measure.is_available(can))
