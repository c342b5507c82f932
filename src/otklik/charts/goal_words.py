"""What is said of a key result beside its picture: its heights, its finding, and the numbers as a table."""

from datetime import UTC, date, datetime

from otklik.base.text import N_
from otklik.charts.picture import DataTable
from otklik.charts.speech import Speech
from otklik.schemas.forecasts import FanWeek
from otklik.schemas.goal_curves import CurveMark, CurveWeek, GoalCurve

MARKS = {"commit": N_("commit %(value)s"), "target": N_("target %(value)s"), "stretch": N_("stretch %(value)s")}


def height(value: float | None, curve: GoalCurve, speech: Speech) -> str:
    """A height of the picture in words: 62%, 3 h 20 min, 4.5."""
    if value is None:
        return "–"
    if curve.quantity in ("share", "quantile") or curve.key_result.unit == "share":
        return _percent(value, speech)
    if curve.key_result.unit == "s":
        return speech.brief(value, curve.clock)
    return speech.format.number(value, 0 if curve.quantity == "count" else 1 if abs(value) >= 10 else 2)


def mark_words(mark: CurveMark, curve: GoalCurve, speech: Speech) -> str:
    """The words at the line of a mark: target 73%."""
    words = speech.words.say(MARKS[mark.name], value=height(mark.value, curve, speech))
    if curve.quantity == "count" and not curve.by_weeks:
        return speech.say("%(mark)s a week", mark=words)
    return words


def finding(curve: GoalCurve, speech: Speech) -> str:
    """What the picture says, in one sentence."""
    if curve.end_middle is None:
        return _without_futures(curve, speech)
    facts = {"day": speech.format.day(at_noon(curve.end))}
    if curve.by_weeks:
        share = _percent(curve.end_middle, speech)
        return speech.say("If things go on as they do: kept in %(share)s of the weeks by %(day)s", share=share, **facts)
    end, target = height(curve.end_middle, curve, speech), _wanted(curve, speech)
    if curve.quantity == "quantile" and curve.within_s is not None:
        return speech.say("If things go on as they do: %(end)s within %(time)s by %(day)s, target %(target)s", end=end,
                          time=speech.brief(curve.within_s, curve.clock), target=target, **facts)  # fmt: skip
    return speech.say(
        "If things go on as they do: %(end)s by %(day)s, target %(target)s", end=end, target=target, **facts
    )


def _without_futures(curve: GoalCurve, speech: Speech) -> str:
    facts = {"now": height(curve.now, curve, speech), "target": _wanted(curve, speech)}
    if curve.quantity == "quantile" and curve.within_s is not None:
        facts["now"] = speech.say("%(share)s within %(time)s", share=facts["now"],
                                  time=speech.brief(curve.within_s, curve.clock))  # fmt: skip
    if curve.on >= curve.end:
        return speech.say("It ended at %(now)s, target %(target)s", **facts)
    return speech.say("It stands at %(now)s, target %(target)s", **facts)


def _wanted(curve: GoalCurve, speech: Speech) -> str:
    """The target of the whole goal: of a total that of the cycle, not of a week."""
    total = curve.quantity == "count" and not curve.by_weeks
    return height(curve.key_result.target if total else curve.target, curve, speech)


def legend_words(curve: GoalCurve, speech: Speech) -> str:
    """What the line is: the share within a time, or the number, week by week."""
    if curve.quantity in ("share", "quantile") and curve.within_s is not None:
        return speech.say("within %(time)s, by weeks", time=speech.length(curve.within_s, curve.clock))
    return speech.words.say(N_("each week"))


def alt_words(curve: GoalCurve, speech: Speech) -> str:
    """What is to be seen."""
    known = [week for week in curve.weeks if week.value is not None]
    last = height(known[-1].value, curve, speech) if known else "–"
    lines = "; ".join(mark_words(mark, curve, speech) for mark in curve.marks) or "–"
    told = speech.count("A line over %(n)s week, the last at %(last)s; lines across: %(lines)s.",
                        "A line over %(n)s weeks, the last at %(last)s; lines across: %(lines)s.",
                        len(curve.weeks), last=last, lines=lines)  # fmt: skip
    end = next((week for week in reversed(curve.fan) if week.middle is not None), None)
    if end is None:
        return told
    low, high = height(end.low80, curve, speech), height(end.high80, curve, speech)
    more = speech.say("The fan of futures ends between %(low)s and %(high)s in 80 of 100.", low=low, high=high)
    return f"{told} {more}"


def numbers(curve: GoalCurve, speech: Speech) -> DataTable:
    """Every week in figures; those to come are foretold."""
    columns = [
        speech.say("Week from"), speech.say("How many"), speech.say("Number, or the middle of the futures"),
        speech.say("In 80 of 100 futures"), speech.say("95% sure"),
    ]  # fmt: skip
    known = [_known_row(week, curve, speech) for week in curve.weeks]
    return DataTable(columns, known + [_future_row(week, curve, speech) for week in curve.fan])


def _known_row(week: CurveWeek, curve: GoalCurve, speech: Speech) -> list[str]:
    many = "–" if week.n is None else speech.format.number(week.n)
    return [_week(week.first, speech), many, height(week.value, curve, speech), "–",
            _between(week.low, week.high, curve, speech)]  # fmt: skip


def _future_row(week: FanWeek, curve: GoalCurve, speech: Speech) -> list[str]:
    start = speech.say("%(day)s, foretold", day=_week(week.first, speech))
    return [start, "–", height(week.middle, curve, speech), _between(week.low80, week.high80, curve, speech),
            _between(week.low95, week.high95, curve, speech)]  # fmt: skip


def _between(low: float | None, high: float | None, curve: GoalCurve, speech: Speech) -> str:
    if low is None or high is None:
        return "–"
    return f"{height(low, curve, speech)} – {height(high, curve, speech)}"


def _week(day: date, speech: Speech) -> str:
    return speech.format.short_day(at_noon(day), year=True)


def at_noon(day: date) -> datetime:
    """The middle of a day: dates are local already."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _percent(share: float, speech: Speech) -> str:
    """In whole per cent; a small share with a decimal, for half a per cent is a step where things are rare."""
    if not 0.01 <= share < 0.1:
        return str(speech.format.share(share))
    whole, finer = speech.format.number(share * 100), speech.format.number(share * 100, 1)
    return str(speech.format.share(share)).replace(whole, finer)
