"""Find in a measured log where customers wait most: which group, when in the week, in whose hands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from otklik.actions.measure_goals import GoalRuler, measure_goal
from otklik.schemas.goal_words import ANYBODY, SETTLED, TAKEN, WHEN, WHO, GoalWords
from otklik.schemas.goals import Bound, Direction, Slice
from otklik.schemas.results import Report
from otklik.schemas.views import View

if TYPE_CHECKING:
    from otklik.charts.speech import Speech

LOOKED_DAYS: Final = 91
"""Where customers wait is looked for in the last quarter."""
MUCH_UNASSIGNED: Final = 0.1
MUCH_LATER: Final = 1.5
"""Who comes then waits so many times longer than all, and it is worth a goal."""
_LADDER: Final = (60.0, 300.0, 900.0, 1800.0, 3600.0, 7200.0, 14_400.0, 28_800.0, 86_400.0, 172_800.0, 259_200.0,
                  604_800.0, 1_209_600.0, 2_592_000.0, 7_776_000.0)  # fmt: skip


@dataclass(frozen=True)
class Proposing:
    """One proposal: by which ruler, for which days, whose goals, in which words."""

    ruler: GoalRuler
    start: date
    end: date
    owner: str = ""
    language: str = "en"

    @property
    def until(self) -> date:
        """The last day that is looked at: that before the cycle, or the last on record."""
        return min(self.start - timedelta(days=1), self.ruler.day_of(self.ruler.as_of))

    @cached_property
    def report(self) -> Report:
        """Who waits, when, and where the time goes, in the last quarter."""
        from otklik.actions.look_at import look_at

        first = self.ruler.day_of(self.ruler.as_of) - timedelta(days=LOOKED_DAYS - 1)
        return look_at(
            self.ruler.shelf, View(start=first), {"measures", "slices", "when", "where"}, zone=self.ruler.zone
        )

    @cached_property
    def speech(self) -> "Speech":
        """The reader's language."""
        from otklik.charts.speech import Speech

        return Speech(self.language, zone=self.ruler.zone)

    def has(self, measure: str) -> bool:
        """Whether the log tells a measure."""
        return measure in self.report.measures and bool(self.report.measures[measure].states.keys() - {"not_available"})


@dataclass(frozen=True)
class Wanted:
    """A number that could be a key result: which, in which direction."""

    bound: Bound
    direction: Direction


class Found(NamedTuple):
    """A place where customers wait: the words of an objective about it, their facts, who, and the numbers to move."""

    words: GoalWords
    facts: dict[str, str]
    which: Slice
    wanted: Iterator[Wanted]


def who(proposing: Proposing) -> Found | None:
    """The group that waits longer than the others; weighed by how many wait how much longer."""
    rows = [
        (row.n * (row.difference_s or 0.0), cut.by, row)
        for cut in proposing.report.slices
        for row in cut.rows
        if cut.by in WHO and row.verdict == "slower" and row.median_s and not any(c.isdigit() for c in row.value)
    ]
    if not rows:
        return None
    _, by, row = max(rows, key=lambda one: one[0])
    brief = proposing.speech.format.brief
    facts = {
        "value": row.value,
        "median": brief(row.median_s or 0.0),
        "others": brief((row.median_s or 0.0) - (row.difference_s or 0.0)),
    }
    which = Slice.model_validate({by: (row.value,)})
    return Found(WHO[by], facts, which, _of_waiting(proposing, which))


def anybody(proposing: Proposing) -> Found | None:
    """Everybody, where no group waits longer than the others."""
    speed = proposing.report.measures[proposing.report.headline].elapsed if proposing.report.measures else None
    if speed is None or speed.median_s is None or speed.p90_s is None:
        return None
    brief = proposing.speech.format.brief
    facts = {"median": brief(speed.median_s), "p90": brief(speed.p90_s)}
    return Found(ANYBODY, facts, Slice(), _of_waiting(proposing, Slice()))


