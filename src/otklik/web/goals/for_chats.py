"""Goals as a short text for a chat: shared ones only, and nothing of who answers for them or wrote what."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from otklik.base.text import N_
from otklik.web.goals import standing
from otklik.web.goals.dates import CHECK_IN, Occasion, one_line
from otklik.web.goals.health import HealthStands
from otklik.web.goals.models import Objective
from otklik.web.goals.numbers import grade_shown, shown
from otklik.web.goals.reminder_words import TEXTS, page_of
from otklik.web.goals.rights import PERSONAL, TEAM
from otklik.web.goals.standing import ObjectiveStands
from otklik.web.goals.telling import date_text
from otklik.web.words import count, say


def occasion_text(one: Occasion, silent: int) -> str:
    """A day that matters, in the language that is spoken just now; at a check-in how all goals stand."""
    lines = [one_line(one.title), f"{date_text(one.day)}. {say(TEXTS[one.kind])}"]
    if one.kind == CHECK_IN:
        lines += ["", *_standing(one)]
        if silent:
            lines += [count("%(n)s key result waits for a check-in.", "%(n)s key results wait for a check-in.", silent)]
    return "\n".join([*lines, "", page_of(one.kind, one.cycle)])


def broken_text(goal: ObjectiveStands, health: HealthStands) -> str:
    """Something that should not break is broken."""
    return "\n".join(
        [
            say(N_("Something breaks while a goal is pursued")),
            _broken(health),
            say(N_("Goal: %(title)s"), title=one_line(goal.row.title)),
            "",
            settings.BASE_URL + reverse("objective", args=(goal.row.pk,)),
        ]
    )


def _standing(one: Occasion) -> Iterator[str]:
    shared = Objective.objects.filter(cycle=one.cycle).exclude(level=PERSONAL)
    rows = shared.prefetch_related("key_results__grade", "health")
    for goal in standing.stand(one.cycle, rows, one.day):
        yield f"• {_named(goal)}: {', '.join(_numbers(goal))}"
        yield from (f"  {_broken(health)}" for health in goal.health if health.is_broken)


def _named(goal: ObjectiveStands) -> str:
    title = one_line(goal.row.title)
    return f"{title} ({one_line(goal.row.team)})" if goal.row.level == TEAM else title


def _numbers(goal: ObjectiveStands) -> Iterator[str]:
    if goal.grade.value is None:
        yield say(N_("no grade yet"))
    else:
        yield say(N_("grade %(grade)s"), grade=grade_shown(goal.grade.value))
    if goal.confidence is not None:
        yield say(N_("confidence %(share)s"), share=shown(goal.confidence, "share"))


def _broken(health: HealthStands) -> str:
    number = shown(health.value, health.row.unit)
    return f"{say(N_('Broken:'))} {one_line(health.row.title)}, {number}"
