"""Week by week: is it changing, since when, and which weeks are too young to say."""

from datetime import datetime, timedelta
from typing import Literal

from otklik.charts.drawing import Spec, framed
from otklik.charts.legend import Key, legend
from otklik.charts.palette import colour
from otklik.charts.picture import NARROW, WIDE, DataTable, Picture
from otklik.charts.scales import duration_axis, linear_ticks, share_axis
from otklik.charts.speech import Speech
from otklik.schemas.results import Trend, Week

_MANY = 60
"""Weeks beyond which single spikes are cut off and lines are drawn fine."""
What = Literal["median", "share"]
_FIELDS = {"median": ("median_s", "median_low_s", "median_high_s"), "share": ("share", "share_low", "share_high")}


def trend_curve(trend: Trend, speech: Speech, title: str, what: What = "median") -> Picture:
    """Draw the weekly median (or the weekly share within the limit) with its band, changes and young weeks."""
    alt = speech.say(
        "A line over %(n)s weeks with its 95%% band; the youngest weeks are greyed.",
        n=len(trend.weeks) * trend.weeks_per_point,
    )
    specs = [_spec(trend, what, speech, width) for width in (WIDE, NARROW)]
    return Picture(specs[0], title, alt, specs[1], _table(trend, speech))


def _spec(trend: Trend, what: What, speech: Speech, width: int) -> Spec:
    height = (230 if what == "median" else 170) if width >= WIDE else 190
    values = [_datum(week, what, speech, _point(trend) / 2) for week in trend.weeks]
    x = {"field": "at", "type": "temporal", "scale": _span(trend, speech), "axis": _date_axis(trend, speech, width)}
    y = _vertical(trend, what, values, speech)
    layers = [
        *_young(trend, speech, x),
        _band(values, x, y),
        *_curve(values, x, y),
        *_changes(trend, what, speech, x, y),
    ]
    return framed(width, height, layers + legend(_keys(trend, what, speech), width - 60))


def _local(at: datetime, speech: Speech) -> str:
    """The local wall time, written as UTC, so that drawing never shifts it."""
    return at.astimezone(speech.zone).strftime("%Y-%m-%dT%H:%M:%SZ")


def _point(trend: Trend) -> timedelta:
    """How long a stretch one point stands for."""
    return timedelta(weeks=trend.weeks_per_point)


def _datum(week: Week, what: What, speech: Speech, half: timedelta) -> dict[str, object]:
    value, low, high = (getattr(week, name) for name in _FIELDS[what])
    middle = week.start + half
    return {"at": _local(middle, speech), "value": value, "low": low, "high": high, "young": week.young}


def _span(trend: Trend, speech: Speech) -> Spec:
    first, last = trend.weeks[0].start, trend.weeks[-1].start + _point(trend)
    return {"type": "utc", "domain": [_local(first, speech), _local(last, speech)], "nice": False}


