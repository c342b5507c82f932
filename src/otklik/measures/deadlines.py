"""When a promise runs out: the interval list of a measure, used up stretch by stretch, pauses moving it on."""

from collections.abc import Sequence
from typing import NamedTuple

from otklik.base.units import from_us
from otklik.clock import MISS, ClockTable, OutOfRange, deadline_us, position_us
from otklik.measures.codes import BUSINESS
from otklik.measures.intervals import COUNTED, END, START, Intervals, place_of
from otklik.measures.timeline import Timeline

WALL_CLOCK = -2
"""The calendar of somebody who is always there: every second counts. (No calendar is another thing, and an error.)"""


class Stretch(NamedTuple):
    """A piece of time under one calendar in which the clock of a promise runs, or stands still (paused)."""

    start_us: int
    end_us: int
    calendar: int
    runs: bool


def used_us(stretches: Sequence[Stretch], clock: ClockTable, start_us: int, end_us: int) -> int:
    """How much of an allowance is used between two instants: open time in the stretches that run.

    Input     stretches in order of time; clock: table that covers them
    Output    microseconds
    Unit      microseconds of working time (of the wall clock where the calendar is WALL_CLOCK)
    Open end  only what lies in the stretches is used
    Errors    clock.OutOfRange for an instant the table does not cover
    Source    docs/method: targets and pauses
    """
    total = 0
    for stretch in stretches:
        low, high = max(start_us, stretch.start_us), min(end_us, stretch.end_us)
        if stretch.runs and low < high:
            total += _open_us(clock, stretch.calendar, low, high)
    return total


def due_us(stretches: Sequence[Stretch], clock: ClockTable, start_us: int, allowance_us: int) -> int | None:
    """When an allowance given at an instant runs out, each stretch by its calendar, pauses moving it on.

    Input     stretches in order of time; the last one goes on for ever: it says how the request stands now
    Output    microseconds since 1970 UTC; None while the clock stands still, for then nobody can tell
    Unit      microseconds
    Open end  an allowance that lasts beyond the last change is laid on into the future
    Errors    clock.OutOfRange when it lasts longer than the table reaches
    Source    docs/method: targets and pauses; an allowance that runs out exactly at closing ends at closing
    """
    left = allowance_us
    for number, stretch in enumerate(stretches):
        last = number == len(stretches) - 1
        low = max(start_us, stretch.start_us)
        if not stretch.runs or (stretch.end_us <= low and not last):
            continue
        if not last:
            open_us = _open_us(clock, stretch.calendar, low, stretch.end_us)
            if open_us < left:
                left -= open_us
                continue
        return _after(clock, stretch.calendar, low, left)
    return None


def stretches_of(out: Intervals, paper: Timeline, calendar_of_team: Sequence[int] | None) -> list[Stretch]:
    """Lay the interval list of a measure out in time, a stretch for each event, by the calendar of the team.

    Input     out: what a measure wrote; paper: its timeline; calendar_of_team: None = by the wall clock
    Output    stretches in order of time; those run that count in working time
    Unit      microseconds
    Open end  the last stretch ends at the horizon
    Errors    none
    Source    DESIGN 4: when a request changes hands between calendars, sum per segment
    """
    stretches = []
    for interval in range(out[0]):
        place = place_of(interval)
        for event in range(out[place + START], out[place + END]):
            calendar = WALL_CLOCK if calendar_of_team is None else calendar_of_team[paper.team[event]]
            runs = bool(out[place + COUNTED] & BUSINESS)
            stretches.append(Stretch(paper.at[event], paper.at[event + 1], calendar, runs))
    return stretches


def _open_us(clock: ClockTable, calendar: int, start_us: int, end_us: int) -> int:
    if calendar == WALL_CLOCK:
        return end_us - start_us
    before, after = position_us(clock, calendar, start_us), position_us(clock, calendar, end_us)
    if MISS in (before, after):
        raise _out_of_range(clock, end_us)
    return after - before


def _after(clock: ClockTable, calendar: int, at_us: int, allowance_us: int) -> int:
    if calendar == WALL_CLOCK:
        return at_us + allowance_us
    due = deadline_us(clock, calendar, at_us, allowance_us)
    if due == MISS:
        raise _out_of_range(clock, at_us)
    return due


def _out_of_range(clock: ClockTable, at_us: int) -> OutOfRange:
    return OutOfRange(at=from_us(at_us), start=from_us(clock.start_us), end=from_us(clock.end_us))
