"""Hours and weekdays as people write them: '9-18', '09:00-13:00,14:00-18:00', 'mon-fri', 'пн-пт'."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from otklik.clock.errors import BadDays, BadHours
from otklik.schemas.calendars import Slot

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RUSSIAN: Final = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_GROUPS: Final = {"daily": range(7), "weekdays": range(5), "weekend": range(5, 7), "ежедневно": range(7)}
_NUMBER: Final = {name: n for names in (WEEKDAYS, _RUSSIAN) for n, name in enumerate(names)}
_SLOT = re.compile(r"(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s*[-–—]\s*(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?")
_DAY_S: Final = 86_400


def parse_slot(text: str) -> Slot:
    """Read '9-18' or '22:00-06:00' as local seconds of the day; raise BadHours otherwise."""
    match = _SLOT.fullmatch(text.strip())
    if not match:
        raise BadHours(text=text)
    parts = [int(part or 0) for part in match.groups()]
    if any(part > 59 for n, part in enumerate(parts) if n % 3):
        raise BadHours(text=text)
    start, end = (h * 3600 + m * 60 + s for h, m, s in (parts[:3], parts[3:]))
    if start >= _DAY_S or end > _DAY_S:
        raise BadHours(text=text)
    return start, end


def parse_slots(text: str) -> tuple[Slot, ...]:
    """Read several slots of one day, parted by commas."""
    return tuple(sorted(parse_slot(part) for part in text.split(",")))


def parse_days(text: str) -> tuple[int, ...]:
    """Read 'mon-fri', 'sat', 'mon,wed' or 'пн-пт' as weekday numbers (0 = Monday); raise BadDays otherwise."""
    days: list[int] = []
    for part in text.strip().lower().split(","):
        if part in _GROUPS:
            days += _GROUPS[part]
            continue
        ends = [_NUMBER.get(end.strip()[: 2 if "а" <= end.strip()[:1] <= "я" else 3], -1) for end in part.split("-")]
        if -1 in ends or len(ends) > 2:
            raise BadDays(text=text)
        length = (ends[-1] - ends[0]) % 7
        days += [(ends[0] + n) % 7 for n in range(length + 1)]
    return tuple(days)


def parse_week(text: str) -> dict[int, tuple[Slot, ...]]:
    """Read 'mon-fri 9-13,14-18; sat 10-15' as the hours of each weekday."""
    weekly: dict[int, tuple[Slot, ...]] = {}
    for part in text.split(";"):
        days, _, hours = part.strip().partition(" ")
        if not hours:
            raise BadHours(text=text)
        slots = parse_slots(hours)
        if overlap(slots):
            raise BadHours(text=hours)
        weekly.update(dict.fromkeys(parse_days(days), slots))
    return weekly


def overlap(slots: Iterable[Slot]) -> bool:
    """Say whether two slots of one day have time in common."""
    ordered = sorted((start, end if end > start else end + _DAY_S) for start, end in slots)
    return any(earlier[1] > later[0] for earlier, later in pairwise(ordered))


def shortened(slots: tuple[Slot, ...], by_s: int) -> tuple[Slot, ...]:
    """Take a length of time off the end of a day's hours."""
    left = list(slots)
    while left and by_s > 0:
        start, end = left.pop()
        length = (end - start) % _DAY_S or _DAY_S
        if length > by_s:
            left.append((start, (start + length - by_s) % _DAY_S or _DAY_S))
        by_s -= length
    return tuple(left)
