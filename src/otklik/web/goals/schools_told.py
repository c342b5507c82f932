"""Schools in words: their names, their numbers as the reader's language writes them, what a company does otherwise."""

from collections.abc import Mapping
from typing import Any, Final

from otklik.base.text import N_
from otklik.schemas.goal_profiles import OWN
from otklik.schemas.school_words import LIMITS, NUMBERS, NumberTold
from otklik.web.goals.numbers import SHARE
from otklik.web.words import say, speech

SCHOOL_NAMES: Final = {"google": N_("Google and Doerr"), "wodtke": N_("Wodtke, one objective"), OWN: N_("Your own")}


def unit_of(told: NumberTold) -> str:
    """The unit in which such a number is typed."""
    return SHARE if told.kind == "share" else ""


def of_number(told: NumberTold, value: Any) -> str:
    """A number of a school as people read it."""
    if told.kind == "choice":
        return say(told.choices[value])
    number = float(value) * (100 if told.kind == "share" else 1)
    text = str(speech().format.number(number, 2))
    return f"{text}\u00a0%" if told.kind == "share" else text


def own_text(own: Mapping[str, Any]) -> str:
    """What a company does otherwise than the school it follows, as it stood in a version."""
    base = str(own.get("base", ""))
    told = {**NUMBERS, **LIMITS}
    values = {**own.get("changes", {}), **own.get("limits", {})}
    parts = [
        f"{say(told[name].label)} {of_number(told[name], value)}" for name, value in values.items() if name in told
    ]
    if own.get("off"):
        parts.append(say(N_("switched off: %(rules)s"), rules=", ".join(own["off"])))
    return "; ".join([say(SCHOOL_NAMES.get(base, base)), *parts])
