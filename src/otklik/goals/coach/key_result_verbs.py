"""Rules on what a key result does: keeping busy (K3), shipping something (K4)."""

from collections.abc import Iterator

from otklik.goals.coach.key_result_numbers import is_metric
from otklik.goals.coach.rule import AboutKeyResult, Remark, Rule
from otklik.goals.coach.verbs import activity_at, deliverable_at


def keeps_busy(about: AboutKeyResult) -> Iterator[Remark]:
    """K3: it analyses, helps, takes part."""
    if found := activity_at(about.key_result.title):
        yield Remark("k3.busy", {"word": found.text}, found.span)


def ships_something(about: AboutKeyResult) -> Iterator[Remark]:
    """K4: a number of things shipped; a milestone needs days, and proof of what is done."""
    key_result = about.key_result
    if is_metric(key_result):
        if found := deliverable_at(key_result.title):
            yield Remark("k4.ships", {"word": found.text}, found.span)
        return
    steps = key_result.steps
    if not steps:
        yield Remark("k4.no-steps")
    elif key_result.due is None and any(step.due is None for step in steps):
        yield Remark("k4.no-day", {"step": next(step.title for step in steps if step.due is None)})
    if unproven := next((step.title for step in steps if step.done and not step.evidence.strip()), None):
        yield Remark("k4.no-proof", {"step": unproven})


RULES = (
    Rule("K3", "key_result", "warning", of_key_result=keeps_busy),
    Rule("K4", "key_result", "warning", of_key_result=ships_something),
)
