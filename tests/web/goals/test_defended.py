"""Nobody writes what is not theirs to write, overwrites unseen, or loses what they typed."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, User
from otklik.web.goals import standing
from otklik.web.goals.agenda import AT_ONCE
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
    Waiver,
)
from otklik.web.goals.stages import go_on
from tests.web.goals.conftest import REASON

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def browser(boss: User) -> Client:
    return browser_of(boss)


def text(response: Any) -> str:
    assert response.status_code in (200, 422), response.status_code
    return str(response.content.decode())


def at(name: str, row: Any) -> str:
    return reverse(name, args=[row.pk])


def seen(page: str, row: KeyResult) -> str:
    """What the page remembers of a key result."""
    found = re.search(rf'name="kr{row.pk}-seen" value="([^"]*)"', page)
    assert found, "the page says what it showed"
    return found[1]


# --- the check-in


def test_who_answers_for_one_number_types_no_health_of_any_goal(
    running: Cycle, goal: Callable[..., Objective], person: Callable[..., User]
) -> None:
    member = person(Role.MEMBER, "Orders")
    mine, foreign = goal("Orders are answered", team="Orders"), goal("Chats are answered", team="Chats")
    for one in (mine, foreign):
        Health.objects.create(objective=one, title="Reopened", unit="share", high=0.06)
    KeyResult.objects.filter(objective=foreign).update(owner=member)
    client = browser_of(member)
    week = at("goals_week", running)
    told = {f"health_{one.pk}": "5" for one in Health.objects.all()}
    own = Health.objects.get(objective=mine)
    page = text(client.get(week))
    assert [f"health_{one.pk}" in page for one in Health.objects.all()] == [one == own for one in Health.objects.all()]
    assert client.post(week, told).status_code == 302
    assert [one.health for one in Reading.objects.all()] == [own]


def test_who_may_say_nothing_writes_no_minutes(running: Cycle, person: Callable[..., User]) -> None:
    client = browser_of(person(Role.MEMBER, "Orders"))
    client.post(at("goals_week", running), {"decisions": "all of it is mine", "obstacles": "nothing"})
    assert not Minutes.objects.exists()


def test_ten_minutes_lose_nothing_when_the_order_changes_meanwhile(
    browser: Client, cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    for name in ("one", "two", "three"):
        goal(name, key_results=4)
    go_on(cycle, "active", boss)
    rows = list(KeyResult.objects.order_by("pk"))
    short = at("goals_week", cycle) + "?minutes=10"
    page = text(browser.get(short))
    shown = [row for row in rows if f'name="confidence_{row.pk}"' in page]
    assert len(shown) == AT_ONCE
    for row in shown:  # a colleague speaks of the same ones, which are not silent any more
        CheckIn.objects.create(key_result=row, day=NOW.date(), value=0.5, confidence=0.9)
    told = {f"confidence_{row.pk}": "3" for row in shown} | {f"obstacle_{shown[0].pk}": "two are ill"}
    wrong = text(browser.post(short, told | {f"value_{shown[0].pk}": "much"}))
    assert "two are ill" in wrong and "is no number" in wrong
    assert browser.post(short, told).status_code == 302
    assert CheckIn.objects.filter(by=boss, confidence=0.3).count() == AT_ONCE


# --- grades and the review: two at once


@pytest.fixture
def closing(running: Cycle, key_result: KeyResult, boss: User) -> Cycle:
    CheckIn.objects.create(key_result=key_result, day=NOW.date(), value=0.64)
    go_on(running, "closing", boss)
    return running


def graded(row: KeyResult, page: str, grade: str, **more: str) -> dict[str, str]:
    told = {"seen": seen(page, row), "grade": grade, "argument": "", "explanation": "", **more}
    return {f"kr{row.pk}-{name}": value for name, value in told.items()}


def test_the_last_writer_of_a_grade_does_not_win_unseen(
    browser: Client, closing: Cycle, key_result: KeyResult, person: Callable[..., User]
) -> None:
    other, where = browser_of(person(Role.MANAGER)), at("goals_grading", closing)
    mine, theirs = text(browser.get(where)), text(other.get(where))
    assert other.post(where, graded(key_result, theirs, "0.70", argument="theirs")).status_code == 302
    late = text(browser.post(where, graded(key_result, mine, "0.20", argument="mine")))
    assert "Somebody else has graded this meanwhile" in late and "mine" in late
    assert (Grade.objects.get().grade, Grade.objects.get().argument) == (0.7, "theirs")
    again = graded(key_result, late, "0.20", argument="mine, having seen it")
    assert browser.post(where, again).status_code == 302
    assert Grade.objects.get().grade == 0.2


def test_what_was_not_touched_is_not_written(
    browser: Client, closing: Cycle, key_result: KeyResult, objective: Objective, person: Callable[..., User]
) -> None:
    second = KeyResult.objects.create(objective=objective, position=1, title="Another", unit="share")
    other, where = browser_of(person(Role.MANAGER)), at("goals_grading", closing)
    mine, theirs = text(browser.get(where)), text(other.get(where))
    other.post(where, graded(key_result, theirs, "0.70", argument="theirs") | graded(second, theirs, ""))
    told = graded(key_result, mine, "0.50") | graded(second, mine, "0.40", argument="mine")
    assert browser.post(where, told).status_code == 302
    assert {one.key_result: one.grade for one in Grade.objects.all()} == {key_result: 0.7, second: 0.4}


def test_a_grade_that_stands_asks_for_nothing_when_another_one_is_given(
    browser: Client, closing: Cycle, key_result: KeyResult, objective: Objective
) -> None:
    """Its number has moved since: whoever grades something else need not argue about it."""
    Grade.objects.create(key_result=key_result, grade=0.5, computed=0.5)
    CheckIn.objects.create(key_result=key_result, day=NOW.date(), value=0.8)
    second = KeyResult.objects.create(objective=objective, position=1, title="Another", unit="share")
    where = at("goals_grading", closing)
    page = text(browser.get(where))
    told = graded(key_result, page, "0.50") | graded(second, page, "0.40", argument="mine")
    assert browser.post(where, told).status_code == 302
    assert not History.objects.filter(what="grade", row=Grade.objects.get(key_result=key_result).pk).exists()


def test_two_first_grades_at_once_are_one_grade_and_no_crash(
    browser: Client, closing: Cycle, key_result: KeyResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = at("goals_grading", closing)
    page, of_cycle = text(browser.get(where)), standing.of_cycle

    def and_then_another(*args: Any, **more: Any) -> Any:
        found = of_cycle(*args, **more)
        Grade.objects.get_or_create(key_result=key_result, defaults={"grade": 0.9})
        return found

    monkeypatch.setattr(standing, "of_cycle", and_then_another)
    answer = text(browser.post(where, graded(key_result, page, "0.50")))
    assert "Somebody else has changed this goal meanwhile" in answer
    assert Grade.objects.get().grade == 0.9


@pytest.mark.parametrize("value", [0.125, 0.135, 0.005, 0.995, 1 / 3])
def test_the_grade_that_is_suggested_needs_no_argument(
    value: float, browser: Client, running: Cycle, key_result: KeyResult, boss: User
) -> None:
    KeyResult.objects.update(baseline=0.0, target=1.0)
    CheckIn.objects.create(key_result=key_result, day=NOW.date(), value=value)
    go_on(running, "closing", boss)
    where = at("goals_grading", running)
    page = text(browser.get(where))
    suggested = re.search(rf'name="kr{key_result.pk}-grade" value="([^"]*)"', page)
    assert suggested
    assert browser.post(where, graded(key_result, page, suggested[1])).status_code == 302
    assert Grade.objects.get().grade == float(suggested[1])


def reviewed(row: KeyResult, page: str, wish: str, **more: str) -> dict[str, str]:
    told = {"seen": seen(page, row), "wish": wish, "reason": "", **more}
    return {f"kr{row.pk}-{name}": value for name, value in told.items()}


def test_two_reviews_do_not_overwrite_each_other(
    browser: Client, running: Cycle, key_result: KeyResult, person: Callable[..., User]
) -> None:
    other, where = browser_of(person(Role.MANAGER)), at("goals_middle", running)
    mine, theirs = text(browser.get(where)), text(other.get(where))
    told = reviewed(key_result, theirs, "change", target="60", reason="the shop closed")
    assert other.post(where, told).status_code == 302
    late = text(browser.post(where, reviewed(key_result, mine, "change", target="70", reason="mine")))
    assert "Somebody else has changed this key result meanwhile" in late
    assert KeyResult.objects.get().target == 0.6
    assert browser.post(where, reviewed(key_result, mine, "keep")).status_code == 302, "nothing is said of it"
    again = reviewed(key_result, late, "change", target="70", reason="having seen it")
    assert browser.post(where, again).status_code == 302
    assert KeyResult.objects.get().target == 0.7


def test_a_review_keeps_what_changed_while_it_was_written(
    browser: Client, running: Cycle, key_result: KeyResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = at("goals_middle", running)
    page, of_cycle = text(browser.get(where)), standing.of_cycle

    def and_then_another(*args: Any, **more: Any) -> Any:
        found = of_cycle(*args, **more)
        KeyResult.objects.update(title="Renamed")
        return found

    monkeypatch.setattr(standing, "of_cycle", and_then_another)
    told = reviewed(key_result, page, "change", target="60", reason="so")
    assert "Somebody else has changed this goal meanwhile" in text(browser.post(where, told))
    assert (KeyResult.objects.get().title, KeyResult.objects.get().target) == ("Renamed", 0.8)


# --- what was agreed does not vanish


@pytest.mark.parametrize("stage", ["active", "closing"])
def test_a_goal_under_way_is_not_taken_away(
    stage: str, browser: Client, running: Cycle, objective: Objective, boss: User
) -> None:
    if stage == "closing":
        go_on(running, stage, boss)
    trail = AuditEntry.objects.count()
    page = text(browser.post(at("objective_delete", objective)))
    assert "a goal is not taken away any more" in page
    assert Objective.objects.exists() and AuditEntry.objects.count() == trail


def test_what_must_not_break_is_taken_away_under_way_with_a_reason(
    browser: Client, running: Cycle, objective: Objective
) -> None:
    health = Health.objects.get()
    gone = at("health_delete", health)
    assert 'name="reason"' in text(browser.get(at("objective", objective))).split(gone)[1].split("</form>")[0]
    assert "say why" in text(browser.post(gone, {"reason": " "})) and Health.objects.exists()
    assert browser.post(gone, {"reason": "nobody reopens any more"}).status_code == 302
    assert not Health.objects.exists()
    assert History.objects.get(what="health", after__isnull=True).reason == "nobody reopens any more"


def test_in_a_draft_it_goes_without_one(browser: Client, objective: Objective) -> None:
    assert browser.post(at("health_delete", Health.objects.get())).status_code == 302
    assert not Health.objects.exists()


def goal_told(**more: Any) -> dict[str, Any]:
    return {"title": "No customer feels forgotten", "why": REASON, "level": "team", "team": "Support",
            "commitment": "aspirational", **more}  # fmt: skip


def test_a_goal_under_way_changes_with_a_reason(browser: Client, running: Cycle, objective: Objective) -> None:
    """Without one the promise of a committed goal could be taken back just before the grading."""
    edit = at("objective_edit", objective)
    page = text(browser.post(edit, goal_told(title="Nobody waits")))
    assert "say why this changes" in page and "Nobody waits" in page
    assert Objective.objects.get().title == "No customer feels forgotten"
    assert browser.post(edit, goal_told(title="Nobody waits", reason="shorter")).status_code == 302
    assert History.objects.get(field="title").reason == "shorter"


def cycle_told(cycle: Cycle, **more: Any) -> dict[str, Any]:
    return {"title": "Q4", "start": cycle.start.isoformat(), "end": cycle.end.isoformat(), "check_in_days": "7",
            "profile": "google", "not_now": "", **more}  # fmt: skip


def test_a_cycle_under_way_changes_with_a_reason(browser: Client, running: Cycle) -> None:
    edit = at("cycle_edit", running)
    assert 'name="reason"' in text(browser.get(edit))
    assert "say why this changes" in text(browser.post(edit, cycle_told(running, title="Autumn")))
    assert Cycle.objects.get().title == "Q4"
    assert browser.post(edit, cycle_told(running, title="Autumn", reason="as we call it")).status_code == 302
    assert History.objects.get(field="title").reason == "as we call it"


@pytest.mark.parametrize("year", ["0001", "1969", "2101", "9999"])
def test_a_cycle_is_in_a_year_one_can_reckon_with(year: str, browser: Client, cycle: Cycle) -> None:
    told = cycle_told(cycle, start=f"{year}-10-01", end=f"{year}-12-31")
    assert "A cycle lies between 1970 and 2100." in text(browser.post(at("cycle_edit", cycle), told))


def test_a_draft_changes_without_one(browser: Client, cycle: Cycle, objective: Objective) -> None:
    assert browser.post(at("cycle_edit", cycle), cycle_told(cycle, title="Autumn")).status_code == 302
    assert browser.post(at("objective_edit", objective), goal_told(title="Nobody waits")).status_code == 302


def test_what_changes_between_the_look_and_the_write_is_not_overwritten(
    browser: Client, objective: Objective, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page was up to date when it was asked; the other one came in between."""
    from otklik.web.goals.changing import newest, write
    from otklik.web.goals.forms.objectives import AboutObjective

    clean = AboutObjective.clean

    def and_then_another(form: AboutObjective) -> Any:
        row = Objective.objects.get()
        row.title = "Theirs"
        write(row, None)
        return clean(form)

    monkeypatch.setattr(AboutObjective, "clean", and_then_another)
    told = goal_told(title="Mine", seen=str(newest(objective)))
    assert "Somebody else has changed this goal" in text(browser.post(at("objective_edit", objective), told))
    assert Objective.objects.get().title == "Theirs"


