"""Where the time goes: whose turn it was, out of hours, nobody's, back and forth, reopened."""

import numpy as np

from otklik.base.units import US
from otklik.findings.columns import numbers
from otklik.findings.durations import NEVER
from otklik.findings.evidence import Evidence
from otklik.findings.trail import Named, Trail
from otklik.schemas.events import NONE, Can
from otklik.schemas.results import TimePart, WhereTimeGoes
from otklik.stats.estimate import Flags, Floats, Ints

TURNS = ("waiting_on_us", "waiting_on_customer", "waiting_on_third_party")
SHOWN = 12


def where_time_goes(evidence: Evidence) -> WhereTimeGoes | None:
    """Where the time of customers goes.

    Input     Evidence
    Output    schemas.results.WhereTimeGoes; None where the log tells neither turns nor ends
    Unit      seconds of all requests together; shares 0..1
    Open end  an open request counts up to the horizon; merged and deleted ones do not count
    Errors    none
    Source    out of hours: 1 - working time / elapsed time of our turn; back and forth: the time from a team's
              handing a request on until it comes back to that team, overlaps counted once
    """
    turns = _turns(evidence)
    life = _life_s(evidence)
    if not turns and not life.size:
        return None
    total = sum(part.total_s for part in turns) or float(np.nansum(life))
    returned, detour = _ping_pong(evidence)
    reopened, again = _reopened(evidence)
    n = int((~np.isnan(life)).sum())
    return WhereTimeGoes(
        n=n,
        life_s=total,
        turns=turns,
        out_of_hours_share=_out_of_hours_share(evidence),
        unassigned_share=_share(float(np.nansum(_values(evidence, "unassigned"))), total)
        if evidence.durations("unassigned").n
        else None,
        ping_pong_requests=returned,
        ping_pong_share_of_time=None if returned is None else _share(detour, total),
        reopened_requests=reopened,
        reopened_share=None if reopened is None else _share(reopened, n),
        reopened_share_of_time=None if reopened is None else _share(again, total),
        by_step=_by_step(evidence) if evidence.is_process else [],
        by_team=_by_team(evidence),
    )


def _turns(evidence: Evidence) -> list[TimePart]:
    seconds = {turn: float(np.nansum(_values(evidence, turn))) for turn in TURNS if evidence.durations(turn).n}
    total = sum(seconds.values())
    return [TimePart(part=turn, total_s=s, share=_share(s, total)) for turn, s in seconds.items()]


def _life_s(evidence: Evidence) -> Floats:
    """Life of each request, NaN for those that left the measures; from the turns where told, else the resolution."""
    told = [_values(evidence, turn) for turn in TURNS if evidence.durations(turn).n]
    if told:
        return np.where(np.isnan(told[0]), np.nan, np.nansum(told, axis=0))
    return _values(evidence, "resolution") if evidence.durations("resolution").n else np.empty(0)


def _out_of_hours_share(evidence: Evidence) -> float | None:
    measure = "waiting_on_us" if evidence.durations("waiting_on_us").n else "resolution"
    elapsed, business = _values(evidence, measure), numbers(evidence.facts[f"{measure}_business_s"])
    known = ~np.isnan(elapsed) & ~np.isnan(business)
    if not known.any():
        return None
    return 1.0 - _share(float(business[known].sum()), float(elapsed[known].sum()), empty=1.0)


def _ping_pong(evidence: Evidence) -> tuple[int | None, float]:
    """How many requests came back to a team that had handed them on, and the seconds on the way."""
    if Can.team not in evidence.can:
        return None, 0.0
    trail = evidence.trail
    runs = _runs(trail, trail.team, _alive(evidence))
    if len(set(runs.holder.tolist())) < 2:
        return None, 0.0
    order = np.lexsort((np.arange(runs.row.size), runs.holder, runs.row))
    same = (runs.row[order[1:]] == runs.row[order[:-1]]) & (runs.holder[order[1:]] == runs.holder[order[:-1]])
    left, back = order[:-1][same], order[1:][same]
    cover = np.zeros(runs.row.size + 1)
    np.add.at(cover, left + 1, 1)
    np.add.at(cover, back, -1)
    inside = np.cumsum(cover[:-1]) > 0
    return int(np.unique(runs.row[back]).size), float(runs.seconds(evidence)[inside].sum())


def _reopened(evidence: Evidence) -> tuple[int | None, float]:
    if not evidence.is_told("reopens"):
        return None, 0.0
    times = evidence.counts("reopens")
    again = _values(evidence, "resolution") - _values(evidence, "first_resolution")
    came_back = times > 0
    return int(came_back.sum()), float(np.nansum(np.where(came_back, np.maximum(again, 0.0), 0.0)))


def _by_team(evidence: Evidence) -> list[TimePart]:
    if Can.team not in evidence.can:
        return []
    runs = _runs(evidence.trail, evidence.trail.team, _alive(evidence))
    return _parts(runs.holder, runs.seconds(evidence), evidence.trail.team.names)


def _by_step(evidence: Evidence) -> list[TimePart]:
    runs = _runs(evidence.trail, evidence.trail.activity, _alive(evidence), merge=False)
    return _parts(runs.holder, runs.seconds(evidence), evidence.trail.activity.names)


def _parts(code: Ints, seconds: Floats, names: list[str]) -> list[TimePart]:
    if not code.size:
        return []
    total = np.bincount(code, weights=seconds, minlength=len(names))
    biggest = np.argsort(-total, kind="stable")[:SHOWN]
    everything = float(total.sum())
    return [
        TimePart(part=names[i], total_s=float(total[i]), share=_share(float(total[i]), everything))
        for i in biggest.tolist()
        if total[i] > 0
    ]


class _Runs:
    """Stretches in which one holder had a request: row, holder, begin, and the row's next begin or end of life."""

    def __init__(self, row: Ints, holder: Ints, begin_us: Ints) -> None:
        self.row, self.holder, self.begin_us = row, holder, begin_us

    def seconds(self, evidence: Evidence) -> Floats:
        """Length of each stretch."""
        end = evidence.end_us[self.row]
        follows = self.row[1:] == self.row[:-1]
        end[:-1][follows] = self.begin_us[1:][follows]
        return np.asarray(np.maximum(end - self.begin_us, 0) / US, dtype=np.float64)


def _runs(trail: Trail, held: Named, alive: Flags, merge: bool = True) -> _Runs:
    known = np.flatnonzero((held.code != NONE) & alive)
    row, code, at = trail.row[known], held.code[known], trail.at_us[known]
    begins = np.ones(known.size, dtype=np.bool_)
    if merge:
        begins[1:] = (row[1:] != row[:-1]) | (code[1:] != code[:-1])
    return _Runs(row[begins], code[begins], at[begins])


def _alive(evidence: Evidence) -> Flags:
    """Events before the end of their request, of requests that count."""
    counts = np.ones(evidence.n, dtype=np.bool_)
    life = _life_s(evidence)
    if life.size:
        counts = ~np.isnan(life)
    row = evidence.trail.row
    return counts[row] & (evidence.trail.at_us < evidence.end_us[row])


def _values(evidence: Evidence, measure: str) -> Floats:
    durations = evidence.durations(measure)
    values = np.full(evidence.n, np.nan)
    values[durations.rows] = np.where(durations.state <= NEVER, durations.time_s, np.nan)
    return values


def _share(part: float, whole: float, empty: float = 0.0) -> float:
    return part / whole if whole > 0 else empty
