"""The words of goals that are proposed from a log: titles, reasons and key results, as catalogue keys."""

from typing import Final, NamedTuple

from otklik.base.text import N_


class GoalWords(NamedTuple):
    """The title of an objective and why it matters; `%(value)s` is the group it is about."""

    title: str
    why: str


WHO: Final[dict[str, GoalWords]] = {
    "channel": GoalWords(
        N_("Customers who come through %(value)s hear from us before they start to doubt"),
        N_("nowhere do customers wait as long as in %(value)s: half of them %(median)s and more, "
           "the others %(others)s"),
    ),
    "team": GoalWords(
        N_("Customers who turn to %(value)s hear from us before they start to doubt"),
        N_("nobody's customers wait as long as those of %(value)s: half of them %(median)s and more, "
           "the others %(others)s"),
    ),
    "category": GoalWords(
        N_("Customers who ask about %(value)s hear from us before they start to doubt"),
        N_("no question waits as long as %(value)s: half of them %(median)s and more, the others %(others)s"),
    ),
    "priority": GoalWords(
        N_("Customers with priority %(value)s hear from us before they start to doubt"),
        N_("requests of priority %(value)s wait longest: half of them %(median)s and more, the others %(others)s"),
    ),
    "segment": GoalWords(
        N_("Customers of the group %(value)s hear from us before they start to doubt"),
        N_("nobody waits as long as the group %(value)s: half of them %(median)s and more, the others %(others)s"),
    ),
}  # fmt: skip
"""Who waits longer than all others, by the column that tells them apart."""

ANYBODY: Final = GoalWords(
    N_("Customers hear from us before they start to doubt"),
    N_("half of our customers wait %(median)s and more, one in ten %(p90)s and more"),
)

WHEN: Final[dict[str, GoalWords]] = {
    "weekend": GoalWords(
        N_("Whoever writes at the weekend is heard as soon as on any other day"),
        N_("half of those who come at the weekend wait %(worst)s and more, of all together %(median)s"),
    ),
    "morning": GoalWords(
        N_("Whoever writes in the morning has an answer by lunch"),
        N_("half of those who come in the morning wait %(worst)s and more, of all together %(median)s"),
    ),
    "afternoon": GoalWords(
        N_("Whoever writes in the afternoon goes home with an answer"),
        N_("half of those who come in the afternoon wait %(worst)s and more, of all together %(median)s"),
    ),
    "evening": GoalWords(
        N_("Whoever writes in the evening goes to bed with an answer"),
        N_("half of those who come in the evening wait %(worst)s and more, of all together %(median)s"),
    ),
    "night": GoalWords(
        N_("Whoever writes at night finds an answer at breakfast"),
        N_("half of those who come at night wait %(worst)s and more, of all together %(median)s"),
    ),
}
"""When those come who wait longest."""

TAKEN: Final = GoalWords(
    N_("From the first minute every customer has somebody who cares"),
    N_("%(share)s of the time customers wait for us passes before anybody has taken their request"),
)
SETTLED: Final = GoalWords(
    N_("Customers get their question settled without being passed around"),
    N_("%(share)s of the time from asking to served it is our move, and every hand-over adds to it"),
)

MEASURED: Final[dict[str, str]] = {
    "first_reply": N_("p90 of time to first reply"),
    "longest_wait": N_("p90 of the longest wait for an answer"),
    "resolution": N_("p90 of time to resolution"),
    "unassigned": N_("p90 of time until somebody takes a request"),
    "waiting_on_us": N_("p90 of time in which it is our move"),
}
"""Percentiles of times, at the head of a key result."""

SHARES: Final[dict[str, str]] = {
    "first_reply": N_("Share of requests with a first reply within %(within)s"),
    "longest_wait": N_("Share of requests that never waited over %(within)s for an answer"),
    "resolution": N_("Share of requests solved within %(within)s"),
    "unassigned": N_("Share of requests taken within %(within)s"),
    "waiting_on_us": N_("Share of requests that needed at most %(within)s of us"),
    "one_touch": N_("Share of requests settled by one single reply"),
    "handoffs": N_("Share of requests settled without a hand-over"),
    "team_handoffs": N_("Share of requests settled by one team"),
    "reopens": N_("Share of solved requests that were reopened"),
}
FROM_TO: Final = N_("%(what)s: from %(start)s to %(target)s")
OF_THEM: Final = N_("%(what)s (%(value)s)")
HEALTH: Final[dict[str, str]] = {
    "reopens": N_("Solved requests that are reopened: at most %(high)s"),
    "handoffs": N_("Requests that are handed over: at most %(high)s"),
}
CYCLE_TITLE: Final = N_("Goals from %(first)s to %(last)s")
