"""Rules on the start of a key result against the log: reached already (D1), invisible (D2), invented (D3)."""

from collections.abc import Iterator
from typing import Any

from otklik.goals.coach.rule import AboutKeyResult, Remark, Rule
from otklik.schemas.goals import KeyResult


def reached_before_the_start(about: AboutKeyResult) -> Iterator[Remark]:
    """D1: the whole interval measured before the start lies at or beyond the target; what is to be kept is left out."""
    key_result, measured = about.key_result, _at_start(about)
    if key_result.target is None or measured is None:
        return
    value, low, high = measured
    if not moves(key_result):
        return
    if high <= key_result.target if _goes_down(key_result) else low >= key_result.target:
        yield Remark("d1.reached", _shown(key_result, value=value, low=low, high=high, target=key_result.target))


def cannot_be_seen(about: AboutKeyResult) -> Iterator[Remark]:
    """D2: from start to target is less than so many requests can show."""
    key_result, log = about.key_result, about.log
    if log is None or log.visible_change is None or key_result.target is None or not moves(key_result):
        return
    start = log.at_start if log.at_start is not None else key_result.baseline
    if start is None:
        return
    distance = abs(key_result.target - start)
    if distance < log.visible_change:
        told = _shown(key_result, start=start, target=key_result.target, distance=distance, visible=log.visible_change)
        yield Remark("d2.invisible", told)


def starts_elsewhere(about: AboutKeyResult) -> Iterator[Remark]:
    """D3: the typed start lies outside the interval that was measured before the cycle."""
    key_result, measured = about.key_result, _at_start(about)
    if measured is None or key_result.baseline is None:
        return
    value, low, high = measured
    if not low <= key_result.baseline <= high:
        yield Remark("d3.other-start", _shown(key_result, typed=key_result.baseline, value=value, low=low, high=high))


def moves(key_result: KeyResult) -> bool:
    """Tell whether a number shall be moved, not kept."""
    return key_result.direction in ("raise", "lower")


def _at_start(about: AboutKeyResult) -> tuple[float, float, float] | None:
    """The value measured before the start with its interval; until the cycle begins the latest one is such a value."""
    log, cycle = about.log, about.around.cycle
    if log is None:
        return None
    if (found := _triple(log.at_start, log.at_start_low, log.at_start_high)) is not None:
        return found
    begun = cycle is not None and log.on > cycle.start
    return None if begun else _triple(log.measured, log.measured_low, log.measured_high)


def _triple(value: float | None, low: float | None, high: float | None) -> tuple[float, float, float] | None:
    if low is None or high is None:
        return None
    return (low + high) / 2 if value is None else value, low, high


def _goes_down(key_result: KeyResult) -> bool:
    """Tell which way it goes: by its numbers where both are known, as a direction is easily left as it was."""
    start, target = key_result.baseline, key_result.target
    if start is not None and target is not None and start != target:
        return target < start
    return key_result.direction == "lower"


def _shown(key_result: KeyResult, **values: float) -> dict[str, Any]:
    """Facts that people read: rounded numbers; the unit is told once."""
    return {name: round(value, 4) for name, value in values.items()} | {"unit": key_result.unit}


RULES = (
    Rule("D1", "data", "error", of_key_result=reached_before_the_start),
    Rule("D2", "data", "error", of_key_result=cannot_be_seen),
    Rule("D3", "data", "error", of_key_result=starts_elsewhere),
)
