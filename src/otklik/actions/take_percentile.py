"""The percentile a goal asks for, over all who came in some days, in an interval as wide as the days differ."""

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from otklik.actions.cut_log import Shelf, cut_log
from otklik.schemas.goal_results import Ranged
from otklik.schemas.goals import Bound
from otklik.schemas.views import TOLD_APART_BY, View

if TYPE_CHECKING:
    from otklik.findings.durations import Durations
    from otklik.findings.evidence import Evidence
    from otklik.measures import Measured


def take_percentile(shelf: Shelf, bound: Bound, zone: str, first: date, last: date) -> tuple[Ranged, int]:
    """The percentile as the pages of speed tell it, and of how many; whoever still waits is in it.

    What has ended since a day in the past is known in full. Raises UnknownMeasure, NothingToHoldAgainst, UnfitForOpen.
    """
    from otklik.actions.count_days import NothingToHoldAgainst, measure_of
    from otklik.actions.count_open_days import UnfitForOpen

    if bound.which.cohort == "open":
        raise UnfitForOpen
    if bound.quantile is None:
        raise NothingToHoldAgainst
    evidence = _evidence(shelf, bound, zone, first, last)
    if measure_of(bound).unit == "count":
        return _of_counts(evidence, bound)
    durations = evidence.durations(bound.measure, bound.clock)
    known = durations.quantile(bound.quantile)
    if known.value is None:
        return Ranged(low=known.low), durations.n
    effect = _design_effect(evidence, durations, zone, known.value)
    value, low, high = durations.curve_with(effect).quantile(bound.quantile)
    return Ranged(value=value, low=low, high=high, how="curve"), durations.n


def visible_part(shelf: Shelf, bound: Bound, zone: str, first: date, last: date, window_days: int) -> float | None:
    """By which part the percentile must fall to be seen in so many days; whoever still waits waits longest of all.

    None for counts, such as reopenings: they move in whole steps.
    """
    from otklik.actions.count_days import local_days, measure_of
    from otklik.base.units import US
    from otklik.findings.durations import DONE
    from otklik.goals.visible_change import smallest_visible_ratio

    if bound.quantile is None or measure_of(bound).unit == "count":
        return None
    evidence = _evidence(shelf, bound, zone, first, last)
    durations = evidence.durations(bound.measure, bound.clock)
    if not durations.n:
        return None
    came_s: Any = evidence.opened_us[durations.rows] // US
    order = np.argsort(came_s, kind="stable")
    waits = np.where(durations.state == DONE, durations.time_s, np.inf)[order]
    return smallest_visible_ratio(local_days(came_s[order], zone), waits, bound.quantile, window_days)


def _evidence(shelf: Shelf, bound: Bound, zone: str, first: date, last: date) -> "Evidence":
    from otklik.actions.count_days import held_by
    from otklik.findings.evidence import Evidence
    from otklik.schemas.events import EVENTS, QUARANTINE, REQUESTS
    from otklik.schemas.log import ImportCount, ServiceLog

    told = {name: getattr(bound.which, name) for name in TOLD_APART_BY}
    view = View(start=first, end=last, cohort=bound.which.cohort, **told)
    cut = cut_log(shelf, view, zone, columns=_columns(bound), held_by=held_by(bound.which))
    tables = [schema.empty_table() for schema in (EVENTS, REQUESTS, QUARANTINE)]
    log = ServiceLog(tables[0], tables[1], shelf.snapshot.sources, tables[2], ImportCount())
    measured: Measured = cut.measured
    return Evidence(log, measured, zone, bound.measure, bound.clock)


def _columns(bound: Bound) -> list[str]:
    """The columns of the facts that durations or counts of one measure are made of."""
    from otklik.actions.count_days import columns_of, measure_of

    named = ["source", "request", "opened_at", "ended_at", "team"]
    return named if measure_of(bound).per == "wait" else [*named, *columns_of(bound)]


def _of_counts(evidence: "Evidence", bound: Bound) -> tuple[Ranged, int]:
    from otklik.stats import quantile_with_interval

    counts = evidence.counts(bound.measure)
    known = counts[~np.isnan(counts)]
    value, low, high = quantile_with_interval(known, bound.quantile or 0.5)
    return Ranged(value=value, low=low, high=high, how="order_statistics"), int(known.size)


def _design_effect(evidence: "Evidence", durations: "Durations", zone: str, value: float) -> float:
    """How much less the requests tell because those of one day share their luck."""
    from otklik.actions.count_days import local_days
    from otklik.base.units import US
    from otklik.findings.durations import DONE
    from otklik.stats import design_effect

    came_s: Any = evidence.opened_us[durations.rows] // US
    order = np.argsort(came_s, kind="stable")
    made = ((durations.state == DONE) & (durations.time_s <= value))[order]
    _, place = np.unique(local_days(came_s[order], zone), return_inverse=True)
    return float(design_effect(np.bincount(place), np.bincount(place, weights=made)))