def when(proposing: Proposing) -> Found | None:
    """The part of the week in which those come who wait longest."""
    grid = proposing.report.when.waits if proposing.report.when else None
    if grid is None or grid.median_s is None or (proposing.report.when and proposing.report.when.dates_only):
        return None
    parts: dict[str, list[float]] = {}
    for weekday, hours in enumerate(grid.median_s):
        for hour, wait in enumerate(hours):
            if wait is not None:
                parts.setdefault(_part_of_week(weekday, hour), []).append(wait)
    usual = median(wait for waits in parts.values() for wait in waits) if parts else 0.0
    worst, waits = max(parts.items(), key=lambda part: median(part[1]), default=("", [0.0]))
    if not usual or median(waits) < MUCH_LATER * usual:
        return None
    brief = proposing.speech.format.brief
    facts = {"worst": brief(median(waits)), "median": brief(usual)}
    return Found(WHEN[worst], facts, Slice(), _of_tail(proposing))


def _part_of_week(weekday: int, hour: int) -> str:
    return "weekend" if weekday > 4 else ("night", "morning", "afternoon", "evening")[hour // 6]


def taken_late(proposing: Proposing) -> Found | None:
    """Where much of the wait passes before anybody has taken the request."""
    where = proposing.report.where
    if where is None or (where.unassigned_share or 0.0) < MUCH_UNASSIGNED or not proposing.has("unassigned"):
        return None
    facts = {"share": str(proposing.speech.format.share(where.unassigned_share or 0.0))}

    def wanted() -> Iterator[Wanted]:
        yield from _shares(proposing, "unassigned", Slice())
        yield from _percentile("unassigned", Slice())
        yield from _of_hands(proposing)

    return Found(TAKEN, facts, Slice(), wanted())


def settled(proposing: Proposing) -> Found | None:
    """From asking to served: how long, by how many hands."""
    where = proposing.report.where
    if where is None or not proposing.has("resolution"):
        return None
    share = next((part.share for part in where.turns if part.part == "waiting_on_us"), None)
    if share is None:
        return None

    def wanted() -> Iterator[Wanted]:
        yield from _percentile("resolution", Slice())
        yield from _of_hands(proposing)
        yield from _shares(proposing, "waiting_on_us", Slice(cohort="resolved"))
        yield from _shares(proposing, "resolution", Slice(cohort="resolved"))

    return Found(SETTLED, {"share": str(proposing.speech.format.share(share))}, Slice(), wanted())


CANDIDATES: Final[tuple[Callable[[Proposing], Found | None], ...]] = (who, when, taken_late, settled, anybody)


def _of_waiting(proposing: Proposing, which: Slice) -> Iterator[Wanted]:
    measure = proposing.report.headline
    yield from _percentile(measure, which)
    if proposing.has("longest_wait"):
        yield from _shares(proposing, "longest_wait", which)
    yield from _shares(proposing, measure, which)
    yield Wanted(Bound(measure="one_touch", which=which.model_copy(update={"cohort": "answered"})), "raise")


def _of_tail(proposing: Proposing) -> Iterator[Wanted]:
    measure = proposing.report.headline
    yield from _shares(proposing, measure, Slice())
    if proposing.has("longest_wait"):
        yield from _percentile("longest_wait", Slice())
    yield from _percentile(measure, Slice())


def _of_hands(proposing: Proposing) -> Iterator[Wanted]:
    handed = next((measure for measure in ("handoffs", "team_handoffs") if proposing.has(measure)), None)
    if handed:
        yield Wanted(Bound(measure=handed, within_s=0, which=Slice(cohort="resolved")), "raise")
    if proposing.has("reopens"):
        yield Wanted(Bound(measure="reopens", which=Slice(cohort="resolved")), "lower")


def _percentile(measure: str, which: Slice) -> Iterator[Wanted]:
    yield Wanted(Bound(measure=measure, statistic="quantile", quantile=0.9, which=which), "lower")


def _shares(proposing: Proposing, measure: str, which: Slice) -> Iterator[Wanted]:
    """The share within a round time that not quite two thirds keep today: far from both ends it moves most."""
    bound = Bound(measure=measure, statistic="quantile", quantile=0.6, which=which)
    middle = measure_goal(proposing.ruler, bound, last=proposing.until).number.value
    if middle:
        within_s = min(_LADDER, key=lambda time_s: abs(time_s / middle - 1) if time_s >= middle else middle / time_s)
        yield Wanted(Bound(measure=measure, within_s=within_s, which=which), "raise")
