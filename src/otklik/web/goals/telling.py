"""Days, changes and reasons in the reader's words."""

from datetime import UTC, date, datetime, time
from typing import Any, Final

from otklik.base.text import N_
from otklik.schemas.goals import ANSWERS, COMMITMENTS, DIRECTIONS, LEVELS, STAGES
from otklik.web.goals.models import History, KeyResult
from otklik.web.goals.models.objectives import Source
from otklik.web.goals.numbers import shown
from otklik.web.goals.problems import BadSource
from otklik.web.goals.schools_told import own_text
from otklik.web.goals.values_told import Units, source_text, units_of, value_text
from otklik.web.words import say, speech

KINDS: Final = {
    "cycle": N_("cycle"),
    "objective": N_("goal"),
    "keyresult": N_("key result"),
    "health": N_("health number"),
    "grade": N_("grade"),
    "waiver": N_("waiver"),
    "minutes": N_("minutes"),
    "means": N_("means"),
    "dependency": N_("need from another team"),
}
FIELDS: Final = {
    "title": N_("words"), "start": N_("first day"), "end": N_("last day"), "profile": N_("school"),
    "own": N_("own numbers and rules"),
    "mid_review": N_("day of the mid-cycle review"), "closing_from": N_("first day of the grading"),
    "check_in_days": N_("days between check-ins"), "not_now": N_("not now"), "why": N_("why it matters"),
    "level": N_("whose goal"), "team": N_("team"), "owner": N_("who answers for it"),
    "reviewer": N_("who looks over it"), "commitment": N_("committed or aspirational"),
    "contributes_to": N_("which goals it helps"), "direction": N_("which way"), "unit": N_("unit"),
    "baseline": N_("start of the way"), "target": N_("target"), "commit": N_("least that was promised"),
    "stretch": N_("best that was hoped for"), "scale": N_("scale"), "due": N_("day it is due"),
    "weight": N_("weight"), "leading": N_("early or late"), "source": N_("where the number comes from"),
    "steps": N_("steps"), "checkpoints": N_("checkpoints"), "stopped_on": N_("day it was given up"),
    "low": N_("lower end"), "high": N_("upper end"), "grade": N_("grade"), "computed": N_("computed grade"),
    "as_first_set": N_("grade as first set"), "argument": N_("argument"), "explanation": N_("explanation"),
    "stage": N_("stage"), "review": N_("mid-cycle review"), "hypothesis": N_("what it should change"),
    "begun_on": N_("day it was begun"), "done_on": N_("day it was done"), "link": N_("link"),
    "key": N_("key in the issue tracker"),
    "what": N_("what is needed"), "answer": N_("answer"), "note": N_("note to the answer"),
    "risk_owner": N_("who carries the risk"), "delivered_on": N_("day it was delivered"),
}  # fmt: skip
_NAMED: Final = {
    "stage": STAGES,
    "level": LEVELS,
    "commitment": COMMITMENTS,
    "direction": DIRECTIONS,
    "answer": ANSWERS,
}
REASONS: Final = {
    "no-target": N_("No grade: it has no target."),
    "no-baseline": N_("No grade: it has no start to count the way from."),
    "no-value": N_("No grade yet: there is no number."),
    "no-weeks": N_("No grade yet: no week is known."),
    "no-steps": N_("No grade: it has no steps."),
    "unordered": N_("No grade: start, target and what lies between do not follow each other."),
    "not-positive": N_("No grade: ratios need numbers above nothing."),
    "counted-otherwise": N_("No grade: its number was counted otherwise then."),
}
_LONGEST: Final = 120


def date_text(day: date | None) -> str:
    """A day as the reader's language writes it."""
    return "" if day is None else str(speech().format.day(datetime.combine(day, time(), UTC)))


def reason_text(code: str) -> str:
    """Why there is no grade."""
    return say(REASONS[code]) if code in REASONS else code


def link(address: str) -> str:
    """An address that a page may lead to; empty for anything else."""
    return address if address.startswith(("https://", "http://")) else ""


def change_text(line: History, units: Units | None = None) -> str:
    """One line of the history as a sentence; `units` are those of the rows the lines are about."""
    what = say(KINDS[line.what]) if line.what in KINDS else line.what
    if not line.field:
        if line.before is None:
            return say(N_("New: %(what)s “%(name)s”"), what=what, name=_named(line, line.after))
        return say(N_("Taken away: %(what)s “%(name)s”"), what=what, name=_named(line, line.before))
    field = say(FIELDS[line.field]) if line.field in FIELDS else line.field
    if line.field == "source":
        changes = source_text(_source(line.before), _source(line.after))
        return say(N_("“%(name)s”, %(field)s: %(changes)s"), name=line.name, field=field, changes=changes)
    unit = (units_of([line]) if units is None else units).get((line.what, line.row), "")
    before, after = _value(line.field, line.before, unit), _value(line.field, line.after, unit)
    return say(
        N_("“%(name)s”, %(field)s: %(before)s → %(after)s"), name=line.name, field=field, before=before, after=after
    )


def _named(line: History, told: Any) -> str:
    return line.name or (told.get("title", "") if isinstance(told, dict) else str(told))


def _source(told: Any) -> Source | None:
    if not isinstance(told, dict):
        return None
    try:
        return KeyResult(source=told).read_source()
    except BadSource:
        return None


def _value(field: str, value: Any, unit: str = "") -> str:
    if value in (None, "", []):
        return say(N_("nothing"))
    if field == "own":
        return own_text(value)
    if text := value_text(field, value, unit):
        return text
    if field in _NAMED:
        return say(_NAMED[field].get(value, value))
    if isinstance(value, float | int) and not isinstance(value, bool):
        return shown(float(value), "")
    if isinstance(value, dict | list):
        return say(N_("%(n)s of them"), n=len(value)) if isinstance(value, list) else say(N_("described anew"))
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
