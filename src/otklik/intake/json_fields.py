"""Values out of decoded JSON that may hold anything: text, instants and members, or None."""

import math
import re
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from otklik.base.units import US, to_us

EARLIEST_US: Final = to_us(datetime(1971, 1, 1, tzinfo=UTC))
LATEST_US: Final = to_us(datetime(2200, 1, 1, tzinfo=UTC))
"""No desk kept records outside these: such a date is a mistake of its source (0, 9999-12-31)."""
_NOT_TEXT = re.compile("[\ud800-\udfff\x00]")
_DIGITS = re.compile(r"-?\d{1,17}(\.\d{1,9})?")


def text(value: object) -> str | None:
    """A word or a number as clean text; None for nothing, for blank, and for anything that is neither.

    >>> text(42), text(" a "), text(""), text({"a": 1})
    ('42', 'a', None, None)
    """
    if isinstance(value, str):
        harmless = value.isascii() and "\x00" not in value
        return (value if harmless else _NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", value)).strip() or None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float):
        if not value.is_integer():
            return None if math.isnan(value) or math.isinf(value) else repr(value)
        value = int(value)
    return str(value) if abs(value) < 10**30 else None


def instant_us(value: object, zone: tzinfo = UTC) -> int | None:
    """Microseconds since 1970 of an ISO date, or of seconds or milliseconds since 1970; None where it is neither.

    A date without a zone is taken to be in `zone`.

    >>> instant_us("2024-03-04T10:00:00Z") == instant_us(1709546400) == instant_us(1709546400000)
    True
    """
    if isinstance(value, str):
        value = value.strip()
        if _DIGITS.fullmatch(value):
            return _epoch_us(float(value))
        return _iso_us(value, zone)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return _epoch_us(value)


def _iso_us(value: str, zone: tzinfo) -> int | None:
    try:
        at = datetime.fromisoformat(value.removesuffix(" UTC") + ("+00:00" if value.endswith(" UTC") else ""))
        return _plausible(to_us(at if at.tzinfo else at.replace(tzinfo=zone)))
    except (ValueError, OverflowError):
        return None


def _epoch_us(seconds: float) -> int | None:
    if isinstance(seconds, float) and not math.isfinite(seconds):
        return None
    if abs(seconds) > 1e11:
        return _plausible(round(seconds * (US // 1000))) if abs(seconds) < 1e14 else None
    return _plausible(round(seconds * US))


def _plausible(at_us: int) -> int | None:
    return at_us if EARLIEST_US <= at_us < LATEST_US else None


def member(value: object, *path: str) -> Any:
    """What lies at a path of keys; None where there is no such thing.

    >>> member({"via": {"channel": "web"}}, "via", "channel")
    'web'
    """
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def objects(value: object) -> list[dict[str, Any]]:
    """The objects of a list; nothing where there is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def truth(value: object) -> bool | None:
    """A yes or no as JSON or a table writes it."""
    if isinstance(value, bool):
        return value
    return {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}.get(str(value).strip().lower())


def is_ours(name: str | None, ours: tuple[str, ...]) -> bool:
    """Whether a user name or address is among those told to be 'we': whole, or by the domain after @."""
    if not name:
        return False
    folded = name.casefold()
    return any(
        folded == our.casefold().lstrip("@") or folded.endswith("@" + our.casefold().lstrip("@")) for our in ours if our
    )
