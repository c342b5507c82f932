"""The terms of the report, each in a sentence, and how everything was measured."""

import re

from otklik.base.text import N_
from otklik.charts import Speech
from otklik.charts.printable import clipped
from otklik.schemas.results import Report

TERMS = (
    (
        N_("Half wait less than"),
        N_("The middle one of all who asked: as many waited less as waited longer (the median)."),
    ),
    (
        N_("1 in 10 waits longer than"),
        N_("Nine of ten are served by then; the slowest tenth is not (90th percentile)."),
    ),
    (
        N_("95% sure"),
        N_(
            "The range in which the true value lies. Ranges made this way hold it 95 times of 100; the fewer the "
            "requests, the wider the range."
        ),
    ),
    (
        N_("Still running"),
        N_(
            "Not over when the record ended. It counts as “at least so long”, so nobody looks fast by leaving people "
            "unanswered (Kaplan–Meier)."
        ),
    ),
    (N_("Never"), N_("Ended without what was waited for. It stays in every share and never makes a figure better.")),
    (N_("As the customer feels it"), N_("Time around the clock, nights and holidays included.")),
    (
        N_("In working hours"),
        N_(
            "Only the time in which we were open, by the calendar named below. A day has no fixed length here, so it "
            "is given in hours."
        ),
    ),
    (N_("Too young to judge"), N_("Weeks so recent that their slow requests have not had the time to show.")),
    (N_("Too few to say"), N_("With so few requests any number would be luck.")),
)


def glossary(speech: Speech) -> list[tuple[str, str]]:
    """Every term with its meaning."""
    return [(speech.say(term), speech.say(meaning)) for term, meaning in TERMS]


def method(report: Report, speech: Speech) -> list[tuple[str, str]]:
    """How it was measured, so that the same numbers can be had again."""
    settings = report.settings
    hours = "; ".join(_hours(line, speech) for line in settings.calendar_summary)
    lines = [
        (speech.say("Records"), file_names(report, speech)),
        (speech.say("Time zone"), settings.time_zone),
        (speech.say("Working hours"), hours or settings.calendar
         or speech.say("none given, so only time around the clock is measured")),
        (speech.say("Complete up to"), "–" if report.log.horizon is None
         else speech.format.moment(report.log.horizon, speech.zone)),
        (speech.say("Measured by"), f"Otklik {settings.version}"),
    ]  # fmt: skip
    return [(str(term), str(meaning)) for term, meaning in lines if meaning]


def file_names(report: Report, speech: Speech) -> str:
    """The files by their names alone: where they lie concerns nobody who is sent the page."""
    names = [re.split(r"[\\/]", name)[-1] for name in report.log.files] or report.log.sources
    shown = [clipped(name) for name in names[:_FILES]]
    more = len(names) - len(shown)
    shown += [speech.count("and %(n)s more", "and %(n)s more", more)] if more else []
    return ", ".join(shown)


_FILES = 3


def _hours(line: str, speech: Speech) -> str:
    """Write the days of a calendar's short notation in the reader's language."""
    return re.sub(r"\b(mon|tue|wed|thu|fri|sat|sun)\b", lambda day: speech.format.weekday(_DAYS.index(day[1])), line)


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
