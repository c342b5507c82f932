"""What goals need from other teams: asked, answered, carried, delivered; and where that is talked of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from otklik.web.announcing import announce
from otklik.web.goals import rights
from otklik.web.goals.changing import check_change, hold, remove, stamp, write
from otklik.web.goals.models import Cycle, Dependency
from otklik.web.goals.models.dependencies import CONFIRMED, DECLINED
from otklik.web.goals.problems import ChangedBySomebody, ConfirmedAlready, NotAsked, NotConfirmed
from otklik.web.moments import today

ASKED: Final = ("team", "what", "due")
"""What the answer is an answer to."""


@dataclass(frozen=True)
class DependencyStands:
    """How one of them stands for whoever reads: what may be done, and whether its day is near or over."""

    row: Dependency
    state: str
    may_change: bool
    may_answer: bool
    is_open: bool
    """Somebody has to answer, or to carry the risk; in a closed cycle nobody has to."""
    is_soon: bool
    is_late: bool
    seen: str
    """What a form remembers, to tell later whether it is still so."""


@dataclass(frozen=True)
class BetweenTeams:
    """Those of a cycle: asked of the reader's teams, asked by them, and all others."""

    asked: list[DependencyStands]
    asking: list[DependencyStands]
    others: list[DependencyStands]

    @property
    def unsettled(self) -> set[int]:
        """The goals that still wait for an answer, or for somebody who carries the risk."""
        every = (*self.asked, *self.asking, *self.others)
        return {one.row.objective_id for one in every if one.is_open}

    @property
    def rows(self) -> list[Dependency]:
        """All of them."""
        return [one.row for one in (*self.asked, *self.asking, *self.others)]

    def __bool__(self) -> bool:
        return bool(self.asked or self.asking or self.others)


def rows_for(user: Any) -> QuerySet[Dependency]:
    """Those this person may see; personal goals have none."""
    return Dependency.objects.for_user(user).select_related(
        "objective__cycle", "objective__owner", "key_result", "answered_by", "risk_owner"
    )


def stand(rows: Iterable[Dependency], user: Any, on: date | None = None) -> list[DependencyStands]:
    """How they stand for this person; in a closed cycle nothing may be done."""
    on = on or today()
    return [_stands(row, user, on) for row in rows]


def between_teams(cycle: Cycle, user: Any) -> BetweenTeams:
    """All of a cycle, what nobody has answered first, then by day."""
    rows = stand(rows_for(user).filter(objective__cycle=cycle), user)
    rows.sort(key=lambda one: (one.row.is_settled, one.row.due, one.row.pk))
    asked = [one for one in rows if is_asked(one.row, user)]
    asking = [one for one in rows if one not in asked and is_asking(one.row, user)]
    return BetweenTeams(asked, asking, [one for one in rows if one not in asked and one not in asking])


def to_talk_of(cycle: Cycle, user: Any) -> list[DependencyStands]:
    """What a check-in talks of: what is not answered, what was declined, what is late or due by the next.

    Of others' dependencies only those hear who are in no team; what was declined is for those who asked.
    """
    rows = stand(rows_for(user).filter(objective__cycle=cycle), user)
    has_teams = bool(rights.team_names(user))
    mine = [one for one in rows if not has_teams or _concerns(one, user)]
    found = [one for one in mine if one.is_open or (one.state == CONFIRMED and (one.is_soon or one.is_late))]
    return sorted(found, key=lambda one: (not one.is_late, one.row.is_settled, one.row.due, one.row.pk))


def is_asked(row: Dependency, user: Any) -> bool:
    """Whether a team of this person is asked."""
    return row.team in rights.team_names(user)


def is_asking(row: Dependency, user: Any) -> bool:
    """Whether a team of this person asks, or the goal is theirs to answer for."""
    return row.objective.team in rights.team_names(user) or row.objective.owner_id == user.pk


def ask(row: Dependency, by: Any, told: dict[str, Any], seen: str | None = None) -> None:
    """Write down what is asked; where that is another than before, the answer holds no more."""
    with transaction.atomic():
        now = row if row.pk is None else _held(row, seen)
        check_change(by, now.objective)
        if any(getattr(now, name) != told[name] for name in ASKED):
            now.forget_answer()
        for name, value in told.items():
            setattr(now, name, value)
        _keep(now, by)


def answer(row: Dependency, by: Any, said: str, note: str = "", seen: str | None = None) -> None:
    """Confirm or decline for the team that is asked; a risk that somebody carried is theirs no more once confirmed."""
    with transaction.atomic():
        now = _held(row, seen)
        if not rights.may_speak_for(by, now.team):
            raise NotAsked(team=now.team)
        now.answer, now.note, now.answered_by, now.answered_on = said, note, by, today()
        now.is_anew = False
        if said == CONFIRMED:
            now.risk_owner = None
        else:
            now.delivered_on = None
        _keep(now, by)


def carry(row: Dependency, by: Any, person: Any, seen: str | None = None) -> None:
    """Let one person carry the risk of what is not confirmed; None = nobody does any more."""
    with transaction.atomic():
        now = _held(row, seen)
        check_change(by, now.objective)
        if now.answer == CONFIRMED:
            raise ConfirmedAlready(team=now.team)
        now.risk_owner = person
        _keep(now, by)


def deliver(row: Dependency, by: Any, *, is_delivered: bool) -> None:
    """Say that what was confirmed is there, or take that back: either side may."""
    with transaction.atomic():
        now = _held(row)
        if not rights.may_speak_for(by, now.team):
            check_change(by, now.objective)
        if now.answer != CONFIRMED:
            raise NotConfirmed(team=now.team)
        now.delivered_on = (now.delivered_on or today()) if is_delivered else None
        _keep(now, by)


def withdraw(row: Dependency, by: Any) -> None:
    """Ask for it no more; its history stays, and programs that heard of it hear of this."""
    with transaction.atomic():
        now = _held(row)
        check_change(by, now.objective)
        told = {"cycle": now.its_cycle_id(), "goal": now.objective_id, "dependency": now.pk}
        remove(now, by)
        announce("goals.dependency", **told, state="withdrawn")


def _held(row: Dependency, seen: str | None = None) -> Dependency:
    """The row as it is now; until the transaction ends nobody else writes into its cycle."""
    hold(row.objective.cycle)
    now = Dependency.objects.select_related("objective__cycle", "risk_owner").filter(pk=row.pk).first()
    if now is None:
        raise Http404
    if seen is not None and stamp(now) != seen:
        raise ChangedBySomebody
    return now


def _keep(row: Dependency, by: Any) -> None:
    if write(row, by):
        announce(
            "goals.dependency", cycle=row.its_cycle_id(), goal=row.objective_id, dependency=row.pk, state=row.state
        )


def _stands(row: Dependency, user: Any, on: date) -> DependencyStands:
    is_open = not row.objective.cycle.is_closed
    waits = is_open and row.delivered_on is None
    soon = on + timedelta(days=row.objective.cycle.check_in_days)
    return DependencyStands(
        row=row, state=row.state, seen=stamp(row),
        may_change=is_open and rights.may_change(user, row.objective),
        may_answer=is_open and rights.may_speak_for(user, row.team),
        is_open=is_open and not row.is_settled,
        is_soon=waits and on <= row.due <= soon, is_late=waits and row.due < on,
    )  # fmt: skip


def _concerns(one: DependencyStands, user: Any) -> bool:
    return is_asking(one.row, user) or (is_asked(one.row, user) and one.state != DECLINED)
