"""The clock of peers for whom slots that touch stay two periods."""

from datetime import timedelta
from itertools import count
from zoneinfo import ZoneInfo

from otklik.clock import BusinessClock, Span
from otklik.clock.days import slots_and_cuts
from otklik.clock.spans import Spans, open_spans

FAR = 800
DAY = timedelta(days=1)


class SlotBySlot(BusinessClock):
    """Looks at one local day after another and never joins what it finds."""

    def _forward(self, at):
        return (span for span in self._days(at, 1) if span.end > at)

    def _backward(self, at):
        return (span for span in self._days(at, -1) if span.start < at)

    def _days(self, at, way):
        calendar = self.versions[0]
        here = at.astimezone(ZoneInfo(calendar.time_zone)).date()
        for n in count(-1):
            if n > FAR:
                return
            day = here + way * n * DAY
            slots, cuts = slots_and_cuts(calendar, day, day)
            found = []
            for opens, closes in zip(slots.opens, slots.closes, strict=True):
                left = open_spans(Spans(opens[None], closes[None]), cuts)
                found += [Span(int(a), int(b)) for a, b in zip(left.opens, left.closes, strict=True)]
            yield from sorted(found)[::way]
