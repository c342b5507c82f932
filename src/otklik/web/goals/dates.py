"""The days of cycles that matter to a person, and the same as a calendar file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from icalendar import Calendar, Event

from otklik.base.text import N_
from otklik.charts.printable import printable
from otklik.web.goals.models import CLOSED, DRAFT, Cycle, KeyResult
from otklik.web.moments import now
from otklik.web.words import language, say

CHECK_IN, WINS, REVIEW, GRADING, RETRO = "check-in", "wins", "review", "grading", "retrospective"
DRAFTING, FIRST, LAST, DUE = "drafting", "first", "last", "due"
MONDAY, FRIDAY = 0, 4
TITLES: Final = {
    DRAFTING: N_("Time to draft %(cycle)s"),
    FIRST: N_("%(cycle)s begins"),
    CHECK_IN: N_("Check-in: %(cycle)s"),
    WINS: N_("Wins of the week: %(cycle)s"),
    REVIEW: N_("Mid-cycle review: %(cycle)s"),
    GRADING: N_("Grading begins: %(cycle)s"),
    LAST: N_("Last day of %(cycle)s"),
    RETRO: N_("Retrospective: %(cycle)s"),
    DUE: N_("Due: %(what)s"),
}
RETRO_AFTER_DAYS: Final = 7
"""So long after the last day one looks back: the grades are known by then, and nothing is forgotten yet."""
_MOST_CHECK_INS: Final = 400


@dataclass(frozen=True)
class Occasion:
    """One day of a cycle that matters."""

    kind: str
    day: date
    cycle: Cycle
    key_result: KeyResult | None = None

    @property
    def title(self) -> str:
        """What it is, in the language that is spoken just now."""
        what = self.key_result.title if self.key_result else ""
        facts = {"what": what} if self.kind == DUE else {"cycle": self.cycle.title}
        return say(TITLES[self.kind], **facts)

    @property
    def uid(self) -> str:
        """The same day of the same thing has the same name for ever."""
        row = self.key_result.pk if self.key_result else self.cycle.pk
        return f"goals-{self.kind}-{row}-{self.day:%Y%m%d}@otklik"


def occasions(cycle: Cycle) -> Iterator[Occasion]:
    """Every day of one cycle that matters to everybody, in no order."""
    if cycle.stage == DRAFT:
        yield Occasion(DRAFTING, cycle.start - timedelta(weeks=cycle.school.drafted_weeks_before), cycle)
    yield Occasion(FIRST, cycle.start, cycle)
    for day in check_in_days(cycle):
        yield Occasion(CHECK_IN, day, cycle)
    for day in days_of_wins(cycle):
        yield Occasion(WINS, day, cycle)
    if cycle.mid_review:
        yield Occasion(REVIEW, cycle.mid_review, cycle)
    if cycle.closing_from:
        yield Occasion(GRADING, cycle.closing_from, cycle)
    yield Occasion(LAST, cycle.end, cycle)
    yield Occasion(RETRO, retro_day(cycle), cycle)


def retro_day(cycle: Cycle) -> date:
    """The day of the retrospective."""
    return cycle.end + timedelta(days=RETRO_AFTER_DAYS)


def check_in_days(cycle: Cycle) -> list[date]:
    """The days of check-ins: every so many days from the first day on, the last day included where it falls on one.

    Where the week has commitments and wins, they are its Mondays.
    """
    if _has_wins(cycle):
        return _weekdays(cycle, MONDAY)
    days = range(cycle.check_in_days, (cycle.end - cycle.start).days + 1, cycle.check_in_days)
    return [cycle.start + timedelta(days=n) for n in days][:_MOST_CHECK_INS]


def days_of_wins(cycle: Cycle) -> list[date]:
    """The Fridays on which wins are told, in the rhythm that has them."""
    return _weekdays(cycle, FRIDAY) if _has_wins(cycle) else []


def _has_wins(cycle: Cycle) -> bool:
    return cycle.school.rhythm == "monday_friday"


def _weekdays(cycle: Cycle, weekday: int) -> list[date]:
    first = cycle.start + timedelta(days=(weekday - cycle.start.weekday()) % 7)
    weeks = (cycle.end - first).days // 7 + 1
    return [first + timedelta(weeks=n) for n in range(weeks)][:_MOST_CHECK_INS]


def of_person(person: Any) -> list[Occasion]:
    """All that is still to come or was lately, of every cycle that is not closed, by day."""
    found = []
    for cycle in Cycle.objects.for_user(person).exclude(stage=CLOSED):
        found += list(occasions(cycle))
        rows = KeyResult.objects.for_user(person).filter(objective__cycle=cycle, stopped_on=None).exclude(due=None)
        found += [Occasion(DUE, row.due, cycle, row) for row in rows if row.due]
    return sorted(found, key=lambda one: (one.day, one.kind, one.uid))


def calendar_of(found: Iterable[Occasion], name: str) -> bytes:
    """A calendar file: whole days, nothing that rings by itself."""
    calendar = Calendar()
    for key, value in (("prodid", f"-//Otklik//goals//{language().upper()}"), ("version", "2.0"),
                       ("method", "PUBLISH"), ("x-wr-calname", one_line(name))):  # fmt: skip
        calendar.add(key, value)
    for one in found:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", now())
        event.add("dtstart", one.day)
        if one.day < date.max:  # without an end it lasts that day
            event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", one_line(one.title))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def one_line(text: str) -> str:
    """A text on one line, without what nobody can print: a calendar file is made of lines."""
    return " ".join(printable(text).split())
