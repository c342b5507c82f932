"""Saying medians and percentiles, or honestly that they cannot be said."""

from otklik.charts import Speech
from otklik.report.blocks import Cell
from otklik.schemas.results import Clock, Speed

MINIMUM_N = {"median": 6, "p75": 11, "p90": 29, "p95": 59}
"""Fewer requests than this leave a two-sided 95 % order-statistic interval open."""


def quantile(speed: Speed, name: str) -> tuple[float | None, float | None, float | None]:
    """Return value, low and high of 'median', 'p75', 'p90' or 'p95'."""
    value, low, high = (getattr(speed, f"{name}{end}_s") for end in ("", "_low", "_high"))
    return value, low, high


def too_few(speed: Speed, name: str) -> bool:
    """Whether there are too few requests to say it at all."""
    return speed.n < MINIMUM_N[name]


def quantile_text(speed: Speed, name: str, speech: Speech, clock: Clock) -> str:
    """The figure alone, or why there is none."""
    value, _, _ = quantile(speed, name)
    if value is not None:
        return speech.length(value, clock)
    return speech.say("too few to say") if too_few(speed, name) else _unreached(speed, speech)


def ended_in_vain(speed: Speed) -> bool:
    """Whether those who got nothing mostly ended without it, and are not waiting any more."""
    return speed.never > speed.running


def _unreached(speed: Speed, speech: Speech) -> str:
    return speech.say("never") if ended_in_vain(speed) else speech.say("not yet")


def figures_text(speed: Speed, speech: Speech, clock: Clock, *, sure: bool = False) -> str:
    """Half and nine in ten in one phrase, each with its own interval if `sure`, or with why there is none."""
    return ", ".join((_half(speed, speech, clock, sure), _nine_in_ten(speed, speech, clock, sure)))


def _half(speed: Speed, speech: Speech, clock: Clock, sure: bool) -> str:
    if speed.median_s is None:
        if too_few(speed, "median"):
            return speech.say("half: too few to say")
        return speech.say("half: never") if ended_in_vain(speed) else speech.say("half: not yet")
    time, lies = speech.length(speed.median_s, clock), interval_text(speed, "median", speech, clock)
    if sure and lies:
        return speech.say("half within %(time)s (95%% sure: %(interval)s)", time=time, interval=lies)
    return speech.say("half within %(time)s", time=time)


def _nine_in_ten(speed: Speed, speech: Speech, clock: Clock, sure: bool) -> str:
    if speed.p90_s is None:
        if too_few(speed, "p90"):
            return speech.say("nine in ten: too few to say")
        return speech.say("nine in ten: never") if ended_in_vain(speed) else speech.say("nine in ten: not yet")
    time, lies = speech.length(speed.p90_s, clock), interval_text(speed, "p90", speech, clock)
    if sure and lies:
        return speech.say("nine in ten within %(time)s (95%% sure: %(interval)s)", time=time, interval=lies)
    return speech.say("nine in ten within %(time)s", time=time)


def interval_text(speed: Speed, name: str, speech: Speech, clock: Clock) -> str:
    """Its 95 % interval in words; empty where there is none, or where it is the figure itself."""
    value, low, high = quantile(speed, name)
    return "" if value is None or value == low == high else speech.between(low, high, clock)


def quantile_cell(speed: Speed | None, name: str, speech: Speech, clock: Clock) -> Cell:
    """Both as a cell of a table."""
    if speed is None:
        return Cell("–", numeric=True)
    value, low, high = quantile(speed, name)
    lies = ""
    if value is not None and low is not None and high is not None:
        ends = speech.brief(low, clock), speech.brief(high, clock)
        lies = "" if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}"
    elif value is not None and low is not None and high is None:
        lies = speech.between(low, high, clock)
    return Cell(quantile_text(speed, name, speech, clock), lies, numeric=True)
