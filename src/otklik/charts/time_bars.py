"""Where the time is spent: a bar for each step or team that held it."""

from otklik.charts.canvas import Canvas, shortened, text_width
from otklik.charts.drawing import Spec
from otklik.charts.picture import NARROW, WIDE, DataTable, Picture
from otklik.charts.speech import Speech
from otklik.schemas.results import TimePart

_MOST, _PITCH = 8, 34


def time_bars(parts: list[TimePart], speech: Speech, title: str, what: str) -> Picture:
    """Draw the share of all the time that each part holds, largest first; `what` names the first column."""
    rows = [[speech.step(part.part), str(speech.format.share(part.share))] for part in parts]
    alt = speech.say("Bars: %(bars)s.", bars="; ".join(" ".join(row) for row in rows[:_MOST]))
    table = DataTable([what, speech.say("Share of the time")], rows)
    return Picture(_spec(parts, speech, WIDE), title, alt, _spec(parts, speech, NARROW), table)


def _spec(parts: list[TimePart], speech: Speech, width: int) -> Spec:
    canvas = Canvas(width)
    shown = parts[:_MOST]
    names = [speech.step(part.part) for part in shown]
    beside = width >= WIDE
    left = min(300.0, max((text_width(name, 13) for name in names), default=0.0)) + 14 if beside else 0.0
    pitch = _PITCH if beside else _PITCH + 14
    most = max((part.share for part in shown), default=0.0) or 1.0
    for i, (name, part) in enumerate(zip(names, shown, strict=True)):
        y = i * pitch + pitch - _PITCH / 2
        if beside:
            canvas.text(left - 12, y, shortened(name, left - 14, 13), size=13, align="right")
        else:
            canvas.text(0, y - 22, shortened(name, width, 13), size=13)
        length = max(2.0, (width - left - 62) * part.share / most)
        canvas.rect(left, y - 11, length, 22, "us" if i == 0 else "speed-4", radius=3)
        canvas.text(left + length + 8, y, speech.format.share(part.share), size=14, ink="ink", bold=True)
    return canvas.spec()
