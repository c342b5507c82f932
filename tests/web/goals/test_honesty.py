"""What was said is held against how it ended: chances are set right by it, teams talk about it, people stay unseen."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals import honesty, measuring
from otklik.web.goals.models import CheckIn, Cycle, Grade, KeyResult, Measured, Objective
from otklik.web.goals.stages import go_on
from otklik.web.goals.track_record import ended_before, ended_in, said_of

SHARE = {"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 300, "window_days": 28}
DAYS = [date(2026, 10, 12) + timedelta(days=7 * n) for n in range(8)]
END = date(2026, 12, 31)
Past = Callable[..., Cycle]


@pytest.fixture(autouse=True)
def _new_year(time_machine: Any) -> None:
    time_machine.move_to(datetime(2027, 1, 4, 9, tzinfo=UTC), tick=False)


@pytest.fixture
def people(person: Callable[..., User], boss: User) -> list[User]:
    return [boss, person(Role.MANAGER), person(Role.MEMBER)]


def reading(value: float, chance: float | None, shown: float | None = None) -> dict[str, Any]:
    chances = [] if chance is None else [{"mark": "target", "grade": 1.0, "raw": chance, "shown": shown or chance}]
    return {"number": {"value": value}, "forecast": {"chances": chances}}


def live_through(row: KeyResult, chance: float, end: float, said: float | None, by: Iterable[User]) -> None:
    """Every week the data give a chance; on the same days each of some people says how sure they are."""
    facts = {"objective": row.objective, "key_result": row}
    for day in DAYS:
        Measured.objects.create(**facts, day=day, reading=reading(0.6, chance))
        for person in by if said is not None else ():
            CheckIn.objects.create(key_result=row, day=day, confidence=said, by=person)
    Measured.objects.create(**facts, day=END, reading=reading(end, None))


@pytest.fixture
def past(cycle: Cycle, goal: Callable[..., Objective], boss: User) -> Past:
    """Key results of some teams, lived through and graded; the target is 80 %."""

    def make(teams: dict[str, tuple[int, list[User]]], chance: float, end: float, said: float | None) -> Cycle:
        for team, (count, by) in teams.items():
            made = goal(f"Nobody waits at {team}", team=team, key_results=0)
            for n in range(count):
                row = KeyResult.objects.create(
                    objective=made, position=n, title=f"Answered within {n + 5} minutes from 50% to 80% at {team}",
                    unit="share", baseline=0.5, target=0.8, owner=boss, source={**SHARE, "within_s": 300 + 60 * n},
                )  # fmt: skip
                live_through(row, chance, end, said, by)
        cycle.enter("active")
        go_on(cycle, "closing", boss)
        for row in KeyResult.objects.all():
            Grade.objects.create(key_result=row, grade=0.5, explanation="asked for too much")
        return cycle

    return make


def page(user: User, name: str, cycle: Cycle) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(reverse(name, args=[cycle.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_closed_key_results_are_learnt_from_and_running_ones_are_not(past: Past, people: list[User]) -> None:
    cycle = past({"Support": (5, people)}, 0.2, 0.85, 0.5)
    assert ended_before() == []
    go_on(cycle, "closed", people[0])
    ended = ended_before()
    assert len(ended) == 5 and all(one.happened for one in ended)
    assert [one.raw for one in ended[0].said] == [0.2] * len(DAYS), "the last number is an end, not a forecast"


def test_what_was_given_up_or_aimed_elsewhere_or_never_measured_to_its_end_teaches_nothing(
    past: Past, people: list[User]
) -> None:
    cycle = past({"Support": (5, people)}, 0.2, 0.85, 0.5)
    aimed, stopped, unmeasured = KeyResult.objects.all()[:3]
    aimed.as_set = {"title": aimed.title, "unit": "share", "baseline": 0.5, "target": 0.9, "source": aimed.source}
    aimed.save()
    stopped.stopped_on = date(2026, 11, 1)
    stopped.save()
    Measured.objects.filter(key_result=unmeasured, day__gt=date(2026, 11, 20)).delete()
    assert len(ended_in(cycle)) == 2
    go_on(cycle, "closed", people[0])
    assert len(ended_before()) == 2


def test_a_chance_is_set_right_by_the_past_and_the_page_says_by_how_much_of_it(
    past: Past, people: list[User], measured_log: Path, boss: User, time_machine: Any
) -> None:
    """Twenty key results were given one chance in five, and all were reached: the next chance is said higher."""
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)
    cycle = past({"Support": (20, people)}, 0.2, 0.85, None)
    running = Cycle.objects.create(title="now", start=date(2026, 10, 19), end=date(2026, 12, 31), made_by=boss)
    made = Objective.objects.create(cycle=running, title="Nobody waits", team="Support", owner=boss)
    row = KeyResult.objects.create(
        objective=made, title="Answered in 5 minutes", unit="share", baseline=0.5, target=0.7, source=SHARE
    )
    running.enter("active")
    go_on(cycle, "closed", boss)
    measuring.measure()
    told = Measured.objects.get(key_result=row).reading
    chance = next(one for one in told["forecast"]["chances"] if one["mark"] == "target")
    assert told["learnt_from"] == 20
    assert chance["shown"] > chance["raw"]
    client = Client()
    client.force_login(boss)
    shown = client.get(reverse("objective", args=[made.pk])).content.decode()
    assert "set right by 20 closed key results" in shown


def test_people_who_were_too_sure_see_it_in_the_retrospective_and_on_the_closed_cycle(
    past: Past, people: list[User]
) -> None:
    cycle = past({"Support": (5, people)}, 0.2, 0.6, 0.9)
    whole, support = honesty.of_cycle(cycle)
    assert whole.found is not None and support.found is not None
    assert (whole.people, whole.data) == ("0.81", "0.04")
    with override("ru"):
        assert whole.people == "0,81" and "увереннее, чем оправдалось" in whole.sentence
    assert "surer than things turned out" in page(people[0], "goals_retro", cycle)
    assert "foretell the end" not in page(people[0], "cycle", cycle), "while it closes the talk is in the retrospective"
    go_on(cycle, "closed", people[0])
    shown = page(people[0], "cycle", cycle)
    assert "surer than things turned out" in shown and "people 0.81, data 0.04" in shown


def test_of_few_people_or_few_key_results_nothing_is_told(past: Past, people: list[User]) -> None:
    cycle = past({"Support": (5, people), "Orders": (2, people), "Shop": (6, people[:1])}, 0.2, 0.6, 0.9)
    told = {one.team: one for one in honesty.of_cycle(cycle)}
    assert told[""].found is not None and told["Support"].found is not None
    assert told["Orders"].found is None and told["Shop"].found is None
    assert "cannot be told yet" in told["Shop"].sentence


def test_the_rest_of_the_whole_gives_nobody_away(past: Past, people: list[User]) -> None:
    """Whole less Support would be the one person of Shop."""
    cycle = past({"Support": (5, people), "Shop": (6, people[:1])}, 0.2, 0.6, 0.9)
    told = {one.team: one.found for one in honesty.of_cycle(cycle)}
    assert told[""] is not None
    assert told["Support"] is None and told["Shop"] is None


def test_nobody_is_named_and_before_the_grading_nothing_is_said(past: Past, people: list[User], running: Cycle) -> None:
    assert honesty.of_cycle(running) == []
    assert "foretell the end" not in page(people[0], "goals_retro", running)


def test_beside_what_people_say_stands_what_the_data_said_that_day(past: Past, people: list[User]) -> None:
    cycle = past({"Support": (1, people[:1])}, 0.2, 0.6, 0.9)
    row = KeyResult.objects.get()
    CheckIn.objects.create(key_result=row, day=DAYS[0] - timedelta(days=1), confidence=0.5)
    said = said_of(cycle)[str(row.pk)]
    assert [(one.confidence, one.probability) for one in said[:2]] == [(0.5, None), (0.9, 0.2)]
