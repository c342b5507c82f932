"""The rhythm: what is urgent comes first, what is said is kept, grades are argued, answers have no names."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, User
from otklik.web.goals import standing
from otklik.web.goals.agenda import AT_ONCE, BROKEN, CALM, LOW, MOVED, SILENT, agenda, changed_since, in_ten_minutes
from otklik.web.goals.changing import write
from otklik.web.goals.models import (
    CheckIn,
    Cycle,
    Grade,
    Health,
    History,
    KeyResult,
    Minutes,
    Objective,
    Reading,
    RetroAnswer,
    RetroDone,
)
from otklik.web.goals.stages import go_on

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def browser(boss: User) -> Client:
    client = Client()
    client.force_login(boss)
    return client


def text(response: Any) -> str:
    assert response.status_code in (200, 422), response.status_code
    return response.content.decode()


def at(name: str, cycle: Cycle) -> str:
    return reverse(name, args=[cycle.pk])


def say(
    row: KeyResult, days_ago: int, value: float | None = None, confidence: float | None = None, **more: str
) -> None:
    day = NOW.date() - timedelta(days=days_ago)
    CheckIn.objects.create(key_result=row, day=day, value=value, confidence=confidence, **more)


def test_the_silent_come_first_then_the_broken_the_unsure_and_what_moved(
    cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    names = ("calm", "moved", "unsure", "broken", "silent", "never")
    goals = {name: goal(name, team=name) for name in names}
    go_on(cycle, "active", boss)
    rows = {name: goals[name].key_results.get() for name in names}
    for name in ("calm", "moved", "unsure", "broken"):
        say(rows[name], 8, 0.5, 0.6)
        say(rows[name], 1, 0.6 if name == "moved" else 0.5, 0.3 if name == "unsure" else 0.6)
    say(rows["silent"], 12, 0.5, 0.6)
    health = Health.objects.create(objective=goals["broken"], title="Reopened", high=0.06, unit="share")
    Reading.objects.create(health=health, day=NOW.date(), value=0.1)
    items = agenda(standing.of_cycle(cycle, boss), boss)
    assert [item.stands.row.title for item in items] == ["never", "silent", "broken", "unsure", "moved", "calm"]
    assert [item.rank for item in items] == [SILENT, SILENT, BROKEN, LOW, MOVED, CALM]


def test_what_was_changed_is_told_once_a_goal_and_drafting_is_no_change(
    cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    made = goal(key_results=2)
    made.why = "every fourth cancelled order waited over an hour"
    write(made, boss)
    go_on(cycle, "active", boss)
    long_ago = NOW.date() - timedelta(days=60)
    assert changed_since(cycle.pk, boss, long_ago) == {}
    row = made.key_results.first()
    assert row is not None
    row.target = 0.7
    write(row, boss, "less is promised")
    changed = changed_since(cycle.pk, boss, long_ago)
    (item,) = agenda(standing.of_cycle(cycle, boss), boss, changed)
    assert len(item.changes) == 1 and item.changes == tuple(changed[made.pk])
    assert all(item.changes[0] not in [text for _, text in point.why] for point in item.points)


def test_ten_minutes_hold_the_most_urgent_on_one_screen(
    cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    for name in ("one", "two", "three", "four"):
        goal(name, key_results=3)
    cycle.not_now = ["A new phone line"]
    cycle.save()
    go_on(cycle, "active", boss)
    rows = list(KeyResult.objects.order_by("pk"))
    for row in rows[:10]:
        say(row, 1, 0.5, 0.6)
    short = in_ten_minutes(agenda(standing.of_cycle(cycle, boss), boss))
    points = [point for item in short for point in item.points]
    assert len(points) == AT_ONCE
    assert {point.part.row for point in points if point.rank == SILENT} == set(rows[10:])


def test_a_check_in_is_written_down_with_decisions_and_obstacles(
    browser: Client, running: Cycle, key_result: KeyResult, boss: User
) -> None:
    pk, health = key_result.pk, Health.objects.get()
    told = {
        f"value_{pk}": "56 %", f"confidence_{pk}": "4", f"note_{pk}": "slow", f"obstacle_{pk}": "two are ill",
        f"decision_{pk}": "ask Orders", f"health_{health.pk}": "5,5", "decisions": "Chats first", "obstacles": "",
    }  # fmt: skip
    assert browser.post(at("goals_week", running), told).status_code == 302
    said = CheckIn.objects.get()
    assert (said.value, said.confidence, said.day, said.by) == (0.56, 0.4, date(2026, 11, 2), boss)
    assert (said.obstacle, said.decision) == ("two are ill", "ask Orders")
    assert Reading.objects.get().value == 0.055
    assert Minutes.objects.get().decisions == "Chats first"
    page = text(browser.get(reverse("objective", args=[key_result.objective_id])))
    assert "In the way: two are ill" in page and "Decided: ask Orders" in page and "56" in page
    assert "Chats first" in text(browser.get(at("goals_week", running)))


def test_what_is_left_empty_says_nothing(browser: Client, running: Cycle) -> None:
    assert browser.post(at("goals_week", running), {}).status_code == 302
    assert not CheckIn.objects.exists() and not Minutes.objects.exists()


def test_what_is_no_number_stands_at_its_field_and_nothing_is_lost(
    browser: Client, running: Cycle, key_result: KeyResult
) -> None:
    told = {f"value_{key_result.pk}": "much", f"note_{key_result.pk}": "a long story"}
    page = text(browser.post(at("goals_week", running), told))
    assert "“much” is no number." in page and "a long story" in page
    assert not CheckIn.objects.exists()


def test_ten_minutes_ask_for_little(browser: Client, running: Cycle, key_result: KeyResult) -> None:
    page = text(browser.get(at("goals_week", running) + "?minutes=10"))
    assert f"confidence_{key_result.pk}" in page and f"note_{key_result.pk}" not in page


def test_members_speak_of_their_teams_goals_and_of_what_they_answer_for(
    running: Cycle, key_result: KeyResult, goal: Callable[..., Objective], person: Callable[..., User]
) -> None:
    member = person(Role.MEMBER, "Orders")
    other = KeyResult.objects.create(objective=key_result.objective, title="Mine", unit="share", owner=member)
    client = Client()
    client.force_login(member)
    told = {f"confidence_{key_result.pk}": "9", f"confidence_{other.pk}": "3"}
    page = text(client.get(at("goals_week", running)))
    assert f"confidence_{other.pk}" in page and f"confidence_{key_result.pk}" not in page
    client.post(at("goals_week", running), told)
    assert [(one.key_result, one.confidence) for one in CheckIn.objects.all()] == [(other, 0.3)]


@pytest.mark.parametrize("name", ["goals_week", "goals_middle", "goals_grading", "goals_retro"])
def test_a_draft_is_not_yet_talked_about(name: str, browser: Client, cycle: Cycle, objective: Objective) -> None:
    assert text(browser.get(at(name, cycle)))
    assert "It is not the time for this" in text(browser.post(at(name, cycle), {}))


def test_the_review_changes_gives_up_and_keeps_with_reasons(
    browser: Client, cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    goal(key_results=3)
    go_on(cycle, "active", boss)
    one, two, three = KeyResult.objects.order_by("pk")
    told = {
        f"kr{one.pk}-wish": "change", f"kr{one.pk}-target": "60", f"kr{one.pk}-reason": "the shop closed",
        f"kr{two.pk}-wish": "stop", f"kr{two.pk}-reason": "",
        f"kr{three.pk}-wish": "keep", f"kr{three.pk}-reason": "still right",
    }  # fmt: skip
    assert "Say why." in text(browser.post(at("goals_middle", cycle), told))
    assert KeyResult.objects.get(pk=one.pk).target == 0.8, "all or nothing"
    told[f"kr{two.pk}-reason"] = "nobody asks for it"
    assert browser.post(at("goals_middle", cycle), told).status_code == 302
    for row in (one, two, three):
        row.refresh_from_db()
    assert (one.target, one.as_set["target"]) == (0.6, 0.8)
    assert (two.stopped_on, three.stopped_on) == (date(2026, 11, 2), None)
    reasons = History.objects.exclude(reason="").values_list("row", "field", "reason")
    assert sorted(reasons) == sorted([
        (str(one.pk), "target", "the shop closed"), (str(two.pk), "stopped_on", "nobody asks for it"),
        (str(three.pk), "review", "still right"),
    ])  # fmt: skip
    page = text(browser.get(reverse("objective", args=[one.objective_id])))
    assert "given up on" in page and "the shop closed" in page


@pytest.mark.parametrize("target", ["80", "", "much"])
def test_a_change_has_a_target_that_is_another(
    target: str, browser: Client, running: Cycle, key_result: KeyResult
) -> None:
    pk = key_result.pk
    told = {f"kr{pk}-wish": "change", f"kr{pk}-target": target, f"kr{pk}-reason": "so"}
    assert browser.post(at("goals_middle", running), told).status_code == 422
    assert KeyResult.objects.get().target == 0.8


def test_grades_are_computed_argued_and_recorded(
    browser: Client, running: Cycle, key_result: KeyResult, boss: User
) -> None:
    say(key_result, 1, 0.64)
    go_on(running, "closing", boss)
    pk = key_result.pk
    page = text(browser.get(at("goals_grading", running)))
    assert "Computed: 0.50" in page and 'value="0.50"' in page
    other = {f"kr{pk}-grade": "0.70"}
    assert "give your argument" in text(browser.post(at("goals_grading", running), other))
    other[f"kr{pk}-argument"] = "the last two weeks were 75 %"
    assert browser.post(at("goals_grading", running), other).status_code == 302
    grade = Grade.objects.get()
    assert (grade.computed, grade.grade, grade.argument, grade.by) == (0.5, 0.7, "the last two weeks were 75 %", boss)
    again = {f"kr{pk}-grade": "0.50", f"kr{pk}-argument": ""}
    assert browser.post(at("goals_grading", running), again).status_code == 302
    line = History.objects.filter(what="grade", field="grade").get()
    assert (line.before, line.after) == (0.7, 0.5)


def test_what_was_promised_and_not_reached_asks_why(
    browser: Client, running: Cycle, key_result: KeyResult, boss: User
) -> None:
    Objective.objects.update(commitment="committed")
    go_on(running, "closing", boss)
    told = {f"kr{key_result.pk}-grade": "0.90"}
    assert "Say why it was not reached whole." in text(browser.post(at("goals_grading", running), told))
    told[f"kr{key_result.pk}-explanation"] = "the line opened two weeks late"
    assert browser.post(at("goals_grading", running), told).status_code == 302
    assert browser.post(at("cycle_stage", running), {"stage": "closed"}).status_code == 302
    assert "the line opened two weeks late" in text(browser.get(at("goals_grading", running)))


@pytest.mark.parametrize("grade", ["1.01", "-0.1", "half"])
def test_a_grade_lies_between_nothing_and_all(
    grade: str, browser: Client, running: Cycle, key_result: KeyResult, boss: User
) -> None:
    go_on(running, "closing", boss)
    assert browser.post(at("goals_grading", running), {f"kr{key_result.pk}-grade": grade}).status_code == 422
    assert not Grade.objects.exists()


@pytest.fixture
def closing(running: Cycle, boss: User) -> Cycle:
    go_on(running, "closing", boss)
    return running


def test_answers_are_kept_without_a_name_and_shown_from_three_people_on(
    browser: Client, closing: Cycle, person: Callable[..., User]
) -> None:
    page = at("goals_retro", closing)
    for n, role in enumerate((Role.MANAGER, Role.ANALYST, Role.MEMBER)):
        client = Client()
        client.force_login(person(role))
        assert client.post(page, {"missed": f"answer {n}"}).status_code == 302
        assert client.post(page, {"missed": "once more"}).status_code == 302
        seen = text(browser.get(page))
        assert ("answer 0" in seen) is (n == 2), "nobody can be told by the answers of few"
    assert RetroAnswer.objects.count() == RetroDone.objects.count() == 3
    assert "once more" not in text(browser.get(page))


def test_nothing_in_the_database_tells_who_answered_what(browser: Client, closing: Cycle, boss: User) -> None:
    trail = AuditEntry.objects.count()
    browser.post(at("goals_retro", closing), {"missed": "the queue", "next": "less of it"})
    assert {field.name for field in RetroAnswer._meta.get_fields()} == {"id", "cycle", "question", "text"}
    assert (AuditEntry.objects.count(), History.objects.filter(by=boss, what="retroanswer").count()) == (trail, 0)
    assert all(str(one.pk) > "" and len(str(one.pk)) == 36 for one in RetroAnswer.objects.all())


def test_an_empty_answer_is_none(browser: Client, closing: Cycle) -> None:
    assert browser.post(at("goals_retro", closing), {"missed": "  "}).status_code == 422
    assert not RetroDone.objects.exists()
