"""In which order steps stand on the path map: as they usually follow each other in time."""

from collections.abc import Iterable, Sequence

from otklik.schemas.results import PathEdge, PathVariant

_AT_THE_END = ("resolved", "reopened", "closed", "merged", "cancelled", "deleted")
"""Our own steps that belong at the end, however early they come on some ways."""


_ENDS = 0.9
"""A step with which so many of its ways end is an end, however short those ways are."""


def step_order(steps: Sequence[str], edges: Iterable[PathEdge], variants: Sequence[PathVariant]) -> list[str]:
    """Order the steps from first to last.

    A step stands where it first comes up on the common ways, weighted by how many take them; a step that no common
    way knows stands after the steps that lead to it; one with which ways end stands at the end.
    """
    place = _usual_places(variants)
    moves = [edge for edge in edges if edge.start != edge.end]
    for _ in steps:
        lost = [step for step in steps if step not in place]
        found = {step: at for step in lost if (at := _after_its_sources(step, moves, place)) is not None}
        if not found:
            break
        place |= found
    last = max(place.values(), default=0.0) + 1.0
    place |= {step: last + 0.5 for step in _ends(variants)}
    place |= {step: last + 1.0 + _AT_THE_END.index(step) for step in steps if step in _AT_THE_END}
    return sorted(steps, key=lambda step: place.get(step, last))


def _usual_places(variants: Iterable[PathVariant]) -> dict[str, float]:
    total: dict[str, float] = {}
    weight: dict[str, int] = {}
    for variant in variants:
        for step in dict.fromkeys(variant.steps):
            total[step] = total.get(step, 0.0) + variant.n * variant.steps.index(step)
            weight[step] = weight.get(step, 0) + variant.n
    return {step: total[step] / max(1, weight[step]) for step in total}


def _ends(variants: Iterable[PathVariant]) -> list[str]:
    """Steps with which nearly all ways end that pass them."""
    passed: dict[str, int] = {}
    ended: dict[str, int] = {}
    for variant in variants:
        for step in set(variant.steps):
            passed[step] = passed.get(step, 0) + variant.n
        if len(set(variant.steps)) > 1:
            ended[variant.steps[-1]] = ended.get(variant.steps[-1], 0) + variant.n
    return [step for step, n in ended.items() if n >= _ENDS * passed[step]]


def _after_its_sources(step: str, moves: list[PathEdge], place: dict[str, float]) -> float | None:
    into = [edge for edge in moves if edge.end == step and edge.start in place]
    if not into:
        return None
    return sum(edge.n * place[edge.start] for edge in into) / sum(edge.n for edge in into) + 0.5
