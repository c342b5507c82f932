"""The business clock over whole columns: compiled when there is much to do, plain when there is little."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from otklik.clock.compiled import MISS, ClockTable, deadline_us, position_us
from otklik.clock.errors import OutOfRange
from otklik.clock.machine_code import compile_function
from otklik.clock.versions import readable

Engine = Literal["auto", "plain", "compiled"]
Micros = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
_COMPILE_FROM: Final = 50_000
_CHUNK: Final = 1 << 18


class Elapsed(NamedTuple):
    """Open time of many intervals: `us` (MISS where there is no calendar) and which ones end before they start."""

    us: Micros
    reversed: npt.NDArray[np.bool_]


def positions(table: ClockTable, codes: Codes | int, at_us: Micros, *, engine: Engine = "auto") -> Micros:
    """Return B(t) for every instant by the calendar beside it; MISS where the code is NO_CALENDAR.

    Raises OutOfRange when any instant lies outside the compiled range.
    """
    _check_range(table, at_us)
    return _in_chunks(_fill_positions, table, codes, (at_us,), engine)


def elapsed(
    table: ClockTable, codes: Codes | int, start_us: Micros, end_us: Micros, *, engine: Engine = "auto"
) -> Elapsed:
    """Return the open time of every interval; 0 and flagged where the end is before the start.

    Raises OutOfRange when any instant lies outside the compiled range.
    """
    _check_range(table, start_us)
    _check_range(table, end_us)
    return Elapsed(_in_chunks(_fill_elapsed, table, codes, (start_us, end_us), engine), end_us < start_us)


def deadlines(
    table: ClockTable, codes: Codes | int, at_us: Micros, allowance_us: Micros, *, engine: Engine = "auto"
) -> Micros:
    """Return when every allowance runs out; MISS where that is after the compiled range or there is no calendar.

    Raises OutOfRange when any `at_us` lies outside the compiled range.
    """
    _check_range(table, at_us)
    return _in_chunks(_fill_deadlines, table, codes, (at_us, allowance_us), engine)


def _fill_positions(table: ClockTable, codes: Codes, at_us: Micros, out: Micros) -> None:
    for i in range(len(out)):
        out[i] = position_us(table, codes[i], at_us[i])


def _fill_elapsed(table: ClockTable, codes: Codes, start_us: Micros, end_us: Micros, out: Micros) -> None:
    for i in range(len(out)):
        if codes[i] < 0:
            out[i] = MISS
        elif end_us[i] <= start_us[i]:
            out[i] = 0
        else:
            out[i] = position_us(table, codes[i], end_us[i]) - position_us(table, codes[i], start_us[i])


def _fill_deadlines(table: ClockTable, codes: Codes, at_us: Micros, allowance_us: Micros, out: Micros) -> None:
    for i in range(len(out)):
        out[i] = deadline_us(table, codes[i], at_us[i], allowance_us[i])


def _in_chunks(
    fill: Callable[..., None], table: ClockTable, codes: Codes | int, columns: tuple[Micros, ...], engine: Engine
) -> Micros:
    n = len(columns[0])
    code_column = np.broadcast_to(np.asarray(codes, np.int32), n)
    out = np.empty(n, np.int64)
    if engine == "plain" or (engine == "auto" and n < _COMPILE_FROM):
        fill(table, code_column.tolist(), *(column.tolist() for column in columns), out)
        return out
    fast = _compile(fill)
    if n <= _CHUNK:
        fast(table, code_column, *columns, out)
        return out
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        pieces = (slice(low, low + _CHUNK) for low in range(0, n, _CHUNK))
        list(pool.map(lambda piece: fast(table, code_column[piece], *(c[piece] for c in columns), out[piece]), pieces))
    return out


_compile = cache(compile_function)


def _check_range(table: ClockTable, at_us: Micros) -> None:
    if not len(at_us):
        return
    low, high = int(at_us.min()), int(at_us.max())
    if low < table.start_us or high > table.end_us:
        at = low if low < table.start_us else high
        raise OutOfRange(at=readable(at), start=readable(table.start_us), end=readable(table.end_us))
