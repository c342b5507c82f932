"""Curves and percentiles as tables: for notebooks, and for charts of one's own."""

import numpy as np
import pyarrow as pa

from otklik.findings.durations import RUNNING, Durations
from otklik.findings.evidence import Evidence
from otklik.findings.slicing import column_of
from otklik.measures import Measured
from otklik.schemas.events import NONE
from otklik.schemas.log import ServiceLog
from otklik.schemas.results import Clock

QUANTILES = (0.5, 0.75, 0.9, 0.95)


def curve_table(
    log: ServiceLog,
    measured: Measured,
    measure: str,
    *,
    clock: Clock = "elapsed",
    by: str | None = None,
    points: int = 200,
) -> pa.Table:
    """Share served by then, one curve for each value of a column.

    Input     a log and its measures; a duration measure; `by`: a column of the requests, None = everyone together
    Output    columns value, at_s, share, low, high
    Unit      seconds; shares 0..1
    Open end  running requests are at risk until the horizon
    Errors    UnknownColumn
    Source    docs/en/method/statistics.md
    """
    blocks = []
    for value, some in _groups(Evidence(log, measured), measure, clock, by):
        thin = some.curve.thinned(points)
        columns = {name: getattr(thin, name) for name in ("at_s", "share", "low", "high")}
        blocks.append(pa.table({"value": pa.array([value] * thin.at_s.size, pa.string()), **columns}))
    return pa.concat_tables(blocks) if blocks else _empty("value", "at_s", "share", "low", "high")


def quantile_table(
    log: ServiceLog, measured: Measured, measure: str, *, clock: Clock = "elapsed", by: str | None = None
) -> pa.Table:
    """Median, p75, p90 and p95 with their intervals, for each value of a column.

    Input     a log and its measures; a duration measure; `by`: a column of the requests, None = everyone together
    Output    columns value, n, running, p, value_s, low_s, high_s; null = not reached, or too few to say
    Unit      seconds
    Open end  running requests are at risk until the horizon
    Errors    UnknownColumn
    Source    docs/en/method/statistics.md
    """
    rows = [
        (value, some.n, some.count(RUNNING), p, *some.quantile(p))
        for value, some in _groups(Evidence(log, measured), measure, clock, by)
        for p in QUANTILES
    ]
    names = ("value", "n", "running", "p", "value_s", "low_s", "high_s")
    kinds = (pa.string(), pa.int64(), pa.int64(), *[pa.float64()] * 4)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pa.table({n: pa.array(c, k) for n, k, c in zip(names, kinds, columns, strict=True)})


def _groups(evidence: Evidence, measure: str, clock: Clock, by: str | None) -> list[tuple[str | None, Durations]]:
    durations = evidence.durations(measure, clock)
    if by is None:
        return [(None, durations)]
    column = column_of(evidence, by)
    code = column.code[durations.rows]
    biggest = np.argsort(-np.bincount(code[code != NONE], minlength=len(column.names)), kind="stable").tolist()
    groups = ((column.names[i], durations.where(code == i)) for i in biggest)
    return [(value, some) for value, some in groups if some.n]


def _empty(first: str, *numbers: str) -> pa.Table:
    return pa.table({first: pa.array([], pa.string()), **{name: pa.array([], pa.float64()) for name in numbers}})
