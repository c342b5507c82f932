"""Goals of the simulated company in the sixth week of a cycle, as its log and its people would have them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from otklik.actions.find_goals import Proposing
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.propose_goals import propose_goals
from otklik.base.text import N_, Words
from otklik.schemas.goal_results import CheckIn
from otklik.schemas.goals import Answer, Checkpoint, Cycle, KeyResult, Need, Objective

WEEKS: Final = 13
WEEKS_GONE: Final = 5
"""So many weeks are over; the log ends in the next."""
SEED: Final = 2026
NPS: Final = N_("Would recommend us: from 31 to 45 points")
NPS_SAID: Final = (31.0, 32.0, 32.0, 34.0, 35.0, 35.0)
NOTES: Final = (
    N_("We have just begun; nothing stands in the way yet."),
    N_("Two colleagues are on leave, the queue grew on Wednesday."),
    N_("The evening shift answers what used to wait until morning."),
    N_("Templates for the five most frequent questions are in use."),
    N_("Requests that are handed over still wait longest; we look at who takes them first."),
    N_("From now on the oldest request of the day is taken first."),
)
"""What is said at the six check-ins."""
NEEDS: Final = (
    ("Orders", N_("A reply to questions about an order within two hours, in the evening too"), "confirmed"),
    ("Technical", N_("Requests that are handed over get an owner on the same day"), None),
)
"""What the first goals need from which team, and what that team has said."""


@dataclass(frozen=True)
class DemoGoals:
    """A running cycle, and everything that was said in it so far, oldest first."""

    cycle: Cycle
    check_ins: tuple[CheckIn, ...]


def demo_goals(ruler: GoalRuler, *, language: str = "en", owner: str = "") -> DemoGoals:
    """Draw the cycle from the log as it was before the cycle began; the same log gives the same goals.

    Its first day is a Monday, its days follow the end of the log. Raises NothingToPropose for a log too small.
    """
    monday = _monday(ruler.day_of(ruler.as_of))
    start = monday - timedelta(days=7 * WEEKS_GONE)
    end = start + timedelta(days=7 * WEEKS - 1)
    cycle = propose_goals(Proposing(ruler, start, end, owner=owner, language=language))
    words = Words(language)
    first, *others = cycle.objectives
    objectives = tuple(_with_needs((_with_nps(first, cycle, words, owner), *others), start, words))
    running = cycle.model_copy(
        update={
            "stage": "active",
            "objectives": objectives,
            "mid_review": start + timedelta(days=7 * 6 + 1),
            "closing_from": end - timedelta(days=6),
        }
    )
    return DemoGoals(running, tuple(_said(running, words, owner)))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _with_nps(objective: Objective, cycle: Cycle, words: Words, owner: str) -> Objective:
    """Beside what the log measures one number that people type: do customers feel the difference."""
    nps = KeyResult(
        id=f"{objective.id}.{len(objective.key_results) + 1}",
        title=words.say(NPS),
        commitment="aspirational",
        unit=words.say(N_("points")),
        baseline=31.0,
        commit=36.0,
        target=45.0,
        stretch=50.0,
        due=cycle.end,
        owners=(owner,) if owner else (),
        checkpoints=(Checkpoint(day=cycle.start + timedelta(days=45), value=38.0),),
    )
    return objective.model_copy(update={"key_results": (*objective.key_results, nps)})


def _with_needs(objectives: tuple[Objective, ...], start: date, words: Words) -> Iterator[Objective]:
    """One goal after the other needs something: the first in the week to come, the next two weeks later."""
    asked: tuple[tuple[str, str, Answer | None], ...] = NEEDS
    for place, one in enumerate(objectives):
        if place >= len(asked):
            yield one
            continue
        team, what, answer = asked[place]
        due = start + timedelta(days=7 * (WEEKS_GONE + 1 + 2 * place))
        need = Need(team=team, what=words.say(what), due=due, answer=answer)
        yield one.model_copy(update={"needs": (need,)})


def _said(cycle: Cycle, words: Words, owner: str) -> Iterator[CheckIn]:
    """On each Monday so far how sure people are: half at the start, then up or down a little, each goal its own way."""
    chance = np.random.default_rng(SEED)
    key_results = [one for objective in cycle.objectives for one in objective.key_results]
    sure = {one.id: 0.5 for one in key_results}
    for week in range(WEEKS_GONE + 1):
        for place, one in enumerate(key_results):
            step = 0.0 if not week else float(chance.choice((-0.1, -0.1, 0.0, 0.1)))
            sure[one.id] = round(min(0.9, max(0.1, sure[one.id] + step)), 1)
            said = CheckIn(
                key_result=one.id,
                day=cycle.start + timedelta(days=7 * week),
                value=NPS_SAID[week] if one.title == words.say(NPS) else None,
                confidence=sure[one.id],
                note=words.say(NOTES[week]) if place == week % len(key_results) else "",
                by=owner,
            )
            yield said
