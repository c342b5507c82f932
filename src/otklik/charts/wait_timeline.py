"""'Explain this number' as a picture: what was counted, what was not, and why, along the request's life."""

from datetime import datetime, timedelta

from otklik.charts.canvas import Canvas, shortened, text_width
from otklik.charts.drawing import Spec
from otklik.charts.picture import NARROW, WIDE, DataTable, Picture
from otklik.charts.speech import Speech
from otklik.schemas.results import Explanation, Interval

_BAR_TOP, _BAR = 20.0, 30.0
_UNCOUNTED = {
    "customers_move": "customer",
    "thirds_move": "third",
    "third_partys_move": "third",
    "waiting_on_customer": "customer",
    "waiting_on_third_party": "third",
}


def wait_timeline(explanation: Explanation, speech: Speech, title: str) -> Picture:
    """Draw the intervals of one measured value; what counts is solid, what does not is pale."""
    rows = [_row(interval, speech) for interval in explanation.intervals]
    alt = speech.say(
        "A line of time: %(pieces)s.", pieces="; ".join(f"{row[0]} – {row[1]}: {row[4]}" for row in rows[:8])
    )
    columns = [speech.say("From"), speech.say("To"), speech.say("Lasted"), speech.say("Working time"),
               speech.say("Why"), speech.say("From what to what")]  # fmt: skip
    specs = [_spec(explanation, speech, width) for width in (WIDE, NARROW)]
    return Picture(specs[0], title, alt, specs[1], DataTable(columns, rows))


def token_of(interval: Interval) -> str:
    """The colour of an interval: orange for what counts, else by whose turn it was."""
    return "us" if interval.counted else _UNCOUNTED.get(interval.why, "idle")


def _row(interval: Interval, speech: Speech) -> list[str]:
    business = "–" if interval.business_s is None else str(speech.format.working(interval.business_s))
    counted = speech.say("counted") if interval.counted else speech.say("not counted")
    return [
        speech.format.moment(interval.start, speech.zone), speech.format.moment(interval.end, speech.zone),
        str(speech.format.duration(interval.seconds)), business, f"{counted}: {speech.why(interval.why)}",
        f"{speech.step(interval.start_event)} → {speech.step(interval.end_event)}",
    ]  # fmt: skip


def _spec(explanation: Explanation, speech: Speech, width: int) -> Spec:
    canvas = Canvas(width)
    pieces = explanation.intervals
    start, end = min(piece.start for piece in pieces), max(piece.end for piece in pieces)
    whole = max((end - start) / timedelta(seconds=1), 1.0)

    def x(at: datetime) -> float:
        return (at - start) / timedelta(seconds=1) / whole * width

    for piece in pieces:
        _piece(canvas, piece, x(piece.start), x(piece.end), speech)
    _ends(canvas, start, end, speech)
    _legend(canvas, pieces, speech)
    return canvas.spec()


def _piece(canvas: Canvas, piece: Interval, left: float, right: float, speech: Speech) -> None:
    paint = token_of(piece)
    length = max(2.0, right - left - 1.5)
    left = min(left, canvas.width - length)
    opacity = 1.0 if piece.counted or paint == "idle" else 0.45
    canvas.rect(left, _BAR_TOP, length, _BAR, paint, radius=3, opacity=opacity)
    words = speech.format.brief(piece.seconds)
    if length > text_width(words, 12, bold=True) + 14:
        shade = "card" if piece.counted else "ink"
        canvas.text(left + length / 2, _BAR_TOP + _BAR / 2, words, ink=shade, align="center", bold=piece.counted)


def _ends(canvas: Canvas, start: datetime, end: datetime, speech: Speech) -> None:
    canvas.text(0, 8, speech.format.moment(start, speech.zone), ink="ink-3")
    canvas.text(canvas.width, 8, speech.format.moment(end, speech.zone), ink="ink-3", align="right")


def _legend(canvas: Canvas, pieces: list[Interval], speech: Speech) -> None:
    """Every colour once, with all the reasons it stands for."""
    reasons: dict[tuple[str, bool], list[str]] = {}
    for piece in pieces:
        told = reasons.setdefault((token_of(piece), piece.counted), [])
        if speech.why(piece.why) not in told:
            told.append(speech.why(piece.why))
    x, y = 0.0, _BAR_TOP + _BAR + 18
    for (token, counted), told in reasons.items():
        why = ", ".join(told)
        words = speech.say("counted: %(why)s", why=why) if counted else speech.say("not counted: %(why)s", why=why)
        words_drawn = shortened(words, canvas.width - 20)
        needs = text_width(words_drawn) + 36
        if x and x + needs > canvas.width:
            x, y = 0.0, y + 20
        pale = 1.0 if counted or token == "idle" else 0.45  # noqa: S105 (a colour)
        canvas.rect(x, y - 6, 12, 12, token, radius=3, opacity=pale)
        canvas.text(x + 19, y, words_drawn)
        x += needs
