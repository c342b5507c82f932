"""What could not be measured, and why; and whether the record holds together."""

import numpy as np
import pyarrow.compute as pc

from otklik.base.units import US
from otklik.findings.evidence import DAY_S, Evidence
from otklik.findings.signs import signs
from otklik.measures.catalog import MEASURES
from otklik.schemas.events import NONE, Can
from otklik.schemas.results import LittlesLaw, RecordQuality
from otklik.stats import littles_law

SUSPICIOUS_GAP = 0.1
FEWEST = 30
"""Requests below which a mean number of open ones says nothing."""


def quality(evidence: Evidence) -> RecordQuality:
    """How far the record can be trusted.

    Input     Evidence
    Output    schemas.results.RecordQuality: the account of the import, states per measure, Little's law, signs
    Unit      rows, requests, seconds
    Open end  open requests count in L and in lambda of Little's law, not in W
    Errors    none
    Source    SourceFacts, quarantine; Little 1961; docs/en/method/statistics.md
    """
    log = evidence.log
    tally = pc.value_counts(log.quarantine["reason"]).to_pylist()
    return RecordQuality(
        count=log.count,
        quarantine={row["values"]: row["counts"] for row in sorted(tally, key=lambda row: -row["counts"])},
        states={measure.id: evidence.states(measure.id) for measure in MEASURES},
        littles_law=_littles_law(evidence),
        signs=signs(evidence),
        guesses=list(log.guesses),
        missing=[measure.id for measure in MEASURES if not evidence.is_told(measure.id)],
    )


def _littles_law(evidence: Evidence) -> LittlesLaw | None:
    if evidence.n < FEWEST or Can.resolution not in evidence.can:
        return None
    start, end = evidence.opened_us / US, np.where(evidence.ended_us == NONE, np.nan, evidence.ended_us / US)
    check = littles_law(start, end, (float(start.min()), float(evidence.horizon_us.max()) / US))
    if check is None:
        return None
    return LittlesLaw(
        open_mean=check.open_mean,
        arrivals_per_day=check.arrivals_per_s * DAY_S,
        life_mean_s=check.life_mean_s,
        gap=check.gap,
        suspicious=check.gap > SUSPICIOUS_GAP,
    )