# --- shared and personal


def test_a_shared_goal_under_way_does_not_vanish_into_somebodys_own(
    browser: Client, running: Cycle, objective: Objective
) -> None:
    told = goal_told(level="personal", team="", reason="it is only mine")
    page = text(browser.post(at("objective_edit", objective), told))
    assert "does not become a personal one" in page
    assert Objective.objects.get().level == "team"


def test_in_a_draft_everybody_sees_that_it_went(
    browser: Client, cycle: Cycle, objective: Objective, person: Callable[..., User]
) -> None:
    told = goal_told(title="My secret plan", why="my own words", level="personal", team="")
    assert browser.post(at("objective_edit", objective), told).status_code == 302
    others = browser_of(person(Role.MANAGER))
    page = text(others.get(at("cycle_history", cycle)))
    assert "“No customer feels forgotten”, whose goal: Team → Personal" in page
    assert "My secret plan" not in page and "my own words" not in page
    mine = text(browser.get(at("objective", objective)))
    assert "My secret plan" in mine and "my own words" in mine


def test_what_a_goal_said_while_it_was_private_stays_private(
    cycle: Cycle, goal: Callable[..., Objective], person: Callable[..., User], boss: User
) -> None:
    member = person(Role.MEMBER, "Support")
    mine = goal("Learn to say no to the boss", level="personal", team="", owner=member, why="she shouts at me",
                key_results=0)  # fmt: skip
    client = browser_of(member)
    told = goal_told(title="No customer hears no", why="so that they stay", owner=boss.pk)
    assert client.post(at("objective_edit", mine), told).status_code == 302
    page = text(browser_of(boss).get(at("objective", mine)))
    assert "whose goal: Personal → Team" in page
    assert "Learn to say no" not in page and "shouts" not in page
    own = text(client.get(at("objective", mine)))
    assert "she shouts at me" in own and "Learn to say no to the boss" in own


