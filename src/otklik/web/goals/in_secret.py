"""How sure people are, said in secret and revealed at once; then how far apart they are, and never who said what."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, QuerySet

from otklik.web.goals import rights
from otklik.web.goals.changing import hold
from otklik.web.goals.models import ACTIVE, Cycle, KeyResult, Objective, SecretRound, SecretVote
from otklik.web.goals.problems import AlreadyRevealed, NotYours, TooFewToReveal, WrongTime
from otklik.web.goals.promises import monday
from otklik.web.goals.standing import KeyResultStands, ObjectiveStands
from otklik.web.moments import now, today

FEWEST: Final = 2
"""Of fewer numbers nothing is told: everybody would know whose it is."""
WIDE: Final = 0.4
"""So far apart they are a topic."""
_EDGE: Final = 1e-9


@dataclass(frozen=True)
class Spread:
    """What people came to about one key result in one week."""

    week: date
    lowest: float
    middle: float
    highest: float
    votes: int

    @property
    def is_wide(self) -> bool:
        """They see different things: whoever is least sure is asked first."""
        return self.highest - self.lowest >= WIDE - _EDGE


@dataclass(frozen=True)
class GoalInSecret:
    """One goal in the round of this week, as one person may see it."""

    stands: ObjectiveStands
    parts: Sequence[KeyResultStands]
    people: int
    """How many have said something so far."""
    own: Mapping[int, float]
    """What the reader said, by key result."""
    spreads: Mapping[int, Spread]
    revealed_at: datetime | None
    may_reveal: bool
    is_near: bool
    """It is the reader's to pursue, or the company's."""

    @property
    def is_ready(self) -> bool:
        """The reader may reveal it now."""
        return self.may_reveal and self.revealed_at is None and self.people >= FEWEST


def spread_of(shares: Collection[float], week: date) -> Spread | None:
    """Lowest, middle and highest without names; None of fewer than `FEWEST`."""
    if len(shares) < FEWEST:
        return None
    return Spread(week, min(shares), median(shares), max(shares), len(shares))


def spreads(cycle: Cycle, weeks_back: int = 0) -> dict[int, Spread]:
    """What was revealed of each key result in this week, or lately; nothing of what is secret still."""
    since = monday(today()) - timedelta(weeks=weeks_back)
    votes = SecretVote.objects.filter(round__objective__cycle=cycle, round__week__gte=since)
    votes = votes.exclude(round__revealed_at=None).exclude(round__objective__level=rights.PERSONAL)
    said: dict[tuple[date, int], list[float]] = {}
    for week, part, share in votes.values_list("round__week", "key_result_id", "confidence"):
        said.setdefault((week, part), []).append(share)
    found = ((part, spread_of(shares, week)) for (week, part), shares in sorted(said.items()))
    return {part: one for part, one in found if one is not None}


def in_secret(cycle: Cycle, goals: Iterable[ObjectiveStands], person: Any) -> list[GoalInSecret]:
    """The goals of company and teams in this week's round, the reader's own first."""
    week = monday(today())
    own = dict(_own(cycle, week, person).values_list("key_result_id", "confidence"))
    rounds = SecretRound.objects.for_user(person).filter(objective__cycle=cycle, week=week)
    counted = {one.objective_id: one for one in rounds.annotate(people=Count("votes__person", distinct=True))}
    told = spreads(cycle)
    found = [_goal(one, counted.get(one.row.pk), own, told, person) for one in goals if _is_shared(one)]
    return sorted((one for one in found if one.parts), key=lambda one: not one.is_near)


def _is_shared(one: ObjectiveStands) -> bool:
    return bool(one.row.level != rights.PERSONAL)


def _goal(
    one: ObjectiveStands, counted: Any, own: Mapping[int, float], told: Mapping[int, Spread], person: Any
) -> GoalInSecret:
    parts = [part for part in one.key_results if part.row.stopped_on is None]
    ids = {part.row.pk for part in parts}
    is_near = one.row.level == rights.COMPANY or any(rights.may_say(person, part.row) for part in parts)
    return GoalInSecret(
        stands=one, parts=parts, people=counted.people if counted else 0,
        own={pk: share for pk, share in own.items() if pk in ids},
        spreads={pk: spread for pk, spread in told.items() if pk in ids},
        revealed_at=counted.revealed_at if counted else None,
        may_reveal=rights.may_change(person, one.row), is_near=is_near,
    )  # fmt: skip


def invitation(cycle: Cycle, goals: Iterable[ObjectiveStands], person: Any) -> dict[str, Any]:
    """What the page of the week says of the round: whether it is open, and whether the reader has said something."""
    found = in_secret(cycle, goals, person) if cycle.stage == ACTIVE else []
    waiting = [one for one in found if one.revealed_at is None]
    return {"open": bool(waiting), "said": any(one.own for one in waiting)}


def say_in_secret(cycle: Cycle, person: Any, told: Mapping[int, float | None]) -> int:
    """Keep how sure somebody is, None takes it back; returns of how many key results it came too late.

    Raises WrongTime outside a running cycle, AlreadyRevealed where all of it came too late.
    """
    week, late, kept = monday(today()), 0, 0
    with transaction.atomic():
        _refuse_unless_running(hold(cycle))
        before = {vote.key_result_id: vote for vote in _own(cycle, week, person)}
        rows = KeyResult.objects.for_user(person).filter(objective__cycle=cycle, pk__in=told, stopped_on=None)
        for row in rows.exclude(objective__level=rights.PERSONAL).select_related("objective"):
            share, vote = told[row.pk], before.get(row.pk)
            if share == (vote.confidence if vote else None):
                continue
            try:
                _keep(vote, row, week, person, share)
                kept += 1
            except AlreadyRevealed:
                late += 1
        if late and not kept:
            raise AlreadyRevealed
    return late


def reveal(cycle: Cycle, person: Any, objectives: Iterable[Objective]) -> int:
    """Show everybody what was said this week of some goals; returns of how many. It cannot be taken back.

    Raises NotYours, WrongTime, or TooFewToReveal; then none of them is revealed.
    """
    revealed = 0
    with transaction.atomic():
        _refuse_unless_running(hold(cycle))
        for one in objectives:
            if one.level == rights.PERSONAL or not rights.may_change(person, one):
                raise NotYours
            found = SecretRound.objects.filter(objective=one, week=monday(today())).first()
            if found is not None and found.revealed_at is not None:
                continue
            if found is None or found.votes.exclude(person=None).values("person").distinct().count() < FEWEST:
                raise TooFewToReveal(goal=one.title)
            found.revealed_at, found.by = now(), person
            found.save()
            revealed += 1
    return revealed


def _own(cycle: Cycle, week: date, person: Any) -> "QuerySet[SecretVote]":
    return SecretVote.objects.for_user(person).filter(round__objective__cycle=cycle, round__week=week)


def _keep(vote: SecretVote | None, row: KeyResult, week: date, person: Any, share: float | None) -> None:
    if vote is None:
        found, _ = SecretRound.objects.get_or_create(objective=row.objective, week=week)
        vote = SecretVote(round=found, key_result=row, person=person)
    if share is None:
        vote.delete()
    else:
        vote.confidence = share
        vote.save()


def _refuse_unless_running(cycle: Cycle) -> None:
    if cycle.stage != ACTIVE:
        raise WrongTime(cycle=cycle.title)
