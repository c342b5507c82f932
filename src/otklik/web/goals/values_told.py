"""Values of the history in the reader's words: numbers in their units, days, steps, a source part by part."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any, Final

from otklik.base.text import N_
from otklik.schemas.goals import HELD_LAST, Bound, Manual, Pushed
from otklik.schemas.views import COHORTS, TOLD_APART_BY
from otklik.web.goals.measurable import counts
from otklik.web.goals.models import Health, History, KeyResult
from otklik.web.goals.models.objectives import Source
from otklik.web.goals.numbers import grade_shown, shown
from otklik.web.words import say, speech

NUMBERS: Final = frozenset({"baseline", "target", "commit", "stretch", "low", "high"})
GRADES: Final = frozenset({"grade", "computed", "as_first_set"})
DAYS: Final = frozenset(
    ("start", "end", "mid_review", "closing_from", "due", "stopped_on", "begun_on", "done_on", "delivered_on")
)
_WORDS: Final[dict[str, dict[Any, str]]] = {
    "leading": {True: N_("It moves early"), False: N_("It moves late")},
    "scale": {"linear": N_("evenly"), "log": N_("by ratios")},
    "unit": {"share": N_("Share, in per cent"), "s": N_("Time"), "count": N_("How many")},
}
_OF: Final[dict[str, Any]] = {"keyresult": KeyResult, "health": Health}
Units = dict[tuple[str, str], str]
"""By the kind of a row and its number."""


def units_of(lines: Iterable[History]) -> Units:
    """The units of the rows that some lines are about: as they are now, or as they were when they went."""
    rows: dict[str, set[int]] = {}
    found: Units = {}
    for line in lines:
        if line.what in _OF and line.row.isdigit():
            rows.setdefault(line.what, set()).add(int(line.row))
            for told in (line.before, line.after):
                if not line.field and isinstance(told, dict):
                    found.setdefault((line.what, line.row), told.get("unit", ""))
    for what, ids in rows.items():
        for pk, unit in _OF[what].objects.filter(pk__in=ids).values_list("pk", "unit"):
            found[what, str(pk)] = unit
    return found


def value_text(field: str, value: Any, unit: str = "") -> str:
    """One value of a field; '' where the field has no words of its own."""
    if field in _WORDS and value in _WORDS[field]:
        return say(_WORDS[field][value])
    if field in NUMBERS:
        return shown(float(value), unit)
    if field in GRADES:
        return grade_shown(float(value))
    if field in DAYS:
        return _day(str(value))
    if field == "steps":
        done = sum(bool(step.get("done")) for step in value)
        return say(N_("%(done)s of %(n)s steps"), done=done, n=len(value))
    if field == "checkpoints":
        return "; ".join(f"{_day(point['day'])} – {shown(point['value'], unit)}" for point in value)
    return ""


def source_text(before: Source | None, after: Source | None) -> str:
    """How the source of a number changed, part by part: within 4 h → within 2 h; team: all → First line."""
    if isinstance(before, Bound) and isinstance(after, Bound):
        pairs = zip(_parts(before), _parts(after), strict=True)
        changed = [f"{old} → {new}" for old, new in pairs if old != new]
        return "; ".join(changed) or say(N_("described anew"))
    return f"{_whole(before)} → {_whole(after)}"


def _whole(source: Source | None) -> str:
    if isinstance(source, Pushed):
        return say(N_("sent by a program as %(series)s"), series=source.series)
    if isinstance(source, Manual):
        return say(N_("typed by people"))
    if source is None:
        return say(N_("nothing"))
    usual = set(_parts(Bound(measure="")))
    measure, taken, *others = _parts(source)
    return ", ".join([measure, taken, *(part for part in others if part not in usual)])


def _parts(source: Bound) -> list[str]:
    """Measure, statistic, clock, hours, window, weeks, which requests: always as many, in the same order."""
    told = speech()
    window = say(N_("over the whole cycle"))
    if source.window_days:
        window = told.words.count("over the last %(n)s day", "over the last %(n)s days", source.window_days)
    hours = say(N_("by the hours %(calendar)s"), calendar=source.calendar or say(N_("of the company")))
    which = [
        f"{told.slice(name)}: {', '.join(getattr(source.which, name)) or say(N_('all'))}" for name in TOLD_APART_BY
    ]
    return [
        told.measure(source.measure) if source.measure else "",
        _statistic(source),
        say(N_("in working time") if source.clock == "business" else N_("in calendar time")),
        hours,
        window,
        say(N_("by the weeks that keep it") if source.weekly else N_("by the number at the end")),
        say(COHORTS[source.which.cohort]),
        say(HELD_LAST if source.which.assignee else N_("whoever held them")),
        *which,
    ]


def _statistic(source: Bound) -> str:
    if source.statistic == "count":
        return say(N_("How many"))
    if source.statistic == "quantile":
        return say(N_("the time that %(share)s stay within"), share=shown(source.quantile, "share"))
    if source.within_s is None:
        return say(N_("at least one"))
    if source.measure and counts(source.measure):
        return say(N_("at most %(number)s"), number=shown(source.within_s, ""))
    return say(N_("within %(time)s"), time=shown(source.within_s, "s"))


def _day(text: str) -> str:
    try:
        return str(speech().format.day(datetime.combine(date.fromisoformat(text), time(), UTC)))
    except ValueError:
        return text
