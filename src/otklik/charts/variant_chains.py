"""The most common ways from asking to served, as chains of steps, with the place where each stalls."""

from itertools import groupby

from otklik.charts.canvas import Canvas, shortened, text_width
from otklik.charts.drawing import Spec
from otklik.charts.picture import NARROW, WIDE, DataTable, Picture
from otklik.charts.speech import Speech
from otklik.schemas.results import Barriers, PathVariant

_MOST, _MOST_STEPS = 7, 16
_CHIP = 24.0


def variant_chains(barriers: Barriers, speech: Speech, title: str) -> Picture:
    """Draw each of the most common ways: its share as a bar, its steps as chips, the stall in orange."""
    shown = barriers.variants[:_MOST]
    rows = [
        [
            " → ".join(_steps(variant, speech)), speech.format.number(variant.n),
            str(speech.format.share(variant.share)),
            "–" if variant.median_s is None else speech.format.brief(variant.median_s),
            _stall(variant, speech) or "–",
        ]
        for variant in barriers.variants
    ]  # fmt: skip
    alt = speech.say("The most common ways: %(ways)s.", ways="; ".join(f"{row[2]}: {row[0]}" for row in rows[:3]))
    columns = [speech.say("Way"), speech.say("How many"), speech.say("Share"), speech.say("Half take less than"),
               speech.say("Stalls")]  # fmt: skip
    return Picture(_spec(shown, speech, WIDE), title, alt, _spec(shown, speech, NARROW), DataTable(columns, rows))


def _steps(variant: PathVariant, speech: Speech) -> list[str]:
    """Steps in words; what repeats at once is written once, with how often."""
    return [name for name, _ in _runs(variant, speech)]


def _runs(variant: PathVariant, speech: Speech) -> list[tuple[str, bool]]:
    """Each run of equal steps in words, and whether the way stalls after it (or within it)."""
    found, place = [], 0
    for step, run in groupby(variant.steps):
        times = len(list(run))
        stalls = variant.stall_at is not None and place <= variant.stall_at < place + times
        found.append((speech.step(step) if times == 1 else f"{speech.step(step)} ×{times}", stalls))
        place += times
    return found


def _stall(variant: PathVariant, speech: Speech) -> str:
    if variant.stall_after is None or variant.stall_median_s is None:
        return ""
    return speech.say(
        "after “%(step)s”: %(time)s",
        step=speech.step(variant.stall_after),
        time=speech.format.brief(variant.stall_median_s),
    )


def _spec(variants: list[PathVariant], speech: Speech, width: int) -> Spec:
    canvas = Canvas(width)
    most = max((variant.share for variant in variants), default=1.0) or 1.0
    y = 0.0
    for variant in variants:
        y = _heading(canvas, variant, y, most, speech)
        y = _chips(canvas, variant, y, speech) + 22
    return canvas.spec()


def _heading(canvas: Canvas, variant: PathVariant, y: float, most: float, speech: Speech) -> float:
    share = speech.format.share(variant.share)
    canvas.text(0, y + 9, share, size=15, ink="ink", bold=True)
    left = max(58.0, text_width(share, 15, bold=True) + 10)
    canvas.text(left, y + 9, _how_many(variant, canvas.width - left, speech), ink="ink-3")
    canvas.rect(0, y + 22, canvas.width * variant.share / most, 4, "accent", radius=2)
    return y + 36


def _how_many(variant: PathVariant, room: float, speech: Speech) -> str:
    """How many and how fast: with the noun where there is room for it."""
    if variant.median_s is None:
        return shortened(speech.requests(variant.n), room)
    time = speech.format.brief(variant.median_s)
    said = (speech.requests(variant.n), speech.format.number(variant.n))
    long, short = (speech.say("%(requests)s, half within %(time)s", requests=n, time=time) for n in said)
    return long if text_width(long) <= room else shortened(short, room)


def _chips(canvas: Canvas, variant: PathVariant, y: float, speech: Speech) -> float:
    """Write the chips in lines that fit, the waiting after the stalling step as a chip of its own."""
    steps, x = _runs(variant, speech), 0.0
    if len(steps) > _MOST_STEPS:
        steps = [*steps[: _MOST_STEPS - 1], ("…", any(stalls for _, stalls in steps[_MOST_STEPS - 1 :]))]
    for step, stalls in steps:
        chips = [(step, False)]
        if stalls and variant.stall_median_s is not None:
            chips.append((speech.format.brief(variant.stall_median_s), True))
        for words, slow in chips:
            words = shortened(words, canvas.width - 24)
            needs = text_width(words, 12) + 20
            if x and x + needs > canvas.width:
                x, y = 0.0, y + _CHIP + 7
            canvas.rect(x, y, needs, _CHIP, "us" if slow else "soft", stroke=None if slow else "line", radius=12)
            canvas.text(x + needs / 2, y + _CHIP / 2, words, ink="card" if slow else "ink", align="center", bold=slow)
            x += needs + 7
    return y + _CHIP
