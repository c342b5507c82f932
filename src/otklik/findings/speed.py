"""How fast we answer and serve: every measure, in both clocks, with its states."""

from collections.abc import Collection

import numpy as np

from otklik.findings.durations import Durations
from otklik.findings.evidence import Evidence
from otklik.measures.catalog import MEASURES, Measure
from otklik.schemas.results import Count, MeasureResult, Speed
from otklik.stats import sample_quantile
from otklik.stats.estimate import Floats

DURATIONS = frozenset(measure.id for measure in MEASURES if measure.unit != "count")
"""Measures that take time; only they can be asked for."""


def speed(evidence: Evidence, only: Collection[str] | None = None) -> dict[str, MeasureResult]:
    """How fast we answer and serve, by every measure the log can tell, or by those asked for.

    Input     Evidence; `only`: ids of measures
    Output    schemas.results.MeasureResult by measure id, in the order of the catalogue
    Unit      seconds in both clocks, or counts
    Open end  running requests are at risk until the horizon; those that ended unanswered stay unanswered
    Errors    none
    Source    docs/en/method/statistics.md
    """
    return {measure.id: _result(evidence, measure) for measure in MEASURES if only is None or measure.id in only}


def headline_measure(evidence: Evidence) -> str:
    """Which measure answers 'how fast': the first reply where the log can tell it, else the resolution."""
    wanted: tuple[str, ...] = ("resolution", "first_reply") if evidence.is_process else ("first_reply", "resolution")
    if evidence.focus in DURATIONS:
        wanted = (evidence.focus, *wanted)
    return next((measure for measure in wanted if evidence.durations(measure).n), wanted[0])


def count_of(values: Floats) -> Count:
    """How many requests had 0, 1, 2 ... of something; NaN = does not apply."""
    known = values[~np.isnan(values)].astype(np.int64)
    found, tally = np.unique(known, return_counts=True)
    return Count(
        n=int(known.size),
        total=int(known.sum()),
        median=sample_quantile(known, 0.5),
        p90=sample_quantile(known, 0.9),
        by_value=dict(zip(found.tolist(), tally.tolist(), strict=True)),
    )


def _result(evidence: Evidence, measure: Measure) -> MeasureResult:
    states = evidence.states(measure.id)
    if measure.unit == "count":
        counted = evidence.counts(measure.id)
        known = bool((~np.isnan(counted)).any())
        return MeasureResult(measure=measure.id, states=states, count=count_of(counted) if known else None)
    durations = evidence.durations(measure.id)
    return MeasureResult(
        measure=measure.id,
        states=states,
        all_zero=bool(durations.n) and not durations.time_s.any(),
        elapsed=_speed(durations),
        business=_speed(evidence.durations(measure.id, "business")),
    )


def _speed(durations: Durations) -> Speed | None:
    return durations.speed() if durations.n else None
