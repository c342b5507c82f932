"""6. Is it changing?"""

from otklik.charts import Speech, trend_curve
from otklik.report.blocks import Block, Cell, Figure, Grid, Section
from otklik.report.sections.fast import REPLIES
from otklik.schemas.results import ChangePoint, Report, Trend

_TOLD = 2
_FEWEST = 3
"""Weeks old enough to judge, below which there is nothing to see."""
_WORTH_SHOWING = 0.01
_TIMES = 2.0
"""From here on one says 'times as long'."""
_WHOLE = 3
"""From here on whole numbers are exact enough."""


def change(report: Report, speech: Speech) -> Section:
    """Say whether it is getting faster, since when, and which weeks cannot tell yet."""
    title = speech.say("Is it changing?")
    trend = report.trend
    if trend is None or sum(1 for week in trend.weeks if week.median_s is not None and not week.young) < _FEWEST:
        return Section("change", title, [speech.say("The record is too short to see a change.")])
    blocks: list[Block] = []
    if _can_be_seen(trend):
        blocks.append(Figure(trend_curve(trend, speech, verdict_text(trend, speech)), "trend"))
    if blocks and any(week.share is not None for week in trend.weeks):
        blocks.append(Figure(trend_curve(trend, speech, _share_title(trend, speech), "share"), "trendshare"))
    if any(abs(reason.change) >= _WORTH_SHOWING for reason in trend.reasons):
        blocks.append(_reasons(trend, speech))
    return Section("change", title, _lead(trend, speech), blocks)


def _can_be_seen(trend: Trend) -> bool:
    """Where most of the curve is too young to judge, its fall at the end would say what nobody knows."""
    told = [week for week in trend.weeks if week.median_s is not None]
    return trend.verdict != "too_short" or 2 * sum(1 for week in told if not week.young) >= len(told)


def _share_title(trend: Trend, speech: Speech) -> str:
    limit = speech.length(trend.share_within_s, trend.clock)
    if trend.measure in REPLIES:
        return speech.say("How many had an answer within %(time)s", time=limit)
    if speech.is_process:
        return speech.say("How many were finished within %(time)s", time=limit)
    return speech.say("How many were solved within %(time)s", time=limit)


def _reasons(trend: Trend, speech: Speech) -> Grid:
    """Whether other requests came, or the same are served otherwise."""
    columns = [
        speech.say("Seen by"), speech.say("Change of the share served in time"), speech.say("because others came"),
        speech.say("because the same are served otherwise"),
    ]  # fmt: skip
    rows = [
        [
            Cell(speech.slice(reason.by)),
            *(_points(value, speech) for value in (reason.change, reason.mix, reason.within)),
        ]
        for reason in trend.reasons
    ]
    return Grid(speech.say("What the last change is made of, in points of a hundred"), columns, rows)


def _points(value: float, speech: Speech) -> Cell:
    points = round(value * 100, 1)
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return Cell(f"{sign}{speech.format.number(abs(points), 1)}", numeric=True)


def verdict_text(trend: Trend, speech: Speech) -> str:
    """The finding in a few words."""
    return {
        "faster": speech.say("It has become faster"),
        "slower": speech.say("It has become slower"),
        "steady": speech.say("It stays as it is"),
        "too_short": speech.say("Too early to see a change"),
    }[trend.verdict]


def _lead(trend: Trend, speech: Speech) -> list[str]:
    sentences: list[str] = [speech.say("%(verdict)s.", verdict=verdict_text(trend, speech))]
    if len(trend.changes) > _TOLD:
        sentences.append(speech.count(
            "It changed %(n)s time; here are the last two.", "It changed %(n)s times; here are the last two.",
            len(trend.changes),
        ))  # fmt: skip
    sentences += [change_text(point, trend, speech) for point in trend.changes[-_TOLD:]]
    if not trend.changes and trend.verdict == "steady":
        sentences.append(speech.say("No week from which on it is surely different."))
    return [*sentences, *_young(trend, speech), *_coarse(trend, speech)]


def _young(trend: Trend, speech: Speech) -> list[str]:
    young = sum(trend.weeks_per_point for week in trend.weeks if week.young)
    if not young:
        return []
    if young == 1:
        return [speech.say("The last week is young (grey): what takes long in it has not had the time to show.")]
    return [speech.count(
        "The last %(n)s week is young (grey): what takes long in it has not had the time to show.",
        "The last %(n)s weeks are young (grey): what takes long in them has not had the time to show.", young,
    )]  # fmt: skip


def _coarse(trend: Trend, speech: Speech) -> list[str]:
    """Where few come, several weeks make one point."""
    if trend.weeks_per_point == 1:
        return []
    return [speech.count(
        "Few come in a week, so %(n)s week makes one point.", "Few come in a week, so %(n)s weeks make one point.",
        trend.weeks_per_point,
    )]  # fmt: skip


def change_text(point: ChangePoint, trend: Trend, speech: Speech) -> str:
    """One change: since when, from what to what, how sure."""
    facts = {
        "day": speech.format.day(point.at, speech.zone), "after": speech.length(point.after_s, trend.clock),
        "before": speech.length(point.before_s, trend.clock), "ratio": ratio_text(point, speech),
    }  # fmt: skip
    if speech.is_process:
        return speech.say(
            "Since the week of %(day)s half are finished within %(after)s; before, it was %(before)s. That is, "
            "95%% sure, %(ratio)s.", **facts,
        )  # fmt: skip
    return speech.say(
        "Since the week of %(day)s half wait less than %(after)s; before, it was %(before)s. That is, 95%% sure, "
        "%(ratio)s.", **facts,
    )  # fmt: skip


def ratio_text(point: ChangePoint, speech: Speech) -> str:
    """How much longer or shorter, as one says it: times as long from twice on, percentages below."""
    low, high = point.ratio_low, point.ratio_high
    if low < 1.0 < high:
        facts = {"low": str(speech.format.share(low)), "high": str(speech.format.share(high))}
        return speech.say("between %(low)s and %(high)s of what it was", **facts)
    if high > _TIMES:
        return _times_as_long(low, high, speech)
    nearer, farther = sorted((abs(low - 1.0), abs(high - 1.0)))
    facts = {"low": speech.format.number(100 * nearer), "high": str(speech.format.share(farther))}
    if low >= 1.0:
        return speech.say("%(low)s–%(high)s longer", **facts)
    return speech.say("%(low)s–%(high)s shorter", **facts)


def _times_as_long(low: float, high: float, speech: Speech) -> str:
    first, last = (round(x, 0 if x >= _WHOLE else 1) for x in (low, high))
    facts = {"low": speech.format.number(first, 1), "high": speech.format.number(last, 1)}
    spoken = int(last) if last.is_integer() else 2
    if first == last:
        return speech.count("about %(high)s times as long", "about %(high)s times as long", spoken, **facts)
    return speech.count(
        "between %(low)s and %(high)s times as long", "between %(low)s and %(high)s times as long", spoken, **facts
    )
