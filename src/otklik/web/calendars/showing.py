"""Days, months and changes in words and signs, as templates show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from otklik.actions.read_calendar import hours_text
from otklik.base.text import N_
from otklik.charts import Speech
from otklik.schemas.calendar_views import BookChange, CalendarChange, CalendarDay, CalendarMonth, CalendarYear
from otklik.schemas.calendars import CalendarBook
from otklik.web.words import say, speech

KINDS: Final = {
    "usual": ("", N_("working day")),
    "closed": ("", N_("day off")),
    "holiday": ("×", N_("holiday or closed day")),
    "shorter": ("−", N_("shorter than usual")),
    "longer": ("≈", N_("other hours than usual")),
    "moved": ("+", N_("worked on a day off")),
    "unknown": ("?", N_("not known")),
}
"""The sign that goes with the colour of a day, and what it says."""


@dataclass(frozen=True)
class Legend:
    """One line of the legend."""

    kind: str
    sign: str
    text: str


def legend() -> list[Legend]:
    """What colours and signs mean."""
    return [Legend(kind, sign, say(text)) for kind, (sign, text) in KINDS.items()]


@dataclass(frozen=True)
class Cell:
    """One day in the table of a month."""

    day: CalendarDay
    sign: str
    text: str
    is_changed: bool
    is_today: bool


def hours_of(day: CalendarDay | None) -> str:
    """The hours of a day: '09:00-13:00, 14:00-18:00', what is cut out of them, or that it is closed."""
    if day is None or day.kind == "unknown":
        return say(N_("not known"))
    text = hours_text(day.slots).replace("-", "–")
    if not text:
        return say(N_("not open"))
    without = hours_text(day.breaks).replace("-", "–")
    return say(N_("%(hours)s without %(breaks)s"), hours=text, breaks=without) if without else text


def describe(day: CalendarDay, told: Speech | None = None) -> str:
    """A day in one line: '9 May 2026, Saturday: holiday or closed day'."""
    told = told or speech()
    kind = say(KINDS[day.kind][1])
    hours = "" if day.kind in ("closed", "holiday", "unknown") else hours_of(day)
    return say(
        N_("%(day)s, %(weekday)s: %(what)s"),
        day=day_text(told, day.day),
        weekday=told.format.weekday(day.day.weekday(), short=False),
        what=", ".join(part for part in (kind, hours) if part),
    )


def day_text(told: Speech, day: date) -> str:
    """12 March 2025."""
    from babel.dates import format_date

    return str(format_date(day, "d MMMM y", locale=told.format.locale)).replace(" ", "\u00a0")


def month_name(told: Speech, month: int) -> str:
    """January."""
    return str(told.format.locale.months["stand-alone"]["wide"][month]).capitalize()


@dataclass(frozen=True)
class MonthTable:
    """A month as rows of weeks; None = a day of another month."""

    name: str
    month: CalendarMonth
    weeks: list[list[Cell | None]]
    hours: str


def month_tables(year: CalendarYear, before: Iterable[CalendarDay], today: date) -> list[MonthTable]:
    """Lay a year out in months; days that differ from `before` are marked."""
    told = speech()
    known = {day.day: (day.kind, day.slots, day.breaks) for day in before}
    tables = []
    for month in year.months:
        cells: list[Cell | None] = [None] * month.first.weekday()
        for day in month.days:
            changed = day.day in known and known[day.day] != (day.kind, day.slots, day.breaks)
            cells.append(Cell(day, KINDS[day.kind][0], describe(day, told), changed, day.day == today))
        cells += [None] * (-len(cells) % 7)
        weeks = [cells[n : n + 7] for n in range(0, len(cells), 7)]
        tables.append(MonthTable(month_name(told, month.first.month), month, weeks, hours_figure(month.open_s)))
    return tables


def hours_figure(open_s: int | None) -> str:
    """176 h, or that nobody knows."""
    return say(N_("not known")) if open_s is None else str(speech().format.working(open_s))


def name_of(book: CalendarBook, calendar: str | None) -> str:
    """What people call a calendar."""
    if calendar is None:
        return say(N_("none"))
    versions = book.versions.get(calendar, ())
    return versions[-1].name or calendar if versions else calendar


def changed_months(change: CalendarChange) -> list[dict[str, Any]]:
    """Months whose hours differ, in words."""
    told = speech()
    return [
        {
            "name": f"{month_name(told, month.first.month)} {month.first.year}",
            "before": hours_figure(month.before_s),
            "after": hours_figure(month.after_s),
            "more": _difference(month.before_s, month.after_s),
        }
        for month in change.months
        if month.before_s != month.after_s
    ]


def _difference(before_s: int | None, after_s: int | None) -> str:
    if before_s is None or after_s is None:
        return ""
    sign = "+" if after_s > before_s else "−"
    return f"{sign}{hours_figure(abs(after_s - before_s))}"


def changed_days(change: CalendarChange) -> list[dict[str, str]]:
    """Days that differ, in words."""
    told = speech()
    return [
        {
            "day": day_text(told, one.day),
            "weekday": told.format.weekday(one.day.weekday()),
            "before": hours_of(one.before),
            "after": hours_of(one.after),
        }
        for one in change.days
    ]


def summary(change: BookChange, before: CalendarBook, after: CalendarBook) -> list[str]:
    """What changed, in a few lines."""
    lines = []
    for one in change.calendars:
        facts = {"name": one.name}
        if one.is_new:
            lines.append(say(N_("%(name)s: a new calendar"), **facts))
        elif one.is_gone:
            lines.append(say(N_("%(name)s: taken away"), **facts))
        elif one.n_days:
            days = speech().count("%(n)s day differs", "%(n)s days differ", one.n_days)
            lines.append(say(N_("%(name)s: %(days)s"), days=days, **facts))
        if one.time_zone[0] != one.time_zone[1]:
            zones = {"before": one.time_zone[0], "after": one.time_zone[1]}
            lines.append(say(N_("%(name)s: time zone %(before)s, now %(after)s"), **zones, **facts))
    if change.default[0] != change.default[1] and change.default[0] is not None:
        old, new = name_of(before, change.default[0]), name_of(after, change.default[1])
        lines.append(
            say(N_("Everybody without a calendar of their own: %(before)s, now %(after)s"), before=old, after=new)
        )
    for team, old_id, new_id in change.teams:
        old, new = (
            name_of(book, id_) if id_ else say(N_("like everybody else"))
            for book, id_ in ((before, old_id), (after, new_id))
        )
        lines.append(say(N_("%(team)s: %(before)s, now %(after)s"), team=team, before=old, after=new))
    return lines
