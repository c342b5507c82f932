"""A key result week by week: where it came from, what it is held against, and where it may go by the end."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from math import floor, log10

from otklik.charts.drawing import Spec, framed
from otklik.charts.goal_words import alt_words, at_noon, finding, height, legend_words, mark_words, numbers
from otklik.charts.legend import Key, legend
from otklik.charts.palette import colour
from otklik.charts.picture import NARROW, WIDE, Picture
from otklik.charts.scales import duration_axis, linear_ticks
from otklik.charts.speech import Speech
from otklik.schemas.forecasts import FanWeek
from otklik.schemas.goal_curves import CurveWeek, GoalCurve

_HEIGHT = 250
_LINE = 15
"""Room that the words at a mark need, in pixels."""
Datum = dict[str, object]


def goal_fan(curve: GoalCurve, speech: Speech, title: str = "") -> Picture:
    """Draw the weeks with their intervals, the cycle, the marks, today and the fan of futures."""
    specs = [_spec(curve, speech, width) for width in (WIDE, NARROW)]
    return Picture(
        specs[0], title or finding(curve, speech), alt_words(curve, speech), specs[1], numbers(curve, speech)
    )


def _spec(curve: GoalCurve, speech: Speech, width: int) -> Spec:
    reach = _reach(curve)
    x = {"field": "at", "type": "temporal", "scale": _span(curve), "axis": _date_axis(curve, speech, width)}
    y = {"field": "value", "type": "quantitative", "scale": {"domain": list(reach), "nice": False, "zero": False},
         "axis": _vertical(curve, reach, speech)}  # fmt: skip
    layers = [
        *_cycle(curve, x),
        *_fan(curve, x, y),
        *_today(curve, x),
        *_weeks(curve, x, y),
        *_marks(curve, x, y, reach, speech),
    ]
    return framed(width, _HEIGHT, layers + legend(_keys(curve, speech), width - 60))


def _at(day: date) -> str:
    """Local days as UTC, so that drawing never shifts them."""
    return f"{day.isoformat()}T00:00:00Z"


def _middle(week: CurveWeek | FanWeek) -> str:
    return f"{(week.first + (week.last - week.first) / 2).isoformat()}T12:00:00Z"


def _span(curve: GoalCurve) -> Spec:
    first = min(curve.start, curve.weeks[0].first)
    return {"type": "utc", "domain": [_at(first), _at(curve.end + timedelta(days=1))], "nice": False}


def _date_axis(curve: GoalCurve, speech: Speech, width: int) -> Spec:
    """Ticks at the starts of months, or of weeks where there are few of them."""
    first, last = min(curve.start, curve.weeks[0].first), curve.end
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    by_month = len(days) > 100
    ticks = [day for day in days if day.day == 1] if by_month else days[::7]
    ticks = ticks[:: -(-len(ticks) // max(2, (width - 60) // 96))]
    label = speech.format.month if by_month else speech.format.short_day
    texts = {int(at_noon(day).timestamp() - 12 * 3600) * 1000: label(at_noon(day)) for day in ticks}
    expression = f"({json.dumps(texts, ensure_ascii=False)})[+datum.value]"
    return {"values": [_at(day) for day in ticks], "labelExpr": expression, "title": None, "grid": False,
            "labelFlush": True, "formatType": "utc"}  # fmt: skip


def _reach(curve: GoalCurve) -> tuple[float, float]:
    """From below the lowest to above the highest of what is drawn; waits and counts stand on nought."""
    seen = [mark.value for mark in curve.marks]
    for week in curve.weeks:
        seen += [value for value in (week.low, week.value, week.high) if value is not None]
    for ahead in curve.fan:
        seen += [value for value in (ahead.low95, ahead.high95) if value is not None]
    low, high = min(seen), max(seen)
    room = (high - low or abs(high) or 1.0) * 0.1
    if _is_share(curve):
        return max(0.0, low - room), min(1.0, high + room)
    if curve.quantity == "count" or curve.key_result.unit == "s":
        return 0.0, (high or 1.0) * 1.1
    return low - room, high + room


def _is_share(curve: GoalCurve) -> bool:
    return curve.quantity in ("share", "quantile") or curve.key_result.unit == "share"


def _vertical(curve: GoalCurve, reach: tuple[float, float], speech: Speech) -> Spec:
    if curve.key_result.unit == "s" and not _is_share(curve):
        return duration_axis(linear_ticks(reach[1], 5), speech.format)
    ticks = round_ticks(*reach, least=0.01 if _is_share(curve) else 0.0)
    texts = {json.dumps(tick): height(tick, curve, speech) for tick in ticks}
    labels = f"({json.dumps(texts, ensure_ascii=False)})[datum.value]"
    return {"values": ticks, "labelExpr": labels, "title": None}


def round_ticks(low: float, high: float, *, most: int = 5, least: float = 0.0) -> list[float]:
    """Round heights within [low, high], in steps of 1, 2 or 5 and never less than `least`.

    >>> round_ticks(0.42, 0.83)
    [0.5, 0.6, 0.7, 0.8]
    """
    rough = max((high - low) / most, least, 1e-9)
    power = 10.0 ** floor(log10(rough))
    step = next(power * part for part in (1, 2, 5, 10) if power * part >= rough * 0.999)
    first, digits = -(-low // step), max(0, -floor(log10(step)))
    count = int((high - first * step) / step + 1e-9) + 1
    ticks = [round((first + i) * step, digits) for i in range(count)]
    return [int(tick) if tick == int(tick) else tick for tick in ticks]


def _cycle(curve: GoalCurve, x: Spec) -> list[Spec]:
    box = {"from": _at(curve.start), "to": _at(curve.end + timedelta(days=1))}
    ends = {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": {"value": 0}, "y2": {"value": "height"}}
    mark = {"type": "rect", "fill": colour("soft"), "opacity": 1}
    return [{"data": {"values": [box]}, "mark": mark, "encoding": ends}]


def _fan(curve: GoalCurve, x: Spec, y: Spec) -> list[Spec]:
    """Bands of 95 and of 80 of 100 futures and their middle; they open where the weeks that are known end."""
    ahead = [week for week in curve.fan if week.middle is not None]
    if not ahead:
        return []
    names = ("low95", "low80", "middle", "high80", "high95")
    values: list[Datum] = [{"at": _middle(week), **{name: getattr(week, name) for name in names}} for week in ahead]
    last = next((week for week in reversed(curve.weeks) if week.value is not None), None)
    if last is not None:
        values.insert(0, {"at": _middle(last), **dict.fromkeys(names, last.value)})
    values.append({**values[-1], "at": _at(curve.end + timedelta(days=1))})
    data = {"values": values}
    band = {"type": "area", "clip": True, "interpolate": "monotone"}
    layers: list[Spec] = [
        {"data": data, "mark": {**band, "fill": colour(token)},
         "encoding": {"x": x, "y": {**y, "field": f"low{part}"}, "y2": {"field": f"high{part}"}}}
        for part, token in ((95, "busy-1"), (80, "busy-2"))
    ]  # fmt: skip
    middle = {"type": "line", "color": colour("accent"), "strokeWidth": 2, "strokeDash": [5, 3], "clip": True}
    return [*layers, {"data": data, "mark": {**middle, "interpolate": "monotone"},
                      "encoding": {"x": x, "y": {**y, "field": "middle"}}}]  # fmt: skip


def _marks(curve: GoalCurve, x: Spec, y: Spec, reach: tuple[float, float], speech: Speech) -> list[Spec]:
    """A line across the cycle for each mark, its words at its beginning."""
    if not curve.marks:
        return []
    start, end = _at(curve.start), _at(curve.end + timedelta(days=1))
    lines: list[Datum] = [
        {"from": start, "to": end, "value": mark.value, "ink": colour("good" if mark.name == "target" else "ink-3"),
         "text": mark_words(mark, curve, speech), "weight": 600 if mark.name == "target" else 400}
        for mark in curve.marks
    ]  # fmt: skip
    for line, dy in zip(lines, label_shifts([mark.value for mark in curve.marks], reach, _HEIGHT), strict=True):
        line["dy"] = dy
    paint = {"field": "ink", "type": "nominal", "scale": None}
    rule = {"type": "rule", "strokeWidth": 1.5, "strokeDash": [2, 2]}
    across = {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": y, "stroke": paint}
    words = {"type": "text", "align": "left", "baseline": "middle", "dx": 5, "dy": {"expr": "datum.dy"},
             "fontWeight": {"expr": "datum.weight"}, "color": colour("ink")}  # fmt: skip
    halo = {**words, "color": colour("soft"), "stroke": colour("soft"), "strokeWidth": 4, "strokeJoin": "round"}
    at = {"x": {**x, "field": "from"}, "y": y, "text": {"field": "text"}}
    data = {"values": lines}
    return [{"data": data, "mark": rule, "encoding": across}, *({"data": data, "mark": mark, "encoding": at}
                                                                for mark in (halo, words))]  # fmt: skip


def label_shifts(values: Sequence[float], reach: tuple[float, float], tall: int) -> list[float]:
    """How far below its line each text is written, so that none lies upon another: above it wherever there is room.

    >>> label_shifts([0.5, 0.9], (0.0, 1.0), 100)
    [-9.0, -9.0]
    """
    scale = tall / (reach[1] - reach[0])
    ys = [(reach[1] - value) * scale for value in values]
    shifts, free = [0.0] * len(ys), -float(_LINE) / 2
    for i in sorted(range(len(ys)), key=lambda one: ys[one]):
        place = max(ys[i] - 9.0, free + _LINE)
        shifts[i], free = round(place - ys[i], 1), place
    return shifts


def _today(curve: GoalCurve, x: Spec) -> list[Spec]:
    if not curve.start <= curve.on < curve.end:
        return []
    rule = {"type": "rule", "color": colour("ink-2"), "strokeWidth": 1}
    return [{"data": {"values": [{"at": _at(curve.on)}]}, "mark": rule, "encoding": {"x": x}}]


def _weeks(curve: GoalCurve, x: Spec, y: Spec) -> list[Spec]:
    """The weeks that are known, each with its interval."""
    known: list[Datum] = [
        {"at": _middle(week), "value": week.value, "low": week.low, "high": week.high}
        for week in curve.weeks
        if week.value is not None
    ]
    sure = [one for one in known if one["low"] is not None and one["high"] is not None]
    whisker = {"type": "rule", "color": colour("muted"), "strokeWidth": 1.5, "clip": True}
    line = {"type": "line", "color": colour("accent"), "strokeWidth": 2.5, "interpolate": "monotone"}
    dot = {"type": "point", "filled": True, "size": 36, "opacity": 1, "fill": colour("accent")}
    at = {"x": x, "y": y}
    upright = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}
    layers: list[Spec] = [{"data": {"values": sure}, "mark": whisker, "encoding": upright}] if sure else []
    return layers + [{"data": {"values": known}, "mark": mark, "encoding": at} for mark in (line, dot)]


def _keys(curve: GoalCurve, speech: Speech) -> list[Key]:
    keys: list[Key] = [("line", "accent", legend_words(curve, speech))]
    if any(week.low is not None for week in curve.weeks):
        keys.append(("line", "muted", speech.say("95% sure")))
    if any(week.middle is not None for week in curve.fan):
        keys.append(("dash", "accent", speech.say("if things go on as they do")))
        keys.append(("box", "busy-2", speech.say("80 of 100 futures")))
        keys.append(("box", "busy-1", speech.say("95 of 100")))
    keys.append(("box", "soft", speech.say("the cycle")))
    if curve.start <= curve.on < curve.end:
        keys.append(("line", "ink-2", speech.say("today")))
    return keys
