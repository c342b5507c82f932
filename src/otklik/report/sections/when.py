"""4. When do customers come, when do they wait, and how much lies open?"""

from collections.abc import Sequence

from otklik.charts import Speech, arrivals_grid, open_grid, waits_grid
from otklik.report.blocks import Block, Figure, Section
from otklik.schemas.results import Report, WeekGrid, When

Peak = tuple[float, int, int]
"""(value, weekday, hour)."""

_FEWEST_HOURS = 12
_FEWEST_ARRIVALS = 30
_FEWEST_IN_PEAK = 10
_FEWEST_WEEKS = 2
_TELLING = 1.1
"""Where most are not this many times fewest, the hour of the week makes no difference to what is open."""


def when(report: Report, speech: Speech) -> Section:
    """Say at which hours of the week customers come, and when coming means waiting."""
    title = (
        speech.say("When do cases start?")
        if speech.is_process
        else speech.say("When do customers come, and when do they wait?")
    )
    result = report.when
    if result is None or sum(map(sum, result.arrivals.n)) < _FEWEST_ARRIVALS:
        return Section("when", title, [speech.say("Too few came to tell busy hours from quiet ones.")])
    if result.dates_only:
        return Section("when", title, [speech.say("This record knows dates only, so hours cannot be told apart.")])
    blocks: list[Block] = [Figure(arrivals_grid(result.arrivals, speech, _busy_title(result, speech)), "arrivals")]
    lead = [speech.say("Hours are those of the time zone %(zone)s.", zone=result.arrivals.zone)]
    if result.arrivals.zone == "UTC":
        lead.append(speech.say("The option --tz sets yours."))
    if result.waits and _enough(result.waits):
        blocks.append(Figure(waits_grid(result.waits, speech, _slow_title(result.waits, speech)), "waits"))
        lead.append(
            speech.say("A dot marks hours in which too few started to say how long they take.")
            if speech.is_process
            else speech.say("A dot marks hours in which too few came to say how long they waited.")
        )
    if result.open and min(map(min, result.open.n)) >= _FEWEST_WEEKS:
        blocks.append(Figure(open_grid(result.open, speech, _open_title(result.open, speech)), "open"))
    return Section("when", title, [_share_of_week(result.arrivals, speech), *lead], blocks)


def _busy_title(result: When, speech: Speech) -> str:
    busiest = _peak([[float(n) if n >= _FEWEST_IN_PEAK else None for n in day] for day in result.arrivals.n])
    if busiest is None:
        return speech.say("When they came")
    return speech.say("The busiest hour of the week: %(day)s, %(hour)s", day=_day(busiest, speech), hour=_hour(busiest))


def _slow_title(waits: WeekGrid, speech: Speech) -> str:
    """Name the slowest hour of those in which enough came; the longest median of a few is luck."""
    sure = [
        [value if n >= _FEWEST_ARRIVALS else None for value, n in zip(*day, strict=True)]
        for day in zip(waits.median_s or [], waits.n, strict=True)
    ]
    slowest = _peak(sure)
    if slowest is None and speech.is_process:
        return speech.say("How long those take that start at that hour")
    if slowest is None:
        return speech.say("How long those waited who came at that hour")
    facts = {"day": _day(slowest, speech), "hour": _hour(slowest), "time": speech.format.duration(slowest[0])}
    if speech.is_process:
        return speech.say("The longest ones start: %(day)s, %(hour)s; half last over %(time)s", **facts)
    return speech.say("The longest waits begin: %(day)s, %(hour)s; half last over %(time)s", **facts)


def _open_title(grid: WeekGrid, speech: Speech) -> str:
    """Name the hour at which most are open, where it matters which; for a quiet week say how many are."""
    means = grid.mean or []
    fullest, lowest = _peak(means), min((value for day in means for value in day if value is not None), default=0.0)
    if fullest is None:
        return speech.say("Nothing is ever open for long")
    facts = {"n": speech.format.mean(fullest[0]), "day": _day(fullest, speech), "hour": _hour(fullest)}
    if fullest[0] < _TELLING * lowest:
        return speech.say("About as many are open at any hour: up to %(n)s on average", n=facts["n"])
    return speech.say("Most are open: %(day)s, %(hour)s; %(n)s on average", **facts)


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
