"""The share of people served by then: the curve that counts everybody who asked."""

from math import log

from otklik.charts.drawing import Spec, framed
from otklik.charts.legend import Key, legend
from otklik.charts.palette import colour
from otklik.charts.picture import NARROW, WIDE, DataTable, Picture
from otklik.charts.scales import duration_axis, log_ticks, rung_above, rung_below, share_axis
from otklik.charts.speech import Speech
from otklik.schemas.results import MeasureResult, ShareWithin, Speed

Datum = dict[str, float]


def share_answered(result: MeasureResult, speech: Speech, title: str) -> Picture:
    """Draw the curve of one measure in both clocks, with its 95 % band and marks at round times."""
    speed = result.elapsed or result.business
    if speed is None:
        raise ValueError(f"{result.measure} has no curve")
    marks = [mark for mark in speed.within if mark.share is not None]
    alt = speech.say(
        "A rising curve: the share of all who asked that was served by a given time. %(points)s.",
        points="; ".join(speech.say("%(share)s within %(time)s", share=speech.format.share(m.share or 0.0),
                                    time=speech.format.duration(m.within_s)) for m in marks),
    )  # fmt: skip
    return Picture(
        _spec(result, speech, WIDE, 300), title, alt, _spec(result, speech, NARROW, 260), _table(result, speech)
    )


def _spec(result: MeasureResult, speech: Speech, width: int, height: int) -> Spec:
    felt, worked = result.elapsed, result.business
    main = felt or worked
    assert main is not None
    low, high = _reach([speed for speed in (felt, worked) if speed])
    keys: list[Key] = []
    layers: list[Spec] = []
    x = {
        "field": "at", "type": "quantitative", "scale": {"type": "log", "domain": [low, high], "nice": False},
        "axis": duration_axis(log_ticks(low, high, width // 62), speech.format, grid=True),
    }  # fmt: skip
    y = {"field": "share", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": share_axis(speech.format)}
    layers.append(_band(main, x, y, low, high))
    if felt and worked:
        layers.append(_line(worked, x, y, low, high, "working", dashed=True))
        keys = [("line", "accent", speech.clock("elapsed")), ("dash", "working", speech.clock("business"))]
    layers.append(_line(main, x, y, low, high, "accent"))
    layers += _marks(main, x, y, (low, high), speech, width)
    return framed(width, height, layers + legend(keys, width - 60))


def _reach(speeds: list[Speed]) -> tuple[float, float]:
    """From the rung below which hardly anybody is served to the one after which little happens."""
    firsts, lasts = [1.0], [1.0]
    for speed in speeds:
        curve = speed.curve
        top = max(curve.share, default=0.0)
        firsts.append(next((at for at, share in zip(curve.at_s, curve.share, strict=True) if share >= 0.02), 1.0))
        lasts.append(next((at for at, share in zip(curve.at_s, curve.share, strict=True) if share >= 0.985 * top), 1.0))
    low = rung_below(max(1.0, min(firsts[1:], default=1.0)))
    return low, max(rung_above(max(lasts)), low * 60)


def _points(speed: Speed, low: float, high: float) -> list[Datum]:
    curve = speed.curve
    points = [
        {"at": at, "share": share, "low": below, "high": above}
        for at, share, below, above in zip(curve.at_s, curve.share, curve.low, curve.high, strict=True)
    ]
    before = [point for point in points if point["at"] <= low]
    inside = [point for point in points if low < point["at"] <= high]
    first = before[-1] if before else {"share": 0.0, "low": 0.0, "high": 0.0}
    last = inside[-1] if inside else first
    return [{**first, "at": low}, *inside, {**last, "at": high}]


def _band(speed: Speed, x: Spec, y: Spec, low: float, high: float) -> Spec:
    mark = {"type": "area", "interpolate": "step-after", "fill": colour("accent"), "fillOpacity": 0.16}
    bounds = {"y": {**y, "field": "low"}, "y2": {"field": "high"}}
    return {"data": {"values": _points(speed, low, high)}, "mark": mark, "encoding": {"x": x, **bounds}}


def _line(speed: Speed, x: Spec, y: Spec, low: float, high: float, token: str, *, dashed: bool = False) -> Spec:
    mark = {"type": "line", "interpolate": "step-after", "color": colour(token), "strokeWidth": 1.75 if dashed else 2.5}
    mark |= {"strokeDash": [5, 3]} if dashed else {}
    return {"data": {"values": _points(speed, low, high)}, "mark": mark, "encoding": {"x": x, "y": y}}


def _marks(speed: Speed, x: Spec, y: Spec, reach: tuple[float, float], speech: Speech, width: int) -> list[Spec]:
    """Dots at round times with the share beside them: below the curve, or above it near the right edge."""
    low, high = reach
    values = []
    for mark in _spaced(speed.within, reach, width):
        near_end = log(mark.within_s / low) / log(high / low) > 0.9
        place = {"align": "right", "dx": -2, "dy": -10} if near_end else {"align": "left", "dx": 7, "dy": 12}
        text = str(speech.format.share(mark.share or 0.0))
        values.append({"at": mark.within_s, "share": mark.share, "text": text, **place})
    dots = {"type": "point", "filled": True, "size": 64, "fill": colour("accent"), "opacity": 1,
            "stroke": colour("card"), "strokeWidth": 2}  # fmt: skip
    beside = {name: {"expr": f"datum.{name}"} for name in ("align", "dx", "dy")}
    words = {"type": "text", "fontSize": 13, "fontWeight": 600, "color": colour("ink"), **beside}
    at = {"x": x, "y": y}
    return [
        {"data": {"values": values}, "mark": dots, "encoding": at},
        {"data": {"values": values}, "mark": words, "encoding": {**at, "text": {"field": "text"}}},
    ]


def _spaced(marks: list[ShareWithin], reach: tuple[float, float], width: int) -> list[ShareWithin]:
    """Marks far enough apart for their words: a step along, and three points up."""
    low, high = reach
    kept: list[ShareWithin] = []
    for mark in marks:
        if mark.share is None or not low <= mark.within_s <= high or mark.share < 0.065:
            continue
        if kept:
            step = width * log(mark.within_s / kept[-1].within_s) / log(high / low)
            if step < 58 or mark.share - (kept[-1].share or 0.0) < 0.03:
                continue
        kept.append(mark)
    return kept


def _table(result: MeasureResult, speech: Speech) -> DataTable:
    columns: list[str] = [speech.say("Within")]
    columns += [speech.clock("elapsed")] if result.elapsed else []
    columns += [speech.clock("business")] if result.business else []
    speeds = [speed for speed in (result.elapsed, result.business) if speed]
    times = [mark.within_s for mark in speeds[0].within]
    rows = [[str(speech.format.duration(time)), *(_cell(speed, time, speech) for speed in speeds)] for time in times]
    return DataTable(columns, rows)


def _cell(speed: Speed, within_s: float, speech: Speech) -> str:
    mark = next((m for m in speed.within if m.within_s == within_s), None)
    if mark is None or mark.share is None:
        return "–"
    share = speech.format.share
    return f"{share(mark.share)} ({share(mark.low or 0.0)} – {share(mark.high or 0.0)})"
