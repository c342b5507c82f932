"""How a measured number came about, fact by fact: enough for anybody to come to it again."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from otklik.base.text import N_
from otklik.schemas.goal_results import Basis
from otklik.schemas.goals import HELD_LAST, NO_NAME, Bound
from otklik.schemas.views import COHORTS, NOTHING, TOLD_APART_BY
from otklik.web.goals.measurable import calendar_choices, counts
from otklik.web.goals.models import Measured
from otklik.web.goals.numbers import COUNT, SHARE, TIME, shown
from otklik.web.goals.telling import date_text
from otklik.web.words import count, say, speech

WITHIN: Final = N_("share within %(within)s")
AT_MOST: Final = N_("share of those with at most %(most)s")
ANY: Final = N_("share of those that had any")
OF_HUNDRED: Final = N_("the time within which %(part)s stay")
MOST_OF_HUNDRED: Final = N_("so many as %(part)s have at most")
ONLY_YOURS: Final = N_("Only requests that you held last count here, and you alone see it. It is no rating.")
NAMES_GONE: Final = N_("The names do not count as yours any more, so nothing is measured: take the limit off.")
HOW_MANY: Final = N_("how many")
HOW_MANY_WITHIN: Final = N_("how many within %(within)s")


def how_counted(measured: Measured | None) -> list[tuple[str, str]]:
    """Names and facts of a number as it was kept; nothing where it was not measured, or long ago."""
    kept = measured.reading.get("basis") if measured else None
    if measured is None or not kept:
        return []
    basis, n = Basis.model_validate_json(kept), measured.reading.get("n")
    return [(say(name), value) for name, value in _facts(basis, n) if value]


def _facts(basis: Basis, n: int | None) -> Iterator[tuple[str, str]]:
    bound, told = basis.bound, speech(basis.zone)
    yield N_("Measure"), f"{told.measure(bound.measure)}: {told.measure_note(bound.measure)}".rstrip(": ")
    yield N_("What is taken"), taken(bound)
    yield N_("Clock"), clock(bound)
    yield N_("Which requests"), "; ".join([say(COHORTS[bound.which.cohort]), *_slices(bound)])
    yield N_("Days"), f"{_days(basis.first, basis.last)} ({window(bound)})"
    if n is not None:
        yield N_("How many"), str(told.requests(n))
    if basis.ripe_until is not None and basis.ripe_until.year > 1:
        yield N_("Old enough"), say(N_("those that came by %(moment)s"), moment=_moment(basis, "ripe_until"))
    yield N_("Records up to"), _moment(basis, "as_of")
    yield N_("Zone"), basis.zone
    yield N_("State of the log"), f"{basis.step} · {basis.log}"


def taken(bound: Bound) -> str:
    """The statistic in words."""
    if bound.statistic == "quantile":
        text = MOST_OF_HUNDRED if counts(bound.measure) else OF_HUNDRED
        return say(text, part=shown(bound.quantile, SHARE))
    if bound.within_s is None:
        return say(HOW_MANY if bound.statistic == "count" else ANY)
    if counts(bound.measure):
        return say(AT_MOST, most=shown(bound.within_s, COUNT))
    return say(HOW_MANY_WITHIN if bound.statistic == "count" else WITHIN, within=shown(bound.within_s, TIME))


def clock(bound: Bound) -> str:
    """By which clock, and by whose hours."""
    if counts(bound.measure):
        return ""
    name = speech().clock(bound.clock)
    if bound.clock != "business":
        return name
    hours = next(title for name, title in calendar_choices(bound.calendar) if name == bound.calendar)
    return f"{name} ({hours})"


def window(bound: Bound) -> str:
    """Over which days a number is taken, and whether week by week."""
    if bound.window_days is None:
        days = say(N_("the whole cycle"))
    else:
        days = count("the last %(n)s day", "the last %(n)s days", bound.window_days)
    return f"{days}, {say(N_('graded week by week'))}" if bound.weekly else days


def _slices(bound: Bound) -> Iterator[str]:
    for name in TOLD_APART_BY:
        values = getattr(bound.which, name)
        if values:
            chosen = ", ".join(say(N_("not stated")) if one == NOTHING else one for one in values)
            yield f"{speech().slice(name)}: {chosen}"
    if bound.which.assignee:
        yield say(HELD_LAST)


def limit_told(source: Any) -> str:
    """That a number is about one's own requests, or why it is measured no more; empty of all other numbers."""
    if not isinstance(source, Bound) or not source.which.assignee:
        return ""
    return say(NAMES_GONE if NO_NAME in source.which.assignee else ONLY_YOURS)


def _days(first: date, last: date) -> str:
    return f"{date_text(first)} – {date_text(last)}"


def _moment(basis: Basis, name: str) -> str:
    told = speech(basis.zone)
    return str(told.format.moment(getattr(basis, name), told.zone))
