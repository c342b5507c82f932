"""Durations as people write them, and the instants the log keeps."""

import re
from datetime import UTC, datetime, timedelta

from otklik.base.errors import UserError
from otklik.base.text import N_

US = 1_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNIT_S = {
    "s": 1, "sec": 1, "с": 1, "сек": 1,
    "m": 60, "min": 60, "м": 60, "мин": 60,
    "h": 3600, "ч": 3600,
    "d": 86_400, "д": 86_400,
    "w": 604_800, "н": 604_800, "нед": 604_800,
}  # fmt: skip
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)", re.UNICODE)


class UnreadableDuration(UserError):
    """A duration nobody can read: facts `text`."""

    code = "unreadable-duration"
    message = N_("%(text)s is not a length of time.")
    hint = N_("Write it like 30s, 15m, 4h, 1d12h or 2w.")


def parse_duration_s(text: str) -> float:
    """Read '4h', '1d12h', '30 мин' as seconds; raise UnreadableDuration otherwise."""
    parts = _PART.findall(text)
    if not parts or _PART.sub("", text).strip():
        raise UnreadableDuration(text=text)
    try:
        return sum(float(amount.replace(",", ".")) * _UNIT_S[unit.lower()] for amount, unit in parts)
    except KeyError:
        raise UnreadableDuration(text=text) from None


def to_us(at: datetime) -> int:
    """Microseconds since 1970 UTC of an aware instant, exact."""
    return (at - EPOCH) // timedelta(microseconds=1)


def from_us(us: int) -> datetime:
    """The aware UTC instant of microseconds since 1970."""
    return EPOCH + timedelta(microseconds=int(us))
