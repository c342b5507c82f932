"""Codes of the core in the reader's words: measures, states, turns, statuses, signs."""

from otklik.base.text import N_

PROCESS_MEASURES = {
    "longest_wait": (N_("Longest wait within a case"), N_("The longest of the waits in one case.")),
    "resolution": (N_("From start to finish"), N_("From the first step to the last.")),
    "first_resolution": (
        N_("Until first finished"), N_("To the first time it was called finished, whether or not it came back."),
    ),
}  # fmt: skip
"""Where a log of steps needs other words than the catalogue of measures."""

STATES = {
    "done": N_("measured"),
    "running": N_("still running"),
    "never": N_("ended without it"),
    "not_applicable": N_("does not apply"),
    "not_available": N_("the record cannot tell"),
}

TURNS = {
    "waiting_on_us": N_("waiting on us"),
    "waiting_on_customer": N_("waiting on the customer"),
    "waiting_on_third_party": N_("waiting on others"),
}

STEPS = {
    "created": N_("Asked"),
    "customer_message": N_("Customer writes"),
    "reply": N_("We answer"),
    "bot_reply": N_("Bot answers"),
    "auto_reply": N_("Automatic answer"),
    "note": N_("Internal note"),
    "message": N_("Message"),
    "assigned": N_("Taken by a person"),
    "team_handoff": N_("To another team"),
    "status": N_("State changed"),
    "step": N_("Step"),
    "new": N_("New"),
    "open": N_("Being worked on"),
    "waiting_customer": N_("Waits for customer"),
    "waiting_third_party": N_("Waits for others"),
    "resolved": N_("Solved"),
    "closed": N_("Closed"),
    "reopened": N_("Reopened"),
    "merged": N_("Merged"),
    "cancelled": N_("Cancelled"),
    "deleted": N_("Deleted"),
    "rated": N_("Rated"),
    "horizon": N_("End of the record"),
}

FINISHED = N_("Finished")
"""How a log of steps calls the end that has no step of its own."""

WHYS = {
    "answered": N_("waited for an answer"),
    "ended_by_resolution": N_("waited until it was solved"),
    "resolved_unanswered": N_("waited, and it was closed without an answer"),
    "ended_by_cancellation": N_("waited until it was cancelled"),
    "still_waiting": N_("still waiting"),
    "nobody_asked": N_("nobody was waiting yet"),
    "shorter_wait": N_("another, shorter wait"),
    "being_served": N_("being served"),
    "resolved_but_reopened": N_("called solved, but it came back"),
    "after_resolution": N_("after it was solved"),
    "our_move": N_("our turn"),
    "customers_move": N_("the customer's turn"),
    "third_partys_move": N_("somebody else's turn"),
    "nobody_held_it": N_("nobody had taken it"),
    "somebody_held_it": N_("somebody had it"),
    "happened": N_("it happened"),
    "not_one_touch": N_("more than one answer was needed"),
    "left_the_measures": N_("merged or deleted"),
    "served_live": N_("served face to face"),
}

SLICES = {
    "channel": N_("channel"),
    "team": N_("team"),
    "category": N_("category"),
    "priority": N_("priority"),
    "segment": N_("segment"),
    "language": N_("language"),
    "source": N_("source"),
    "assignee": N_("person"),
}


def spoken(code: str) -> str:
    """Make an unknown code readable: 'waiting_on_us' -> 'waiting on us'."""
    return code.replace("_", " ").replace("-", " ")
