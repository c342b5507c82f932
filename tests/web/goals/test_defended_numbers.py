"""Numbers that no page could show are refused wherever they come in; what is typed reads back as it was."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.errors import UserError
from otklik.web.accounts.models import ApiToken, Scope, User
from otklik.web.goals.forms.key_results import AboutKeyResult
from otklik.web.goals.models import CheckIn, Cycle, KeyResult, Objective, SeriesValue
from otklik.web.goals.numbers import MOST, as_typed, shown, typed_number
from otklik.web.goals.programs import SeriesSent
from tests.web.goals.test_pages import NUMBER

HUGE = ["1e30", "1e999", "-1e16", "1" + "0" * 30, "1e-99999999999999999999999"]


@pytest.fixture
def browser(boss: User) -> Client:
    client = Client()
    client.force_login(boss)
    return client


@pytest.mark.parametrize("unit", ["share", "count", "", "points", "s"])
@pytest.mark.parametrize("typed", HUGE[:4])
def test_a_huge_number_is_refused_in_every_unit(typed: str, unit: str) -> None:
    with pytest.raises((ValueError, UserError)):
        typed_number(f"{typed}d" if unit == "s" else typed, unit)
    assert abs(typed_number("1e15", "points")) == MOST


@given(st.floats(0, MOST), st.sampled_from(["share", "s", "count", "points"]))
def test_every_number_reads_back_as_it_was(value: float, unit: str) -> None:
    value = value / 100 if unit == "share" else value
    assert typed_number(as_typed(value, unit), unit) == value


@given(st.floats(-MOST, 0), st.sampled_from(["share", "count", "points"]))
def test_so_does_every_number_below_nothing(value: float, unit: str) -> None:
    value = value / 100 if unit == "share" else value
    assert typed_number(as_typed(value, unit), unit) == value


def test_a_time_keeps_its_parts_of_a_second() -> None:
    assert as_typed(345678.91, "s") == "345678.91s" and as_typed(5400.0, "s") == "1h30m"
    assert typed_number(as_typed(1234567.5, "s"), "s") == 1234567.5


@given(st.floats(allow_nan=True, allow_infinity=True), st.sampled_from(["share", "s", "count", "points"]))
def test_whatever_is_kept_can_be_shown(value: float, unit: str) -> None:
    assert shown(value, unit)


@pytest.mark.parametrize("typed", HUGE[:4])
def test_a_huge_number_at_a_check_in_breaks_no_page(
    typed: str, browser: Client, running: Cycle, key_result: KeyResult
) -> None:
    week = reverse("goals_week", args=[running.pk])
    answer = browser.post(week, {f"value_{key_result.pk}": typed, f"note_{key_result.pk}": "a story"})
    assert answer.status_code == 422 and "a story" in answer.content.decode()
    assert not CheckIn.objects.exists()
    CheckIn.objects.create(key_result=key_result, day=running.start, value=float(typed))
    assert browser.get(reverse("objective", args=[key_result.objective_id])).status_code == 200


@pytest.mark.parametrize("steps", [
    "Launch | 1e999", "Launch | 1e16", "Launch | 0", "Launch | -1", "Launch | nan", "Launch | much",
])  # fmt: skip
def test_a_bad_weight_stands_at_its_field_and_nothing_typed_is_lost(
    steps: str, browser: Client, objective: Objective
) -> None:
    told = NUMBER | {"direction": "milestone", "title": "A line of our own", "steps": steps}
    answer = browser.post(reverse("key_result_new", args=[objective.pk]), told)
    page = answer.content.decode()
    assert answer.status_code == 422 and "This line cannot be read" in page and "A line of our own" in page


def test_a_title_may_begin_with_a_bracket(browser: Client, objective: Objective) -> None:
    typed = "[Beta] launch | 2\n[x] done | 1\n[ ] open\n[ ] [x] is what they call it"
    told = NUMBER | {"direction": "milestone", "title": "A line of our own", "steps": typed}
    assert browser.post(reverse("key_result_new", args=[objective.pk]), told).status_code == 302
    row = KeyResult.objects.latest("pk")
    wanted = [("[Beta] launch", False, 2), ("done", True, 1), ("open", False, 1)]
    wanted.append(("[x] is what they call it", False, 1))
    assert [(one["title"], one["done"], one["weight"]) for one in row.steps] == wanted
    again = AboutKeyResult(NUMBER | {"steps": AboutKeyResult(row=row).initial["steps"]})
    assert again.is_valid() and again.cleaned_data["steps"] == row.steps


def test_weights_of_steps_read_back(browser: Client, objective: Objective) -> None:
    row = KeyResult(objective=objective, title="x", steps=[{"title": "a", "weight": 1234567.25, "done": False}])
    again = AboutKeyResult(NUMBER | {"steps": AboutKeyResult(row=row).initial["steps"]})
    assert again.is_valid() and again.cleaned_data["steps"][0]["weight"] == 1234567.25


@pytest.mark.parametrize("name", ["value", "low", "high"])
def test_a_program_sends_no_number_that_breaks_pages(name: str, boss: User) -> None:
    text = ApiToken.make(boss, "surveys", [Scope.READ, Scope.PUSH])[1]
    program = Client(headers={"authorization": f"Bearer {text}"})
    point: dict[str, Any] = {"at": "2026-11-02T09:00:00Z", "value": 1.0}
    body = json.dumps({"values": [point | {name: 1e30}]})
    answer = program.post("/api/v1/goals/series/nps", body, content_type="application/json")
    assert answer.status_code == 422 and not SeriesValue.objects.exists()
    SeriesSent.model_validate({"values": [point | {name: 1e15}]})


def test_what_was_sent_before_is_still_told(boss: User) -> None:
    text = ApiToken.make(boss, "surveys", [Scope.READ])[1]
    SeriesValue.objects.create(series="nps", at="2026-11-02T09:00:00Z", value=1e30)
    program = Client(headers={"authorization": f"Bearer {text}"})
    assert program.get("/api/v1/goals/series/nps").json()[0]["value"] == 1e30
