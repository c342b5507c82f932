"""4. When do customers come, and when do they wait?"""

from collections.abc import Sequence

from otklik.charts import Speech, arrivals_grid, waits_grid
from otklik.report.blocks import Block, Figure, Section
from otklik.schemas.results import Report, WeekGrid

Peak = tuple[float, int, int]
"""(value, weekday, hour)."""

_FEWEST_HOURS = 12


def when(report: Report, speech: Speech) -> Section:
    """Say at which hours of the week customers come, and when coming means waiting."""
    title = (
        speech.say("When do cases start?")
        if speech.is_process
        else speech.say("When do customers come, and when do they wait?")
    )
    result = report.when
    if result is None or _dates_only(result.arrivals):
        return Section("when", title, [speech.say("This record knows dates only, so hours cannot be told apart.")])
    busiest = _peak([[float(n) for n in day] for day in result.arrivals.n])
    assert busiest is not None
    busy = speech.say("The busiest hour of the week: %(day)s, %(hour)s", day=_day(busiest, speech), hour=_hour(busiest))
    blocks: list[Block] = [Figure(arrivals_grid(result.arrivals, speech, busy), "arrivals")]
    lead = [speech.say("Hours are local, in %(zone)s.", zone=result.arrivals.zone)]
    slowest = _peak(result.waits.median_s or []) if result.waits and _enough(result.waits) else None
    if result.waits and slowest:
        slow = speech.say(
            "The longest waits begin: %(day)s, %(hour)s; half last over %(time)s",
            day=_day(slowest, speech), hour=_hour(slowest), time=speech.format.duration(slowest[0]),
        )  # fmt: skip
        blocks.append(Figure(waits_grid(result.waits, speech, slow), "waits"))
        lead.append(speech.say("A dot marks hours in which too few came to say how long they waited."))
    return Section("when", title, [_share_of_week(result.arrivals, speech), *lead], blocks)


def _dates_only(grid: WeekGrid) -> bool:
    """Whether nearly everything came at midnight (of summer or winter time): then the record knows only the day."""
    hours = sorted(sum(day[hour] for day in grid.n) for hour in range(24))
    return hours[-1] + hours[-2] >= 0.98 * sum(hours)


def _enough(grid: WeekGrid) -> bool:
    """Whether enough hours of the week have a median to make a map of."""
    return sum(1 for day in grid.median_s or [] for value in day if value is not None) >= _FEWEST_HOURS


def _peak(cells: Sequence[Sequence[float | None]]) -> Peak | None:
    return max(
        ((value, day, hour) for day, row in enumerate(cells) for hour, value in enumerate(row) if value), default=None
    )


def _day(peak: Peak, speech: Speech) -> str:
    return speech.format.weekday(peak[1], short=False)


def _hour(peak: Peak) -> str:
    return f"{peak[2]:02d}:00"


def _share_of_week(grid: WeekGrid, speech: Speech) -> str:
    """Which day brings most."""
    busiest = max(range(7), key=lambda day: sum(grid.n[day]))
    quietest = min(range(7), key=lambda day: sum(grid.n[day]))
    return speech.say(
        "Busiest day: %(most)s; quietest: %(least)s.",
        most=speech.format.weekday(busiest, short=False), least=speech.format.weekday(quietest, short=False),
    )  # fmt: skip
