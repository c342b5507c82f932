"""What a key result takes from now on, told alike on a page, on paper and in the terminal."""

import math
from typing import Final

from otklik.base.text import N_
from otklik.charts.speech import Speech
from otklik.report.told_numbers import number_told, share_told
from otklik.schemas.forecasts import Needed
from otklik.schemas.goals import Bound, KeyResult

VERDICTS: Final = {
    "safe": N_("Reached already, whatever comes."),
    "lost": N_("Out of reach: even if everything goes right from now on."),
    "reached": N_("Reached."),
    "missed": N_("Missed."),
    "unknown": N_("Too little is on record to say what it takes."),
}
_TAKES: Final = {
    "raise": N_("It takes %(share)s from now on."),
    "lower": N_("It takes %(share)s at most from now on."),
    "quantile": N_("From now on %(share)s must be within %(target)s."),
    "count": N_("It takes %(share)s a week from now on."),
}
_TAKES_AS: Final = {
    "raise": N_("It takes %(share)s from now on; the best week so far had %(best)s."),
    "lower": N_("It takes %(share)s at most from now on; the best week so far had %(best)s."),
    "quantile": N_("From now on %(share)s must be within %(target)s; in the best week so far %(best)s were."),
    "count": N_("It takes %(share)s a week from now on; the best week so far had %(best)s."),
}


def needed_told(key_result: KeyResult, needed: Needed, speech: Speech) -> str:
    """What it takes from now on; arithmetic only. Where the volume decides, for a quiet and for a busy rest too."""
    if needed.verdict != "open":
        return speech.words.say(VERDICTS[needed.verdict])
    kind = kind_of(key_result)
    if kind == "weeks":
        weeks = math.ceil((needed.needed or 0.0) * needed.remaining - 1e-9)
        left = speech.format.number(needed.remaining)
        return speech.words.say(N_("It must be kept in %(weeks)s of the %(left)s weeks left."), weeks=weeks, left=left)
    facts = {
        "share": _told(needed.needed or 0.0, kind, speech),
        "best": None if needed.best_week is None else _told(needed.best_week, kind, speech),
        "target": number_told(key_result.target, key_result.unit, speech),
    }
    text = (_TAKES if facts["best"] is None else _TAKES_AS)[kind]
    said = speech.words.say(text, **{name: fact for name, fact in facts.items() if f"%({name})s" in text})
    return " ".join(part for part in (said, _by_volume(needed, kind, speech)) if part)


def kind_of(key_result: KeyResult) -> str:
    """What is counted: weeks that keep the target, requests a week, or a share, of waits or of anything."""
    bound = key_result.source
    if isinstance(bound, Bound) and bound.statistic == "count":
        return "count"
    if key_result.direction in ("keep_above", "keep_below") or (isinstance(bound, Bound) and bound.weekly):
        return "weeks"
    if isinstance(bound, Bound) and bound.statistic == "quantile":
        return "quantile"
    return "lower" if key_result.unit == "share" and key_result.direction == "lower" else "raise"


def _told(needed: float, kind: str, speech: Speech) -> str:
    if kind == "count":
        return str(speech.format.number(needed, 1))
    return share_told(min(1.0, max(0.0, 1 - needed if kind == "lower" else needed)), speech)


def _by_volume(needed: Needed, kind: str, speech: Speech) -> str:
    """The same if few come and if many come; '' where that makes no difference one could read."""
    say = speech.words.say
    if needed.needed is None or needed.needed_quiet is None or needed.needed_busy is None or kind == "count":
        return ""
    quiet, busy = (_case(one, kind, speech) for one in (needed.needed_quiet, needed.needed_busy))
    if quiet == busy:
        return ""
    return say(N_("If few requests come: %(quiet)s; if many come: %(busy)s."), quiet=quiet, busy=busy)


def _case(needed: float, kind: str, speech: Speech) -> str:
    if needed > 1.0:
        return speech.words.say(N_("out of reach"))
    if needed <= 0.0:
        return speech.words.say(N_("reached already"))
    told = _told(needed, kind, speech)
    return speech.words.say(N_("%(share)s at most"), share=told) if kind == "lower" else told
