"""How well the practice itself went in a cycle: said on time, aimed right, put right, foretold. Never by person."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet

from otklik.actions.school_of_goals import limits_of
from otklik.base.text import N_
from otklik.web.goals import coaching, honesty
from otklik.web.goals.dates import check_in_days
from otklik.web.goals.models import CLOSED, CLOSING, CheckIn, Cycle, KeyResult
from otklik.web.goals.numbers import SHARE, grade_shown, shown
from otklik.web.moments import today
from otklik.web.words import count, say

_EDGE: Final = 1e-9


@dataclass(frozen=True)
class Line:
    """One side of the practice: what it is about, how it went, what is wanted."""

    what: str
    told: str
    wanted: str


def practice_of(cycle: Cycle) -> list[Line]:
    """Each side that can be told; empty before the grading."""
    if cycle.stage not in (CLOSING, CLOSED):
        return []
    found = [_on_time(cycle), _aimed(cycle), _put_right(cycle), _foretold(cycle)]
    return [one for one in found if one is not None]


def _on_time(cycle: Cycle) -> Line | None:
    back = timedelta(days=cycle.check_in_days)
    grace = timedelta(days=limits_of(cycle.read_own()).check_in_grace_days)
    days = [day for day in check_in_days(cycle) if day + grace <= today()]
    rows = list(_shared(cycle).filter(stopped_on=None).values_list("pk", flat=True))
    if not days or not rows:
        return None
    said: dict[int, list[date]] = {}
    for key_result, day in CheckIn.objects.filter(key_result__in=rows).values_list("key_result_id", "day"):
        said.setdefault(key_result, []).append(day)
    kept = sum(_kept(days, sorted(said.get(row, [])), back, grace) for row in rows)
    due = len(rows) * len(days)
    told = say(N_("%(share)s: %(kept)s of %(due)s"), share=shown(kept / due, SHARE), kept=kept, due=due)
    return Line(say(N_("Check-ins on time")), told, say(N_("Every key result, every time.")))


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
    return Line(say(N_("Grades of stretch goals")), told, say(N_("Much higher was too easy, much lower a dream.")))


def _put_right(cycle: Cycle) -> Line | None:
    shared = coaching.of_shared(cycle)
    left = [one for one in shared if one.finding.severity != "hint"]
    waived = sum(one.waiver is not None for one in left)
    told = count("%(n)s finding is left", "%(n)s findings are left", len(left) - waived)
    if waived:
        told = f"{told}, {count('%(n)s does not count for a reason', '%(n)s do not count for a reason', waived)}"
    return Line(say(N_("What the coach still says")), told, say(N_("None, or with a reason.")))


def _foretold(cycle: Cycle) -> Line | None:
    whole = next(iter(honesty.of_cycle(cycle)), None)
    if whole is None or whole.found is None:
        return None
    told = say(N_("people %(people)s, data %(data)s"), people=whole.people, data=whole.data)
    return Line(say(N_("How well the end was foretold")), told, say(N_("0 is never wrong, 0.25 is a coin toss.")))


def _shared(cycle: Cycle) -> QuerySet[KeyResult]:
    return KeyResult.objects.filter(objective__cycle=cycle).exclude(objective__level="personal")
