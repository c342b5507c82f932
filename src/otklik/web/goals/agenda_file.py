"""The agenda of a check-in as Markdown, to be put where a meeting has its notes; no personal goal is in it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from otklik.base.text import N_
from otklik.charts.printable import printable
from otklik.web.goals.agenda import Item
from otklik.web.goals.dependencies import DependencyStands
from otklik.web.goals.models import Cycle
from otklik.web.goals.models.dependencies import STATES
from otklik.web.goals.numbers import grade_shown, shown
from otklik.web.goals.rights import PERSONAL
from otklik.web.goals.squares import Squares, sure_text
from otklik.web.goals.telling import date_text
from otklik.web.goals.wins import ToldWin
from otklik.web.moments import today
from otklik.web.words import say

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|])")


@dataclass(frozen=True)
class Beside:
    """What stands beside the points of an agenda: promises of weeks, the four squares, wins, needs between teams."""

    promises: dict[str, Any]
    squares: Squares
    wins: Iterable[ToldWin] = ()
    needs: Iterable[DependencyStands] = ()


def agenda_text(cycle: Cycle, items: Iterable[Item], beside: Beside) -> str:
    """Four squares, then everything that is talked about, the most urgent first, with room for what is decided."""
    return "\n".join(_lines(cycle, items, beside)) + "\n"


def _lines(cycle: Cycle, items: Iterable[Item], beside: Beside) -> Iterator[str]:
    yield f"# {plain(cycle.title)}: {say(N_('check-in'))}, {date_text(today())}"
    yield from _squares(beside.squares)
    if beside.promises["to_tick"]:
        yield from ("", f"## {say(N_('Promised before'))}", "")
        yield from (f"- [ ] {plain(one.text)}" for one in beside.promises["to_tick"])
    told = [f"- {plain(one.text)}" for one in beside.wins]
    if told:
        yield from ("", f"## {say(N_('Wins'))}", "", *told)
    asked = [f"- {_need(one)}" for one in beside.needs]
    if asked:
        yield from ("", f"## {say(N_('What teams need from each other'))}", "", *asked)
    for item in items:
        if item.stands.row.level != PERSONAL:
            yield from _item(item)
    yield from ("", f"## {say(N_('This week we will'))}", "")
    yield from (f"- [ ] {plain(one.text)}" for one in beside.promises["promises"])
    yield "- [ ]"
    yield from ("", f"## {say(N_('What we decided'))}", "", "-")


def _need(one: DependencyStands) -> str:
    told = [plain(one.row.team), say(N_("by %(day)s"), day=date_text(one.row.due)), say(STATES[one.state])]
    if one.is_late:
        told.append(say(N_("late")))
    return f"{plain(one.row.what)}: {' · '.join(told)} ({plain(one.row.objective.title)})"


def _squares(squares: Squares) -> Iterator[str]:
    """An empty square is left out: on paper nothing can be done about it."""
    found: dict[str, list[str]] = {
        N_("Priorities this week"): [plain(one.text) for one in squares.priorities],
        N_("Next four weeks"): [plain(f"{_when(one.day)}: {one.text}") for one in squares.ahead],
        N_("How sure we are"): [
            plain(f"{one.part.row.title}: {told}") for one in squares.sure if (told := sure_text(one))
        ],
        N_("Health numbers"): [
            plain(f"{one.row.title}: {shown(one.value, one.row.unit)}, {one.said}") for one in squares.health
        ],
    }
    if not any(found.values()):
        return
    yield from ("", f"## {say(N_('Four squares'))}")
    for title, lines in found.items():
        if lines:
            yield from ("", f"### {say(title)}", "", *(f"- {line}" for line in lines))


def _when(day: date | None) -> str:
    return date_text(day) if day else say(N_("under way"))


def _item(item: Item) -> Iterator[str]:
    yield from ("", f"## {plain(item.stands.row.title)} ({grade_shown(item.stands.grade.value)})", "")
    for health in item.stands.health:
        if health.is_broken:
            yield f"- **{say(N_('Broken:'))}** {plain(health.row.title)}, {shown(health.value, health.row.unit)}"
    for point in item.points:
        part = point.part
        told = [shown(part.number.value, part.row.unit), grade_shown(part.shown_grade)]
        if part.confidence is not None:
            told.append(say(N_("confidence %(share)s"), share=shown(part.confidence, "share")))
        yield f"- {plain(part.row.title)}: {' · '.join(told)}"
        yield from (f"  - {plain(text)}" for _, text in point.why)


def plain(text: str) -> str:
    """A text on one line that Markdown takes for nothing but words."""
    return _MARKS.sub(r"\\\1", " ".join(printable(text).split()))
