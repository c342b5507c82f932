"""What was promised against what happened: a mark for the promise, a dot with its interval for the share kept."""

from otklik.charts.canvas import Canvas, text_width
from otklik.charts.drawing import Spec
from otklik.charts.picture import NARROW, WIDE, DataTable, Picture
from otklik.charts.speech import Speech
from otklik.schemas.results import TargetResult
from otklik.schemas.targets import Target

_PITCH = 62.0


def promise(target: Target, speech: Speech) -> str:
    """A promise in words."""
    words = speech.say(
        "%(measure)s within %(time)s for %(share)s", measure=speech.measure(target.measure),
        time=speech.length(target.within_s, target.clock), share=speech.format.share(target.share),
    )  # fmt: skip
    clock = f", {speech.clock(target.clock)}" if target.clock == "business" else ""
    only = "".join(f", {speech.slice(by)}: {value}" for by, value in target.only.items())
    return f"{words}{clock}{only}"


def verdict(result: TargetResult, speech: Speech) -> str:
    """Whether a promise was kept."""
    if result.met is None:
        return speech.say("cannot be told yet")
    return speech.say("kept") if result.met else speech.say("not kept")


def promises(results: list[TargetResult], speech: Speech, title: str) -> Picture:
    """Draw each promise on a track from 0 to 100 %."""
    columns = [speech.say("Promise"), speech.say("Kept for"), speech.say("95% sure"), speech.say("Verdict")]
    rows = [
        [promise(r.target, speech), _share(r.share, speech), _interval(r, speech), verdict(r, speech)] for r in results
    ]
    alt = speech.say("Promises: %(promises)s.", promises="; ".join(f"{row[0]}: {row[1]}, {row[3]}" for row in rows))
    return Picture(_spec(results, speech, WIDE), title, alt, _spec(results, speech, NARROW), DataTable(columns, rows))


def _share(share: float | None, speech: Speech) -> str:
    return "–" if share is None else str(speech.format.share(share))


def _interval(result: TargetResult, speech: Speech) -> str:
    return f"{_share(result.low, speech)} – {_share(result.high, speech)}"


def _spec(results: list[TargetResult], speech: Speech, width: int) -> Spec:
    canvas = Canvas(width)
    y = 0.0
    for result in results:
        y = _track(canvas, result, y, speech)
    return canvas.spec()


def _track(canvas: Canvas, result: TargetResult, y: float, speech: Speech) -> float:
    token = "muted" if result.met is None else "good" if result.met else "us"
    words = verdict(result, speech)
    if result.share is not None:
        words = f"{speech.format.share(result.share)}, {words}"
    beside = canvas.width >= WIDE
    for line in _lines(promise(result.target, speech), canvas.width - (text_width(words, 13) + 20 if beside else 0)):
        canvas.text(0, y + 9, line, size=13, ink="ink")
        y += 19
    ink = "ink-3" if result.met is None else token
    if beside:
        canvas.text(canvas.width, y - 10, words, size=13, ink=ink, align="right", bold=True)
    else:
        canvas.text(0, y + 9, words, size=13, ink=ink, bold=True)
    y += 12 if beside else 28
    canvas.rect(0, y, canvas.width, 8, "grid", radius=4)
    if result.share is not None:
        low, high = result.low or result.share, result.high or result.share
        canvas.rect(canvas.width * low, y, canvas.width * (high - low), 8, token, opacity=0.45)
        canvas.dot(canvas.width * result.share, y + 4, 150, token, stroke="card")
    goal = canvas.width * result.target.share
    canvas.rect(goal - 1.5, y - 7, 3, 22, "ink", radius=1)
    return y + 44


def _lines(text: str, room: float) -> list[str]:
    """Break a text into lines that fit."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, 13) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
