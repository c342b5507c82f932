"""How often a sign was seen, among how many, with examples."""

from typing import NamedTuple

import numpy as np

from otklik.findings.evidence import Evidence
from otklik.stats.estimate import Ints

EXAMPLES = 10


class Suspicion(NamedTuple):
    """Requests that show a sign, of those that could have, and up to ten of their ids."""

    n: int
    of: int
    examples: list[str]


NONE_SEEN = Suspicion(0, 0, [])


def suspicion(evidence: Evidence, seen: Ints, of: Ints) -> Suspicion:
    """Count each request once; `seen` and `of` are rows of the facts."""
    rows, possible = _distinct(seen, evidence.n), _distinct(of, evidence.n)
    examples = evidence.facts["request"].take(rows[:EXAMPLES]).to_pylist()
    return Suspicion(int(rows.size), int(possible.size), [str(name) for name in examples])


def _distinct(rows: Ints, n: int) -> Ints:
    there = np.zeros(n, dtype=np.bool_)
    there[rows] = True
    return np.flatnonzero(there)
