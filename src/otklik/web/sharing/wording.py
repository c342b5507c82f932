"""A view in words."""

from datetime import UTC, date, datetime, time

from otklik.base.text import N_
from otklik.charts import Speech
from otklik.charts.printable import clipped
from otklik.schemas.views import COHORTS, NOTHING, View
from otklik.web.words import say, speech

CLOCK = N_("in working hours")


def told(view: View) -> str:
    """Say which requests a view means, on one line."""
    words = speech()
    parts = [_period(view, words)]
    parts += [f"{words.slice(name)}: {', '.join(map(_value, chosen))}" for name, chosen in view.chosen.items()]
    parts += [say(CLOCK)] if view.clock == "business" else []
    parts += [words.measure(view.measure)] if view.measure else []
    parts += [say(N_("compared by %(column)s"), column=words.slice(view.by))] if view.by else []
    if len(parts) > 1 and not parts[0]:
        parts[0] = say(N_("for all time"))
    return " · ".join(parts) if parts[0] else say(N_("all requests"))


def _value(value: str) -> str:
    return say(N_("not stated")) if value == NOTHING else clipped(value, 60)


def _period(view: View, words: Speech) -> str:
    days = _days(view.start, view.end, words)
    if view.cohort == "arrived":
        return days
    return f"{say(COHORTS[view.cohort])} {days}" if days else say(COHORTS[view.cohort])


def _days(start: date | None, end: date | None, words: Speech) -> str:

    def day(one: date) -> str:
        return words.format.day(datetime.combine(one, time(), UTC))

    if start and end:
        return day(start) if start == end else f"{day(start)} – {day(end)}"
    if start:
        return say(N_("from %(day)s"), day=day(start))
    return say(N_("until %(day)s"), day=day(end)) if end else ""
