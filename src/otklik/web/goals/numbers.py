"""Numbers of goals as people type and read them: shares as per cent, waits as lengths of time, the rest as they are."""

import re
from typing import Final

from otklik.base.text import N_
from otklik.base.units import parse_duration_s
from otklik.web.words import language, say, speech

SHARE, TIME, COUNT = "share", "s", "count"
UNITS: Final = {
    SHARE: N_("Share, in per cent"),
    TIME: N_("Time"),
    COUNT: N_("How many"),
    "": N_("Another unit"),
}
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?")
_PARTS: Final = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))


def typed_number(text: str, unit: str) -> float:
    """Read what somebody typed in a unit; raise ValueError for what is no number, UnreadableDuration for no time.

    >>> typed_number("48 %", "share"), typed_number("1h30m", "s"), typed_number("1 240,5", "points")
    (0.48, 5400.0, 1240.5)
    """
    text = text.strip()
    if unit == TIME:
        return parse_duration_s(text)
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).rstrip("%").replace(",", ".").replace("\u2212", "-")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(text)
    return round(float(plain) / 100, 12) if unit == SHARE else float(plain)


def as_typed(value: float | None, unit: str) -> str:
    """Write a number so that it reads back as the same.

    >>> as_typed(0.485, "share"), as_typed(5400, "s"), as_typed(12.0, "points")
    ('48.5', '1h30m', '12')
    """
    if value is None:
        return ""
    if unit == TIME:
        return _as_time(value)
    return repr(round(value * 100, 10)).removesuffix(".0") if unit == SHARE else repr(float(value)).removesuffix(".0")


def shown(value: float | None, unit: str) -> str:
    """A number as the reader's language writes it, with its unit."""
    if value is None:
        return say(N_("not known yet"))
    told = speech()
    if unit == SHARE:
        return f"{told.format.number(value * 100, 1)}{chr(0xA0)}%"
    if unit == TIME:
        return str(told.format.brief(value))
    number = told.format.number(value, 2)
    return number if unit in (COUNT, "") else f"{number} {unit}"


def grade_shown(grade: float | None) -> str:
    """A grade 0..1, always with two decimals."""
    if grade is None:
        return "–"
    plain = f"{grade:.2f}"
    return plain.replace(".", ",") if language() == "ru" else plain


def _as_time(value: float) -> str:
    left, parts = round(value), ""
    if left != value or left <= 0:
        return f"{value:g}s"
    for unit, size in _PARTS:
        n, left = divmod(left, size)
        parts += f"{n}{unit}" if n else ""
    return parts
