"""What is shown of calendars: a year day by day, and what another calendar would change."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from otklik.schemas.calendars import Slot
from otklik.schemas.results import Result

DayKind = Literal["usual", "closed", "holiday", "shorter", "longer", "moved", "unknown"]
"""usual and closed: as every week; holiday: closed though its weekday works; moved: open though its weekday rests;
shorter and longer: other hours than its weekday; unknown: no version, or a year whose holidays nobody told."""


@dataclass(frozen=True)
class CalendarDay:
    """One date: the hours that begin on it, those of its weekday, and what is cut out of it."""

    day: date
    kind: DayKind
    slots: tuple[Slot, ...] = ()
    usual: tuple[Slot, ...] = ()
    breaks: tuple[Slot, ...] = ()
    open_s: int | None = None
    """Seconds open from midnight to midnight; None = not known."""
    version: int | None = None


@dataclass(frozen=True)
class CalendarMonth:
    """One month; `open_s` None = some of its days are not known."""

    first: date
    days: tuple[CalendarDay, ...]

    @property
    def open_s(self) -> int | None:
        """Seconds open in the whole month."""
        return _total(self.days)

    @property
    def open_days(self) -> int:
        """Days on which it is open at all."""
        return sum(1 for day in self.days if day.open_s)


@dataclass(frozen=True)
class CalendarYear:
    """One calendar through one year."""

    calendar: str
    year: int
    months: tuple[CalendarMonth, ...]

    @property
    def days(self) -> tuple[CalendarDay, ...]:
        """Every day of the year."""
        return tuple(day for month in self.months for day in month.days)

    @property
    def open_s(self) -> int | None:
        """Seconds open in the whole year."""
        return _total(self.days)

    @property
    def open_days(self) -> int:
        """Days on which it is open at all."""
        return sum(month.open_days for month in self.months)


def _total(days: tuple[CalendarDay, ...]) -> int | None:
    known = [day.open_s for day in days if day.open_s is not None]
    return sum(known) if len(known) == len(days) else None


@dataclass(frozen=True)
class MonthHours:
    """Open time of a month before and after; None = not known."""

    first: date
    before_s: int | None
    after_s: int | None


@dataclass(frozen=True)
class DayChange:
    """A date on which the open hours differ; None = not known."""

    before: CalendarDay | None
    after: CalendarDay | None

    @property
    def day(self) -> date:
        """Which date."""
        found = self.before or self.after
        assert found is not None
        return found.day


@dataclass(frozen=True)
class CalendarChange:
    """What becomes of one calendar: whether it is new or gone, the months and days that differ."""

    calendar: str
    name: str
    is_new: bool
    is_gone: bool
    time_zone: tuple[str, str]
    months: tuple[MonthHours, ...]
    days: tuple[DayChange, ...]
    n_days: int
    """How many days differ; `days` holds the first of them."""

    @property
    def is_same(self) -> bool:
        """Nothing that can be measured differs in the time looked at."""
        return not (self.is_new or self.is_gone or self.n_days or self.time_zone[0] != self.time_zone[1])


@dataclass(frozen=True)
class BookChange:
    """What becomes of all calendars, and who works by which; names are those of calendars, None = none."""

    first: date
    last: date
    calendars: tuple[CalendarChange, ...]
    default: tuple[str | None, str | None]
    teams: tuple[tuple[str, str | None, str | None], ...]

    @property
    def is_same(self) -> bool:
        """Nothing differs."""
        return not self.teams and self.default[0] == self.default[1] and all(one.is_same for one in self.calendars)


class Moved(Result):
    """One figure before and after: a median or a share, in working time; None = not known, or not reached."""

    measure: str
    figure: Literal["median", "p90", "target"]
    n: int
    before: float | None
    after: float | None
    within_s: float | None = None
    share: float | None = None
    only: dict[str, str] = Field(default={})
