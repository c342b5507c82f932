"""Reminders: on their day, to whom it concerns, once each, by mail and by webhook."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from otklik.web.access import Role
from otklik.web.accounts.models import Company, User
from otklik.web.goals import reminding
from otklik.web.goals.models import CheckIn, Cycle, Health, KeyResult, Objective, Reading, Reminder
from otklik.web.goals.stages import go_on
from otklik.web.jobs.models import Job
from otklik.web.jobs.worker import Worker

CHECK_IN_DAY = datetime(2026, 10, 15, 9, tzinfo=UTC)


@pytest.fixture
def at(time_machine: Any) -> Callable[[datetime], None]:
    """Travel, and do all that is due then."""
    worker = Worker()

    def go(moment: datetime) -> None:
        time_machine.move_to(moment, tick=False)
        reminding.plan()
        while worker.one():
            pass

    time_machine.move_to(datetime(2026, 10, 1, 3, tzinfo=UTC), tick=False)
    return go


def told() -> list[dict[str, Any]]:
    """What programs were told."""
    return [job.arguments for job in Job.objects.filter(kind="announce").order_by("pk")]


def test_whoever_is_silent_is_reminded_once_on_the_day(
    at: Callable[[datetime], None], running: Cycle, mailoutbox: list[Any], boss: User
) -> None:
    at(CHECK_IN_DAY - timedelta(days=1))
    assert mailoutbox == []
    for hours in (0, 1, 12, 26):
        at(CHECK_IN_DAY + timedelta(hours=hours))
    assert [letter.to for letter in mailoutbox] == [[boss.email]]
    assert mailoutbox[0].subject == "Otklik: Check-in: Q4"
    assert f"/goals/{running.pk}/week/" in mailoutbox[0].body
    assert [(one["event"], one["facts"]) for one in told()] == [
        ("goals.check-in", {"cycle": running.pk, "day": "2026-10-15", "silent": 1})
    ]


def test_whoever_has_spoken_is_left_alone(
    at: Callable[[datetime], None], running: Cycle, key_result: KeyResult, mailoutbox: list[Any]
) -> None:
    CheckIn.objects.create(key_result=key_result, day=date(2026, 10, 14), value=0.5)
    at(CHECK_IN_DAY)
    assert mailoutbox == []
    assert told()[0]["facts"]["silent"] == 0


def test_nobody_is_woken_at_night(at: Callable[[datetime], None], running: Cycle, mailoutbox: list[Any]) -> None:
    at(CHECK_IN_DAY.replace(hour=4))  # seven in Moscow
    assert mailoutbox == []
    at(CHECK_IN_DAY.replace(hour=5))
    assert len(mailoutbox) == 1


def test_the_review_and_the_grading_have_reminders_of_their_own(
    at: Callable[[datetime], None], running: Cycle, mailoutbox: list[Any], boss: User
) -> None:
    running.mid_review, running.closing_from, running.check_in_days = date(2026, 11, 13), date(2026, 12, 25), 60
    running.save()
    boss.language = "ru"
    boss.save()
    at(datetime(2026, 11, 13, 9, tzinfo=UTC))
    go_on(running, "closing", boss)
    at(datetime(2026, 12, 25, 9, tzinfo=UTC))
    assert len(mailoutbox) == 2
    assert "Пересмотр" in mailoutbox[0].subject and "/middle/" in mailoutbox[0].body
    assert "/grading/" in mailoutbox[1].body
    assert [one["event"] for one in told()] == ["goals.review", "goals.grading"]


def test_one_looks_back_a_week_after_the_end(
    at: Callable[[datetime], None], running: Cycle, mailoutbox: list[Any], boss: User
) -> None:
    running.check_in_days = 60
    running.save()
    at(datetime(2027, 1, 7, 9, tzinfo=UTC))
    assert not any("Retrospective" in letter.subject for letter in mailoutbox), "it opens with the grading"
    go_on(running, "closing", boss)
    at(datetime(2027, 1, 7, 10, tzinfo=UTC))
    assert mailoutbox[-1].subject == "Otklik: Retrospective: Q4" and "/retrospective/" in mailoutbox[-1].body
    assert told()[-1]["event"] == "goals.retrospective"


def test_what_was_missed_for_long_is_not_made_up_for(
    at: Callable[[datetime], None], running: Cycle, mailoutbox: list[Any]
) -> None:
    at(CHECK_IN_DAY + timedelta(days=3))
    assert mailoutbox == [] and not Reminder.objects.exists()


def test_drafts_and_closed_accounts_get_nothing(
    at: Callable[[datetime], None], cycle: Cycle, objective: Objective, person: Callable[..., User], boss: User,
    mailoutbox: list[Any],
) -> None:  # fmt: skip
    at(CHECK_IN_DAY)
    assert mailoutbox == []
    go_on(cycle, "active", boss)
    gone = person(Role.MEMBER)
    gone.is_active = False
    gone.save()
    KeyResult.objects.update(owner=gone)
    at(CHECK_IN_DAY)
    assert mailoutbox == []


def test_a_personal_goal_reminds_its_person_alone(
    at: Callable[[datetime], None], running: Cycle, key_result: KeyResult, goal: Callable[..., Objective],
    person: Callable[..., User], mailoutbox: list[Any],
) -> None:  # fmt: skip
    CheckIn.objects.create(key_result=key_result, day=date(2026, 10, 14), value=0.5)
    member = person(Role.MEMBER)
    goal("Learn Spanish", level="personal", owner=member)
    KeyResult.objects.filter(objective__level="personal").update(owner=None)
    at(CHECK_IN_DAY)
    assert [letter.to for letter in mailoutbox] == [[member.email]]
    assert "Spanish" not in mailoutbox[0].body + mailoutbox[0].subject


def test_a_broken_band_is_told_once_a_week_as_long_as_it_is_broken(
    at: Callable[[datetime], None], running: Cycle
) -> None:
    health = Health.objects.get()
    Reading.objects.create(health=health, day=date(2026, 10, 2), value=0.1)
    for day in (5, 6, 9, 12):
        at(datetime(2026, 10, day, 9, tzinfo=UTC))
    broken = [one["facts"] for one in told() if one["event"] == "goals.broken"]
    assert broken == [{"cycle": running.pk, "goal": health.objective_id, "health": health.pk}] * 2


def test_reminders_of_long_ago_are_forgotten(at: Callable[[datetime], None], running: Cycle) -> None:
    at(CHECK_IN_DAY)
    assert reminding.forget_old() == 0
    assert reminding.forget_old(days=-1) == Reminder.objects.count() + 2
    assert not Reminder.objects.exists() and Company.ours()
