"""Who is waiting now, and for how long."""

from typing import Literal

import numpy as np

from otklik.base.units import from_us
from otklik.findings.durations import RUNNING, Durations
from otklik.findings.evidence import Evidence
from otklik.findings.trail import Named
from otklik.schemas.events import NONE
from otklik.schemas.results import Waiting, WaitingRequest
from otklik.stats import minimum_n
from otklik.stats.estimate import Ints

SHOWN = 20
FOLLOWED = 30
"""From fewer waits that lasted as long nobody can say how it goes on."""
AGES_S = (0.0, 3600.0, 14_400.0, 86_400.0, 259_200.0, 604_800.0, 2_592_000.0, 7_776_000.0)
"""Edges of the histogram of ages: an hour, four, a day, three, a week, thirty days, ninety."""
Basis = Literal["reply", "resolution"]


def waiting(evidence: Evidence) -> Waiting | None:
    """Who is waiting now, and how unusual that is.

    Input     Evidence
    Output    schemas.results.Waiting: the longest first; None where the log tells neither answers nor ends
    Unit      seconds in both clocks
    Open end  exactly the running waits, each up to the horizon
    Errors    none
    Source    `usual_share`: the curve of all such waits (docs/en/method/statistics.md)
    """
    measure, basis = _what_they_wait_for(evidence)
    if measure is None or evidence.as_of is None:
        return None
    all_waits = evidence.durations(measure)
    now = all_waits.where(all_waits.state == RUNNING)
    order = np.lexsort((now.rows, -now.time_s))[:SHOWN]
    held = [evidence.held_last(holder) for holder in ("team", "assignee")]
    business = _business_by_row(evidence, measure)
    return Waiting(
        as_of=evidence.as_of,
        basis=basis,
        n=now.n,
        longest=[_one(evidence, now, int(i), all_waits, business, held) for i in order],
        ages=_ages(now),
    )


def _what_they_wait_for(evidence: Evidence) -> tuple[str | None, Basis]:
    if not evidence.is_process:
        for measure in ("waits", "first_reply"):
            if evidence.durations(measure).n:
                return measure, "reply"
    return ("resolution" if evidence.durations("resolution").n else None), "resolution"


def _one(
    evidence: Evidence, now: Durations, i: int, all_waits: Durations, business: dict[int, float], held: list[Named]
) -> WaitingRequest:
    row, waited = int(now.rows[i]), float(now.time_s[i])
    described = {name: _described(evidence, name, row) for name in ("subject", "channel")}
    team, assignee = (None if who.code[row] == NONE else who.names[int(who.code[row])] for who in held)
    return WaitingRequest(
        source=evidence.facts["source"][row].as_py(),
        request=evidence.facts["request"][row].as_py(),
        **described,
        team=team,
        assignee=assignee,
        since=from_us(int(evidence.horizon_us[row]) - round(waited * 1e6)),
        waited_s=waited,
        waited_business_s=business.get(row),
        usual_share=all_waits.curve.share_within(waited).value if all_waits.n >= minimum_n(0.9) else None,
        expected_more_s=expected_more_s(all_waits, waited),
    )


def expected_more_s(all_waits: Durations, waited_s: float) -> float | None:
    """How much longer half of those go on waiting who have waited as long.

    Input     all waits of the kind; seconds waited so far
    Output    seconds: the median of what is left, given what has passed; None where fewer than FOLLOWED such waits
              lasted as long, or half of them are not known to have ended
    Unit      seconds, by the clock of the waits
    Open end  running waits are in the curve; those that ended unanswered never end in it
    Errors    none
    Source    conditional median of the headline curve: the first u with S(u) <= S(t) / 2, less t

    >>> ends = np.array([10.0] * 60 + [100.0] * 40)
    >>> done = Durations(np.arange(100), ends, np.zeros(100, np.int64), ends)
    >>> expected_more_s(done, 0.0), expected_more_s(done, 50.0)
    (10.0, 50.0)
    """
    if int((all_waits.until_s > waited_s).sum()) < FOLLOWED:
        return None
    passed = all_waits.curve.share_within(waited_s).value
    if passed is None:
        return None
    end = all_waits.curve.quantile(passed + (1.0 - passed) / 2).value
    return None if end is None else max(0.0, end - waited_s)


def _described(evidence: Evidence, name: str, row: int) -> str | None:
    column = evidence.facts[name] if name in evidence.facts.column_names else evidence.requests[name]
    told: str | None = column[row].as_py()
    return told


def _business_by_row(evidence: Evidence, measure: str) -> dict[int, float]:
    times = evidence.durations(measure, "business")
    open_ones = times.where(times.state == RUNNING)
    return dict(zip(open_ones.rows.tolist(), open_ones.time_s.tolist(), strict=True))


def _ages(now: Durations) -> list[tuple[float, float | None, int]]:
    edges: list[float | None] = [*AGES_S, None]
    bins: Ints = np.searchsorted(AGES_S, now.time_s, side="right") - 1
    tally = np.bincount(bins, minlength=len(AGES_S)).tolist()
    return [(low, edges[i + 1], tally[i]) for i, low in enumerate(AGES_S)]
