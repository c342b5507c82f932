"""The short summary in the terminal: what to know, in plain characters."""

import unicodedata
from collections.abc import Iterator
from textwrap import wrap

from otklik.charts import Speech
from otklik.report.quantiles import MINIMUM_N, figures_text
from otklik.report.sections.change import change_text, verdict_text
from otklik.report.sections.summary import headline, headline_speed
from otklik.report.sections.who import slice_title, slowest
from otklik.schemas.results import Clock, Report, ShareWithin, Speed

_ROUND = (60, 300, 900, 3600, 14_400, 86_400, 259_200, 604_800, 2_592_000, 7_776_000, 31_536_000)
_TELLING = (0.05, 0.25, 0.5, 0.75, 0.9, 0.99)
"""Shares a reader wants to see reached: a bar for the round time nearest to each."""
_BOLD, _DIM, _ORANGE, _BLUE, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[33m", "\x1b[34m", "\x1b[0m"


def render_text(report: Report, language: str, width: int = 88, colour: bool = False) -> str:
    """Write the summary in 15 to 25 lines of at most `width` characters; `colour` uses ANSI."""
    speech = Speech.about(report, language)
    paint = _Paint(colour)
    lines = [line for part in _parts(report, speech, width, paint) if part for line in [*part, ""]]
    return "\n".join(lines[:-1])


class _Paint:
    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, code: str, text: str) -> str:
        return f"{code}{text}{_OFF}" if self.colour and text else text


def _parts(report: Report, speech: Speech, width: int, paint: _Paint) -> Iterator[list[str]]:
    simulated = [speech.say("These records are simulated; no such company exists.")] if report.log.simulated else []
    title = wrap(clean(headline(report, speech)), width)
    log = report.log
    yield [*simulated, *(paint(_BOLD, line) for line in title), paint(_DIM, clean(_source(report, speech))[:width])]
    speed = headline_speed(report)
    if speed is not None and speed.n >= MINIMUM_N["median"]:
        yield list(_curve(speed, speech, width, paint))
        yield list(_speeds(report, speech, width))
    found = [clean(line) for line in _findings(report, speech)]
    if found:
        yield [row for line in found for row in wrap(line, width, initial_indent="• ", subsequent_indent="  ")]
    yield [clean(_account(report, speech))[:width]] if log.read else [speech.requests(log.requests)]


def clean(text: str) -> str:
    """Take out control characters, so that no record can steer the terminal."""
    return "".join(c for c in text if unicodedata.category(c)[0] != "C").replace("\u00a0", " ")


def _source(report: Report, speech: Speech) -> str:
    log = report.log
    if log.first_event_at is None or log.last_event_at is None:
        return speech.requests(log.requests)
    days = speech.format.days(log.first_event_at, log.last_event_at, speech.zone)
    return f"{speech.requests(log.requests)} · {days} · {', '.join(log.sources)}"


def _curve(speed: Speed, speech: Speech, width: int, paint: _Paint) -> Iterator[str]:
    """A bar for each round time: the share served by then."""
    marks = _telling_marks(speed)
    names = [clean(speech.say("within %(time)s", time=str(speech.format.duration(mark.within_s)))) for mark in marks]
    left = max((len(name) for name in names), default=0)
    room = max(10, min(48, width - left - 10))
    for name, mark in zip(names, marks, strict=True):
        full = round((mark.share or 0.0) * room)
        bar = paint(_BLUE, "█" * full) + paint(_DIM, "░" * (room - full))
        yield f"{name:>{left}}  {bar} {clean(speech.format.share(mark.share or 0.0)):>6}"


def _telling_marks(speed: Speed) -> list[ShareWithin]:
    known = [mark for mark in speed.within if mark.within_s in _ROUND and (mark.share or 0.0) >= 0.005]
    nearest = (min(known, key=lambda mark: abs((mark.share or 0.0) - share)) for share in _TELLING if known)
    return sorted({mark.within_s: mark for mark in nearest}.values(), key=lambda mark: mark.within_s)


def _speeds(report: Report, speech: Speech, width: int) -> Iterator[str]:
    """Median and p90 of the headline in both clocks."""
    result = report.measures[report.headline]
    clocks: tuple[tuple[Clock, Speed | None], ...] = (("elapsed", result.elapsed), ("business", result.business))
    for clock, speed in clocks:
        if speed is None or (speed.median_s is None and speed.p90_s is None):
            continue  # the headline has said why
        line = f"{speech.clock(clock)}: {figures_text(speed, speech, clock, sure=True)}"
        yield from wrap(clean(line[:1].upper() + line[1:]), width)


def _findings(report: Report, speech: Speech) -> Iterator[str]:
    now = report.waiting
    if now is not None and now.n:
        number = speech.format.number(now.n)
        line: str = speech.say("Open now: %(n)s", n=number)
        if now.basis == "reply":
            line = speech.say("Waiting now: %(n)s", n=number)
        if now.longest:
            line += ", " + speech.say("the longest for %(time)s", time=speech.format.duration(now.longest[0].waited_s))
        yield line
    where = report.where
    turns = [part for part in where.turns if part.total_s] if where is not None else []
    if len(turns) > 1:
        yield "; ".join(f"{speech.turn(part.part)} {speech.format.share(part.share)}" for part in turns)
    yield from (slice_title(cut, speech) for cut in report.slices[:3] if slowest(cut) is not None)
    if report.trend is not None and report.trend.verdict != "too_short":
        yield verdict_text(report.trend, speech)
        yield from (change_text(point, report.trend, speech) for point in report.trend.changes[-1:])


def _account(report: Report, speech: Speech) -> str:
    count, number = report.quality.count, speech.format.number
    return speech.say(
        "Records: %(read)s read = %(kept)s kept + %(aside)s set aside + %(twice)s there twice",
        read=number(count.read), kept=number(count.kept), aside=number(count.quarantined),
        twice=number(count.duplicate),
    )  # fmt: skip
