"""Programs read goals and send numbers for them; what they send grades key results, and names nobody."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.web.access import Role
from otklik.web.accounts.models import ApiToken, Scope, User
from otklik.web.goals import standing
from otklik.web.goals.models import Cycle, KeyResult, Objective, SeriesValue

SERIES = "/api/v1/goals/series/nps.support"


@pytest.fixture
def program(boss: User) -> Client:
    text = ApiToken.make(boss, "surveys", [Scope.READ, Scope.PUSH])[1]
    return Client(headers={"authorization": f"Bearer {text}"})


def send(program: Client, *values: dict[str, Any]) -> Any:
    return program.post(SERIES, json.dumps({"values": values}), content_type="application/json")


def test_numbers_that_are_sent_grade_what_is_bound_to_their_series(
    program: Client, running: Cycle, key_result: KeyResult
) -> None:
    KeyResult.objects.update(source={"how": "pushed", "series": "nps.support"}, unit="points", baseline=30, target=50)
    answer = send(program, {"at": "2026-11-02T09:00:00Z", "value": 40, "low": 30, "high": 50, "n": 100})
    assert (answer.status_code, answer.json()) == (200, {"series": "nps.support", "added": 1, "corrected": 0})
    (goal,) = standing.stand(running, [Objective.objects.get()])
    assert (goal.key_results[0].grade.value, goal.key_results[0].grade.low) == (0.5, 0.0)


def test_the_same_moment_sent_again_corrects(program: Client, boss: User) -> None:
    point = {"at": "2026-11-02T12:00:00+03:00", "value": 40}
    send(program, point)
    answer = send(program, {"at": "2026-11-02T09:00:00Z", "value": 41}, {"at": "2026-11-03T09:00:00Z", "value": 42})
    assert answer.json() == {"series": "nps.support", "added": 1, "corrected": 1}
    found = program.get(SERIES).json()
    assert [(one["at"], one["value"]) for one in found] == [
        ("2026-11-02T09:00:00Z", 41.0),
        ("2026-11-03T09:00:00Z", 42.0),
    ]
    assert [one["value"] for one in program.get(f"{SERIES}?limit=1").json()] == [42.0]


@pytest.mark.parametrize("body", [
    "", "[", "[]", "null", '{"values": []}', '{"values": [{"value": 1}]}', '{"values": [{"at": "soon", "value": 1}]}',
    '{"values": [{"at": "2026-11-02T09:00:00", "value": 1}]}', '{"values": [{"at": "2026-11-02T09:00:00Z"}]}',
    '{"values": [{"at": "2026-11-02T09:00:00Z", "value": NaN}]}',
    '{"values": [{"at": "0001-01-01T00:00:00+23:59", "value": 1}]}',
    '{"values": [{"at": "2026-11-02T09:00:00Z", "value": 1, "n": -1}]}',
    '{"values": [{"at": "2026-11-02T09:00:00Z", "value": 1, "more": 1}]}', "\x00",
])  # fmt: skip
def test_what_cannot_be_read_is_refused_whole(body: str, program: Client) -> None:
    answer = program.post(SERIES, body, content_type="application/json")
    assert answer.status_code in (400, 422), answer.content
    assert set(answer.json()) == {"error", "message"}
    assert not SeriesValue.objects.exists()


def test_one_bad_number_keeps_out_all(program: Client) -> None:
    good = {"at": "2026-11-02T09:00:00Z", "value": 1}
    assert send(program, good, {**good, "value": "much"}).status_code == 422
    assert not SeriesValue.objects.exists()


@pytest.mark.parametrize("name", ["UPPER", "a b", "-x", "a" * 81, "ряд"])
def test_a_series_has_a_plain_name(name: str, program: Client) -> None:
    point = {"at": "2026-11-02T09:00:00Z", "value": 1}
    answer = program.post(
        f"/api/v1/goals/series/{name}", json.dumps({"values": [point]}), content_type="application/json"
    )
    assert answer.status_code in (404, 422)
    assert not SeriesValue.objects.exists()


@given(st.floats(-1e15, 1e15), st.integers(86_400, 4_102_358_400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_every_number_a_page_can_show_is_kept_as_it_is(program: Client, value: float, second: int) -> None:
    at = datetime.fromtimestamp(second, UTC).isoformat()
    answer = send(program, {"at": at, "value": value})
    assert answer.status_code == 200
    assert SeriesValue.objects.get(at=at).value == value


def test_a_cycle_is_told_with_grades_and_without_people(
    program: Client, running: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    goal("Learn Spanish", level="personal", owner=boss)
    listed = program.get("/api/v1/goals/cycles").json()
    assert [(one["title"], one["stage"]) for one in listed] == [("Q4", "active")]
    told = program.get(f"/api/v1/goals/cycles/{running.pk}")
    assert boss.email not in told.content.decode() and "Spanish" not in told.content.decode()
    (one,) = told.json()["objectives"]
    assert one["key_results"][0]["grade"]["reason"] == "no-value"


def test_a_cycle_as_a_file_has_people_and_no_grades(program: Client, running: Cycle, boss: User) -> None:
    text = program.get(f"/api/v1/goals/cycles/{running.pk}/file").content.decode()
    assert boss.email in text and '"grade"' not in text


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "x", "7"])
def test_what_is_not_there_is_not_there(number: str, program: Client) -> None:
    assert program.get(f"/api/v1/goals/cycles/{number}").status_code in (404, 422)


def test_a_token_to_read_sends_nothing(person: Callable[..., User]) -> None:
    text = ApiToken.make(person(Role.MEMBER), "reads", [Scope.READ, Scope.PUSH])[1]
    member = Client(headers={"authorization": f"Bearer {text}"})
    assert member.get(SERIES).status_code == 200
    assert send(member, {"at": "2026-11-02T09:00:00Z", "value": 1}).status_code == 403
    assert Client().get(SERIES).status_code == 401
