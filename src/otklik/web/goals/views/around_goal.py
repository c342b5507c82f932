"""What stands around a goal on its page besides the goal itself: offers, means, marks."""

from typing import Any

from django.http import HttpRequest

from otklik.web.accounts.asking import person_in
from otklik.web.goals import dependencies, offering, rights
from otklik.web.goals.drafting import drafts
from otklik.web.goals.marks import marks_of
from otklik.web.goals.standing import ObjectiveStands


def around_goal(request: HttpRequest, stands: ObjectiveStands) -> dict[str, Any]:
    """The facts of these pieces of the page."""
    person = person_in(request)
    may_write = bool(rights.levels_for(person))
    broken = offering.broken_too_long(stands)
    reached = offering.reached(stands) if may_write else set()
    return {
        "may_write": may_write, "broken_too_long": broken, "reached_ids": reached,
        "drafts": drafts(person) if may_write and broken else [],
        "two_weeks": {part.row.pk: marks_of(stands.row.cycle, part) for part in stands.key_results},
        "means": stands.row.means.select_related("key_result"),
        "needs": dependencies.stand(dependencies.rows_for(person).filter(objective=stands.row), person),
        "homes": offering.homes_of(person) if reached else [],
    }  # fmt: skip
