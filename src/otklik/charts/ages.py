"""How long those who wait now have been waiting."""

from otklik.charts.canvas import Canvas, text_width
from otklik.charts.drawing import Spec
from otklik.charts.palette import SPEED_STEPS
from otklik.charts.picture import NARROW, WIDE, DataTable, Picture
from otklik.charts.speech import Speech
from otklik.schemas.results import Waiting

_PITCH = 34


def ages(waiting: Waiting, speech: Speech, title: str) -> Picture:
    """Draw a bar for each age of waiting, from fresh to old."""
    bars = [(_age(start, end, speech), n) for start, end, n in _told(waiting.ages)]
    rows = [[words, speech.format.number(n)] for words, n in bars]
    alt = speech.say(
        "Bars: how many have been waiting for how long. %(bars)s.", bars="; ".join(": ".join(row) for row in rows)
    )
    table = DataTable([speech.say("Waiting for"), speech.say("How many")], rows)
    return Picture(_spec(bars, speech, WIDE), title, alt, _spec(bars, speech, NARROW), table)


def _told(ages: list[tuple[float, float | None, int]]) -> list[tuple[float, float | None, int]]:
    """Only the ages between the first and the last that occur."""
    some = [i for i, (_, _, n) in enumerate(ages) if n]
    return ages[some[0] : some[-1] + 1] if some else ages


def _age(start: float, end: float | None, speech: Speech) -> str:
    tick = speech.format.tick
    if end is None:
        return speech.say("over %(time)s", time=tick(start))
    if start <= 0:
        return speech.say("up to %(time)s", time=tick(end))
    return f"{tick(start)} – {tick(end)}"


def _spec(bars: list[tuple[str, int]], speech: Speech, width: int) -> Spec:
    canvas = Canvas(width)
    left = max((text_width(words, 13) for words, _ in bars), default=0.0) + 14
    most = max((n for _, n in bars), default=0) or 1
    room = width - left - text_width(speech.format.number(most), 14, bold=True) - 14
    for i, (words, n) in enumerate(bars):
        y = i * _PITCH + _PITCH / 2
        canvas.text(left - 12, y, words, size=13, align="right")
        length = max(2.0, room * n / most) if n else 0.0
        token = SPEED_STEPS[min(len(SPEED_STEPS) - 1, round(i * 5 / max(1, len(bars) - 1)))]
        canvas.rect(left, y - 11, length, 22, token, radius=3)
        canvas.text(left + length + 8, y, speech.format.number(n), size=14, ink="ink" if n else "ink-3", bold=bool(n))
    return canvas.spec()
