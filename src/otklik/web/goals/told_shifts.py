"""Change points beside something that was done, in words; of causes they say nothing."""

from otklik.actions.find_shifts import FEWEST, relate
from otklik.base.text import N_
from otklik.schemas.goal_changes import Relation, Shifts
from otklik.web.goals.models import Means
from otklik.web.goals.numbers import shown
from otklik.web.goals.telling import date_text
from otklik.web.words import count, say


def told_shifts(found: Shifts | None, means: Means, unit: str) -> list[str]:
    """One sentence for each change point that lies near, or why there is none to tell."""
    if means.done_on is None:
        return []
    if found is None:
        return [say(N_("Too few were served in some week, so the series is not searched for change points."))]
    return [_told(one, found, unit) for one in relate(found, means.begun_on or means.done_on, means.done_on)]


def _told(one: Relation, found: Shifts, unit: str) -> str:
    if one.kind == "too-short":
        text = N_(
            "From which week on it changed cannot be told: that takes %(fewest)s whole weeks before and after it; "
            "%(before)s before and %(after)s after are on record."
        )
        return say(text, fewest=FEWEST, before=found.weeks_before, after=found.weeks_after)
    if one.shift is None:
        return say(N_("No change point within six weeks after it."))
    facts = {
        "week": date_text(one.shift.week), "before": shown(one.shift.before, unit),
        "after": shown(one.shift.after, unit),
    }  # fmt: skip
    if one.kind == "before":
        text = N_(
            "A change point lies before it began, in the week of %(week)s (from %(before)s to %(after)s): "
            "something else moved it first."
        )
        return say(text, **facts)
    if one.kind == "during":
        text = N_(
            "The series changes in the week of %(week)s, while this was being done: from %(before)s to %(after)s."
        )
        return say(text, **facts)
    return count(
        "The series changes in the week of %(week)s, %(n)s day after this was done: from %(before)s to %(after)s.",
        "The series changes in the week of %(week)s, %(n)s days after this was done: from %(before)s to %(after)s.",
        one.days, **facts,
    )  # fmt: skip
