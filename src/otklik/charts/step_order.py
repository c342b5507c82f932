"""In which order steps stand on the path map: so that as little traffic as possible runs backwards.

Greedy feedback arc set (Eades, Lin, Smyth 1993) over the moves, weighted by how many took them.
"""

from collections.abc import Iterable

from otklik.schemas.results import PathEdge


def step_order(steps: Iterable[str], edges: Iterable[PathEdge]) -> list[str]:
    """Order the steps from first to last."""
    left = list(steps)
    flow = {(e.start, e.end): e.n for e in edges if e.start != e.end}
    head: list[str] = []
    tail: list[str] = []
    while left:
        out = {s: sum(n for (a, b), n in flow.items() if a == s and b in left) for s in left}
        into = {s: sum(n for (a, b), n in flow.items() if b == s and a in left) for s in left}
        sinks = [s for s in left if not out[s]]
        if sinks and len(left) > 1:
            chosen = min(sinks, key=lambda s: into[s])
            tail.append(chosen)
        else:
            chosen = max(left, key=lambda s: (not into[s], out[s] - into[s]))
            head.append(chosen)
        left.remove(chosen)
    return head + tail[::-1]
