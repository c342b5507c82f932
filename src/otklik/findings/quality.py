"""What could not be measured, and why; and whether the record holds together."""

import numpy as np
import pyarrow.compute as pc

from otklik.base.units import US
from otklik.findings.evidence import DAY_S, Evidence
from otklik.findings.signs import signs
from otklik.measures.catalog import MEASURES
from otklik.schemas.events import NONE, Can
from otklik.schemas.results import LittlesLaw, RecordQuality
from otklik.stats import LittleCheck, littles_law, settled_since, still_open_share

SUSPICIOUS_GAP = 0.1
MISSING_SHARE = 0.05
"""Open requests among the old ones, above which it is not long lives but missing closes."""
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
    check = _fair_check(evidence)
    if check is None:
        return None
    return LittlesLaw(
        open_mean=check.open_mean,
        arrivals_per_day=check.arrivals_per_s * DAY_S,
        life_mean_s=check.life_mean_s,
        gap=check.gap,
        suspicious=check.gap > SUSPICIOUS_GAP,
    )


def _fair_check(evidence: Evidence) -> LittleCheck | None:
    """Little's law over each source's whole record; if that does not hold, over the part in which it must.

    None where that part is too short, its gap may be chance, or long lives alone would explain it: then the law says
    nothing of the record.
    """
    start, end = evidence.opened_us / US, np.where(evidence.ended_us == NONE, np.nan, evidence.ended_us / US)
    stop = evidence.horizon_us / US
    source = evidence.facts["source"].combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False)
    first, settled, left_open = np.empty(evidence.n), np.empty(evidence.n), 0.0
    for code in np.unique(source):
        mine = source == code
        one = start[mine], end[mine], float(stop[mine][0])
        since = settled_since(*one)
        first[mine], settled[mine] = start[mine].min(), np.inf if since is None else since
        left_open = max(left_open, 0.0 if since is None else still_open_share(*one))
    whole = littles_law(start, end, (first, stop))
    if whole is None or whole.gap <= SUSPICIOUS_GAP:
        return whole
    inner = littles_law(start, end, (settled, stop))
    if inner is None or inner.gap <= SUSPICIOUS_GAP:
        return inner
    return inner if inner.sure_gap > SUSPICIOUS_GAP and left_open > MISSING_SHARE else None
