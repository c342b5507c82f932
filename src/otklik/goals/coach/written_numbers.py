"""The numbers of a written line, as a key result or a health number holds them: shares 0..1, waits in seconds."""

import re
from typing import Final, NamedTuple

from otklik.goals.coach.numbers import Number, aimed_at, from_to, stays
from otklik.schemas.goals import Direction

_SECONDS: Final = (
    (re.compile(r"\s*(?:сек\w*|с\b|sec\w*|s\b)", re.I), 1),
    (re.compile(r"\s*(?:мин\w*|м\b|min\w*|m\b)", re.I), 60),
    (re.compile(r"\s*(?:час\w*|ч\b|h(?:ou)?rs?\b|h\b)", re.I), 3_600),
    (re.compile(r"\s*(?:день|дн\w*|дня|сут\w*|days?\b|d\b)", re.I), 86_400),
    (re.compile(r"\s*(?:нед\w*|weeks?\b)", re.I), 604_800),
)
_AT_MOST: Final = re.compile(
    r"не\s+(?:выше|больше|более|дольше|превыш\w+)|[≤]|<=|below|under|at\s+most|(?:no|not)\s+(?:more|longer|above)|"
    r"never\s+(?:above|more)",
    re.IGNORECASE,
)


class Movement(NamedTuple):
    """From where to where a number shall move; `baseline` and `target` are None where the line names none."""

    unit: str
    baseline: float | None
    target: float | None
    direction: Direction


class Band(NamedTuple):
    """Inside which ends a number shall stay."""

    unit: str
    low: float | None
    high: float | None


def movement_of(text: str) -> Movement:
    """Read a movement off a line.

    >>> movement_of("Share answered within 15 minutes: from 48% to 80%")
    Movement(unit='share', baseline=0.48, target=0.8, direction='raise')
    >>> movement_of("p90 первого ответа: с 62 до 20 минут")[1:]
    (3720.0, 1200.0, 'lower')
    """
    found = from_to(text)
    if found is None:
        band = band_of(text)
        if band.high is not None:
            return Movement(band.unit, None, band.high, "keep_below")
        if band.low is not None:
            return Movement(band.unit, None, band.low, "keep_above")
        unit, (target,) = _in_unit(text, aimed_at(text))
        return Movement(unit, None, target, "raise")
    unit, (start, end) = _in_unit(text, found.start, found.end)
    falls = start is not None and end is not None and end < start
    return Movement(unit, start, end, "lower" if falls else "raise")


def band_of(text: str) -> Band:
    """Read the limit off a line that says it shall be kept; none where it names none.

    >>> band_of("Share of lost calls stays under 5%")
    Band(unit='share', low=None, high=0.05)
    """
    if not stays(text):
        return Band(_in_unit(text, aimed_at(text))[0], None, None)
    unit, (limit,) = _in_unit(text, aimed_at(text))
    return Band(unit, None, limit) if _AT_MOST.search(text) else Band(unit, limit, None)


def _in_unit(text: str, *numbers: Number | None) -> tuple[str, list[float | None]]:
    """Give numbers of one kind in one unit; a unit that only the last of them names is that of all."""
    known = [one for one in numbers if one is not None]
    kind = next((one.unit for one in reversed(known) if one.unit), None)
    if kind == "share":
        return "share", [None if one is None else round(one.value / 100, 6) for one in numbers]
    if kind == "time":
        sizes = [_seconds(text, one) for one in known]
        last = next((size for size in reversed(sizes) if size), None)
        if last is None:
            return "", [None if one is None else one.value for one in numbers]
        return "s", [None if one is None else one.value * (_seconds(text, one) or last) for one in numbers]
    return "", [None if one is None else one.value for one in numbers]


def _seconds(text: str, number: Number) -> int | None:
    after = text[number.end : number.end + 20]
    return next((size for pattern, size in _SECONDS if pattern.match(after)), None)