# --- refused changes leave nothing


def test_a_refused_change_leaves_no_record(browser: Client, closed: Cycle, objective: Objective) -> None:
    from django.db.models import QuerySet

    waiver = Waiver(cycle=closed, objective=objective, rule="S7", reason="so")
    past_the_guard: Any = QuerySet(Waiver)
    past_the_guard.bulk_create([waiver])
    lines, trail = History.objects.count(), AuditEntry.objects.count()
    assert browser.post(at("waiver_drop", waiver)).status_code == 422
    assert browser.post(at("objective_delete", objective)).status_code == 422
    assert browser.post(at("health_delete", Health.objects.get()), {"reason": "so"}).status_code == 422
    assert (History.objects.count(), AuditEntry.objects.count()) == (lines, trail)
    assert Waiver.objects.exists() and Health.objects.exists()


def test_a_draft_that_is_thrown_away_leaves_its_history_to_be_read(
    browser: Client, cycle: Cycle, objective: Objective, boss: User
) -> None:
    answer = browser.post(at("cycle_delete", cycle))
    assert answer.status_code == 302 and not Cycle.objects.exists()
    page = text(browser.get(answer["Location"]))
    assert "Taken away: cycle “Q4”" in page and "Q4</h1>" in page
    assert text(browser.get(reverse("cycle_history", args=[cycle.pk])))
    assert browser.get(reverse("cycle_history", args=[cycle.pk + 1])).status_code == 404


def test_a_renamed_team_is_told_in_the_history(objective: Objective, closed: Cycle, boss: User) -> None:
    from otklik.web.accounts.models import Team

    nxt = Cycle.objects.create(title="Next", start=closed.end + timedelta(days=1), end=closed.end + timedelta(days=90))
    alive = Objective.objects.create(cycle=nxt, title="Alive", level="team", team="Support")
    team = Team.objects.create(name="Support")
    team.name = "Care"
    team.save()
    alive.refresh_from_db()
    line = History.objects.get(field="team")
    assert alive.team == "Care" and (line.objective_id, line.before, line.after) == (alive.pk, "Support", "Care")
