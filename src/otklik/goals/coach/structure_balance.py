"""Rules on how key results stand together: counterweights (S4), early and late ones (S5), days on the way (S6)."""

from collections.abc import Iterator

from otklik.goals.coach.key_result_statistics import is_about_time
from otklik.goals.coach.numbers import numbers_of
from otklik.goals.coach.reading import words_of
from otklik.goals.coach.rule import AboutObjective, Remark, Rule
from otklik.goals.coach.vocabulary import COUNTED, COUNTERWEIGHTS, LAGGING, SPEED_WORDS
from otklik.schemas.goals import Bound, Health, KeyResult


def has_no_counterweight(about: AboutObjective) -> Iterator[Remark]:
    """S4: all key results are speed, and no health measure would show what speed has broken."""
    objective = about.objective
    key_results = objective.key_results
    if key_results and all(_is_speed(one) for one in key_results) and all(_is_speed(one) for one in objective.health):
        yield Remark("s4.no-counterweight")


def is_one_sided(about: AboutObjective) -> Iterator[Remark]:
    """S5: all late, or all marked as early; late ones are known by their words too, early ones by the mark alone."""
    key_results = about.objective.key_results
    if key_results and all(_is_late(one) for one in key_results):
        yield Remark("s5.all-late")
    elif key_results and all(one.leading for one in key_results):
        yield Remark("s5.all-early")


def waits_for_the_last_day(about: AboutObjective) -> Iterator[Remark]:
    """S6: every key result is due on the last day and none has a checkpoint or a step before it."""
    cycle, key_results = about.around.cycle, about.objective.key_results
    if cycle is None or not key_results:
        return
    for one in key_results:
        days = [one.due, *(mark.day for mark in one.checkpoints), *(step.due for step in one.steps)]
        if any(day is not None and day < cycle.end for day in days):
            return
    yield Remark("s6.last-day")


def _is_speed(one: KeyResult | Health) -> bool:
    """Tell whether a number is about how fast; what names a counterweight is not, even with a time in it."""
    if isinstance(one.source, Bound) and one.source.measure:
        return one.source.measure not in COUNTED and one.source.statistic != "count"
    words = words_of(one.title)
    if any(word.may_be(COUNTERWEIGHTS) for word in words):
        return False
    if isinstance(one, KeyResult) and is_about_time(one):
        return True
    return any(number.within or number.unit == "time" for number in numbers_of(one.title)) or any(
        word.may_be(SPEED_WORDS) for word in words
    )


def _is_late(one: KeyResult) -> bool:
    if one.leading is not None:
        return not one.leading
    return not isinstance(one.source, Bound) and any(word.may_be(LAGGING) for word in words_of(one.title))


RULES = (
    Rule("S4", "structure", "warning", of_objective=has_no_counterweight),
    Rule("S5", "structure", "warning", of_objective=is_one_sided),
    Rule("S6", "structure", "warning", of_objective=waits_for_the_last_day),
)
