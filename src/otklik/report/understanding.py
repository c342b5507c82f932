"""What was worked out rather than told, each with its reason; shown in the page and before the summary."""

from collections.abc import Iterable, Mapping

from otklik.base.text import N_, Words
from otklik.charts.names import STEPS
from otklik.schemas.log import Guess

GUESSES = {
    "format": N_("format"),
    "us": N_("we are"),
    "end": N_("the last steps"),
    "comments": N_("comments"),
    "history": N_("history"),
    "messages": N_("messages"),
    "roles": N_("who is who"),
    "request": N_("request"),
    "attributes": N_("attributes"),
    "activities": N_("steps"),
    "date order": N_("order of dates"),
    "date_order": N_("order of dates"),
    "time zone": N_("time zone"),
    "time_zone": N_("time zone"),
    "delimiter": N_("separator"),
    "encoding": N_("encoding"),
    "header": N_("row of headings"),
    "sheet": N_("sheet"),
    "decimal": N_("decimal sign"),
    "mode": N_("kind of record"),
    "pull requests": N_("pull requests"),
    "horizon": N_("end of the record"),
    "automatic": N_("automatic messages"),
    "requests": N_("requests"),
    "closed": N_("end of a request"),
    "by": N_("who wrote"),
    "reopened": N_("opened again"),
    "articles": N_("articles"),
    "date_style": N_("dates are written as"),
}
VALUES = {
    "no": N_("not used"), "none": N_("none"), "left out": N_("left out"), "requester": N_("by who asked"),
    "table": N_("table"), "mail": N_("mail"), "queue_log": N_("call queue log"),
    "text": N_("text"), "workbook": N_("workbook"),
    "comma": N_("comma"), "semicolon": N_("semicolon"), "tab": N_("tab"), "bar": N_("vertical bar"),
    "dmy": N_("day first"), "mdy": N_("month first"), "ymd": N_("year first"), "day first": N_("day first"),
    "month first": N_("month first"),
    "dates": N_("dates of each request"), "steps": N_("steps"), "messages": N_("messages"),
    "history": N_("history of changes"), "snapshots": N_("states at moments"), "log": N_("service log"),
    "unix-s": N_("seconds since 1970"), "unix-ms": N_("milliseconds since 1970"),
    "unix-us": N_("microseconds since 1970"), "excel": N_("day numbers as Excel keeps them"),
}  # fmt: skip
"""Values that are codes, in words."""
_CODED = frozenset({"format", "comments", "history", "messages", "roles", "date order", "date_order", "delimiter",
                    "header", "mode", "pull requests", "articles", "activities", "date_style"})  # fmt: skip
"""Guesses whose value is a code; elsewhere it is a name from the record."""
ROLES = {
    "request": N_("number of the request"), "created": N_("when it came"), "first_reply": N_("when first answered"),
    "resolved": N_("when solved"), "closed": N_("when closed"), "due": N_("promised by"),
    "updated": N_("when last changed"), "at": N_("when it happened"), "activity": N_("step"),
    "lifecycle": N_("stage of the step"), "kind": N_("kind of event"), "status": N_("state"),
    "field": N_("which field changed"), "new_value": N_("to what it changed"), "old_value": N_("from what it changed"),
    "by": N_("customer or we"), "public": N_("whether the customer sees it"), "text": N_("text"),
    "actor": N_("who did it"), "assignee": N_("who has it"), "team": N_("team"), "channel": N_("channel"),
    "category": N_("category"), "priority": N_("priority"), "subject": N_("subject"), "customer": N_("customer"),
    "segment": N_("segment"), "language": N_("language"), "event_id": N_("number of the event"),
    "ignore": N_("left out"), "attribute": N_("kept as it is"),
}  # fmt: skip
"""What a column can be, in words; the code is what --map takes."""


def understood(guess: Guess, words: Words) -> tuple[str, str]:
    """Say one guess as (what it is, why it was thought so)."""
    facts = {name: _meant(fact, words) if name == "kind" else fact for name, fact in guess.facts.items()}
    reason = words.say(guess.reason, **facts) if facts else words.say(guess.reason)
    if guess.what == "column":
        return f"{guess.facts.get('column', '?')} → {_with_code(guess.value, ROLES, words)}", reason
    if guess.what == "state":
        return f"{guess.facts.get('names', '?')} → {_with_code(guess.value, STEPS, words)}", reason
    value = _meant(guess.value, words) if guess.what in _CODED else guess.value
    return f"{words.say(GUESSES.get(guess.what, guess.what))}: {value}", reason


def _meant(code: str, words: Words) -> str:
    return words.say(VALUES[code]) if code in VALUES else code


def _with_code(code: str, known: Mapping[str, str], words: Words) -> str:
    """Say the meaning, and beside it the code with which a person corrects it."""
    meaning = words.say(known[code]) if code in known else code
    meaning = meaning[:1].lower() + meaning[1:]
    return meaning if meaning == code else f"{meaning} ({code})"


def render_guesses(guesses: Iterable[Guess], language: str = "en") -> str:
    """List the guesses as text, one a line, for the terminal."""
    words = Words(language)
    lines = [understood(guess, words) for guess in guesses]
    width = min(44, max((len(what) for what, _ in lines), default=0))
    return "\n".join(f"  {what:<{width}}  {reason}".rstrip() for what, reason in lines)
