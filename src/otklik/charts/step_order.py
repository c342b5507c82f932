"""In which order steps stand on the path map: so that as little traffic as possible runs backwards.

Greedy feedback arc set (Eades, Lin, Smyth 1993) over the moves, weighted by how many took them; then each step moves
to where its moves are shortest, as long as that helps.
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
    return _settled(head + tail[::-1], flow)


def _settled(order: list[str], flow: dict[tuple[str, str], int]) -> list[str]:
    best = _cost(order, flow)
    for step in list(order):
        rest = [other for other in order if other != step]
        tries = [[*rest[:i], step, *rest[i:]] for i in range(len(order))]
        cost, i = min((_cost(one, flow), i) for i, one in enumerate(tries))
        if cost < best:
            best, order = cost, tries[i]
    return order


def _cost(order: list[str], flow: dict[tuple[str, str], int]) -> int:
    """How far everybody travels beyond the next step; going back is dear."""
    place = {step: i for i, step in enumerate(order)}
    steps = ((place[b] - place[a], n) for (a, b), n in flow.items() if a in place and b in place)
    return sum(n * (step - 1 if step > 0 else 3 - 2 * step) for step, n in steps)
