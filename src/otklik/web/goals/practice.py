"""How well the practice itself went in a cycle: said on time, aimed right, put right, foretold. Never by person."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from otklik.actions.rate_practice import rate_practice, share_foretold
from otklik.actions.school_of_goals import limits_of
from otklik.base.text import N_
from otklik.web.accounts.models import User
from otklik.web.goals import coaching, honesty
from otklik.web.goals.dates import check_in_days
from otklik.web.goals.models import CLOSED, CLOSING, CheckIn, Cycle, KeyResult, Objective
from otklik.web.goals.numbers import SHARE, grade_shown, shown
from otklik.web.moments import our_zone, today
from otklik.web.remembering import remembered
from otklik.web.words import count, say

MOST_CYCLES: Final = 8
"""So many past cycles are told: two years of quarters."""
_EDGE: Final = 1e-9


@dataclass(frozen=True)
class Line:
    """One side of the practice: what it is about, how it went, what is wanted; its part 0..1, and how counted."""

    what: str
    told: str
    wanted: str
    part: float
    counted: str


@dataclass(frozen=True)
class Quality:
    """One figure for a cycle, 0..100, and from how many parts it is made."""

    cycle: Cycle
    index: int
    parts: int


def practice_of(cycle: Cycle) -> list[Line]:
    """Each side that can be told; empty before the grading."""
    if cycle.stage not in (CLOSING, CLOSED):
        return []
    found = [_on_time(cycle), _aimed(cycle), _put_right(cycle), _foretold(cycle)]
    return [one for one in found if one is not None]


def quality_of(cycle: Cycle, lines: Sequence[Line] | None = None) -> Quality | None:
    """The practice of a cycle in one figure; None before the grading, and where too little can be told."""
    told = practice_of(cycle) if lines is None else lines
    index = rate_practice(line.part for line in told)
    return None if index is None else Quality(cycle, index, len(told))


def qualities(but: Cycle | None = None, most: int = MOST_CYCLES) -> list[Quality]:
    """The newest closed cycles that can be told, the oldest first: whether the practice gets better."""
    closed = Cycle.objects.filter(stage=CLOSED).exclude(pk=but.pk if but else None)
    gone = User.objects.filter(is_active=False).count()  # the coach speaks of goals whose people are gone
    found = (_kept_quality(one, gone) for one in closed[:most])
    return _by_day([one for one in found if one is not None])


def _kept_quality(cycle: Cycle, gone: int) -> Quality | None:
    """That of a closed cycle, worked out once: nothing in it changes."""
    about = f"practice {cycle.pk} {cycle.closed_at} {gone}"

    def made() -> str:
        found = quality_of(cycle)
        return json.dumps([found.index, found.parts] if found else None)

    told = json.loads(remembered(hashlib.sha256(about.encode()).hexdigest(), made))
    return Quality(cycle, *told) if told else None


def facts_of(cycle: Cycle) -> dict[str, Any]:
    """What a page shows: each side, the one figure, and that of the cycles before; nothing before the grading."""
    lines = practice_of(cycle)
    before = qualities(but=cycle) if lines else []
    own = quality_of(cycle, lines)
    return {"practice": lines, "quality": own, "qualities": _by_day([*before, own] if own else before)}


def _by_day(found: list[Quality]) -> list[Quality]:
    return sorted(found, key=lambda one: (one.cycle.start, one.cycle.pk))


def _on_time(cycle: Cycle) -> Line | None:
    back = timedelta(days=cycle.check_in_days)
    grace = timedelta(days=limits_of(cycle.read_own()).check_in_grace_days)
    until = cycle.closed_at.astimezone(our_zone()).date() if cycle.closed_at else today()
    days = [day for day in check_in_days(cycle) if day + grace <= until]
    rows = list(_shared(cycle).filter(stopped_on=None).values_list("pk", flat=True))
    if not days or not rows:
        return None
    said: dict[int, list[date]] = {}
    for key_result, day in CheckIn.objects.filter(key_result__in=rows).values_list("key_result_id", "day"):
        said.setdefault(key_result, []).append(day)
    kept = sum(_kept(days, sorted(said.get(row, [])), back, grace) for row in rows)
    due = len(rows) * len(days)
    told = say(N_("%(share)s: %(kept)s of %(due)s"), share=shown(kept / due, SHARE), kept=kept, due=due)
    counted = say(N_("check-ins that came on time, of all that were due"))
    return Line(say(N_("Check-ins on time")), told, say(N_("Every key result, every time.")), kept / due, counted)


def _kept(days: list[date], said: list[date], back: timedelta, grace: timedelta) -> int:
    """How many days had a check-in of their own, made in the stretch before or a little late."""
    kept = 0
    for day in days:
        own = next((one for one in said if day - back < one <= day + grace), None)
        if own is not None:
            said.remove(own)
            kept += 1
    return kept


def _aimed(cycle: Cycle) -> Line | None:
    school = cycle.school
    rows = _shared(cycle).exclude(grade=None).select_related("grade", "objective")
    grades = [row.grade.grade for row in rows if (row.commitment or row.objective.commitment) == "aspirational"]
    if not grades:
        return None
    low, high = school.stretch_aim_low, school.stretch_aim_high
    inside = sum(low - _EDGE <= grade <= high + _EDGE for grade in grades)
    told = say(N_("%(inside)s of %(n)s between %(low)s and %(high)s"), inside=inside, n=len(grades),
               low=grade_shown(low), high=grade_shown(high))  # fmt: skip
    wanted, counted = say(N_("Much higher was too easy, much lower a dream.")), say(N_("grades inside, of all of them"))
    return Line(say(N_("Grades of stretch goals")), told, wanted, inside / len(grades), counted)


def _put_right(cycle: Cycle) -> Line | None:
    shared = coaching.of_shared(cycle)
    left = [one for one in shared if one.finding.severity != "hint"]
    waived = sum(one.waiver is not None for one in left)
    told = count("%(n)s finding is left", "%(n)s findings are left", len(left) - waived)
    if waived:
        told = f"{told}, {count('%(n)s does not count for a reason', '%(n)s do not count for a reason', waived)}"
    counted = say(
        N_("goals and key results without an error or warning, of all; what was waived with a reason is none")
    )
    part = _share_put_right(cycle, [one for one in left if one.waiver is None])
    if part is None:
        return None
    return Line(say(N_("What the coach still says")), told, say(N_("None, or with a reason.")), part, counted)


def _share_put_right(cycle: Cycle, left: Sequence[coaching.Remark]) -> float | None:
    """What was put right on the way nobody kept count of: what has nothing left is counted instead."""
    goals = Objective.objects.filter(cycle=cycle).exclude(level="personal").count()
    every = goals + _shared(cycle).filter(stopped_on=None).count()
    faulty = {(one.objective, one.place) for one in left if one.objective}
    return None if not every else 1 - len(faulty) / every


def _foretold(cycle: Cycle) -> Line | None:
    whole = next(iter(honesty.of_cycle(cycle)), None)
    if whole is None or whole.found is None:
        return None
    told = say(N_("people %(people)s, data %(data)s"), people=whole.people, data=whole.data)
    wanted = say(N_("0 is never wrong, 0.25 is a coin toss."))
    counted = say(N_("1 less the score of people divided by 0.25; a coin toss and worse is 0"))
    return Line(say(N_("How well the end was foretold")), told, wanted, share_foretold(whole.found.people), counted)


def _shared(cycle: Cycle) -> QuerySet[KeyResult]:
    return KeyResult.objects.filter(objective__cycle=cycle).exclude(objective__level="personal")
