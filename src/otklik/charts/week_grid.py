"""Hour by weekday: when customers come, when coming means waiting, and how much lies open."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from math import floor, log10

from otklik.charts.canvas import Canvas, shortened, text_width
from otklik.charts.drawing import Spec
from otklik.charts.palette import BUSY_STEPS, SLOW_STEPS
from otklik.charts.picture import NARROW, WIDE, DataTable, Picture
from otklik.charts.scales import LADDER
from otklik.charts.speech import Speech
from otklik.schemas.results import WeekGrid

Cells = list[list[float | None]]
_GAP = 2.0
_FLAT = 1.1
"""Where the highest mean is not this many times the lowest, the hours of the week make no difference."""


@dataclass(frozen=True)
class _Ramp:
    """How values become colours: the bounds between them, their words, what is counted, and how a value is said."""

    bounds: list[float]
    words: list[str]
    steps: tuple[str, ...]
    unit: str
    say: Callable[[float], str]


def arrivals_grid(grid: WeekGrid, speech: Speech, title: str) -> Picture:
    """Draw how many came in each hour of the week."""
    cells: Cells = [[float(n) for n in day] for day in grid.n]
    bounds = _count_bounds([n for day in grid.n for n in day])
    words = [speech.format.number(bound) for bound in bounds]
    unit = speech.say("how many started, in all" if speech.is_process else "how many came, in all")
    return _picture(cells, _Ramp(bounds, words, BUSY_STEPS, unit, speech.format.number), speech, title)


def waits_grid(grid: WeekGrid, speech: Speech, title: str) -> Picture:
    """Draw how long half of those who came in each hour of the week waited, or more; empty where too few came."""
    cells = grid.median_s or [[None] * 24 for _ in range(7)]
    bounds = _time_bounds([value for day in cells for value in day if value is not None])
    words = [speech.format.brief(bound) for bound in bounds]
    unit = speech.say("half took longer than this" if speech.is_process else "half waited longer than this")
    return _picture(cells, _Ramp(bounds, words, SLOW_STEPS, unit, speech.format.brief), speech, title)


def open_grid(grid: WeekGrid, speech: Speech, title: str) -> Picture:
    """Draw how many are open in each hour of the week, on average; empty where that hour never came."""
    cells = grid.mean or [[None] * 24 for _ in range(7)]
    bounds, digits = _mean_bounds([value for day in cells for value in day if value is not None])
    words = [speech.format.number(bound, digits) for bound in bounds]
    unit = speech.say("how many are open, on average")
    return _picture(cells, _Ramp(bounds, words, BUSY_STEPS, unit, speech.format.mean), speech, title)


def _mean_bounds(values: list[float]) -> tuple[list[float], int]:
    """Five bounds, even steps from the lowest mean to the highest, or from 0 where they hardly differ; decimals."""
    high = max(values, default=0.0)
    low = min(values, default=0.0) if high >= _FLAT * min(values, default=0.0) else 0.0
    if high <= low:
        return [], 0
    digits = max(0, -floor(log10((high - low) / 6)))
    return sorted({round(low + (high - low) * i / 6, digits) for i in range(1, 6)}), digits


def _count_bounds(counts: list[int]) -> list[float]:
    """Five bounds between six colours, even steps up to the busiest hour, never less than 1 apart."""
    top = max(counts, default=0)
    return sorted({float(max(1, round(top * i / 6))) for i in range(1, 6)})


def _time_bounds(values: list[float]) -> list[float]:
    """Round lengths of time near the sixths of the distribution."""
    if not values:
        return []
    ordered = sorted(values)
    sixths = [ordered[int(len(ordered) * i / 6)] for i in range(1, 6)]
    return sorted({_rounded(value) for value in sixths})


def _rounded(seconds: float) -> float:
    """Two significant steps a rung are enough: 1, 2, 5 of the unit below."""
    unit = float(max((rung for rung in LADDER if rung in _UNITS and rung <= seconds), default=1))
    return max(unit, round(seconds / unit) * unit) if seconds < 10 * unit else round(seconds / (5 * unit)) * 5 * unit


_UNITS = frozenset({1, 60, 3600, 86_400})


def _picture(cells: Cells, ramp: _Ramp, speech: Speech, title: str) -> Picture:
    peak = max(
        ((value, day, hour) for day, row in enumerate(cells) for hour, value in enumerate(row) if value), default=None
    )
    alt = speech.say("A grid of 7 weekdays by 24 hours, darker for more.")
    if peak:
        alt = speech.say(
            "A grid of 7 weekdays by 24 hours, darker for more. The darkest: %(day)s, %(hour)s: %(value)s.",
            day=speech.format.weekday(peak[1], short=False), hour=_hour(peak[2]), value=ramp.say(peak[0]),
        )  # fmt: skip
    columns = [speech.say("Hour"), *(speech.format.weekday(day) for day in range(7))]
    rows = [
        [_hour(hour), *("–" if (value := cells[day][hour]) is None else ramp.say(value) for day in range(7))]
        for hour in range(24)
    ]
    specs = [_spec(cells, ramp, speech, width) for width in (WIDE, NARROW)]
    return Picture(specs[0], title, alt, specs[1], DataTable(columns, rows))


def _hour(hour: int) -> str:
    return f"{hour:02d}:00"


def _spec(cells: Cells, ramp: _Ramp, speech: Speech, width: int) -> Spec:
    canvas = Canvas(width)
    wide = width >= WIDE
    left, top = (44.0, 22.0) if wide else (40.0, 24.0)
    across, down = (24, 7) if wide else (7, 24)
    cell_w, cell_h = (width - left) / across, 26.0 if wide else 17.0
    for day in range(7):
        for hour in range(24):
            column, row = (hour, day) if wide else (day, hour)
            box = (left + column * cell_w, top + row * cell_h, cell_w - _GAP, cell_h - _GAP)
            _cell(canvas, box, cells[day][hour], ramp)
    for day in range(7):
        name = speech.format.weekday(day)
        if wide:
            canvas.text(left - 10, top + (day + 0.5) * cell_h - 1, name, align="right")
        else:
            canvas.text(left + (day + 0.5) * cell_w - 1, 10, shortened(name, cell_w), align="center")
    for hour in range(0, 24, 3):
        if wide:
            canvas.text(left + hour * cell_w, 10, _hour(hour), ink="ink-3")
        else:
            canvas.text(left - 8, top + (hour + 0.5) * cell_h, _hour(hour), ink="ink-3", align="right", size=11)
    _legend(canvas, left if wide else 0.0, top + down * cell_h + 22, ramp)
    return canvas.spec()


def _cell(canvas: Canvas, box: tuple[float, float, float, float], value: float | None, ramp: _Ramp) -> None:
    if value is None:
        x, y, width, height = box
        canvas.dot(x + width / 2, y + height / 2, 6, "idle")
        return
    canvas.rect(*box, ramp.steps[_step(value, ramp.bounds, ramp.steps)], radius=2)


def _step(value: float, bounds: list[float], steps: tuple[str, ...]) -> int:
    """The colours used are spread over the ramp however few bounds there are."""
    place = bisect_right(bounds, value)
    return round(place * (len(steps) - 1) / max(1, len(bounds)))


def _legend(canvas: Canvas, left: float, y: float, ramp: _Ramp) -> None:
    """Swatches with the bounds written between them."""
    words, steps = ramp.words, ramp.steps
    canvas.text(left, y, ramp.unit)
    y += 20
    swatch = max(30.0, *(text_width(word, 11) + 6 for word in words), 30.0) if words else 30.0
    swatch = min(swatch, (canvas.width - left - 4) / (len(words) + 1))
    for i in range(len(words) + 1):
        canvas.rect(
            left + i * swatch, y - 6, swatch - 1, 12, steps[round(i * (len(steps) - 1) / max(1, len(words)))], radius=1
        )
    for i, word in enumerate(words):
        canvas.text(left + (i + 1) * swatch, y + 16, word, size=11, ink="ink-3", align="center")
