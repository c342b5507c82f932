"""Four squares of a week, made from what is known: priorities, the next four weeks, confidence, health."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from otklik.base.text import N_
from otklik.web.goals.dates import retro_day
from otklik.web.goals.health import HealthStands
from otklik.web.goals.in_secret import Spread, spreads
from otklik.web.goals.models import CLOSED, Cycle, Means, WeekPromise
from otklik.web.goals.numbers import shown, tenths
from otklik.web.goals.outlook import chance
from otklik.web.goals.promises import monday
from otklik.web.goals.rights import PERSONAL
from otklik.web.goals.standing import KeyResultStands, ObjectiveStands
from otklik.web.moments import today
from otklik.web.words import say

AHEAD_DAYS: Final = 28
REVEALED_WEEKS_BACK: Final = 1
"""What was revealed the week before still tells something on a Monday."""


@dataclass(frozen=True)
class Ahead:
    """One thing of the next four weeks; without a day it is under way."""

    day: date | None
    text: str

    @property
    def when(self) -> str:
        """The day for sorting, what is under way before all of them."""
        return self.day.isoformat() if self.day else ""


@dataclass(frozen=True)
class Sure:
    """One key result: how sure people said they are, what the data give it, how far apart people were."""

    part: KeyResultStands
    chance: float | None
    spread: Spread | None


@dataclass(frozen=True)
class Squares:
    """What stands in the four squares; personal goals do not."""

    priorities: Sequence[WeekPromise]
    ahead: Sequence[Ahead]
    sure: Sequence[Sure]
    health: Sequence[HealthStands]


def squares_of(cycle: Cycle, goals: Iterable[ObjectiveStands], user: Any) -> Squares:
    """The squares as of today; a closed cycle has nothing ahead."""
    shared = [one for one in goals if one.row.level != PERSONAL]
    parts = [part for one in shared for part in one.key_results if part.row.stopped_on is None]
    revealed = spreads(cycle, weeks_back=REVEALED_WEEKS_BACK)
    promised = WeekPromise.objects.for_user(user).filter(cycle=cycle, week=monday(today()))
    return Squares(
        priorities=list(promised.select_related("by")),
        ahead=[] if cycle.stage == CLOSED else _ahead(cycle, shared, parts),
        sure=[Sure(part, chance(part), revealed.get(part.row.pk)) for part in parts],
        health=[health for one in shared for health in one.health],
    )


def sure_text(one: Sure) -> str:
    """How sure it is, in one line; '' where nothing was said and nothing foreseen."""
    told = []
    if one.part.confidence is not None:
        told.append(say(N_("confidence %(share)s"), share=shown(one.part.confidence, "share")))
    if one.chance is not None:
        told.append(say(N_("by the data %(share)s"), share=shown(one.chance, "share")))
    if one.spread is not None:
        told.append(spread_text(one.spread))
    return " · ".join(told)


def spread_text(spread: Spread) -> str:
    """Lowest, highest and middle of what was revealed."""
    ends = {"low": tenths(spread.lowest), "high": tenths(spread.highest), "middle": tenths(spread.middle)}
    return say(N_("in secret %(low)s to %(high)s of 10, the middle %(middle)s"), **ends)


def _ahead(cycle: Cycle, goals: Sequence[ObjectiveStands], parts: Sequence[KeyResultStands]) -> list[Ahead]:
    """What is under way, then what comes, by day."""
    first = today()
    last = first + timedelta(days=AHEAD_DAYS)
    means = list(Means.objects.filter(objective__in=[one.row.pk for one in goals], done_on=None))
    coming = [*_of_cycle(cycle), *_begun(means), *(one for part in parts for one in _of_key_result(part))]
    dated = {one for one in coming if one.day is not None and first <= one.day <= last}
    under_way = [Ahead(None, one.title) for one in means if one.begun_on is not None and one.begun_on < first]
    return [*under_way, *sorted(dated, key=lambda one: (one.when, one.text))]


def _of_cycle(cycle: Cycle) -> Iterator[Ahead]:
    yield Ahead(cycle.mid_review, say(N_("Mid-cycle review")))
    yield Ahead(cycle.closing_from, say(N_("Grading from")))
    yield Ahead(cycle.end, say(N_("Last day")))
    yield Ahead(retro_day(cycle), say(N_("Retrospective")))


def _begun(means: Iterable[Means]) -> Iterator[Ahead]:
    for one in means:
        yield Ahead(one.begun_on, say(N_("Begins: %(what)s"), what=one.title))


def _of_key_result(part: KeyResultStands) -> Iterator[Ahead]:
    yield Ahead(part.row.due, say(N_("Due: %(what)s"), what=part.row.title))
    for point in part.told.checkpoints:
        facts = {"what": part.row.title, "value": shown(point.value, part.row.unit)}
        yield Ahead(point.day, say(N_("Checkpoint %(value)s: %(what)s"), **facts))
    for step in part.told.steps:
        if not step.done:
            yield Ahead(step.due, say(N_("Due: %(what)s"), what=step.title))
