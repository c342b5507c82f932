"""What a customer has to climb over: steps, contacts, hands; the most common ways and where they stall."""

import numpy as np

from otklik.base.units import US
from otklik.findings.evidence import Evidence
from otklik.findings.path_steps import PathSteps, path_steps
from otklik.findings.speed import count_of
from otklik.measures.catalog import MEASURES
from otklik.schemas.events import NONE
from otklik.schemas.results import Barriers, PathEdge, PathNode, PathVariant
from otklik.stats import sample_quantile
from otklik.stats.estimate import Floats, Ints

NODES, EDGES, VARIANTS = 24, 60, 8
FEWEST = 3
"""Kinds of steps that make a way: opened and resolved alone are no news."""


def barriers(evidence: Evidence) -> Barriers | None:
    """How much it takes to be served, and on which way.

    Input     Evidence
    Output    schemas.results.Barriers; None where the log knows neither counts nor three kinds of steps
    Unit      counts; seconds between two steps
    Open end  counts of open requests are those so far; moves are those that happened; ways are of ended requests
              only, and what comes after the end of a request is no part of its stalls
    Errors    none
    Source    directly-follows relation (van der Aalst 2016, section 6.4); percentiles of moves: type 1, complete
    """
    counts = {m.id: count_of(evidence.counts(m.id)) for m in MEASURES if m.unit == "count"}
    counts = {name: count for name, count in counts.items() if count.n}
    steps = path_steps(evidence)
    nodes = _nodes(steps)
    if not counts and (len(nodes) < FEWEST or not evidence.can):
        return None
    variants, in_all = _variants(evidence, steps)
    return Barriers(
        counts=counts, nodes=nodes, edges=_edges(evidence, steps), variants=variants, variants_in_all=in_all
    )


def _nodes(steps: PathSteps) -> list[PathNode]:
    visits = np.sort(steps.row * len(steps.names) + steps.step)
    once = visits[np.diff(visits, prepend=-1) > 0] % max(1, len(steps.names))
    tally = np.bincount(once, minlength=len(steps.names))
    order = np.argsort(-tally, kind="stable")[:NODES].tolist()
    return [PathNode(step=steps.names[i], n=int(tally[i])) for i in order if tally[i]]


def _edges(evidence: Evidence, steps: PathSteps) -> list[PathEdge]:
    moves = np.flatnonzero(steps.moves_on)
    pair = steps.step[moves] * len(steps.names) + steps.step[moves + 1]
    seconds = (steps.at_us[moves + 1] - steps.at_us[moves]) / US
    alive_us = np.minimum(steps.at_us, evidence.end_us[steps.row])
    lost = (alive_us[moves + 1] - alive_us[moves]) / US
    order = np.lexsort((seconds, pair))
    pair, seconds, lost = pair[order], seconds[order], lost[order]
    starts = np.flatnonzero(np.diff(pair, prepend=-1))
    ends = np.append(starts[1:], pair.size)
    biggest = np.argsort(-(ends - starts), kind="stable")[:EDGES].tolist()
    return [
        _edge(steps, int(pair[starts[i]]), seconds[starts[i] : ends[i]], float(lost[starts[i] : ends[i]].sum()))
        for i in biggest
    ]


def _edge(steps: PathSteps, pair: int, seconds: Floats, lost_s: float) -> PathEdge:
    start, end = divmod(pair, len(steps.names))
    return PathEdge(
        start=steps.names[start],
        end=steps.names[end],
        n=int(seconds.size),
        median_s=sample_quantile(seconds, 0.5) or 0.0,
        p90_s=sample_quantile(seconds, 0.9) or 0.0,
        total_s=float(seconds.sum()),
        lost_s=lost_s,
    )


def _variants(evidence: Evidence, steps: PathSteps) -> tuple[list[PathVariant], int]:
    """The most common ways of requests that ended; requests on the same way have the same fingerprint."""
    first = np.flatnonzero(np.append(True, ~steps.moves_on)) if steps.row.size else np.empty(0, np.int64)
    size = np.diff(first, append=steps.row.size)
    ended = evidence.ended_us[steps.row[first]] != NONE
    first, size, mark = first[ended], size[ended], _fingerprints(steps, first)[ended] if first.size else first
    ways, which, tally = np.unique(mark, return_inverse=True, return_counts=True)
    found = []
    for way in np.argsort(-tally, kind="stable")[:VARIANTS].tolist():
        mine = np.flatnonzero(which == way)
        found.append(_variant(evidence, steps, first[mine], int(size[mine[0]]), first.size))
    return found, int(ways.size)


def _variant(evidence: Evidence, steps: PathSteps, first: Ints, size: int, of: int) -> PathVariant:
    rows = steps.row[first]
    life_s = (evidence.end_us[rows] - evidence.opened_us[rows]) / US
    alive_us = np.minimum(steps.at_us[first[:, None] + np.arange(size)], evidence.end_us[rows, None])
    moves = np.diff(alive_us, axis=1) / US
    medians = [sample_quantile(moves[:, i], 0.5) or 0.0 for i in range(size - 1)]
    stall = int(np.argmax(medians)) if any(medians) else None
    names = [steps.names[i] for i in steps.step[first[0] : first[0] + size].tolist()]
    return PathVariant(
        steps=names,
        n=int(first.size),
        share=float(first.size / of),
        median_s=sample_quantile(life_s, 0.5),
        stall_after=None if stall is None else names[stall],
        stall_at=stall,
        stall_median_s=None if stall is None else medians[stall],
    )


def _fingerprints(steps: PathSteps, first: Ints) -> Ints:
    """64 bits of the whole sequence of each request: every (place, step) mixed by splitmix64, then added."""
    place = np.arange(steps.row.size) - np.repeat(first, np.diff(first, append=steps.row.size))
    with np.errstate(over="ignore"):
        x = (place.astype(np.uint64) << np.uint64(32)) + steps.step.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x ^= x >> np.uint64(31)
        return np.add.reduceat(x, first)
