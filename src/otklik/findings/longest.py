"""The longest waits, each with its explained interval list."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.findings.evidence import Evidence
from otklik.findings.speed import headline_measure
from otklik.measures import explain
from otklik.schemas.results import Explanation

SHOWN = 10
SHORTER = "shorter_wait"


def longest(evidence: Evidence, shown: int = SHOWN) -> list[Explanation]:
    """The longest waits, and what they are made of.

    Input     Evidence; how many to show
    Output    schemas.results.Explanation, longest first: the interval list of the headline measure. Of the waits of a
              request the one longest on the wall clock counts, and the working time told is the time within that one
    Unit      seconds in both clocks
    Open end  running waits rank by what they have lasted so far
    Errors    none
    Source    measures.explain
    """
    measure, rows = longest_rows(evidence, shown)
    return explain_rows(evidence, measure, rows)


def longest_rows(evidence: Evidence, shown: int = SHOWN) -> tuple[str, list[int]]:
    """Which measure tells how long they waited, and the rows of the facts that waited longest."""
    measure = "longest_wait" if evidence.durations("longest_wait").n and not evidence.is_process else ""
    measure = measure or headline_measure(evidence)
    durations = evidence.durations(measure)
    return measure, durations.rows[np.lexsort((durations.rows, -durations.time_s))][:shown].tolist()


def explain_rows(evidence: Evidence, measure: str, rows: list[int]) -> list[Explanation]:
    """Explain one measure of some rows of the facts.

    Input     Evidence whose log holds the events of these requests; a measure; rows
    Output    schemas.results.Explanation for each
    Unit      seconds in both clocks
    Open end  running waits last up to the horizon
    Errors    none
    Source    measures.explain
    """
    if not rows:
        return []
    wanted = evidence.facts.take(pa.array(rows))
    names = pa.array(wanted["request"].to_pylist(), pa.string())
    part = replace(
        evidence.log,
        events=evidence.log.events.filter(pc.is_in(evidence.log.events["request"].cast(pa.string()), names)),
        requests=evidence.log.requests.filter(pc.is_in(evidence.log.requests["request"].cast(pa.string()), names)),
    )
    found = [
        explain(part, evidence.measured.book, source, request, measure, as_of=evidence.measured.horizon[source])
        for source, request in zip(wanted["source"].to_pylist(), wanted["request"].to_pylist(), strict=True)
    ]
    return [_longest_on_the_wall(one) if measure == "longest_wait" else one for one in found]


def _longest_on_the_wall(explained: Explanation) -> Explanation:
    """Where the longest wait in working time is another one, leave it to `explain`: a story is about one wait."""
    counted = [piece for piece in explained.intervals if piece.counted]
    if len(counted) < 2:
        return explained
    told = max(counted, key=lambda piece: piece.seconds)
    pieces = [
        piece if piece is told or not piece.counted else piece.model_copy(update={"counted": False, "why": SHORTER})
        for piece in explained.intervals
    ]
    return explained.model_copy(update={"intervals": pieces, "business_s": told.business_s})
