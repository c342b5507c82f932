"""Programs write what people may: a draft, a check-in; by the rights of whoever made the token."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from otklik.web.access import Role
from otklik.web.accounts.models import ApiToken, Scope, User
from otklik.web.goals.models import CheckIn, Cycle, KeyResult, Objective
from otklik.web.goals.stages import go_on

CYCLES = "/api/v1/goals/cycles"


def program_of(person: User, *scopes: Scope) -> Client:
    text = ApiToken.make(person, "robot", list(scopes or (Scope.READ, Scope.PUSH)))[1]
    return Client(headers={"authorization": f"Bearer {text}"})


@pytest.fixture
def program(boss: User) -> Client:
    return program_of(boss)


def post(client: Client, path: str, told: Any) -> Any:
    return client.post(path, json.dumps(told), content_type="application/json")


def said(client: Client, row: KeyResult, **told: Any) -> Any:
    return post(client, f"/api/v1/goals/key-results/{row.pk}/check-ins", told)


def test_a_cycle_comes_back_as_a_draft_with_all_that_is_in_it(
    program: Client, running: Cycle, key_result: KeyResult
) -> None:
    told = program.get(f"{CYCLES}/{running.pk}/file").json()
    answer = post(program, CYCLES, told)
    assert answer.status_code == 200, answer.content
    made = Cycle.objects.get(pk=answer.json()["id"])
    assert (made.stage, made.title, made.start) == ("draft", running.title, running.start)
    again = program.get(f"{CYCLES}/{made.pk}/file").json()
    kept = [[(one["title"], one["target"], one["source"]) for one in cycle["objectives"][0]["key_results"]]
            for cycle in (told, again)]  # fmt: skip
    assert kept[0] == kept[1]


@pytest.mark.parametrize(
    "told",
    [
        {"title": "Q", "start": "2027-04-01", "end": "2027-01-01"},
        {"title": "Q", "start": "2027-01-01", "end": "2029-01-01"},
        {"title": "Q", "start": "2027-01-01", "end": "2027-03-31", "own": {"base": "nobody"}},
        {"title": "Q", "start": "2027-01-01"},
        {"title": "Q", "start": "2027-01-01", "end": "2027-03-31", "more": 1},
    ],
)
def test_what_cannot_be_a_cycle_is_refused_and_nothing_is_made(program: Client, told: dict[str, Any]) -> None:
    answer = post(program, CYCLES, told)
    assert answer.status_code == 422
    assert set(answer.json()) == {"error", "message"}
    assert not Cycle.objects.exists()


def test_only_those_who_run_cycles_bring_one_in(person: Callable[..., User]) -> None:
    told = {"title": "Q", "start": "2027-01-01", "end": "2027-03-31"}
    member = program_of(person(Role.MEMBER))
    assert post(member, CYCLES, told).status_code == 403
    assert not Cycle.objects.exists()


def test_a_check_in_is_kept_once_however_often_it_is_sent(
    program: Client, running: Cycle, key_result: KeyResult, boss: User
) -> None:
    told = {"value": 0.6, "confidence": 0.7, "note": "the new line helps"}
    first, again = (said(program, key_result, **told).json() for _ in range(2))
    assert (first["added"], again["added"], first["id"]) == (True, False, again["id"])
    one = CheckIn.objects.get()
    assert (one.value, one.confidence, one.note, one.by) == (0.6, 0.7, "the new line helps", boss)
    assert said(program, key_result, **{**told, "confidence": 0.8}).json()["added"] is True


@pytest.mark.parametrize(
    "told", [{"confidence": 1.1}, {"value": 1e30}, {"confidence": "sure"}, {"note": "x" * 4001}, {"more": 1}]
)
def test_what_cannot_be_said_is_refused(
    program: Client, running: Cycle, key_result: KeyResult, told: dict[str, Any]
) -> None:
    assert said(program, key_result, **told).status_code == 422
    assert not CheckIn.objects.exists()


def test_what_is_measured_is_not_typed_and_a_draft_is_not_spoken_of(
    program: Client, cycle: Cycle, key_result: KeyResult, boss: User
) -> None:
    assert said(program, key_result, confidence=0.5).json()["error"] == "wrong-time"
    go_on(cycle, "active", boss)
    KeyResult.objects.update(source={"how": "pushed", "series": "nps"})
    assert said(program, key_result, value=0.5).json()["error"] == "typed-by-nobody"
    assert said(program, key_result, confidence=0.5).status_code == 200


def test_rights_are_those_of_the_person(
    running: Cycle, key_result: KeyResult, person: Callable[..., User], boss: User
) -> None:
    analyst = person(Role.ANALYST)
    assert said(program_of(analyst), key_result, confidence=0.5).status_code == 200
    assert said(program_of(analyst, Scope.READ), key_result, confidence=0.6).status_code == 403
    for role in (Role.MEMBER, Role.VIEWER):
        assert said(program_of(person(role)), key_result, confidence=0.6).status_code == 403
    personal = Objective.objects.create(cycle=running, title="Learn Spanish", level="personal", owner=analyst)
    hidden = KeyResult.objects.create(objective=personal, title="Lessons from 0 to 12", unit="count", owner=analyst)
    assert said(program_of(boss), hidden, confidence=0.5).status_code == 404
    assert said(program_of(analyst), hidden, confidence=0.5).status_code == 200
