"""Measure what a goal is bound to: its number with an interval, every day of the log, and how it came about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from otklik.actions.count_days import Days, count_days, measure_of
from otklik.actions.count_open_days import count_open_days
from otklik.actions.cut_log import Shelf
from otklik.actions.measure_speed import Yardstick
from otklik.actions.ripen import ripen
from otklik.actions.take_percentile import take_percentile
from otklik.base.errors import UserError
from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_
from otklik.schemas.goal_results import Basis, Ranged, Reading
from otklik.schemas.goals import Bound, DayCount


class EmptyLog(UserError):
    """A goal over a log in which nothing was measured yet."""

    code = "goal-over-empty-log"
    message = N_("The log is empty: there is nothing to measure goals by.")
    hint = N_("Import records first.")


@dataclass(frozen=True)
class GoalRuler:
    """By what goals are measured: one state of the log, the company's zone, how its calendar is called.

    `opens_files`: a number may name the hours in a TOML file; never where strangers write goals. `at_hand`: only by
    facts that are kept already.
    """

    shelf: Shelf
    zone: str = "UTC"
    calendar: str | None = None
    opens_files: bool = True
    at_hand: bool = False

    @classmethod
    def of(
        cls, folder: Path, yardstick: Yardstick, *, zone: str | None = None, progress: Progress = no_progress
    ) -> "GoalRuler":
        """The newest state of the log in a folder, measured now where it was not; raises NotAStore.

        Without a zone days are those of the sources, as in a report.
        """
        from otklik.actions.refresh_facts import refresh_facts
        from otklik.store import ServiceStore

        store = ServiceStore(folder)
        refresh_facts(store, yardstick, progress=progress)
        shelf = Shelf.of(folder, yardstick)
        zone = zone or next((one.time_zone for one in shelf.snapshot.sources if one.time_zone), "UTC")
        return cls(shelf, zone, yardstick.calendar)

    def by(self, bound: Bound) -> "GoalRuler":
        """The same log by the hours that a number names for itself: one of the company's calendars, a preset, a file.

        Measured now where it was not; facts by two calendars are kept at once. Raises what an unreadable calendar does,
        and NotMeasuredYet where only what is at hand may be used.
        """
        if bound.clock != "business" or bound.calendar in ("", self.calendar):
            return self
        folder, hours = self.shelf.store.folder, self._hours(bound.calendar)
        shelf = Shelf.of(folder, hours) if self.at_hand else GoalRuler.of(folder, hours, zone=self.zone).shelf
        return replace(self, shelf=shelf, calendar=bound.calendar)

    def _hours(self, name: str) -> Yardstick:
        from otklik.actions.read_calendar import preset_calendar

        own = self.shelf.yardstick
        book = own.book()
        if book is not None and name in book.versions:
            return replace(own, only=name)
        if not self.opens_files:
            preset_calendar(name, self.zone, name)
        return Yardstick(name, time_zone=self.zone)

    @property
    def as_of(self) -> datetime:
        """Up to when the log is complete; raises EmptyLog."""
        known = self.shelf.as_of
        if known is None:
            raise EmptyLog
        return known

    def end_of(self, day: date) -> datetime:
        """The last instant of a local day that the log knows."""
        midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(self.zone)).astimezone(UTC)
        return min(midnight - timedelta(microseconds=1), self.as_of)

    def last_whole_day(self, until: datetime) -> date:
        """The last local day that is over by an instant."""
        day = self.day_of(until + timedelta(microseconds=1)) if until.year > 1 else date.min
        return day - timedelta(days=1) if day > date.min else day

    def day_of(self, at: datetime) -> date:
        """The local day of an instant."""
        return at.astimezone(ZoneInfo(self.zone)).date()


def measure_goal(
    ruler: GoalRuler,
    bound: Bound,
    *,
    first: date | None = None,
    last: date | None = None,
    target: float | None = None,
    also: Sequence[float] = (),
) -> Reading:
    """Measure over the days [first, last]: by itself over the last `window_days`, up to the horizon.

    `target` is the wait that a percentile shall stay within: the days are counted against it. `also` asks for the days
    against more times, all in one question.
    """
    ruler = ruler.by(bound)
    end = ruler.as_of if last is None else ruler.end_of(last)
    last = last or ruler.day_of(end)
    against = target if bound.statistic == "quantile" else bound.within_s
    times = list(dict.fromkeys([against, *also]))
    askable = bound.statistic != "quantile" or against is not None
    tables = _tables(ruler, bound, times if askable else times[1:], end)
    days: Days = tables[0] if askable else ()
    at = dict(zip(times[1:], tables[1:] if askable else tables, strict=True))
    if first is None:
        first = last - timedelta(days=bound.window_days - 1) if bound.window_days else _first_day(days, last)
    inside = [day for day in days if first <= day.day <= last]
    number, n, k = number_of_days(bound, inside)
    if bound.statistic == "quantile":
        number, n = take_percentile(ruler.shelf, bound, ruler.zone, first, ruler.day_of(end))
    ripe = [_ripe_until(ruler, bound, time_s, end) for time_s in times if time_s is not None]
    return Reading(
        number=number,
        within_s=against,
        n=n,
        k=k,
        days=days,
        at={one: table for one, table in at.items() if one is not None},
        basis=Basis(
            bound=bound,
            zone=ruler.zone,
            calendar=ruler.calendar if bound.clock == "business" else None,
            first=first,
            last=last,
            as_of=end,
            ripe_until=ripe[0] if against is not None else None,
            whole_until=ruler.last_whole_day(min((at for at in ripe if at is not None), default=end)),
            log=ruler.shelf.state,
            step=ruler.shelf.snapshot.step,
        ),
    )


def _tables(ruler: GoalRuler, bound: Bound, within: Sequence[float | None], as_of: datetime) -> list[Days]:
    if bound.which.cohort == "open":
        return [count_open_days(ruler.shelf, bound, ruler.zone, within_s=one, as_of=as_of) for one in within]
    return count_days(ruler.shelf, bound, ruler.zone, within=within, as_of=as_of)


def _first_day(days: Days, last: date) -> date:
    return days[0].day if days else last


def number_of_days(bound: Bound, days: Sequence[DayCount]) -> tuple[Ranged, int, int]:
    """The share or the count of some days, n and k with it; of a backlog that of the last one."""
    if bound.which.cohort == "open":
        days = days[-1:]
    n, k = sum(day.n for day in days), sum(day.k for day in days)
    if bound.statistic == "count":
        return Ranged(value=float(k) if days else None), n, k
    return share_of(days), n, k


def share_of(days: Sequence[DayCount]) -> Ranged:
    """Which share made it over some days, in an interval that knows that those of one day share their luck."""
    from otklik.goals.day_counts import share_of_days

    sure = share_of_days(days)
    value, low, high = sure.number
    return Ranged(value=value, low=low, high=high, how=sure.how)


def _ripe_until(ruler: GoalRuler, bound: Bound, within_s: float, as_of: datetime) -> datetime | None:
    """The last instant at which a request could come and be old enough; None where nothing has to ripen."""
    if bound.which.cohort != "arrived" or measure_of(bound).unit == "count" or bound.statistic == "count":
        return None
    return ripen(ruler.shelf, bound.clock, within_s, as_of).earliest or datetime.min.replace(tzinfo=UTC)
