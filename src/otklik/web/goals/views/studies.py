"""Pieces of pages that look through the records: they come once the page is there."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from otklik.schemas.goals import LOWER_IS_BETTER
from otklik.web.access import Right, needs
from otklik.web.goals import otherwise, standing, studies
from otklik.web.goals.studying import or_why_not
from otklik.web.goals.told_changes import told_change, told_drivers, told_splits
from otklik.web.goals.told_shifts import told_shifts
from otklik.web.goals.views.means import means_for
from otklik.web.goals.views.pages import cycle_for, facts_of, key_result_for, show


@require_GET
@needs(Right.SEE)
def key_result_otherwise(request: HttpRequest, key_result_id: int) -> HttpResponse:
    """A key result read as it is written, and as a vague wording would let people read it."""
    row = key_result_for(request, key_result_id)
    found, why_not = or_why_not(lambda: otherwise.read(row))
    facts: dict[str, Any] = {"otherwise": found, "why_not": why_not}
    if found:
        facts |= {"readings": otherwise.lines(found), "verdict_of_words": otherwise.sentence(found)}
    return show(request, "_otherwise", facts)


@require_GET
@needs(Right.SEE)
def key_result_drivers(request: HttpRequest, key_result_id: int) -> HttpResponse:
    """Where the requests are that miss a key result."""
    row = key_result_for(request, key_result_id)
    found, why_not = or_why_not(lambda: studies.drivers_of(row))
    facts = {"found": found, "why_not": why_not, "groups": told_drivers(found) if found else [],
             "splits": told_splits(found) if found else []}  # fmt: skip
    return show(request, "_drivers", facts)


@require_GET
@needs(Right.SEE)
def means_effect(request: HttpRequest, means_id: int) -> HttpResponse:
    """Whether the number changed since something was done, and from which week on."""
    means = means_for(request, means_id)
    row = studies.number_of(means)
    found, why_not = or_why_not(lambda: studies.effect_of(means))
    facts: dict[str, Any] = {"why_not": why_not, "row": row, "change": None}
    if found and row:
        facts["change"] = told_change(found, row.unit, is_lower_better=_is_lower_better(row))
        shifts, why_not = or_why_not(lambda: studies.shifts_of(means))
        facts["shifts"] = [] if why_not else told_shifts(shifts, means, row.unit)
    return show(request, "_effect", facts)


@require_GET
@needs(Right.SEE)
def cycle_changed(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """What changed with a closed cycle; the numbers come once the page is there."""
    found = cycle_for(request, cycle_id)
    if not found.is_closed:
        raise Http404
    return show(request, "changed", facts_of(request, found))


@require_GET
@needs(Right.SEE)
def cycle_changed_numbers(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Every bound number before the cycle, at its end and in the weeks after."""
    cycle = cycle_for(request, cycle_id)
    if not cycle.is_closed:
        raise Http404
    found, why_not = or_why_not(lambda: studies.changes_of(cycle, request.user))
    by_id = {("kr", one.id): one for one in found.key_results} if found else {}
    by_id |= {("health", one.id): one for one in found.health} if found else {}
    goals = []
    for stands in standing.of_cycle(cycle, request.user):
        rows = [(part.row, _is_lower_better(part.row), "kr") for part in stands.key_results]
        rows += [(one.row, one.row.high is not None, "health") for one in stands.health]
        known = [(row, lower, by_id.get((kind, str(row.pk)))) for row, lower, kind in rows]
        lines = [_line(row, one, lower) for row, lower, one in known if one]
        if lines and stands.row.level != "personal":
            goals.append({"row": stands.row, "lines": lines})
    return show(request, "_changed", {"goals": goals, "why_not": why_not})


def _line(row: Any, found: Any, is_lower_better: bool) -> dict[str, Any]:
    told = [
        told_change(change, row.unit, is_lower_better=is_lower_better) if change else None
        for change in (found.during, found.since)
    ]
    return {"row": row, "during": told[0], "since": told[1]}


def _is_lower_better(row: Any) -> bool:
    return row.direction in LOWER_IS_BETTER
