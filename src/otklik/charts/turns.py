"""Whose turn it was: the life of all requests as one bar."""

from otklik.charts.canvas import Canvas, text_width
from otklik.charts.drawing import Spec
from otklik.charts.palette import TURN_COLOURS
from otklik.charts.picture import NARROW, WIDE, DataTable, Picture
from otklik.charts.speech import Speech
from otklik.schemas.results import TimePart, WhereTimeGoes

_BAR = 46


def turns(where: WhereTimeGoes, speech: Speech, title: str) -> Picture:
    """Draw one bar of all the time, cut by whose turn it was."""
    rows = [
        [
            speech.turn(part.part),
            str(speech.format.share(part.share)),
            str(speech.format.duration(part.total_s / where.n)),
        ]
        for part in where.turns
        if part.total_s
    ]
    alt = speech.say("One bar of all the time: %(parts)s.", parts="; ".join(f"{row[0]} {row[1]}" for row in rows))
    columns = [speech.say("Whose turn"), speech.say("Share of the time"), speech.say("For each request")]
    if speech.is_process:
        columns[2] = speech.say("For each case")
    return Picture(
        _spec(where.turns, speech, WIDE), title, alt, _spec(where.turns, speech, NARROW), DataTable(columns, rows)
    )


def _spec(parts: list[TimePart], speech: Speech, width: int) -> Spec:
    canvas = Canvas(width)
    x = 0.0
    legend: list[tuple[str, TimePart]] = []
    for part in parts:
        token = TURN_COLOURS.get(part.part, "muted")
        length = width * part.share
        if length < 1:
            continue
        canvas.rect(x, 0, max(1.0, length - 2), _BAR, token, radius=4)
        share = speech.format.share(part.share)
        if length > text_width(share, 18, bold=True) + 20:
            canvas.text(x + 12, _BAR / 2, share, size=18, ink="card", bold=True)
        legend.append((token, part))
        x += length
    x, y = 0.0, _BAR + 22.0
    for token, part in legend:
        words = f"{speech.turn(part.part)} {speech.format.share(part.share)}"
        needs = 30 + text_width(words, 13)
        if x and x + needs > width:
            x, y = 0.0, y + 24
        canvas.rect(x, y - 6, 12, 12, token, radius=3)
        canvas.text(x + 20, y, words, size=13)
        x += needs + 8
    return canvas.spec()
