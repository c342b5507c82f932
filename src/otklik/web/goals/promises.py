"""What people promise each other for a week: at most three lines each, ticked the week after."""

from datetime import date, timedelta
from typing import Any

from otklik.web.goals.models import ACTIVE, CLOSING, Cycle, WeekPromise
from otklik.web.moments import today

SHOWN_WEEKS = 4


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def facts_of(cycle: Cycle, person: Any) -> dict[str, Any]:
    """The promises of this week, those before that nobody has looked at yet, and how the last weeks went."""
    week = monday(today())
    since = week - timedelta(days=7 * SHOWN_WEEKS)
    rows = list(WeekPromise.objects.for_user(person).filter(cycle=cycle, week__gte=since).select_related("by"))
    mine = [row for row in rows if row.week == week and row.by_id == person.pk]
    looked_at = [row for row in rows if row.week < week and row.is_kept is not None]
    return {
        "promises": [row for row in rows if row.week == week],
        "to_tick": [row for row in rows if row.week < week and row.is_kept is None],
        "kept": sum(row.is_kept is True for row in looked_at), "looked_at": len(looked_at),
        "room": max(0, WeekPromise.MOST - len(mine)),
        "may_promise": cycle.stage in (ACTIVE, CLOSING),
    }  # fmt: skip


def promise(cycle: Cycle, person: Any, texts: list[str]) -> int:
    """Write promises of this week down, as many as there is room for; returns how many."""
    week = monday(today())
    room = WeekPromise.MOST - WeekPromise.objects.filter(cycle=cycle, week=week, by=person).count()
    given = [text.strip()[:300] for text in texts if text.strip()][: max(0, room)]
    for text in given:
        WeekPromise(cycle=cycle, week=week, text=text, by=person).save()
    return len(given)
