"""What was worked out rather than told, each with its reason; shown in the page and before the summary."""

from collections.abc import Iterable

from otklik.base.text import N_, Words
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
}


def understood(guess: Guess, words: Words) -> tuple[str, str]:
    """Say one guess as (what it is, why it was thought so)."""
    reason = words.say(guess.reason, **guess.facts) if guess.facts else words.say(guess.reason)
    if guess.what == "column":
        return f"{guess.facts.get('column', '?')} → {guess.value}", reason
    if guess.what == "state":
        return f"{guess.facts.get('names', '?')} → {guess.value}", reason
    return f"{words.say(GUESSES.get(guess.what, guess.what))}: {guess.value}", reason


def render_guesses(guesses: Iterable[Guess], language: str = "en") -> str:
    """List the guesses as text, one a line, for the terminal."""
    words = Words(language)
    lines = [understood(guess, words) for guess in guesses]
    width = min(44, max((len(what) for what, _ in lines), default=0))
    return "\n".join(f"  {what:<{width}}  {reason}".rstrip() for what, reason in lines)
