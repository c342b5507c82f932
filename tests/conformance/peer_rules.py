"""The rules by which business-time libraries differ, each switched on by the name a case gives."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from otklik.clock.days import day_slots


def of_case(case, explained):
    """Collect the rules that a case names; `explained` is the file's name -> explanation."""
    words = " ".join(
        f"{name} {explained.get(name, '')}".replace("_", " ").lower() for name in case.get("semantics", ())
    )
    names = " ".join(case.get("semantics", ()))
    return Rules(names=names, words=words, precision_s=case.get("precision_seconds"))


@dataclass(frozen=True)
class Rules:
    """What one case asks for; nothing named = the product as it is."""

    names: str = ""
    words: str = ""
    precision_s: float | None = None

    def says(self, *alternatives):
        """Whether any alternative has all its words in the names or explanations of the case's rules."""
        return any(all(word in self.words for word in text.split()) for text in alternatives)

    @property
    def reversed_is_negative(self):
        return self.says("revers negative", "end before start negative")

    @property
    def reversed_is_absolute(self):
        return self.says("revers absolute", "revers positive", "revers swap", "swapped", "order does not matter")

    def is_open(self, clock, at):
        """The product's closing is closed; some peers count it, or look at whole minutes."""
        if self.says("close inclusive", "closing included", "closing open", "end inclusive", "end included"):
            return clock.prev_open_moment(at) == at or clock.is_open(at)
        return clock.is_open(at)

    def rounded(self, clock, start, end):
        """Open seconds between, rounded where a rule rounds."""
        step = self.precision_s or (1 if self.says("round", "whole second", "truncat") else None)
        if step and self.says("step", "sample", "probe"):
            return self._in_steps(clock, start, end, step)
        if step and self.says("instants round", "times round", "round start", "ends round", "truncat start"):
            return clock.elapsed(self._to_step(start, step), self._to_step(end, step)).seconds
        seconds = clock.elapsed(start, end).seconds
        return self._rounding()(seconds / step) * step if step else seconds

    def start_of_adding(self, clock, start, seconds):
        if self.says("round", "whole second", "truncat") and self.precision_s is None:
            start = self._to_step(start, 1)
        return start

    def added(self, clock, start, seconds):
        if seconds == 0 and self.says("zero opening", "zero open", "nothing opening", "zero roll", "zero move"):
            back = self.says("backward", "previous", "prev ", "before")
            return (clock.prev_open_moment if back else clock.next_open_moment)(start)
        return clock.add(start, seconds)

    def deadline(self, clock, at, seconds):
        """A deadline that falls on a closing stays there, unless a rule moves it to the next opening."""
        if (
            seconds > 0
            and not self.says("stays")
            and self.says("deadline close mov", "deadline close next", "close roll")
        ):
            return clock.next_open_moment(at)
        if seconds < 0 and not self.says("stays") and self.says("deadline open mov", "open prev", "backward clos"):
            return clock.prev_open_moment(at)
        return at

    def instant_of(self, clock, local):
        zone = ZoneInfo(clock.versions[-1].time_zone)
        if self.says("overlap second", "overlap last", "ambiguous second", "overlap winter", "overlap standard"):
            return local.replace(tzinfo=zone, fold=1).astimezone(UTC)
        if self.says("gap jump", "gap transition", "gap first valid", "gap first instant", "gap end of"):
            return first_valid(local, zone)
        if self.says("gap back", "gap earlier", "gap before"):
            return local.replace(tzinfo=zone, fold=1).astimezone(UTC)
        return clock.local_to_utc(local)

    def days_added(self, clock, start, days):
        """Business days: the wall time is kept over that many open dates, then what the rule says about it."""
        zone = ZoneInfo(clock.versions[-1].time_zone)
        local = start.astimezone(zone).replace(tzinfo=None)
        forward = days >= 0
        moved_first = self._leaves_closed_day_first()
        if moved_first and not _works(clock, local):
            if self.says("opening", "beginning", "start of"):
                opening = clock.next_open_moment(start)
                local = opening.astimezone(zone).replace(tzinfo=None)
            else:
                while not _works(clock, local):
                    local += timedelta(days=1 if forward else -1)
        left = abs(int(days))
        while left or not _works(clock, local):
            local += timedelta(days=1 if forward else -1)
            left -= 1 if left and _works(clock, local) else 0
        at = local.replace(tzinfo=zone).astimezone(UTC)
        rest = abs(days) - abs(int(days))
        if rest:
            at = clock.add(at, math.copysign(rest * _day_length(clock, local), days))
        return self._in_hours(clock, at, forward)

    def _leaves_closed_day_first(self):
        return self.says(
            "closed day first", "non-working day first", "weekend first", "first moved", "from the next working"
        )

    def _in_hours(self, clock, at, forward):
        if self.says("keeps", "same time", "wall time", "time of day") and not self.says(
            "opening", "next open", "roll"
        ):
            return at
        if not forward and self.says("closing", "prev"):
            return clock.prev_open_moment(at)
        return clock.next_open_moment(at) if self.says("opening", "next open", "roll") else at

    def _rounding(self):
        if self.says("up", "ceil"):
            return math.ceil
        if self.says("down", "floor", "truncat", "whole"):
            return math.floor
        return lambda value: math.floor(value + 0.5)

    def _to_step(self, at, step):
        seconds = self._rounding()(at.timestamp() / step) * step
        return datetime.fromtimestamp(seconds, UTC)

    def _in_steps(self, clock, start, end, step):
        counted, at = 0, start
        while at < end:
            counted += step if clock.is_open(at) else 0
            at += timedelta(seconds=step)
        return counted


def first_valid(local, zone):
    """Return the first instant at which the wall clock shows this time or a later one."""
    low = int(local.replace(tzinfo=UTC).timestamp()) - 15 * 3600
    high = low + 30 * 3600
    while high - low > 1:
        middle = (low + high) // 2
        shown = datetime.fromtimestamp(middle, zone).replace(tzinfo=None)
        low, high = (middle, high) if shown < local else (low, middle)
    return datetime.fromtimestamp(high, UTC)


def _works(clock, local):
    return bool(day_slots(clock.versions[-1], local.date()))


def _day_length(clock, local):
    return sum((end - start) % 86_400 or 86_400 for start, end in day_slots(clock.versions[-1], local.date()))
