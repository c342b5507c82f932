"""Reminders: who is told what on which day, once each, by mail, by webhook and in chats."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation

from otklik.base.text import N_
from otklik.web.access import Right, may
from otklik.web.accounts.mail import is_mail_set_up, say_by_mail
from otklik.web.accounts.models import Company, User
from otklik.web.announcing import announce
from otklik.web.goals import standing
from otklik.web.goals.dates import CHECK_IN, GRADING, RETRO, REVIEW, TITLES, Occasion, occasions
from otklik.web.goals.for_chats import broken_text, occasion_text
from otklik.web.goals.models import ACTIVE, CLOSING, CheckIn, Cycle, KeyResult, Objective, Reminder
from otklik.web.goals.reminder_words import TEXTS, page_of
from otklik.web.goals.rights import PERSONAL
from otklik.web.goals.telling import date_text
from otklik.web.jobs.models import Job
from otklik.web.moments import now, today
from otklik.web.posting import GOALS, post
from otklik.web.words import say

WORK: Final = "remind-of-goals"
HOUR: Final = 8
"""From this hour on, by the company's clock."""
LATE_DAYS: Final = 2
"""A reminder that could not be laid down for longer is not made up for."""
EVENTS: Final = {
    CHECK_IN: "goals.check-in", REVIEW: "goals.review", GRADING: "goals.grading", RETRO: "goals.retrospective",
}  # fmt: skip


def plan() -> None:
    """Lay down what is due today; what was laid down before stays as it is."""
    if now().astimezone(ZoneInfo(Company.ours().time_zone)).time() < time(HOUR):
        return
    on = today()
    for cycle in Cycle.objects.filter(stage__in=(ACTIVE, CLOSING)):
        for one in occasions(cycle):
            if one.kind in EVENTS and on - timedelta(days=LATE_DAYS) < one.day <= on and _is_time(one):
                _plan(one)
        _tell_of_broken(cycle, on)


def _is_time(one: Occasion) -> bool:
    """The retrospective opens with the grading; what belongs to the run of a cycle ends there."""
    if one.kind == RETRO:
        return one.cycle.stage == CLOSING
    return one.cycle.stage == ACTIVE or one.kind == GRADING


def _plan(one: Occasion) -> None:
    _tell_programs(one)
    if is_mail_set_up():
        for person in _people(one):
            _lay_down(one.cycle, f"{one.uid}:{person.pk}", one.kind, one.day, person)


def _tell_programs(one: Occasion) -> None:
    with transaction.atomic():
        if _lay_down(one.cycle, f"{one.uid}:all", one.kind, one.day, None):
            shared = [row for row in _silent(one) if row.objective.level != PERSONAL]
            facts = {"cycle": one.cycle.pk, "day": one.day.isoformat(), "silent": len(shared)}
            announce(EVENTS[one.kind], **facts)
            with translation.override(Company.ours().language):
                post(GOALS, one.uid, occasion_text(one, len(shared)))


def _lay_down(cycle: Cycle, key: str, kind: str, day: date, person: Any) -> bool:
    with transaction.atomic():
        made, new = Reminder.objects.get_or_create(
            key=key, defaults={"cycle": cycle, "kind": kind, "day": day, "person": person, "laid_at": now()}
        )
        if new and person is not None:
            Job.add(WORK, {"reminder": made.pk}, key=f"{WORK}-{made.pk}")
    return new


def _people(one: Occasion) -> list[User]:
    """Those who answer for something; for a check-in, only for something of which nothing was said since the last."""
    rows = _silent(one) if one.kind == CHECK_IN else list(_rows(one.cycle))
    found = {row.owner_id or row.objective.owner_id for row in rows}
    people = User.objects.filter(pk__in={pk for pk in found if pk}, is_active=True)
    return [person for person in people if may(person, Right.SEE)]


def _silent(one: Occasion) -> list[KeyResult]:
    since = one.day - timedelta(days=one.cycle.check_in_days)
    spoken = set(
        CheckIn.objects.filter(key_result__objective__cycle=one.cycle, day__gt=since).values_list(
            "key_result", flat=True
        )
    )
    return [row for row in _rows(one.cycle) if row.pk not in spoken]


def _rows(cycle: Cycle) -> Iterator[KeyResult]:
    return KeyResult.objects.filter(objective__cycle=cycle, stopped_on=None).select_related("objective").iterator()


def _tell_of_broken(cycle: Cycle, on: date) -> None:
    """Once for each number and week, as long as it is broken."""
    shared = Objective.objects.filter(cycle=cycle).exclude(level=PERSONAL)
    for goal in standing.stand(cycle, shared.prefetch_related("key_results", "health"), on):
        for health in (one for one in goal.health if one.is_broken):
            year, week, _ = on.isocalendar()
            key = f"broken-{health.row.pk}-{year}-{week}"
            with transaction.atomic():
                if _lay_down(cycle, key, "broken", on, None):
                    announce("goals.broken", cycle=cycle.pk, goal=goal.row.pk, health=health.row.pk)
                    with translation.override(Company.ours().language):
                        post(GOALS, key, broken_text(goal, health))


def send(number: int) -> None:
    """Send one reminder; it is marked before it leaves, so that nobody gets it twice."""
    found = Reminder.objects.select_related("person", "cycle").filter(pk=number, sent_at=None).first()
    if found is None or found.person is None or not may(found.person, Right.SEE):
        return
    if not Reminder.objects.filter(pk=number, sent_at=None).update(sent_at=now()):
        return
    with translation.override(found.person.language or Company.ours().language):
        subject, *paragraphs = letter(found)
        say_by_mail(found.person.email, subject, *paragraphs)


def letter(found: Reminder) -> list[str]:
    """Subject and paragraphs, in the language that is spoken just now."""
    cycle = found.cycle
    return [
        say(TITLES[found.kind], cycle=cycle.title),
        f"{date_text(found.day)}. {say(TEXTS[found.kind])}",
        page_of(found.kind, cycle),
        say(N_("You get this because you answer for a key result.")),
    ]


def forget_old(days: int = 400) -> int:
    """Reminders of long ago are not kept."""
    old: datetime = now() - timedelta(days=days)
    return Reminder.objects.filter(laid_at__lt=old).delete()[0]
