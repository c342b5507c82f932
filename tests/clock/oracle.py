"""Open time the slow way, minute by minute, from the words of docs/en/guide/calendars.md alone; shares no code."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
MINUTE_US = 60_000_000


class OpenMinutes:
    """Which minutes of a short range of UTC days are open; hours must be in whole minutes."""

    def __init__(self, versions, first: date, last: date):
        self.first = datetime(first.year, first.month, first.day, tzinfo=UTC)
        self.n = ((last - first).days + 1) * 1440
        self.open = [False] * self.n
        spans, cuts = [], []
        for version, days in _days_of_versions(versions, first - 3 * DAY, last + 3 * DAY):
            walls = _Wall(version.time_zone, first - 4 * DAY, last + 5 * DAY)
            for day in days:
                spans += [walls.span(day, slot) for slot in _slots(version, day)]
                cuts += [walls.span(day, slot) for slot in version.breaks.get(day, ())]
                if day in version.holidays:
                    cuts.append(walls.span(day, (0, 86_400)))
        for value, list_ in ((True, spans), (False, cuts)):
            for start, end in list_:
                for minute in range(self._minute(start), self._minute(end)):
                    if 0 <= minute < self.n:
                        self.open[minute] = value

    def elapsed_us(self, start: datetime, end: datetime) -> int:
        low, high = self._us(start), self._us(end)
        total = 0
        for minute in range(low // MINUTE_US, high // MINUTE_US + 1):
            if minute < self.n and self.open[minute]:
                total += max(0, min(high, (minute + 1) * MINUTE_US) - max(low, minute * MINUTE_US))
        return total

    def is_open(self, at: datetime) -> bool:
        return self.open[self._minute(at)]

    def _us(self, at):
        return (at - self.first) // timedelta(microseconds=1)

    def _minute(self, at):
        return self._us(at) // MINUTE_US


class _Wall:
    """What the wall clock showed at every minute; the first minute at which it had reached a reading."""

    def __init__(self, zone, first, last):
        begin = datetime(first.year, first.month, first.day, tzinfo=UTC)
        self.minutes = [begin + timedelta(minutes=n) for n in range((last - first).days * 1440)]
        reached, self.reached = datetime.combine(date.min, time()), []
        for at in self.minutes:
            reached = max(reached, at.astimezone(ZoneInfo(zone)).replace(tzinfo=None))
            self.reached.append(reached)

    def span(self, day, slot):
        start, end = slot
        midnight = datetime.combine(day, time())
        opens = midnight + timedelta(seconds=start)
        closes = midnight + timedelta(seconds=end) + (DAY if end <= start else timedelta())
        return tuple(self.minutes[bisect_left(self.reached, wall)] for wall in (opens, closes))


def _days_of_versions(versions, first, last):
    days = [first + n * DAY for n in range((last - first).days + 1)]
    for n, version in enumerate(versions):
        begins = version.valid_from or date.min
        ends = versions[n + 1].valid_from if n + 1 < len(versions) else date.max
        yield version, [day for day in days if begins <= day < ends]


def _slots(calendar, day):
    if day in calendar.holidays:
        return ()
    if day in calendar.special_days:
        return calendar.special_days[day]
    if f"{day:%m-%d}" in calendar.yearly_days:
        return calendar.yearly_days[f"{day:%m-%d}"]
    return calendar.weekly.get(day.weekday(), ())
