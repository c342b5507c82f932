"""Wins of the week, told only where they are real: the last week beats every week before it, and not by luck."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from otklik.actions.find_wins import find_win
from otklik.base.text import N_
from otklik.schemas.goal_changes import Win
from otklik.web.goals.converting import key_result_told
from otklik.web.goals.models import KeyResult
from otklik.web.goals.numbers import SHARE, TIME, shown
from otklik.web.goals.offering import bare
from otklik.web.goals.standing import ObjectiveStands
from otklik.web.goals.studying import or_why_not, studied
from otklik.web.goals.telling import date_text
from otklik.web.moments import today
from otklik.web.words import say

WITHIN: Final = N_(
    "%(what)s: %(share)s within %(time)s in the week from %(first)s to %(last)s, the best of %(weeks)s weeks."
)
TEXT: Final = N_("%(what)s: %(share)s in the week from %(first)s to %(last)s, the best of %(weeks)s weeks.")


@dataclass(frozen=True)
class ToldWin:
    """A win with the key result it belongs to."""

    row: KeyResult
    text: str


def wins_of(goals: Iterable[ObjectiveStands]) -> list[ToldWin]:
    """What got better for real in the last whole week; usually little, often nothing."""
    found = []
    for stands in goals:
        for part in stands.key_results:
            if part.row.source.get("how") != "measure" or part.row.stopped_on is not None:
                continue
            win, _ = or_why_not(lambda row=part.row: _win(row))  # type: ignore[misc]
            if win is not None:
                found.append(ToldWin(part.row, _text(part.row, win)))
    return found


def _win(row: KeyResult) -> Win | None:
    told, last = key_result_told(row), min(today(), row.objective.cycle.end)
    about = [told.source.model_dump(mode="json"), row.target, row.direction, last]
    return studied(Win, "win", about, lambda ruler: find_win(ruler, told, last))


def _text(row: KeyResult, win: Win) -> str:
    first, last = (date_text(day) for day in (win.first, win.last))
    facts = {"what": bare(row), "share": shown(win.share, SHARE), "first": first, "last": last, "weeks": win.weeks}
    if row.source.get("statistic") == "quantile":
        return say(WITHIN, time=shown(row.target, TIME), **facts)
    return say(TEXT, **facts)
