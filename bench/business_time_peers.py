"""Run one business-time library over pairs of instants for 30 seconds; started by business_time.py in the library's
own environment, so it knows nothing of ours: PEER PAIRS HOLIDAYS ANSWERS. Only its own work is timed.
"""

import sys
import time as clock
from array import array
from datetime import date, datetime, time, timedelta
from pathlib import Path

SECONDS = 30.0
CHUNK = 500
EPOCH = datetime.fromisoformat("1970-01-01")
NINE, SIX = time(9), time(18)


def timegrid(closed):
    from timegrid import TimeGridCalendar

    calendar = TimeGridCalendar.weekdays(NINE, SIX)
    for day in closed:
        calendar = calendar.close(day)
    timeline = calendar.compile(datetime.fromisoformat("2022-01-01"), datetime.fromisoformat("2025-06-01"))
    return lambda starts, ends: [
        timeline.get_working_duration(s, e).total_seconds() if s < e else 0.0 for s, e in zip(starts, ends, strict=True)
    ]


def businesstimedelta(closed):
    import businesstimedelta as btd
    import pytz

    rules = btd.Rules([btd.WorkDayRule(NINE, SIX, [0, 1, 2, 3, 4], tz=pytz.utc), btd.HolidayRule(closed, tz=pytz.utc)])
    return lambda starts, ends: [
        rules.difference(s, e).timedelta.total_seconds() for s, e in zip(starts, ends, strict=True)
    ]


def business_duration(closed):
    from business_duration import businessDuration

    return lambda starts, ends: [
        float(businessDuration(s, e, NINE, SIX, [5, 6], closed, unit="sec")) for s, e in zip(starts, ends, strict=True)
    ]


def pm4py(closed):
    from pm4py.util.business_hours import soj_time_business_hours_diff

    class WorkCalendar:
        off = frozenset(closed)

        def is_working_day(self, day):
            return day.weekday() < 5 and day not in self.off

    slots = [((d * 24 + 9) * 3600, (d * 24 + 18) * 3600) for d in range(5)]
    work = WorkCalendar()
    return lambda starts, ends: [
        soj_time_business_hours_diff(s, e, slots, work) for s, e in zip(starts, ends, strict=True)
    ]


def pandas(closed):
    """Whole business hours between, as CustomBusinessHour counts them; it has no exact difference."""
    import pandas as pd

    hours = pd.offsets.CustomBusinessHour(start="09:00", end="18:00", holidays=closed)
    return lambda starts, ends: [
        3600.0 * max(0, len(pd.date_range(s, e, freq=hours)) - 1) for s, e in zip(starts, ends, strict=True)
    ]


def busday_count(closed):
    """The recipe by hand: whole days by numpy.busday_count, the ends clipped; one slot a day, no zones."""
    import numpy as np

    off = np.array(closed, "datetime64[D]")

    def inside(at):
        day = at.astype("datetime64[D]")
        into = np.clip((at - day).astype("timedelta64[us]").astype(np.int64) - 9 * 3600 * 10**6, 0, 9 * 3600 * 10**6)
        return day, np.where(np.is_busday(day, holidays=off), into, 0)

    def between(starts, ends):
        (first, from_), (last, to) = inside(starts), inside(ends)
        return (np.busday_count(first, last, holidays=off) * 9 * 3600 * 10**6 + to - from_) / 1e6

    between.wants_arrays = True
    return between


def main():
    peer, pairs, holidays, answers = sys.argv[1:]
    column = array("q")
    column.frombytes(Path(pairs).read_bytes())
    closed = [date.fromisoformat(day) for day in Path(holidays).read_text().split()]
    answer = globals()[peer](closed)
    chunk = 200_000 if getattr(answer, "wants_arrays", False) else CHUNK
    done, spent, results = 0, 0.0, array("d")
    while spent < SECONDS and done < len(column) // 2:
        part = column[2 * done : 2 * (done + chunk)]
        if chunk == CHUNK:
            starts, ends = ([EPOCH + timedelta(microseconds=us) for us in part[n::2]] for n in (0, 1))
        else:
            import numpy

            starts, ends = (numpy.array(part[n::2], "datetime64[us]") for n in (0, 1))
        begin = clock.perf_counter()
        found = answer(starts, ends)
        spent += clock.perf_counter() - begin
        results.extend(found)
        done += len(starts)
    Path(answers).write_bytes(results.tobytes())
    print(f"{done} {spent}")


if __name__ == "__main__":
    main()
