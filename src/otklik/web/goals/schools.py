"""The company's own school: which version holds, and which cycles follow it."""

from typing import Any

from django.db import transaction

from otklik.actions.school_of_goals import school_named
from otklik.schemas.goal_profiles import OWN, Profile, School
from otklik.web.goals import models
from otklik.web.goals.changing import write
from otklik.web.goals.models import ACTIVE, DRAFT, Cycle


def newest() -> School:
    """The company's own numbers and rules; where it never set any, those of Google and Doerr."""
    row = models.School.objects.order_by("-id").first()
    return row.read() if row else School()


def school_for(name: str) -> Profile:
    """The school of that name as it holds now."""
    return school_named(name, newest() if name == OWN else None)


def keep(own: School, by: Any) -> int:
    """Keep a new version, and let the cycles follow it that are not being graded; gives how many."""
    told = own.model_dump(mode="json")
    with transaction.atomic():
        models.School(told=told, by=by).save()
        rows = list(Cycle.objects.select_for_update().filter(profile=OWN, stage__in=(DRAFT, ACTIVE)))
        for row in rows:
            row.own = told
            write(row, by)
    return len(rows)


def follow(cycle: Cycle) -> None:
    """Let a cycle take the company's own numbers, where it follows them."""
    cycle.own = newest().model_dump(mode="json") if cycle.profile == OWN else None
