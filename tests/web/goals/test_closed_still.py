"""A closed cycle stands still, days are the company's days, and a page asks as much for many goals as for few."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from otklik.schemas.goal_results import Basis
from otklik.schemas.goals import Bound
from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals import looking, standing
from otklik.web.goals.agenda import changed_since
from otklik.web.goals.as_of import cycle_now
from otklik.web.goals.changing import write
from otklik.web.goals.models import (
    CheckIn,
    Cycle,
    Dependency,
    Grade,
    Health,
    KeyResult,
    Measured,
    Objective,
    SeriesValue,
)
from otklik.web.goals.stages import go_on
from otklik.web.goals.standing import stand
from otklik.web.goals.story import cycle_story

DAY = date(2026, 11, 2)
PUSHED = {"how": "pushed", "series": "nps"}
BOUND = {"how": "measure", "measure": "first_reply", "within_s": 900.0}


def sent(at: datetime, value: float, **more: Any) -> SeriesValue:
    return SeriesValue.objects.create(series="nps", at=at, value=value, **more)


def values(cycle: Cycle, on: date | None = None) -> list[float | None]:
    """The number of the key result and of the health number of the one goal."""
    (found,) = stand(cycle, [Objective.objects.get()], on)
    return [found.key_results[0].number.value, found.health[0].value]


@pytest.fixture
def pushed(cycle: Cycle, objective: Objective) -> Objective:
    KeyResult.objects.update(source=PUSHED)
    Health.objects.update(source=PUSHED)
    return objective


def test_what_is_sent_after_the_end_moves_no_cycle(pushed: Objective, running: Cycle) -> None:
    sent(datetime(2026, 12, 31, 20, 59, tzinfo=UTC), 0.6)  # a minute before the year ends in Moscow
    sent(datetime(2026, 12, 31, 21, 0, tzinfo=UTC), 0.7)
    assert values(running, date(2027, 2, 1)) == [0.6, 0.6]


def test_what_is_told_after_it_was_due_moves_no_key_result(
    pushed: Objective, running: Cycle, key_result: KeyResult
) -> None:
    KeyResult.objects.update(due=DAY)
    sent(datetime(2026, 11, 2, 20, 59, tzinfo=UTC), 0.6)
    sent(datetime(2026, 11, 2, 21, 0, tzinfo=UTC), 0.7)
    assert values(running, date(2026, 12, 1)) == [0.6, 0.7], "what must not break has no such day"
    KeyResult.objects.update(source={"how": "manual"})
    CheckIn.objects.create(key_result=key_result, day=DAY + timedelta(days=1), value=0.7)
    assert values(running, date(2026, 12, 1))[0] == 0.7, "the first word after it, where there was none in time"
    CheckIn.objects.create(key_result=key_result, day=DAY, value=0.6)
    CheckIn.objects.create(key_result=key_result, day=DAY, value=0.65)
    assert values(running, date(2026, 12, 1))[0] == 0.65


def test_what_is_said_after_the_end_of_the_cycle_counts_at_its_grading(running: Cycle, key_result: KeyResult) -> None:
    CheckIn.objects.create(key_result=key_result, day=date(2027, 1, 4), value=0.7)
    assert values(running, date(2027, 1, 5))[0] == 0.7


def test_what_is_sent_after_it_was_closed_moves_nothing(pushed: Objective, running: Cycle, boss: User) -> None:
    sent(datetime(2026, 11, 1, tzinfo=UTC), 0.6)
    go_on(running, "closing", boss)
    Grade.objects.create(key_result=KeyResult.objects.get(), grade=0.7)
    go_on(running, "closed", boss)
    assert running.closed_at
    after = running.closed_at + timedelta(seconds=1)
    sent(datetime(2026, 11, 2, tzinfo=UTC), 0.9, received_at=after)
    assert values(running, date(2026, 12, 31)) == [0.6, 0.6]


@pytest.mark.parametrize(("hour", "day"), [(20, DAY), (21, DAY + timedelta(days=1))])
def test_a_number_belongs_to_the_day_of_the_company(hour: int, day: date, pushed: Objective, running: Cycle) -> None:
    sent(datetime(2026, 11, 2, hour, 30, tzinfo=UTC), 0.6)
    assert values(running, day - timedelta(days=1)) == [None, None]
    assert values(running, day) == [0.6, 0.6]
    (found,) = stand(running, [Objective.objects.get()], day)
    assert found.key_results[0].day == found.health[0].day == day


def test_a_change_belongs_to_the_day_of_the_company(
    running: Cycle, key_result: KeyResult, boss: User, time_machine: Any
) -> None:
    time_machine.move_to(datetime(2026, 11, 2, 21, 30, tzinfo=UTC), tick=False)  # the third in Moscow
    key_result.target = 0.7
    write(key_result, boss, "so")
    assert changed_since(running.pk, boss, DAY)
    assert not changed_since(running.pk, boss, DAY + timedelta(days=1))


def test_a_step_is_done_on_the_day_of_the_company(
    running: Cycle, key_result: KeyResult, boss: User, time_machine: Any
) -> None:
    step = {"title": "Hire", "weight": 1.0, "due": DAY.isoformat(), "done": False, "evidence": ""}
    KeyResult.objects.update(direction="milestone", steps=[step])
    time_machine.move_to(datetime(2026, 11, 2, 21, 30, tzinfo=UTC), tick=False)
    key_result.refresh_from_db()
    key_result.steps = [step | {"done": True}]
    write(key_result, boss, "so")
    assert looking.due_dates_before(date(2026, 12, 31)) == [(DAY, DAY + timedelta(days=1))]


# --- where the number comes from


def measured(row: KeyResult, day: date, value: float, **more: Any) -> None:
    reading = {"number": {"value": value, "how": "days"}, **more}
    Measured.objects.create(objective=row.objective, key_result=row, day=day, reading=reading)


def test_a_number_of_another_source_is_not_shown(running: Cycle, key_result: KeyResult) -> None:
    KeyResult.objects.update(source=BOUND)
    basis = Basis(
        bound=Bound.model_validate(BOUND), zone="Europe/Moscow", first=DAY, last=DAY, whole_until=DAY,
        as_of=datetime(2026, 11, 2, tzinfo=UTC), log="x", step=1,
    )  # fmt: skip
    measured(key_result, DAY, 0.64, basis=basis.model_dump_json())
    assert values(running)[0] == 0.64
    KeyResult.objects.update(source=BOUND | {"measure": "resolution"})
    assert values(running)[0] is None


# --- how much is asked


@pytest.fixture
def few_and_many(cycle: Cycle, goal: Callable[..., Objective], person: Callable[..., User]) -> Callable[[int], None]:
    """Add goals with everything that hangs on them."""

    def add(n: int) -> None:
        for _ in range(n):
            number = Objective.objects.count()
            made = goal(f"Goal {number}", team=f"Team {number}", key_results=2)
            for row in made.key_results.all():
                row.owner = person(Role.MEMBER, f"Team {number}", email=f"m{row.pk}@example.org")
                row.source = BOUND
                row.save()
                for day in (0, 1):
                    measured(row, DAY + timedelta(days=day), 0.6)
                CheckIn.objects.create(key_result=row, day=DAY, confidence=0.5, by=row.owner)
                Grade.objects.create(key_result=row, grade=0.5)
            Health.objects.create(objective=made, title="Reopened", unit="share", high=0.06)
            Dependency.objects.create(
                objective=made, team=f"Team {number - 1}", what="Evenings", due=DAY, risk_owner=row.owner,
            )  # fmt: skip

    return add


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


@pytest.mark.parametrize("name", ["goals_week", "goals_middle", "goals_grading", "cycle"])
@pytest.mark.parametrize("role", [Role.MEMBER, Role.MANAGER])
def test_a_page_asks_as_much_for_many_goals_as_for_few(
    name: str, role: Role, cycle: Cycle, few_and_many: Callable[[int], None], person: Callable[..., User]
) -> None:
    from django.db.models import QuerySet

    stage = "closing" if name == "goals_grading" else "active"
    client = Client()
    client.force_login(person(role, "Team 0", "Team 1"))
    few_and_many(2)
    QuerySet(Cycle).update(stage=stage)
    page = reverse(name, args=[cycle.pk])
    client.get(page)
    before = queries(lambda: client.get(page))
    few_and_many(3)
    assert queries(lambda: client.get(page)) == before


def test_so_does_what_is_told_to_programs_and_on_paper(
    cycle: Cycle, few_and_many: Callable[[int], None], boss: User
) -> None:
    few_and_many(2)
    before = [queries(lambda: cycle_now(cycle, boss)), queries(lambda: cycle_story(cycle, boss))]
    few_and_many(3)
    assert [queries(lambda: cycle_now(cycle, boss)), queries(lambda: cycle_story(cycle, boss))] == before


def test_the_page_of_a_goal_asks_as_much_for_many_numbers(
    cycle: Cycle, few_and_many: Callable[[int], None], boss: User, person: Callable[..., User]
) -> None:
    few_and_many(1)
    made, client = Objective.objects.get(), Client()
    client.force_login(boss)
    page = reverse("objective", args=[made.pk])
    client.get(page)
    before = queries(lambda: client.get(page))
    for n in range(4):
        owner = person(Role.MEMBER, email=f"more{n}@example.org")
        row = KeyResult.objects.create(objective=made, title=f"More {n}", unit="share", owner=owner)
        Grade.objects.create(key_result=row, grade=0.5)
    assert queries(lambda: client.get(page)) == before


def test_of_all_the_days_only_the_newest_is_read(running: Cycle, key_result: KeyResult) -> None:
    KeyResult.objects.update(source=BOUND)
    for day in range(30):
        measured(key_result, DAY + timedelta(days=day), 0.5 + day / 100, marker="x" * 50)
    with CaptureQueriesContext(connection) as seen:
        (found,) = stand(running, [Objective.objects.get()], DAY + timedelta(days=20))
    assert found.key_results[0].number.value == 0.7
    (asked,) = [one["sql"] for one in seen if 'FROM "goals_measured"' in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert len(cursor.fetchall()) == 1


# --- what was given up, and the week it is


def test_what_was_given_up_stands_on_paper_with_its_grade(
    running: Cycle, objective: Objective, key_result: KeyResult, boss: User
) -> None:
    other = KeyResult.objects.create(objective=objective, title="Dropped", unit="share", stopped_on=DAY)
    KeyResult.objects.filter(pk=key_result.pk).update(stopped_on=DAY)
    Grade.objects.create(key_result=key_result, grade=0.3)
    (told,) = cycle_now(running, boss).objectives
    assert [one.key_result.id for one in told.key_results] == [str(key_result.pk)]
    assert (told.key_results[0].grade.value, told.grade.value) == (0.3, 0.3)
    assert [one.key_result for one in cycle_story(running, boss).grades] == [str(key_result.pk)]
    assert other.pk


@pytest.mark.parametrize(("day", "week"), [
    (date(2026, 10, 1), 1), (date(2026, 10, 7), 1), (date(2026, 10, 8), 2), (date(2026, 12, 30), 13),
    (date(2026, 12, 31), 13), (date(2027, 1, 5), 13), (date(2026, 9, 1), 1),
])  # fmt: skip
def test_a_quarter_has_as_many_weeks_as_are_graded(day: date, week: int, cycle: Cycle) -> None:
    from otklik.web.goals.views.cycles import elapsed

    assert (elapsed(cycle, day)["week"], elapsed(cycle, day)["weeks"]) == (week, 13)


def test_the_colour_is_that_of_the_grade_that_is_shown(running: Cycle, key_result: KeyResult) -> None:
    CheckIn.objects.create(key_result=key_result, day=DAY, value=0.8)
    (found,) = standing.stand(running, [Objective.objects.get()], DAY)
    assert found.key_results[0].shown_colour == "green"
    Grade.objects.create(key_result=key_result, grade=0.1)
    (found,) = standing.stand(running, [Objective.objects.get()], DAY)
    assert (found.key_results[0].shown_colour, found.key_results[0].grade.colour) == ("red", "green")