def _date_axis(trend: Trend, speech: Speech, width: int) -> Spec:
    """Ticks at the starts of weeks (or of months, when there are many), labelled in the reader's language."""
    starts = [week.start.astimezone(speech.zone) for week in trend.weeks]
    by_month = len(starts) > 20
    if by_month:
        starts = [start for i, start in enumerate(starts) if i and start.month != starts[i - 1].month]
    most = max(2, (width - 60) // 96)
    stride = -(-len(starts) // most)
    shown = starts[::stride]
    spans_years = by_month or trend.weeks_per_point > 1
    label = speech.format.month if spans_years else speech.format.short_day
    texts = {int(datetime.fromisoformat(_local(at, speech)).timestamp() * 1000): label(at) for at in shown}
    import json

    expression = f"({json.dumps(texts, ensure_ascii=False)})[+datum.value]"
    values = [_local(at, speech) for at in shown]
    return {
        "values": values,
        "labelExpr": expression,
        "title": None,
        "grid": False,
        "labelFlush": True,
        "formatType": "utc",
    }


def _vertical(trend: Trend, what: What, values: list[dict[str, object]], speech: Speech) -> Spec:
    if what == "share":
        return {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": share_axis(speech.format)}
    top = _top(trend)
    axis = duration_axis(linear_ticks(top, 5), speech.format)
    return {"type": "quantitative", "scale": {"domain": [0, top], "nice": False}, "axis": axis}


def _top(trend: Trend) -> float:
    """High enough for every median and for all but the wildest bands."""
    medians = sorted(week.median_s for week in trend.weeks if week.median_s)
    if len(medians) > _MANY:
        medians = medians[: int(len(medians) * 0.97)]
    bands = sorted(week.median_high_s for week in trend.weeks if week.median_high_s and not week.young)
    usual = bands[int(len(bands) * (0.75 if len(bands) > _MANY else 0.9))] if bands else 0.0
    return max([usual, *medians, 60.0]) * 1.12


def _band(values: list[dict[str, object]], x: Spec, y: Spec) -> Spec:
    mark = {"type": "area", "fill": colour("accent"), "fillOpacity": 0.16, "clip": True, "interpolate": "monotone"}
    bounds = {"y": {**y, "field": "low"}, "y2": {"field": "high"}}
    whole = [v for v in values if v["low"] is not None and v["high"] is not None and not v["young"]]
    return {"data": {"values": whole}, "mark": mark, "encoding": {"x": x, **bounds}}


def _curve(values: list[dict[str, object]], x: Spec, y: Spec) -> list[Spec]:
    old = [v for v in values if v["value"] is not None and not v["young"]]
    young = old[-1:] + [v for v in values if v["value"] is not None and v["young"]]
    at = {"x": x, "y": {**y, "field": "value"}}
    fine = 1.5 if len(values) > _MANY else 2.5
    line = {"type": "line", "interpolate": "monotone", "clip": True}
    drawn: list[Spec] = [
        {"data": {"values": young}, "mark": {**line, "color": colour("muted"), "strokeDash": [3, 3]}, "encoding": at},
        {"data": {"values": old}, "mark": {**line, "color": colour("accent"), "strokeWidth": fine}, "encoding": at},
    ]
    if len(values) <= 30:
        dot = {"type": "point", "filled": True, "size": 36, "opacity": 1, "fill": colour("accent")}
        drawn.append({"data": {"values": old}, "mark": dot, "encoding": at})
    return drawn


def _young(trend: Trend, speech: Speech, x: Spec) -> list[Spec]:
    young = [week for week in trend.weeks if week.young]
    if not young:
        return []
    box = {"from": _local(young[0].start, speech), "to": _local(young[-1].start + _point(trend), speech)}
    mark = {"type": "rect", "fill": colour("soft"), "opacity": 1}
    encoding = {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": {"value": 0}, "y2": {"value": "height"}}
    return [{"data": {"values": [box]}, "mark": mark, "encoding": encoding}]


def _changes(trend: Trend, what: What, speech: Speech, x: Spec, y: Spec) -> list[Spec]:
    if not trend.changes:
        return []
    ends = [trend.weeks[0].start, *(change.at for change in trend.changes), trend.weeks[-1].start + _point(trend)]
    at = [{"at": _local(change.at, speech)} for change in trend.changes]
    rule = {"type": "rule", "color": colour("ink-3"), "strokeDash": [2, 3], "strokeWidth": 1.5}
    layers: list[Spec] = [{"data": {"values": at}, "mark": rule, "encoding": {"x": x}}]
    if what == "median":
        levels = [trend.changes[0].before_s, *(change.after_s for change in trend.changes)]
        steps = [
            {"from": _local(start, speech), "to": _local(end, speech), "value": level}
            for start, end, level in zip(ends, ends[1:], levels, strict=False)
        ]
        mark = {"type": "rule", "color": colour("us"), "strokeWidth": 2, "clip": True}
        spot = {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": {**y, "field": "value"}}
        layers.append({"data": {"values": steps}, "mark": mark, "encoding": spot})
    return layers


def _keys(trend: Trend, what: What, speech: Speech) -> list[Key]:
    if what == "share":
        limit = speech.length(trend.share_within_s, trend.clock)
        keys: list[Key] = [("line", "accent", speech.say("within %(time)s", time=limit))]
    else:
        half = speech.say("half take less than this" if speech.is_process else "half wait less than this")
        keys = [("line", "accent", half)]
        keys += [("line", "us", speech.say("level before and after"))] if trend.changes else []
    keys += [("box", "soft", speech.say("too young to judge"))] if any(week.young for week in trend.weeks) else []
    return keys


def _table(trend: Trend, speech: Speech) -> DataTable:
    columns = [
        speech.say("Week from"), speech.say("How many"), speech.say("Still open"), speech.say("Half wait less than"),
        speech.say("95% sure"), speech.say("1 in 10 waits longer than"),
        speech.say("Within %(time)s", time=speech.brief(trend.share_within_s, trend.clock)),
    ]  # fmt: skip
    return DataTable(columns, [_row(week, trend, speech) for week in trend.weeks])


def _row(week: Week, trend: Trend, speech: Speech) -> list[str]:
    def time(seconds: float | None) -> str:
        return "–" if seconds is None else speech.brief(seconds, trend.clock)

    start = speech.format.short_day(week.start, speech.zone, year=True) + (" *" if week.young else "")
    share = "–" if week.share is None else str(speech.format.share(week.share))
    between = speech.between(week.median_low_s, week.median_high_s, trend.clock) or "–"
    return [start, speech.format.number(week.n), speech.format.number(week.running), time(week.median_s), between,
            time(week.p90_s), share]  # fmt: skip
