"""When customers come, when they wait, how much lies open: hour by weekday, in the company's zone."""

import numpy as np

from otklik.base.units import US
from otklik.findings.columns import micros
from otklik.findings.durations import Durations
from otklik.findings.evidence import DAY_S, Evidence
from otklik.findings.open_requests import CELLS, open_requests
from otklik.findings.speed import headline_measure
from otklik.schemas.results import WeekGrid, When
from otklik.stats import minimum_n
from otklik.stats.estimate import Ints

FEW_TIMES, NEARLY_ALL, TELLING = 4, 0.8, 30
"""So few times of day (two, in summer and in winter) for so many arrivals are no times of day at all."""


def when(evidence: Evidence) -> When | None:
    """When customers come, how long those who came then waited, and how many requests are open at that hour.

    Input     Evidence
    Output    schemas.results.When: three grids of 7 weekdays x 24 local hours; None for an empty log
    Unit      requests; seconds (median)
    Open end  running waits are in the curve of their hour; a median of fewer than 6 waits, or not reached, is None
    Errors    none
    Source    docs/en/method/statistics.md
    """
    if not evidence.n:
        return None
    arrivals = _cells(evidence, evidence.opened_us)
    measure = "waits" if evidence.durations("waits").n and not evidence.is_process else headline_measure(evidence)
    durations = evidence.durations(measure)
    waits = None
    if durations.n:
        waits = _grid_of_waits(evidence.time_zone, durations, _cells(evidence, _starts(evidence, measure)))
    return When(
        arrivals=_grid(evidence.time_zone, arrivals),
        waits=waits,
        measure=measure if waits else None,
        open=open_requests(evidence),
        dates_only=_knows_dates_only(evidence.opened_us),
    )


def _knows_dates_only(opened_us: Ints) -> bool:
    """Whether nearly all came at the same few seconds of the day; a handful of arrivals cannot tell."""
    if opened_us.size < TELLING:
        return False
    _, tally = np.unique(opened_us // US % DAY_S, return_counts=True)
    return int(np.sort(tally)[-FEW_TIMES:].sum()) >= NEARLY_ALL * opened_us.size


def _starts(evidence: Evidence, measure: str) -> Ints:
    if measure == "waits":
        return micros(evidence.measured.waits["start"])
    return evidence.opened_us[evidence.durations(measure).rows]


def _cells(evidence: Evidence, at_us: Ints) -> Ints:
    return evidence.wall.weekday(at_us) * 24 + evidence.wall.hour(at_us)


def _grid(zone: str, cells: Ints) -> WeekGrid:
    return WeekGrid(zone=zone, n=np.bincount(cells, minlength=CELLS).reshape(7, 24).tolist())


def _grid_of_waits(zone: str, durations: Durations, cells: Ints) -> WeekGrid:
    order = np.argsort(cells, kind="stable")
    edges = np.searchsorted(cells[order], np.arange(CELLS + 1))
    medians: list[float | None] = []
    for cell in range(CELLS):
        mine = order[edges[cell] : edges[cell + 1]]
        enough = mine.size >= minimum_n(0.5)
        medians.append(durations.take(mine).curve.quantile(0.5).value if enough else None)
    grid = _grid(zone, cells)
    return grid.model_copy(update={"median_s": [medians[day * 24 : day * 24 + 24] for day in range(7)]})
