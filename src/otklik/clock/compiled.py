"""The business clock B(t) as a look-up: which span by UTC hour, then arithmetic. Exact in microseconds.

The functions here are in the subset that numba compiles and run as they are too: one source, two speeds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from otklik.clock.spans import Spans
from otklik.clock.versions import spans_of
from otklik.schemas.calendars import CalendarBook

HOUR_US: Final = 3_600_000_000
MISS: Final = -(1 << 62)
"""The answer for an instant outside the compiled range, or for no calendar: never a number to calculate with."""

NO_CALENDAR: Final = -1
_NEVER: Final = 1 << 62
_OPEN, _CLOSE, _BEFORE = 0, 1, 2


class ClockTable(NamedTuple):
    """Many calendars over one range, as arrays that a compiled kernel can take.

    `spans[k]` is (opens, closes, open time of this calendar before it) in microseconds; each calendar's spans are
    followed by two that never come. `first_span[c, h]` is the first span of calendar c that is not over when hour h
    of the range begins; hour 0 begins at `start_us`, the range ends at `end_us`, both included.
    """

    start_us: int
    end_us: int
    first_span: npt.NDArray[np.int32]
    spans: npt.NDArray[np.int64]
    span_from: npt.NDArray[np.int64]


def position_us(table: ClockTable, calendar: int, at_us: int) -> int:
    """Return B(t): the open time of a calendar from the start of the range until an instant; MISS outside it."""
    if calendar < 0 or at_us < table.start_us or at_us > table.end_us:
        return MISS
    # No local name for table.spans: numba would count references to it on every call, eight times slower.
    k = table.first_span[calendar, (at_us - table.start_us) // HOUR_US]
    while at_us >= table.spans[k + 1, _OPEN]:
        k += 1
    return int(table.spans[k, _BEFORE] + max(0, min(at_us, table.spans[k, _CLOSE]) - table.spans[k, _OPEN]))


def moment_us(table: ClockTable, calendar: int, position: int) -> int:
    """Return the first instant by which that much time was open: the inverse of B; MISS when it is never reached.

    A closing and the next opening have the same position: the closing is returned.
    """
    if calendar < 0 or position < 0:
        return MISS
    if position == 0:
        return table.start_us
    low, high = table.span_from[calendar], table.span_from[calendar + 1] - 2
    end = high
    while low < high:
        middle = (low + high) // 2
        if table.spans[middle + 1, _BEFORE] >= position:
            high = middle
        else:
            low = middle + 1
    if low == end:
        return MISS
    return int(table.spans[low, _OPEN] + position - table.spans[low, _BEFORE])


def last_moment_us(table: ClockTable, calendar: int, position: int) -> int:
    """Return the last instant by which no more than that was open: an opening where `moment_us` gives a closing."""
    low, high = 0, -1
    if calendar >= 0:
        low, high = table.span_from[calendar], table.span_from[calendar + 1] - 2
    if position < 0 or low >= high:
        return MISS
    end = high
    while low < high:
        middle = (low + high) // 2
        if table.spans[middle + 1, _BEFORE] > position:
            high = middle
        else:
            low = middle + 1
    if low == end:
        return MISS
    return int(table.spans[low, _OPEN] + position - table.spans[low, _BEFORE])


def deadline_us(table: ClockTable, calendar: int, at_us: int, allowance_us: int) -> int:
    """Return when an allowance of open time, given at an instant, runs out; MISS when that is outside the range.

    Nothing to wait for: the instant itself. An allowance that runs out exactly at closing ends at closing; a
    negative one counts backwards, and ends at opening.
    """
    position = position_us(table, calendar, at_us)
    if position == MISS:
        return MISS
    if allowance_us == 0:
        return at_us
    if allowance_us < 0:
        return last_moment_us(table, calendar, position + allowance_us)
    return moment_us(table, calendar, position + allowance_us)


@dataclass(frozen=True)
class CompiledBook:
    """A calendar book made ready for one range: `ids[code]` is the calendar of a code, NO_CALENDAR has none."""

    table: ClockTable
    ids: tuple[str, ...]
    default: int
    team_codes: dict[str, int]

    def code_of_team(self, team: str | None) -> int:
        """Return the code of the calendar a team works by; the default for every other team and for nobody."""
        return self.default if team is None else self.team_codes.get(team, self.default)


def compile_book(book: CalendarBook, start_us: int, end_us: int) -> CompiledBook:
    """Compile every calendar of a book for the instants [start_us, end_us].

    Raises YearsUnknown or CalendarStartsLater when a calendar does not know some day of the range.
    """
    ids = tuple(book.versions)
    table = clock_table([spans_of(book.versions[id_], start_us, end_us) for id_ in ids], start_us, end_us)
    codes = {id_: code for code, id_ in enumerate(ids)}
    default = NO_CALENDAR if book.default is None else codes[book.default]
    return CompiledBook(table, ids, default, {team: codes[id_] for team, id_ in book.team_calendars.items()})


def clock_table(calendars: Sequence[Spans], start_us: int, end_us: int) -> ClockTable:
    """Lay the spans of calendars behind each other and note where each hour begins."""
    hours = start_us + np.arange((end_us - start_us) // HOUR_US + 1, dtype=np.int64) * HOUR_US
    first_span = np.empty((len(calendars), len(hours)), np.int32)
    span_from = np.zeros(len(calendars) + 1, np.int64)
    blocks = [np.empty((0, 3), np.int64)]
    for code, spans in enumerate(calendars):
        lengths = spans.closes - spans.opens
        block = np.full((len(lengths) + 2, 3), _NEVER, np.int64)
        block[:-2, _OPEN], block[:-2, _CLOSE] = spans.opens, spans.closes
        block[0, _BEFORE] = 0
        block[1:-1, _BEFORE] = np.cumsum(lengths)
        block[-1, _BEFORE] = block[-2, _BEFORE]
        first_span[code] = span_from[code] + np.searchsorted(spans.closes, hours, side="right")
        span_from[code + 1] = span_from[code] + len(block)
        blocks.append(block)
    return ClockTable(start_us, end_us, first_span, np.concatenate(blocks), span_from)
