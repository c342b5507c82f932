"""Four squares of a week: made from what is known, without personal goals; an empty one says what to do."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals import standing
from otklik.web.goals.in_secret import Spread
from otklik.web.goals.models import (
    CheckIn,
    Cycle,
    Health,
    KeyResult,
    Means,
    Objective,
    Reading,
    SecretRound,
    SecretVote,
    WeekPromise,
)
from otklik.web.goals.squares import AHEAD_DAYS, Squares, squares_of

MONDAY = date(2026, 11, 2)
TODAY = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def _tuesday(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 3, 9, tzinfo=UTC), tick=False)


def squares(cycle: Cycle, user: User) -> Squares:
    return squares_of(cycle, standing.of_cycle(cycle, user), user)


def ahead(cycle: Cycle, user: User) -> list[tuple[date | None, str]]:
    return [(one.day, one.text) for one in squares(cycle, user).ahead]


def page(user: User, cycle: Cycle, name: str = "goals_squares") -> str:
    client = Client()
    client.force_login(user)
    response = client.get(reverse(name, args=[cycle.pk]))
    assert response.status_code == 200
    return str(response.content.decode())


def test_priorities_are_what_was_promised_for_this_week(running: Cycle, boss: User) -> None:
    for week, text in ((MONDAY, "Call ten customers"), (MONDAY - timedelta(days=7), "Write the rota")):
        WeekPromise.objects.create(cycle=running, week=week, text=text, by=boss)
    assert [one.text for one in squares(running, boss).priorities] == ["Call ten customers"]
    assert "Call ten customers" in page(boss, running) and "Write the rota" not in page(boss, running)


def test_ahead_is_what_is_under_way_and_every_day_of_four_weeks(
    running: Cycle, key_result: KeyResult, boss: User
) -> None:
    last = TODAY + timedelta(days=AHEAD_DAYS)
    Cycle.objects.filter(pk=running.pk).update(mid_review=TODAY, closing_from=last + timedelta(days=1))
    key_result.due = last
    key_result.checkpoints = [{"day": "2026-11-12", "value": 0.6}, {"day": "2026-11-02", "value": 0.5}]
    key_result.save()
    goal = key_result.objective
    for title, begun, done in (
        ("A second shift", MONDAY, None), ("A rota", MONDAY, MONDAY), ("Templates", date(2026, 11, 20), None),
        ("A chat", date(2026, 12, 24), None), ("Someday", None, None),
    ):  # fmt: skip
        Means.objects.create(objective=goal, title=title, begun_on=begun, done_on=done)
    running.refresh_from_db()
    assert ahead(running, boss) == [
        (None, "A second shift"),
        (TODAY, "Mid-cycle review"),
        (date(2026, 11, 12), f"Checkpoint 60\xa0%: {key_result.title}"),
        (date(2026, 11, 20), "Begins: Templates"),
        (last, f"Due: {key_result.title}"),
    ]


def test_steps_of_a_milestone_are_due_until_they_are_done(running: Cycle, key_result: KeyResult, boss: User) -> None:
    steps = [{"title": "Hire", "due": "2026-11-10"}, {"title": "Train", "due": "2026-11-17", "done": True}]
    KeyResult.objects.filter(pk=key_result.pk).update(direction="milestone", steps=steps)
    assert ahead(running, boss) == [(date(2026, 11, 10), "Due: Hire")]


def test_at_its_end_a_cycle_has_its_last_days_ahead_and_closed_nothing(
    running: Cycle, boss: User, time_machine: Any
) -> None:
    time_machine.move_to(datetime(2026, 12, 20, 9, tzinfo=UTC), tick=False)
    assert ahead(running, boss) == [(date(2026, 12, 31), "Last day"), (date(2027, 1, 7), "Retrospective")]


def test_a_closed_cycle_has_nothing_ahead(closed: Cycle, boss: User) -> None:
    assert ahead(closed, boss) == [] and "The cycle is closed." in page(boss, closed)


def test_confidence_stands_with_how_far_apart_people_were(
    running: Cycle, key_result: KeyResult, objective: Objective, boss: User
) -> None:
    KeyResult.objects.create(objective=objective, title="Given up", unit="share", stopped_on=MONDAY)
    CheckIn.objects.create(key_result=key_result, day=MONDAY, confidence=0.6)
    week = MONDAY - timedelta(days=7)
    found = SecretRound.objects.create(objective=objective, week=week)
    for n, share in enumerate((0.2, 0.9)):
        person = User.objects.create_user(f"p{n}@example.org", "correct horse battery", role=Role.MEMBER.value)
        SecretVote.objects.create(round=found, key_result=key_result, person=person, confidence=share)
    (sure,) = squares(running, boss).sure
    assert (sure.part.confidence, sure.chance, sure.spread) == (0.6, None, None), "it is secret still"
    found.revealed_at = datetime(2026, 10, 26, 9, tzinfo=UTC)
    found.save()
    (sure,) = squares(running, boss).sure
    assert sure.spread == Spread(week, 0.2, 0.55, 0.9, 2)
    assert "in secret 2 to 9 of 10, the middle 5.5" in page(boss, running)
    SecretRound.objects.update(week=week - timedelta(days=7))
    assert squares(running, boss).sure[0].spread is None, "what is older tells nothing any more"


def test_health_is_told_with_its_state(running: Cycle, boss: User) -> None:
    health = Health.objects.get()
    assert "no number yet" in page(boss, running)
    Reading.objects.create(health=health, day=MONDAY, value=0.1)
    (one,) = squares(running, boss).health
    assert one.state == "outside" and "outside" in page(boss, running)


def test_no_personal_goal_stands_there(running: Cycle, goal: Callable[..., Objective], boss: User) -> None:
    own = goal("Learn Spanish", level="personal", team="", owner=boss)
    Health.objects.create(objective=own, title="Sleep", unit="count", low=7)
    Means.objects.create(objective=own, title="A teacher", begun_on=MONDAY)
    own.key_results.update(due=MONDAY + timedelta(days=7))
    told = page(boss, running) + page(boss, running, "week_file")
    assert "Spanish" not in told and "Sleep" not in told and "A teacher" not in told


def test_an_empty_square_says_what_to_do_next(cycle: Cycle, boss: User, person: Callable[..., User]) -> None:
    told = page(boss, cycle)
    for text in ("Promises are made in a running cycle", "Nothing is under way", "has a key result yet",
                 "Nothing is watched that must not break"):  # fmt: skip
        assert text in told
    assert reverse("objective_new", args=[cycle.pk]) in told
    assert reverse("objective_new", args=[cycle.pk]) not in page(person(Role.VIEWER), cycle)


def test_in_a_running_cycle_it_leads_to_what_is_missing(running: Cycle, boss: User) -> None:
    told = page(boss, running)
    assert "Promise up to three things" in told and "nobody said how sure yet" in told
    assert reverse("goals_secret", args=[running.pk]) in told.partition("How sure we are")[2]


def test_the_agenda_on_paper_begins_with_the_squares_that_hold_something(running: Cycle, boss: User) -> None:
    WeekPromise.objects.create(cycle=running, week=MONDAY, text="Call *ten*", by=boss)
    CheckIn.objects.create(key_result=KeyResult.objects.get(), day=MONDAY, confidence=0.6)
    told = page(boss, running, "week_file")
    four, _, rest = told.partition("## No customer feels forgotten")
    assert "## Four squares" in four and "### Priorities this week\n\n- Call \\*ten\\*" in four
    assert "### How sure we are\n\n- Share answered" in four and "confidence 60" in four
    assert "### Health numbers\n\n- Reopened within 7 days: not known yet, no number yet" in four
    assert "### Next four weeks" not in four and "## This week we will" in rest
    assert boss.email not in told


def test_a_page_asks_as_much_for_many_goals_as_for_few(
    cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            squares(cycle, boss)
        return len(seen)

    goal(key_results=1)
    before = asked()
    for name in ("one", "two", "three"):
        Means.objects.create(objective=goal(name, key_results=3), title="A shift", begun_on=MONDAY)
    assert asked() == before
