"""Rules on how objectives hang together: a link upward and no copy (S7), nothing counted twice (S8)."""

from collections.abc import Hashable, Iterator
from difflib import SequenceMatcher

from otklik.goals.coach.numbers import numbers_of
from otklik.goals.coach.reading import words_of
from otklik.goals.coach.rule import AboutCycle, AboutObjective, Remark, Rule
from otklik.goals.coach.vocabulary import FILLERS
from otklik.schemas.goals import Bound, KeyResult, Pushed


def hangs_in_the_air(about: AboutObjective) -> Iterator[Remark]:
    """S7: it contributes to nothing, or repeats what it contributes to; a company's objective is the top."""
    objective = about.objective
    if objective.level == "company":
        return
    if not any(link.strip() for link in objective.contributes_to):
        yield Remark("s7.orphan")
    for title in _above(about):
        if similarity(objective.title, title) >= about.limits.copy_similarity:
            yield Remark("s7.copy", {"parent": title}, (0, len(objective.title)))
            return


def counted_twice(about: AboutCycle) -> Iterator[Remark]:
    """S8: two key results of a cycle use the same measure of the same requests over the same days."""
    seen: dict[Hashable, str] = {}
    for number, objective in enumerate(about.cycle.objectives, start=1):
        for position, key_result in enumerate(objective.key_results, start=1):
            place = f"objective:{number}/kr:{position}"
            if (measured := _measured(key_result)) is None:
                continue
            if measured in seen:
                yield Remark("s8.twice", {"other": seen[measured], "title": key_result.title}, at=place)
            seen.setdefault(measured, place)


def similarity(one: str, other: str) -> float:
    """How alike two titles are, 0..1, by their lemmas in order; 0 when one of them has no words.

    >>> similarity("Customers wait less", "Customer waits less") > 0.85
    True
    """
    first, second = _lemmas(one), _lemmas(other)
    if not first or not second:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _above(about: AboutObjective) -> Iterator[str]:
    """The titles this objective could be a copy of: what it contributes to, and every objective of the company."""
    linked = set(about.objective.contributes_to)
    yield from (title for id, title in about.around.parents.items() if id in linked)
    for one in about.around.cycle.objectives if about.around.cycle else ():
        if one is not about.objective and (one.level == "company" or (one.id and one.id in linked)):
            yield one.title


def _lemmas(text: str) -> str:
    """The words of a text, each by the first of its lemmas in the alphabet, so that forms of a word are equal."""
    return " ".join(min(word.lemmas) for word in words_of(text) if word.text not in FILLERS)


def _measured(key_result: KeyResult) -> Hashable | None:
    """What a key result measures; without a source its words without numbers and percentile."""
    source = key_result.source
    if isinstance(source, Bound):
        which = source.which.model_dump()
        population = tuple((name, tuple(sorted(v)) if isinstance(v, tuple) else v) for name, v in which.items())
        return ("bound", source.measure, source.clock, source.calendar, population, source.window_days, source.weekly)
    if isinstance(source, Pushed):
        return ("pushed", source.series)
    if key_result.direction == "milestone" or not numbers_of(key_result.title):
        return None
    words = frozenset(min(word.lemmas) for word in words_of(key_result.title) if word.text not in FILLERS)
    limits = tuple(number.value for number in numbers_of(key_result.title) if number.within)
    return ("typed", words, limits) if words else None


RULES = (
    Rule("S7", "structure", "warning", ("copy_similarity",), of_objective=hangs_in_the_air),
    Rule("S8", "structure", "error", of_cycle=counted_twice),
)
