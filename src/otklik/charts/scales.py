"""Axes of time that people read: 1 min, 15 min, 1 h, 4 h, 1 d, 1 wk."""

import json
from collections.abc import Sequence
from math import log

from otklik.charts.drawing import Spec
from otklik.charts.formats import DAY, HOUR, MINUTE, WEEK, Formats

LADDER = (
    1, 5, 15, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, DAY, 3 * DAY, WEEK, 30 * DAY, 90 * DAY, 365 * DAY,
    3 * 365 * DAY, 10 * 365 * DAY,
)  # fmt: skip
_STEPS = (
    1, 5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR,
    4 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, 5 * DAY, WEEK, 2 * WEEK, 30 * DAY, 60 * DAY, 90 * DAY,
    180 * DAY, 365 * DAY, 2 * 365 * DAY, 5 * 365 * DAY,
)  # fmt: skip


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Ticks of the ladder within [low, high], thinned to at most `most`, as evenly in log time as it allows."""
    inside = [float(t) for t in LADDER if low * 0.999 <= t <= high * 1.001]
    if len(inside) <= most:
        return inside
    gap = log(max(high / low, 1.0001)) / most
    kept = inside[:1]
    for tick in inside[1:]:
        if log(tick / kept[-1]) >= gap:
            kept.append(tick)
    return kept


def linear_ticks(high: float, most: int) -> list[float]:
    """Round ticks from 0 up to `high`."""
    step = next((s for s in _STEPS if high / s <= most), _STEPS[-1])
    return [float(i * step) for i in range(int(high / step) + 1)]


def rung_below(seconds: float) -> float:
    """The highest ladder rung at or below."""
    return float(max((t for t in LADDER if t <= seconds), default=LADDER[0]))


def rung_above(seconds: float) -> float:
    """The lowest ladder rung at or above."""
    return float(min((t for t in LADDER if t >= seconds), default=LADDER[-1]))


def duration_axis(ticks: Sequence[float], formats: Formats, **more: object) -> Spec:
    """An axis whose labels are lengths of time."""
    return _axis({tick: "0" if tick == 0 else formats.tick(tick) for tick in ticks}, more)


def share_axis(formats: Formats, **more: object) -> Spec:
    """An axis of shares 0..1 in steps of a quarter."""
    return _axis({tick: str(formats.share(tick)) for tick in (0, 0.25, 0.5, 0.75, 1)}, more)


def _axis(labels: dict[float, str], more: dict[str, object]) -> Spec:
    keys = {str(int(tick) if float(tick).is_integer() else tick): text for tick, text in labels.items()}
    expression = f"({json.dumps(keys, ensure_ascii=False)})[datum.value]"
    return {"values": list(labels), "labelExpr": expression, "title": None, **more}
