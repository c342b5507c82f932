"""The agenda of a check-in: what is silent, broken or unsure first, then what moved; made from what is known."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Max

from otklik.actions.doubt_confidence import doubt_confidence
from otklik.base.text import N_
from otklik.schemas import goals as told
from otklik.web.goals import rights
from otklik.web.goals.converting import cycle_told
from otklik.web.goals.in_secret import Spread, spreads
from otklik.web.goals.models import DRAFT, Cycle, History, Objective
from otklik.web.goals.numbers import shown, tenths
from otklik.web.goals.outlook import chance
from otklik.web.goals.standing import KeyResultStands, ObjectiveStands
from otklik.web.moments import end_of, our_zone, today
from otklik.web.words import count, say

UNSURE: Final = 0.4
"""Less confidence than this is talked about."""
AT_ONCE: Final = 6
"""So many key results fit on the screen of ten minutes."""
SILENT, BROKEN, LOW, MOVED, CALM = range(5)


@dataclass(frozen=True)
class Point:
    """One key result on the agenda: how urgent it is, and why it is on it."""

    part: KeyResultStands
    rank: int
    why: tuple[tuple[bool, str], ...]
    """Whether it is urgent, and the reason."""
    may_say: bool
    spread: Spread | None = None
    """What was said of it in secret this week, once that is revealed."""


@dataclass(frozen=True)
class Item:
    """One objective on the agenda with its key results."""

    stands: ObjectiveStands
    points: tuple[Point, ...]
    changes: tuple[str, ...] = ()
    """What was changed in it since the last check-in."""
    may_change: bool = False
    """Whether the reader may change the goal, and so speak of all of it."""

    @property
    def rank(self) -> int:
        """The most urgent of its points; what is broken counts for all of it."""
        return min([BROKEN] * self.stands.is_broken + [point.rank for point in self.points], default=CALM)


def agenda(
    goals: Iterable[ObjectiveStands],
    user: Any,
    changed: "dict[int, list[str]] | None" = None,
    cycle: "told.Cycle | None" = None,
    revealed: "Mapping[int, Spread] | None" = None,
) -> list[Item]:
    """Everything that is pursued, what has been silent for longest first; `cycle` says by which school."""
    items = [_item(one, user, changed or {}, cycle, revealed or {}) for one in goals]
    return sorted((one for one in items if one.points), key=lambda one: (one.rank, _age(one), one.stands.row.position))


def agenda_of(cycle: Cycle, goals: Iterable[ObjectiveStands], user: Any) -> list[Item]:
    """The agenda of a cycle by its own school, with what was changed since the check-in before."""
    since = today() - timedelta(days=cycle.check_in_days)
    school = cycle_told(cycle, Objective.objects.none())
    return agenda(goals, user, changed_since(cycle.pk, user, since), school, spreads(cycle))


def in_ten_minutes(items: Sequence[Item]) -> list[Item]:
    """What fits into ten minutes: the most urgent points, whatever goals they belong to."""
    ranked = sorted(
        (point.rank, place, at) for place, item in enumerate(items) for at, point in enumerate(item.points)
    )[:AT_ONCE]  # fmt: skip
    chosen = {(place, at) for _, place, at in ranked}
    kept = [
        replace(item, points=tuple(point for at, point in enumerate(item.points) if (place, at) in chosen))
        for place, item in enumerate(items)
    ]
    return [item for item in kept if item.points]


def said_in(items: Iterable[Item], names: Iterable[str]) -> list[Item]:
    """Those of which a form that was sent says something, whatever order they are in by now."""
    told = {name.rpartition("_")[2] for name in names if name.startswith("confidence_")}
    kept = [replace(item, points=tuple(p for p in item.points if str(p.part.row.pk) in told)) for item in items]
    return [item for item in kept if item.points]


def changed_since(cycle_id: int, user: Any, since: date) -> dict[int, list[str]]:
    """What was changed in goals since a day, by goal; how they were drafted is no change."""
    from otklik.web.goals.telling import change_text
    from otklik.web.goals.values_told import units_of

    found: dict[int, list[str]] = {}
    begun = History.objects.filter(cycle=cycle_id, field="stage", before=DRAFT).aggregate(at=Max("pk"))["at"] or 0
    lines = History.objects.for_user(user).filter(cycle=cycle_id, at__gte=end_of(since, our_zone()), pk__gt=begun)
    told = list(lines.exclude(objective=None).order_by("pk"))
    units = units_of(told)
    for line in told:
        found.setdefault(line.objective_id or 0, []).append(change_text(line, units))
    return found


def may_say(user: Any, part: KeyResultStands) -> bool:
    """Those who may change the goal, and whoever answers for the key result."""
    return rights.may_say(user, part.row)


def _item(
    one: ObjectiveStands, user: Any, changed: dict[int, list[str]], cycle: "told.Cycle | None",
    revealed: "Mapping[int, Spread]",
) -> Item:  # fmt: skip
    live = [part for part in one.key_results if part.row.stopped_on is None]
    changes = tuple(changed.get(one.row.pk, ()))
    every = (_point(part, user, bool(changes), cycle, revealed.get(part.row.pk)) for part in live)
    points = tuple(sorted(every, key=lambda point: point.rank))
    return Item(one, points, changes, rights.may_change(user, one.row))


def _point(
    part: KeyResultStands, user: Any, is_changed: bool, cycle: "told.Cycle | None", spread: Spread | None
) -> Point:
    why: list[tuple[int, str]] = []
    if part.is_silent:
        why.append((SILENT, _silence(part)))
    if part.confidence is not None and part.confidence < UNSURE:
        why.append((LOW, say(N_("Confidence is only %(share)s."), share=shown(part.confidence, "share"))))
    likely = chance(part)
    if doubt_confidence(part.confidence, likely, cycle):
        why.append((LOW, _quarrel(part.confidence, likely)))
    if spread is not None and spread.is_wide:
        why.append((LOW, _disagreement(spread)))
    if part.obstacle:
        why.append((LOW, say(N_("In the way: %(obstacle)s"), obstacle=part.obstacle)))
    why += [(MOVED, text) for text in (_moved(part),) if text]
    rank = min((rank for rank, _ in why), default=MOVED if is_changed else CALM)
    return Point(part, rank, tuple((rank < MOVED, text) for rank, text in why), may_say(user, part), spread)


def _silence(part: KeyResultStands) -> str:
    if part.waits_days is None:
        return say(N_("Nobody has said anything yet."))
    n = part.waits_days
    return count("Nobody has said anything for %(n)s day.", "Nobody has said anything for %(n)s days.", n)


def _quarrel(confidence: float | None, likely: float | None) -> str:
    facts = {"people": shown(confidence, "share"), "data": shown(likely, "share")}
    return say(N_("People say %(people)s, the data say %(data)s: which of the two knows more?"), **facts)


def _disagreement(spread: Spread) -> str:
    ends = {"low": tenths(spread.lowest), "high": tenths(spread.highest)}
    return say(N_("You disagree: %(low)s to %(high)s of 10. Ask the one who is least sure first."), **ends)


def _moved(part: KeyResultStands) -> str:
    """From the number before to the newest one: of typed numbers the last two, of measured ones the last two weeks."""
    values = [one.value for one in part.check_ins if one.value is not None][:2]
    if part.measured is not None:
        weeks = [value for value in part.measured.weeks if value is not None and math.isfinite(value)]
        values = weeks[:-3:-1]
    if len(values) < 2:
        return ""
    now, before = (shown(value, part.row.unit) for value in values)
    return "" if now == before else say(N_("It moved from %(before)s to %(now)s."), before=before, now=now)


def _age(item: Item) -> int:
    """Those of whom nobody ever spoke come first, then the longest silence."""
    waits = [point.part.waits_days for point in item.points]
    return -max(10_000 if one is None else one for one in waits)
