"""Numbers of goals as people type and read them: shares as per cent, waits as lengths of time, the rest as they are."""

import re
from decimal import Decimal
from typing import Final

from otklik.actions.wrong_in_goals import LARGEST, is_too_large
from otklik.base.text import N_
from otklik.base.units import UnreadableDuration, parse_duration_s
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
MOST: Final = LARGEST
"""Nothing larger is taken: no page could show it."""


def typed_number(text: str, unit: str) -> float:
    """Read what somebody typed in a unit; raise ValueError for what is no number, UnreadableDuration for no time.

    What is larger than `MOST` is refused like what is no number.

    >>> typed_number("48 %", "share"), typed_number("1h30m", "s"), typed_number("1 240,5", "points")
    (0.48, 5400.0, 1240.5)
    """
    text = text.strip()
    if unit == TIME:
        return _time(text)
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).rstrip("%").replace(",", ".").replace("\u2212", "-")
    if not _NUMBER.fullmatch(plain) or is_too_large(float(plain)):
        raise ValueError(text)
    return float(Decimal(plain).scaleb(-2)) if unit == SHARE and float(plain) else float(plain)


def _time(text: str) -> float:
    found = parse_duration_s(text)
    if is_too_large(found):
        raise UnreadableDuration(text=text)
    return found


def as_typed(value: float | None, unit: str) -> str:
    """Write a number so that it reads back as the same.

    >>> as_typed(0.485, "share"), as_typed(5400, "s"), as_typed(12.0, "points")
    ('48.5', '1h30m', '12')
    """
    if value is None:
        return ""
    if unit == TIME:
        return _as_time(value)
    if unit == SHARE and not is_too_large(value):
        return _plain(Decimal(repr(float(value))).scaleb(2))
    return repr(float(value)).removesuffix(".0")


def shown(value: float | None, unit: str) -> str:
    """A number as the reader's language writes it, with its unit."""
    if value is None:
        return say(N_("not known yet"))
    if is_too_large(value):
        return f"{value:g}"
    told = speech()
    if unit == SHARE:
        return f"{told.format.number(value * 100, 1)}{chr(0xA0)}%"
    if unit == TIME:
        return str(told.format.brief(value))
    number = told.format.number(value, 2)
    return number if unit in (COUNT, "") else f"{number} {unit}"


def tenths(share: float) -> str:
    """How sure somebody is, of 10."""
    return str(speech().format.number(share * 10, 1))


def grade_shown(grade: float | None) -> str:
    """A grade 0..1, always with two decimals."""
    if grade is None:
        return "–"
    plain = f"{grade:.2f}"
    return plain.replace(".", ",") if language() == "ru" else plain


def _as_time(value: float) -> str:
    if is_too_large(value):
        return f"{value:g}s"
    left, parts = round(value), ""
    if left != value or left <= 0:
        return f"{_plain(Decimal(repr(float(value))))}s"
    for unit, size in _PARTS:
        n, left = divmod(left, size)
        parts += f"{n}{unit}" if n else ""
    return parts


def _plain(value: Decimal) -> str:
    """All its digits, none of them for nothing, and no power of ten."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
