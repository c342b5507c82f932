"""From what the clock on the wall shows to the instant, in bulk, through every change of law."""

from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt

from otklik.base.units import EPOCH
from otklik.clock.errors import UnknownTimeZone

_PROBE_S: Final = 6 * 3600
_DAY_S: Final = 86_400


@cache
def zone(name: str) -> ZoneInfo:
    """Return the IANA zone of that name, or raise UnknownTimeZone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownTimeZone(zone=name) from None


class LocalTime:
    """The wall clock of one zone between two instants (seconds since 1970), ready for arrays."""

    def __init__(self, name: str, start_s: int, end_s: int) -> None:
        starts, offsets = _offsets(name, start_s - 3 * _DAY_S, end_s + 3 * _DAY_S)
        self._starts = starts
        self._offsets = offsets
        ends = np.append(starts[1:], np.iinfo(np.int64).max // 4)
        self._wall_ends = np.maximum.accumulate(ends + offsets)

    def reached(self, wall_s: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the first instant at which the wall clock reaches each reading.

        A reading shown twice (autumn) means its first occurrence; one that is skipped (spring, or a whole day in
        Apia) means the instant of the jump. So an opening or closing never gets lost, moved or doubled.
        """
        segment = np.searchsorted(self._wall_ends, wall_s, side="right")
        at: npt.NDArray[np.int64] = np.maximum(wall_s - self._offsets[segment], self._starts[segment])
        return at

    def wall(self, at_s: int) -> int:
        """Return what the wall clock shows, as seconds since 1970 of a clock without zones."""
        return at_s + int(self._offsets[np.searchsorted(self._starts, at_s, side="right") - 1])

    def walls(self, at_s: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return `wall` of every instant of an array; one before the range is shown with its first offset."""
        segment = np.searchsorted(self._starts, at_s, side="right") - 1
        return at_s + self._offsets[np.maximum(segment, 0)]


def local_to_utc(local: datetime, zone_name: str) -> datetime:
    """Return the instant that a wall-clock time without zone names.

    A time shown twice means its first occurrence; a time that is skipped is moved on by the length of the gap
    (RFC 5545): 02:30 on a night when the clock jumps from 02:00 to 03:00 is 03:30.
    """
    at = local.replace(tzinfo=zone(zone_name), fold=0)
    return EPOCH + (at - EPOCH)


def _offsets(name: str, start_s: int, end_s: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Where each stretch of constant offset from UTC begins, and the offset."""
    first, last = (datetime.fromtimestamp(s, zone("UTC")).year for s in (start_s, end_s))
    changes = [change for year in range(first, last + 1) for change in _changes(name, year)]
    starts = [start_s, *(at for at, _ in changes if at > start_s)]
    before = [offset for at, offset in changes if at <= start_s]
    offsets = [before[-1] if before else _offset(name, start_s), *(offset for at, offset in changes if at > start_s)]
    return np.array(starts, np.int64), np.array(offsets, np.int64)


@cache
def _changes(name: str, year: int) -> tuple[tuple[int, int], ...]:
    """Every change of offset in a UTC year: the instant and the offset from then on."""
    begin = int(datetime(year, 1, 1, tzinfo=zone("UTC")).timestamp())
    end = int(datetime(year, 12, 31, tzinfo=zone("UTC")).timestamp()) + _DAY_S
    found = []
    old = _offset(name, begin - 1)
    for low in range(begin - 1, end - 1, _PROBE_S):
        high = min(low + _PROBE_S, end - 1)
        new = _offset(name, high)
        if new != old:
            found.append((_instant_of_change(name, low, high, old), new))
        old = new
    return tuple(found)


def _instant_of_change(name: str, low: int, high: int, old: int) -> int:
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(name, middle) == old else (low, middle)
    return high


def _offset(name: str, at_s: int) -> int:
    offset = datetime.fromtimestamp(at_s, zone(name)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())
