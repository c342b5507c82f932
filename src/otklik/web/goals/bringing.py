"""Work out of an issue tracker becomes means of goals; brought in again it tells its dates anew. No number moves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from otklik.base.text import N_
from otklik.schemas.tracked_work import TrackedWork
from otklik.web.goals import rights
from otklik.web.goals.changing import check_change, hold, write
from otklik.web.goals.models import ACTIVE, DRAFT, Cycle, KeyResult, Means, Objective
from otklik.web.goals.problems import WrongTime
from otklik.web.words import say

STAGES: Final = (DRAFT, ACTIVE)
Place = tuple[Objective, KeyResult | None]


@dataclass
class Brought:
    """How many are new, how many have other dates than before, how many are as they were."""

    new: int = 0
    changed: int = 0
    same: int = 0


def check_stage(cycle: Cycle) -> None:
    """Raise WrongTime where nothing is begun for goals any more."""
    if cycle.stage not in STAGES:
        raise WrongTime(cycle=cycle.title)


def homes(cycle: Cycle, user: Any) -> list[Objective]:
    """The goals of a cycle for which this person may write down what is done."""
    rows = Objective.objects.for_user(user).filter(cycle=cycle).select_related("owner").prefetch_related("key_results")
    return [row for row in rows if rights.may_change(user, row)]


def known(cycle: Cycle, user: Any) -> list[Means]:
    """What is done for goals of a cycle already, as far as this person may see it."""
    return list(Means.objects.for_user(user).filter(objective__cycle=cycle).select_related("objective"))


def same_as(work: TrackedWork, rows: Sequence[Means]) -> Means | None:
    """The same issue among what is done already."""
    return next((row for row in rows if work.is_same(row.key, row.link)), None)


def bring(cycle: Cycle, chosen: Iterable[tuple[TrackedWork, Place | None]], by: Any, *, tells_done: bool) -> Brought:
    """Write issues down as means, each for its goal; None = only where it is there already.

    Raises WrongTime, and NotYours where something that is there belongs to a goal of others.
    """
    told = Brought()
    with transaction.atomic():
        held = hold(cycle)
        check_stage(held)
        before = known(held, by)
        for work, place in chosen:
            row = same_as(work, before)
            if row is None and place is None:
                continue
            check_change(by, row.objective if row else place[0])  # type: ignore[index]
            _count(told, row, _written(work, row or _new(work, place), by, tells_done=tells_done))
    return told


def _new(work: TrackedWork, place: Place | None) -> Means:
    assert place is not None
    return Means(objective=place[0], key_result=place[1], title=work.title)


def _written(work: TrackedWork, row: Means, by: Any, *, tells_done: bool) -> int:
    """Write what an issue tells; what people wrote about it stays as they wrote it."""
    row.key, row.link = row.key or work.key, row.link or work.link
    row.begun_on = work.begun_on or row.begun_on
    row.done_on = work.done_on if tells_done else row.done_on
    if row.begun_on and row.done_on and row.done_on < row.begun_on:
        row.begun_on = None
    return len(write(row, by, say(N_("brought in from the issue tracker"))))


def _count(told: Brought, before: Means | None, lines: int) -> None:
    if before is None:
        told.new += 1
    elif lines:
        told.changed += 1
    else:
        told.same += 1
