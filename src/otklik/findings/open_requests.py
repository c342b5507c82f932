"""How many requests are open at each hour of the week, on average: what lies on the desk, not what comes in."""

import numpy as np

from otklik.base.units import US
from otklik.clock.zones import LocalTime
from otklik.findings.evidence import DAY_S, EARLIEST_US, LATEST_US, Evidence
from otklik.schemas.results import WeekGrid
from otklik.stats.estimate import Ints

CELLS = 7 * 24
HOUR_S = 3600
AT_ONCE = 1_000_000
"""Requests whose lives are laid out together: memory does not grow with the log."""


class OpenHours:
    """Adds up, part by part, how many requests were open in every local hour between two instants.

    An hour that is shown twice in autumn is one hour twice as long; one that is skipped in spring is none.
    """

    def __init__(self, zone: str, begin_us: int, end_us: int) -> None:
        self.zone = zone
        self.begin_us = min(max(begin_us, EARLIEST_US), LATEST_US)
        self.end_us = max(min(end_us, LATEST_US), self.begin_us)
        local = LocalTime(zone, self.begin_us // US, self.end_us // US)
        self.edges = _hour_starts(local, self.begin_us, self.end_us)
        wall_h = local.walls(self.edges[:-1] // US) // HOUR_S
        self.cells = (wall_h * HOUR_S // DAY_S + 3) % 7 * 24 + wall_h % 24
        self.more = np.zeros(self.cells.size, np.int64)
        self.part_s = np.zeros(self.cells.size)

    def add(self, opened_us: Ints, ended_us: Ints) -> None:
        """Lay out the lives of requests (n,); those still open end where their record ends."""
        for start in range(0, opened_us.size, AT_ONCE):
            part = slice(start, start + AT_ONCE)
            opened = np.clip(opened_us[part], self.begin_us, self.end_us)
            ended = np.clip(ended_us[part], self.begin_us, self.end_us)
            lives = ended > opened
            self._step(opened[lives], 1)
            self._step(ended[lives], -1)

    def grid(self) -> WeekGrid:
        """The mean of each hour of the week; None for one that never came. `n`: how often it came."""
        length_s = np.diff(self.edges) / US
        open_s = (np.cumsum(self.more) - self.more) * length_s + self.part_s
        looked_s = np.bincount(self.cells, weights=length_s, minlength=CELLS)
        there_s = np.bincount(self.cells, weights=open_s, minlength=CELLS)
        means = [
            max(0.0, float(there / looked)) if looked else None for there, looked in zip(there_s, looked_s, strict=True)
        ]
        return WeekGrid(
            zone=self.zone,
            n=np.bincount(self.cells, minlength=CELLS).reshape(7, 24).tolist(),
            mean=[means[day * 24 : day * 24 + 24] for day in range(7)],
        )

    def _step(self, at_us: Ints, change: int) -> None:
        """One more, or one fewer, is open from these instants on."""
        at_us = at_us[at_us < self.end_us]
        hour = np.searchsorted(self.edges, at_us, side="right") - 1
        rest_s = (self.edges[hour + 1] - at_us) / US
        self.more += change * np.bincount(hour, minlength=self.cells.size)
        self.part_s += change * np.bincount(hour, weights=rest_s, minlength=self.cells.size)


def open_requests(evidence: Evidence) -> WeekGrid | None:
    """How many requests are open at each hour of the week, on average.

    Input     Evidence
    Output    schemas.results.WeekGrid with `mean`; None for an empty log
    Unit      requests, averaged over time: one that is open for half an hour counts one half in that hour
    Open end  a request counts until it ended, or until its source's record ends
    Errors    UnknownTimeZone
    Source    docs/en/method/statistics.md: from the first request to the end of the last record
    """
    if not evidence.n:
        return None
    hours = OpenHours(evidence.time_zone, int(evidence.opened_us.min()), int(evidence.horizon_us.max()))
    hours.add(evidence.opened_us, evidence.end_us)
    return hours.grid()


def _hour_starts(local: LocalTime, begin_us: int, end_us: int) -> Ints:
    """Where each local hour begins, and both ends."""
    first, last = (local.wall(at_us // US) // HOUR_S for at_us in (begin_us, end_us))
    starts_us = local.reached(np.arange(first, last + 2, dtype=np.int64) * HOUR_S) * US
    inside = starts_us[(starts_us > begin_us) & (starts_us < end_us)]
    return np.unique(np.concatenate([[begin_us], inside, [end_us]]))
