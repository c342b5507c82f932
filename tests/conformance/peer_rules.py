"""The rules by which business-time libraries differ, switched on by the words of the names a case gives.

The product knows none of them. A rule is recognised by its name and by its explanation in the file, so that a name
not met before is understood as far as its words go.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from otklik.clock.days import day_slots
from otklik.clock.errors import NeverOpens

DAY = timedelta(days=1)


def of_case(case, explained):
    """Collect the rules that a case names; `explained` is the file's name -> explanation."""
    words = " ".join(
        f"{name} {explained.get(name, '')}".replace("_", " ").lower() for name in case.get("semantics", ())
    )
    return Rules(words=words, precision_s=case.get("precision_seconds"))


@dataclass(frozen=True)
class Rules:
    """What one case asks for; nothing named = the product as it is."""

    words: str = ""
    precision_s: float | None = None

    def says(self, *alternatives):
        """Whether, for any alternative, each of its words begins a word of the case's rules."""
        return any(all(re.search(rf"\b{word}", self.words) for word in text.split()) for text in alternatives)

    @property
    def reversed_is_negative(self):
        return self.says("revers negative", "end before start negative")

    @property
    def reversed_is_absolute(self):
        return self.says("revers absolute", "revers positive", "revers swap", "order ignored")

    @property
    def in_steps(self):
        """Time is walked in steps of the precision, each counting whole when its first moment is open."""
        return self.says("step", "sampl", "prob", "iterat", "increment") and bool(self.precision_s)

    @property
    def slots_apart(self):
        """Slots that touch stay two periods; the product joins them."""
        return self.says(
            "touch apart", "touch separate", "not merged", "not joined", "adjacent separate", "split midnight"
        )

    def is_open(self, clock, at):
        """At closing the product is closed; some peers are still open then."""
        counts = self.says("clos inclusive", "clos included", "clos open", "end inclusive", "end included")
        if counts and not self.says("not open", "closed at", "exclusive", "is closed"):
            return clock.is_open(at) or clock.prev_open_moment(at) == at
        return clock.is_open(at)

    def elapsed(self, clock, start, end):
        """Open seconds between, rounded where a rule rounds."""
        rounds = self.says("round", "whole second", "truncat", "floor", "ceil")
        step = self.precision_s or (1 if rounds else None)
        if self.in_steps:
            return self._walked(clock, start, end)
        if rounds and self.says("instants", "times", "inputs", "both ends"):
            return clock.elapsed(self._to_step(start, step), self._to_step(end, step)).seconds
        seconds = clock.elapsed(start, end).seconds
        return self._rounding()(seconds / step) * step if step else seconds

    def add(self, clock, start, seconds):
        """The instant after that much open time, and what becomes of it on a boundary."""
        if self.in_steps:
            return self._stepped(clock, start, seconds)
        if self.says("round", "whole second", "truncat") and self.precision_s is None:
            start = self._to_step(start, 1)
        if seconds == 0:
            return self._nothing_added(clock, start)
        try:
            return self._on_boundary(clock, clock.add(start, seconds), seconds)
        except NeverOpens:
            return None

    def instant_of(self, clock, local):
        """What a wall time names when the clock shows it twice or never."""
        zone = ZoneInfo(clock.versions[-1].time_zone)
        if self.says("overlap second", "overlap last", "ambiguous second", "overlap winter", "overlap standard"):
            return local.replace(tzinfo=zone, fold=0 if self.says("overlap first") else 1).astimezone(UTC)
        if self.says("gap transition", "gap first valid", "gap first instant", "gap end of"):
            return first_valid(local, zone)
        if self.says("gap backward", "gap earlier"):
            return local.replace(tzinfo=zone, fold=1).astimezone(UTC)
        return clock.local_to_utc(local)

    def add_business_days(self, clock, start, days):
        """Business days: the wall time over that many open dates, then what the rule makes of it."""
        if not days:
            return self._no_day_added(clock, start)
        if self.says("length", "day long"):
            return self._by_length_of_day(clock, start, days)
        zone = ZoneInfo(clock.versions[-1].time_zone)
        local = self._leave_closed_day(clock, start.astimezone(zone).replace(tzinfo=None), zone, days)
        left, way = abs(int(days)), DAY if days >= 0 else -DAY
        while left or not works(clock, local):
            local += way
            left -= 1 if left and works(clock, local) else 0
        at = local.replace(tzinfo=zone).astimezone(UTC)
        if not self.says("opening", "next open", "roll", "business hours", "working hours", "open moment"):
            return at
        if days < 0 and self.says("closing", "prev"):
            return clock.prev_open_moment(at)
        return clock.next_open_moment(at)

    def _no_day_added(self, clock, start):
        """No day from closed time is the next opening, unless the wall time is kept and no more, or a rule says so."""
        stays = self.says("zero (stay|keep|itself|unchanged|same|start)", "days keep", "keep wall", "wall kept")
        moves = self.says("opening", "next open", "roll", "zero mov", "business hours", "working hours", "open moment")
        return start if stays and not moves else clock.next_open_moment(start)

    def _leave_closed_day(self, clock, local, zone, days):
        """Some peers first go from a closed day to the next open one, and only then begin to count."""
        first = self.says(
            "closed first", "weekend first", "non first", "from the next", "starts? (is )?moved", "moves? first"
        )
        if not first or works(clock, local):
            return local
        if self.says("opening", "beginning"):
            return clock.next_open_moment(local.replace(tzinfo=zone)).astimezone(zone).replace(tzinfo=None)
        while not works(clock, local):
            local += DAY if days >= 0 else -DAY
        return local

    def _by_length_of_day(self, clock, start, days):
        """A business day is so much open time; whole days are jumped first, the rest is added."""
        lengths = Counter(
            sum((b - a) % 86_400 or 86_400 for a, b in s) for s in clock.versions[-1].weekly.values() if s
        )
        jumped = start + int(days) * DAY
        if days < 0:
            return clock.add(start, days * lengths.most_common(1)[0][0])
        left = days * lengths.most_common(1)[0][0] - clock.elapsed(start, jumped).seconds
        return clock.add(jumped, left) if left > 0 else jumped

    def _nothing_added(self, clock, start):
        if not self.says("zero open", "zero roll", "zero mov", "zero next", "nothing open"):
            return start
        back = self.says("backward", "prev", "before")
        return (clock.prev_open_moment if back else clock.next_open_moment)(start)

    def _on_boundary(self, clock, at, seconds):
        if self.says("stays"):
            return at
        if seconds > 0 and self.says(
            "close mov", "close next", "close roll", "closing mov", "closing next", "closing roll"
        ):
            return clock.next_open_moment(at)
        if seconds < 0 and self.says("open prev", "opening prev", "opening mov", "open mov"):
            return clock.prev_open_moment(at)
        return at

    def _rounding(self):
        if self.says("nearest", "half"):
            return lambda value: math.floor(value + 0.5)
        if self.says(r"up\b", "ceil"):
            return math.ceil
        if self.says(r"down\b", "floor", "truncat", "drop", "cut off", "discard", "ignor"):
            return math.floor
        return lambda value: math.floor(value + 0.5)

    def _to_step(self, at, step):
        return datetime.fromtimestamp(self._rounding()(at.timestamp() / step) * step, UTC)

    def _walked(self, clock, start, end):
        counted, at, step = 0, start, timedelta(seconds=self.precision_s)
        while at < end:
            counted += self.precision_s if clock.is_open(at) else 0
            at += step
        return counted

    def _stepped(self, clock, at, seconds):
        left, step = abs(seconds), timedelta(seconds=self.precision_s)
        while left > 0:
            at -= step if seconds < 0 else timedelta()
            left -= self.precision_s if clock.is_open(at) else 0
            at += step if seconds > 0 else timedelta()
        return at


def first_valid(local, zone):
    """Return the first instant at which the wall clock shows this time or a later one."""
    low = int(local.replace(tzinfo=UTC).timestamp()) - 15 * 3600
    high = low + 30 * 3600
    while high - low > 1:
        middle = (low + high) // 2
        shown = datetime.fromtimestamp(middle, zone).replace(tzinfo=None)
        low, high = (middle, high) if shown < local else (low, middle)
    return datetime.fromtimestamp(high, UTC)


def works(clock, local):
    """Whether any slot begins on the date."""
    return bool(day_slots(clock.versions[-1], local.date()))
