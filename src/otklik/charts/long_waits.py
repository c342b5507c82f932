"""The longest waits side by side: a bar each from its beginning to its end, along the calendar."""

from datetime import datetime

from otklik.charts.canvas import Canvas, shortened, text_width
from otklik.charts.drawing import Spec
from otklik.charts.picture import NARROW, WIDE, DataTable, Picture
from otklik.charts.printable import clipped
from otklik.charts.speech import Speech
from otklik.schemas.results import Explanation

_PITCH = 46.0


def long_waits(entries: list[Explanation], speech: Speech, title: str) -> Picture:
    """Draw waits that are one piece each, from the first day to the last."""
    rows = [
        [
            clipped(entry.request), speech.format.moment(entry.intervals[0].start, speech.zone),
            speech.format.moment(entry.intervals[-1].end, speech.zone), _lasted(entry, speech),
            speech.why(entry.intervals[0].why),
        ]
        for entry in entries
    ]  # fmt: skip
    alt = speech.say("Bars along the calendar: %(bars)s.", bars="; ".join(f"{row[0]}: {row[3]}" for row in rows))
    columns = [speech.say("Which"), speech.say("From"), speech.say("To"), speech.say("Lasted"), speech.say("Why")]
    return Picture(_spec(entries, speech, WIDE), title, alt, _spec(entries, speech, NARROW), DataTable(columns, rows))


def _lasted(entry: Explanation, speech: Speech) -> str:
    return "–" if entry.value_s is None else str(speech.format.duration(entry.value_s))


def _spec(entries: list[Explanation], speech: Speech, width: int) -> Spec:
    canvas = Canvas(width)
    start = min(entry.intervals[0].start for entry in entries)
    end = max(entry.intervals[-1].end for entry in entries)
    whole = max((end - start).total_seconds(), 1.0)

    def x(at: datetime) -> float:
        return (at - start).total_seconds() / whole * width

    for i, entry in enumerate(entries):
        y = i * _PITCH
        left, right = x(entry.intervals[0].start), x(entry.intervals[-1].end)
        lasted = _lasted(entry, speech)
        room = width - text_width(lasted, 13, bold=True) - 18
        name = f"{clipped(entry.request)}  {clipped(entry.subject or '')}".strip()
        canvas.text(0, y + 9, shortened(name, room, 13), size=13, ink="ink")
        canvas.text(width, y + 9, lasted, size=13, ink="us", align="right", bold=True)
        canvas.rect(0, y + 21, width, 10, "grid", radius=3)
        canvas.rect(min(left, width - 3), y + 21, max(3.0, right - left), 10, "us", radius=3)
    bottom = len(entries) * _PITCH + 4
    canvas.text(0, bottom, speech.format.short_day(start, speech.zone, year=True), ink="ink-3")
    canvas.text(width, bottom, speech.format.short_day(end, speech.zone, year=True), ink="ink-3", align="right")
    return canvas.spec()
