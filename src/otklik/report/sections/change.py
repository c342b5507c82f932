"""6. Is it changing?"""

from otklik.charts import Speech, trend_curve
from otklik.report.blocks import Block, Cell, Figure, Grid, Section
from otklik.schemas.results import ChangePoint, Report, Trend

_TOLD = 2
_FEWEST = 3
"""Weeks old enough to judge, below which there is nothing to see."""
_WORTH_SHOWING = 0.01


def change(report: Report, speech: Speech) -> Section:
    """Say whether it is getting faster, since when, and which weeks cannot tell yet."""
    title = speech.say("Is it changing?")
    trend = report.trend
    if trend is None or sum(1 for week in trend.weeks if week.median_s is not None and not week.young) < _FEWEST:
        return Section("change", title, [speech.say("The record is too short to see a change.")])
    blocks: list[Block] = [Figure(trend_curve(trend, speech, verdict_text(trend, speech)), "trend")]
    if any(week.share is not None for week in trend.weeks):
        limit = speech.length(trend.share_within_s, trend.clock)
        words = speech.say("How many were served within %(time)s, week by week", time=limit)
        blocks.append(Figure(trend_curve(trend, speech, words, "share"), "trendshare"))
    if any(abs(reason.change) >= _WORTH_SHOWING for reason in trend.reasons):
        blocks.append(_reasons(trend, speech))
    return Section("change", title, _lead(trend, speech), blocks)


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
        "faster": speech.say("It is getting faster"),
        "slower": speech.say("It is getting slower"),
        "steady": speech.say("It stays as it is"),
        "too_short": speech.say("Too early to see a change"),
    }[trend.verdict]


def _lead(trend: Trend, speech: Speech) -> list[str]:
    sentences: list[str] = [speech.say("%(verdict)s.", verdict=verdict_text(trend, speech))]
    if len(trend.changes) > _TOLD:
        sentences.append(
            speech.count("It changed %(n)s time; the last:", "It changed %(n)s times; the last:", len(trend.changes))
        )
    sentences += [change_text(point, trend, speech) for point in trend.changes[-_TOLD:]]
    if not trend.changes and trend.verdict == "steady":
        sentences.append(speech.say("No week from which on it is surely different."))
    young = sum(1 for week in trend.weeks if week.young)
    if young:
        sentences.append(speech.count(
            "The last %(n)s week is greyed: its slow requests have not had the time to show.",
            "The last %(n)s weeks are greyed: their slow requests have not had the time to show.", young,
        ))  # fmt: skip
    return sentences


def change_text(point: ChangePoint, trend: Trend, speech: Speech) -> str:
    """One change: since when, from what to what, how sure."""
    return speech.say(
        "Since the week of %(day)s half wait less than %(after)s instead of %(before)s (95%% sure: %(low)s to %(high)s "
        "of what it was).",
        day=speech.format.day(point.at, speech.zone), after=speech.length(point.after_s, trend.clock),
        before=speech.length(point.before_s, trend.clock), low=str(speech.format.share(point.ratio_low)),
        high=str(speech.format.share(point.ratio_high)),
    )  # fmt: skip
