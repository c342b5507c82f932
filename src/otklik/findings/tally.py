"""Curves from facts that live in an engine: the same question in DuckDB, Spark or a warehouse.

The engine only counts: how many waited exactly so long, in which state. Those counts are all a curve needs, and they
can be added up over parts. The curve itself is drawn here.
"""

from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from otklik.findings.columns import codes_of, numbers
from otklik.findings.durations import DONE, NEVER, STATES
from otklik.schemas.results import Clock
from otklik.stats import SurvivalCurve, headline_curve

if TYPE_CHECKING:
    import ibis.expr.types as ir

COUNTED = STATES[: NEVER + 1]


def tally(
    facts: "ir.Table", measure: str, horizon: datetime, *, clock: Clock = "elapsed", by: str | None = None
) -> "ir.Table":
    """How many waited exactly so long, in which state: one expression for every engine.

    Input     facts: an Ibis table of measures.facts_schema, joined with whatever holds `by`; horizon of the log
    Output    Ibis table: value, wait_s, state, followed_s, n; requests to which the measure does not apply are left out
    Unit      seconds; requests
    Open end  running requests are counted with their time so far; `followed_s` is the time until the horizon of those
              that ended unanswered, in elapsed seconds (in working time: endless, which errs on the slow side)
    Errors    those of the engine
    Source    docs/decisions/headline-curve.md
    """
    import ibis

    wait = facts[f"{measure}_s" if clock == "elapsed" else f"{measure}_business_s"]
    state = facts[f"{measure}_state"].cast("string")
    if clock == "elapsed":
        more = ibis.literal(horizon).delta(facts["ended_at"], unit="second").cast("float64")
    else:
        more = ibis.literal(float("inf"))
    gone = state == STATES[NEVER]
    value = ibis.null().cast("string") if by is None else facts[by].cast("string")
    return (
        facts.filter(state.isin(COUNTED), wait.notnull())
        .select(value=value, wait_s=wait, state=state, followed_s=ibis.cases((gone, wait + more), else_=wait))
        .group_by("value", "wait_s", "state", "followed_s")
        .agg(n=lambda t: t.count())
    )


def curves_of_tally(counted: pa.Table) -> dict[str | None, SurvivalCurve]:
    """Draw the headline curve of each value from the counts of `tally`.

    Input     columns value, wait_s, state, followed_s, n; counts of several parts may simply follow each other
    Output    SurvivalCurve by value; None where there is no value
    Unit      seconds
    Open end  as in `stats.headline_curve`
    Errors    none
    Source    docs/decisions/headline-curve.md

    >>> part = {"value": ["a", "a"], "wait_s": [60.0, 90.0], "state": ["done", "running"]}
    >>> curves = curves_of_tally(pa.table(part | {"followed_s": [60.0, 90.0], "n": [3, 1]}))
    >>> curves["a"].share_within(60).value
    0.75
    """
    values = counted["value"].to_pylist()
    time, followed, n = (numbers(counted[name]) for name in ("wait_s", "followed_s", "n"))
    state = codes_of(counted["state"], STATES)
    places: dict[str | None, list[int]] = {}
    for place, value in enumerate(values):
        places.setdefault(value, []).append(place)
    curves = {}
    for value, found in places.items():
        mine = np.array(found)
        done, never = state[mine] == DONE, state[mine] == NEVER
        curves[value] = headline_curve(time[mine], done, never, followed[mine], weights=n[mine])
    return curves
