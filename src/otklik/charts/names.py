"""Codes of the core in the reader's words: measures, states, turns, statuses, signs."""

from otklik.base.text import N_

MEASURES = {
    "first_reply": N_("First answer"),
    "acknowledgement": N_("First sign of life"),
    "waits": N_("Each wait for an answer"),
    "longest_wait": N_("Longest wait within a request"),
    "resolution": N_("From asking to solved"),
    "first_resolution": N_("Until first solved"),
    "waiting_on_us": N_("Our turn"),
    "waiting_on_customer": N_("Customer's turn"),
    "waiting_on_third_party": N_("Third party's turn"),
    "unassigned": N_("Before anybody took it"),
    "hands_on": N_("In somebody's hands"),
    "replies": N_("Our answers"),
    "customer_messages": N_("Messages the customer had to write"),
    "handoffs": N_("Handed to another person"),
    "team_handoffs": N_("Handed to another team"),
    "reopens": N_("Reopened"),
    "steps": N_("Steps"),
    "one_touch": N_("Solved with one answer"),
}

PROCESS_MEASURES = {
    **MEASURES,
    "longest_wait": N_("Longest wait within a case"),
    "resolution": N_("From start to finish"),
    "first_resolution": N_("Until first finished"),
    "handoffs": N_("Handed to another person"),
}

MEASURE_NOTES = {
    "first_reply": N_("from the customer's first message to the first answer by a person"),
    "acknowledgement": N_("to the first message of any kind, machines included"),
    "waits": N_("every time a customer waited for us, not only the first"),
    "longest_wait": N_("the longest of the waits in one request"),
    "resolution": N_("from the first message to the last time it was solved"),
    "first_resolution": N_("to the first time it was called solved, whether or not it came back"),
    "waiting_on_us": N_("all the time in one request when the next move was ours"),
    "waiting_on_customer": N_("all the time when we waited for the customer"),
    "waiting_on_third_party": N_("all the time when somebody else had to act"),
    "unassigned": N_("lying about, nobody's yet"),
    "hands_on": N_("held by a named person"),
}

PROCESS_NOTES = {
    **MEASURE_NOTES,
    "resolution": N_("from the first step to the last"),
    "first_resolution": N_("to the first time it was called finished, whether or not it came back"),
    "waiting_on_us": N_("all the time in one case when the next move was ours"),
}

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
    "start": N_("Start"),
    "end": N_("End"),
    "customer": N_("Customer writes"),
    "customer_message": N_("Customer writes"),
    "reply": N_("We answer"),
    "human_reply": N_("We answer"),
    "auto_reply": N_("Automatic answer"),
    "bot_reply": N_("Bot answers"),
    "note": N_("Internal note"),
    "message": N_("Message"),
    "assigned": N_("Taken or passed on"),
    "handoff": N_("Passed on"),
    "team_handoff": N_("Passed to another team"),
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
    "still open": N_("Still open"),
    "running": N_("Still open"),
}

WHYS = {
    "answered": N_("waited for an answer"),
    "ended_by_resolution": N_("waited until it was solved"),
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
