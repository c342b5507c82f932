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
    return speech.say("too few to say") if too_few(speed, name) else speech.say("not reached yet")


def interval_text(speed: Speed, name: str, speech: Speech, clock: Clock) -> str:
    """Its 95 % interval in words; empty where there is none."""
    value, low, high = quantile(speed, name)
    return "" if value is None else speech.between(low, high, clock)


def quantile_cell(speed: Speed | None, name: str, speech: Speech, clock: Clock) -> Cell:
    """Both as a cell of a table."""
    if speed is None:
        return Cell("–", numeric=True)
    value, low, high = quantile(speed, name)
    lies = ""
    if value is not None and low is not None and high is not None:
        lies = f"{speech.brief(low, clock)} – {speech.brief(high, clock)}"
    elif value is not None and low is not None:
        lies = speech.between(low, high, clock)
    return Cell(quantile_text(speed, name, speech, clock), lies, numeric=True)
