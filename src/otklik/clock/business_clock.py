"""The business clock of one calendar, for one question at a time: how long, until when, open or not."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

import numpy as np

from otklik.base.units import US, from_us, to_us
from otklik.clock.errors import NeverOpens
from otklik.clock.spans import Span
from otklik.clock.versions import FIRST_US, LAST_US, known_range_us, spans_of
from otklik.clock.zones import local_to_utc
from otklik.schemas.calendars import Calendar

_DAY_US: Final = 86_400 * US
_STEP_US: Final = 400 * _DAY_US
_FAR_US: Final = 60 * 366 * _DAY_US
"""How far to look for an opening or closing before saying that there is none."""


class OpenTime(NamedTuple):
    """Open time between two instants; `reversed` when the end is before the start, and then `us` is 0."""

    us: int
    reversed: bool = False

    @property
    def seconds(self) -> float:
        """The same in seconds."""
        return self.us / US

    @property
    def length(self) -> timedelta:
        """The same as a length of time, exact."""
        return timedelta(microseconds=self.us)


class BusinessClock:
    """Answers for one calendar and its versions.

    Covers [start, end] at once and grows by itself as far as the calendar is known; beyond that it raises
    YearsUnknown, CalendarStartsLater or OutOfRange. Instants go in and come out aware, in UTC.
    """

    def __init__(self, versions: Sequence[Calendar], start: datetime | None = None, end: datetime | None = None):
        self.versions = tuple(versions)
        self._known = known_range_us(self.versions)
        now = datetime.now(UTC)
        self._cover(to_us(start or end or now) - 1, to_us(end or start or now) + 1)

    def elapsed(self, start: datetime, end: datetime) -> OpenTime:
        """Return the open time between two instants; 0 and flagged when the end is before the start."""
        if end < start:
            return OpenTime(0, reversed=True)
        from_, to = self._reach(start), self._reach(end)
        return OpenTime(self._position(to) - self._position(from_))

    def add(self, at: datetime, allowance: timedelta | float) -> datetime:
        """Return the instant by which that much open time has passed; backwards when it is negative.

        An allowance of nothing stays where it is. One that runs out exactly at closing ends at closing, not at the
        next opening; backwards, exactly at opening ends at opening. `allowance` in seconds or as a timedelta.
        """
        length = allowance if isinstance(allowance, timedelta) else timedelta(seconds=allowance)
        us = length // timedelta(microseconds=1)
        if us == 0:
            return at
        return from_us(self._add(self._reach(at), us) if us > 0 else self._take(self._reach(at), us))

    def is_open(self, at: datetime) -> bool:
        """Say whether it is open at an instant: at opening yes, at closing no."""
        us = self._reach(at)
        k = bisect_right(self._opens, us) - 1
        return k >= 0 and us < self._closes[k]

    def next_open_moment(self, at: datetime) -> datetime | None:
        """Return the instant itself when it is open, or else the next opening; None = never again."""
        return at if self.is_open(at) else self.next_opening(at)

    def prev_open_moment(self, at: datetime) -> datetime | None:
        """Return the latest instant not after `at` that ends open time; `at` itself when it was open just before."""
        us = self._reach(at)
        k = bisect_left(self._opens, us) - 1
        if k >= 0 and us <= self._closes[k]:
            return at
        return from_us(self._closes[k]) if k >= 0 else self.prev_close(at)

    def next_opening(self, at: datetime) -> datetime | None:
        """Return the first opening strictly after an instant; None = never again."""
        return next((span.start for span in self._forward(at) if span.start > at), None)

    def next_close(self, at: datetime) -> datetime | None:
        """Return the end of the open time that holds an instant, or else of the next one; None = never."""
        return next((span.end for span in self._forward(at)), None)

    def prev_opening(self, at: datetime) -> datetime | None:
        """Return the latest opening strictly before an instant; None = there was none."""
        return next((span.start for span in self._backward(at)), None)

    def prev_close(self, at: datetime) -> datetime | None:
        """Return the latest closing strictly before an instant; None = there was none."""
        return next((span.end for span in self._backward(at) if span.end < at), None)

    def periods_after(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the open periods from an instant on, the first one cut at it."""
        return ((max(at, span.start), span.end) for span in self._forward(at))

    def periods_before(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the open periods up to an instant, newest first, the first one cut at it."""
        return ((span.start, min(at, span.end)) for span in self._backward(at))

    def local_to_utc(self, local: datetime) -> datetime:
        """Return the instant that a wall-clock time names in the calendar's zone (of its latest version)."""
        return local_to_utc(local, self.versions[-1].time_zone)

    def _cover(self, low: int, high: int) -> None:
        """Know the open time of [low, high], in one piece with what is known already."""
        self._low, self._high = low, high
        spans = spans_of(self.versions, low, high)
        self._opens: list[int] = spans.opens.tolist()
        self._closes: list[int] = spans.closes.tolist()
        self._before: list[int] = [0, *np.cumsum(spans.closes - spans.opens).tolist()]

    def _reach(self, at: datetime) -> int:
        """Make sure that an instant lies inside what is known, and return it in microseconds."""
        us = to_us(at)
        if not self._low < us < self._high:
            low = min(self._low, max(us - _STEP_US, min(us - 1, self._known[0])))
            high = max(self._high, min(us + _STEP_US, max(us + 1, self._known[1])))
            self._cover(low, high)
        return us

    def _grow_later(self, us: int) -> bool:
        """Look further into the future than `us`; False when there is no sense in it any more."""
        if self._high >= min(us + _FAR_US, LAST_US):
            return False
        wanted = min(us + max(_STEP_US, 8 * (self._high - us)), LAST_US)
        at_limit = self._high >= self._known[1]
        self._cover(self._low, self._high + _DAY_US if at_limit else min(wanted, self._known[1]))
        return True

    def _grow_earlier(self, us: int) -> bool:
        """Look further into the past than `us`; False when there is no sense in it any more."""
        if self._low <= max(us - _FAR_US, FIRST_US):
            return False
        wanted = max(us - max(_STEP_US, 8 * (us - self._low)), FIRST_US)
        at_limit = self._low <= self._known[0]
        self._cover(self._low - _DAY_US if at_limit else max(wanted, self._known[0]), self._high)
        return True

    def _forward(self, at: datetime) -> Iterator[Span]:
        """Yield the spans that end after an instant; a span cut by the edge of what is known is looked at again."""
        us = last = self._reach(at)
        while True:
            k = bisect_right(self._closes, last)
            while k < len(self._closes) and self._closes[k] < self._high:
                last = self._closes[k]
                yield Span(self._opens[k], last)
                k = bisect_right(self._closes, last)
            if not self._grow_later(max(us, last)):
                return

    def _backward(self, at: datetime) -> Iterator[Span]:
        """Yield the spans that begin before an instant, newest first; cut ones are looked at again."""
        us = last = self._reach(at)
        while True:
            k = bisect_left(self._opens, last) - 1
            while k >= 0 and self._opens[k] > self._low:
                last = self._opens[k]
                yield Span(last, self._closes[k])
                k = bisect_left(self._opens, last) - 1
            if not self._grow_earlier(min(us, last)):
                return

    def _position(self, us: int) -> int:
        """Return B(t), counted from the edge of what is known."""
        k = bisect_right(self._opens, us) - 1
        return 0 if k < 0 else self._before[k] + min(us, self._closes[k]) - self._opens[k]

    def _add(self, us: int, length: int) -> int:
        target = self._position(us) + length
        while self._before[-1] < target:
            if not self._grow_later(us):
                raise NeverOpens(calendar=self.versions[-1].id)
        k = bisect_left(self._before, target) - 1
        return self._opens[k] + target - self._before[k]

    def _take(self, us: int, length: int) -> int:
        while self._position(us) + length < 0:
            if not self._grow_earlier(us):
                raise NeverOpens(calendar=self.versions[0].id)
        target = self._position(us) + length
        k = bisect_right(self._before, target) - 1
        return self._opens[k] + target - self._before[k]
