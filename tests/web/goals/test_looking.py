"""What the records say against goals is kept each night, told by the coach, waived like anything else."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.accounts.models import User
from otklik.web.goals import coaching, looking, measuring
from otklik.web.goals.changing import write
from otklik.web.goals.models import CheckIn, Cycle, KeyResult, Look, Measured, Objective, Waiver
from otklik.web.goals.stages import go_on, reasons_against
from otklik.web.jobs.models import Job
from otklik.web.jobs.worker import Worker

SHARE = {"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 300, "window_days": 28}
MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday(time_machine: Any) -> None:
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def bound(cycle: Cycle, goal: Callable[..., Objective]) -> KeyResult:
    """Seven of ten are answered within five minutes; the target asks for six."""
    goal()
    KeyResult.objects.update(source=SHARE, baseline=0.5, target=0.6, title="Answered within 5 minutes from 50% to 60%")
    return KeyResult.objects.get()


@pytest.fixture
def browser(boss: User) -> Client:
    client = Client()
    client.force_login(boss)
    return client


def text(client: Client, name: str, number: int) -> str:
    response = client.get(reverse(name, args=[number]))
    assert response.status_code == 200
    return response.content.decode()


def rules(cycle: Cycle, user: User) -> set[str]:
    return {one.finding.rule for one in coaching.of_records(cycle, user) if not one.waiver}


def test_a_target_that_is_reached_already_keeps_the_cycle_from_beginning_until_it_is_waived(
    bound: KeyResult, measured_log: Path, cycle: Cycle, boss: User, browser: Client
) -> None:
    assert reasons_against(cycle, "active") == []
    assert looking.look() == 1
    assert {"D1", "D3"} <= rules(cycle, boss), "it starts at 70 %, not at 50 %"
    assert len(reasons_against(cycle, "active")) >= 2
    assert "D1" in text(browser, "objective", bound.objective_id) and "D1" in text(browser, "cycle", cycle.pk)
    waived = {"rule": "D1", "place": str(bound.pk), "reason": "the first goal with numbers"}
    assert browser.post(reverse("goal_waive", args=[bound.objective_id]), waived).status_code == 302
    assert "D1" not in rules(cycle, boss)
    Waiver.objects.create(cycle=cycle, objective=bound.objective, rule="D3", place=str(bound.pk), reason="last year's")
    assert reasons_against(cycle, "active") == []
    assert "the first goal with numbers" in text(browser, "objective", bound.objective_id)


def test_of_another_source_nothing_holds_and_it_is_looked_at_anew(
    bound: KeyResult, measured_log: Path, cycle: Cycle, boss: User
) -> None:
    looking.look()
    looking.ask()
    assert not Job.objects.exists(), "everything was looked at today"
    bound.source = {**SHARE, "within_s": 60}
    bound.save()
    assert rules(cycle, boss) == set()
    looking.ask()
    looking.ask()
    assert Job.objects.filter(kind=looking.WORK).count() == 1
    assert Worker().one()
    assert Job.objects.get(kind=looking.WORK).result == {"looked_at": 1}
    assert Look.objects.get().source == bound.source


def test_the_next_day_it_is_looked_at_again(bound: KeyResult, measured_log: Path, time_machine: Any) -> None:
    looking.look()
    assert looking.look() == 0
    time_machine.move_to(datetime(2026, 11, 12, 9, tzinfo=UTC), tick=False)
    assert looking.look() == 1
    assert Look.objects.get().day == date(2026, 11, 12)


def test_a_source_that_has_fallen_silent_is_told_on_the_page_of_a_running_cycle(
    bound: KeyResult, measured_log: Path, cycle: Cycle, boss: User, browser: Client, time_machine: Any
) -> None:
    go_on(cycle, "active", boss)
    time_machine.move_to(datetime(2026, 11, 12, 9, tzinfo=UTC), tick=False)
    looking.look()
    assert "D4" in rules(cycle, boss)
    page = text(browser, "cycle", cycle.pk)
    assert "D4" in page and "S5" not in page, "words were looked at before it began"


def test_people_who_are_sure_while_the_data_doubt_are_told_so(
    bound: KeyResult, measured_log: Path, cycle: Cycle, boss: User
) -> None:
    go_on(cycle, "active", boss)
    for day in (date(2026, 10, 20), date(2026, 10, 27)):
        CheckIn.objects.create(key_result=bound, day=day, confidence=0.9)
        chances = [{"mark": "target", "grade": 1.0, "raw": 0.01, "shown": 0.05}]
        reading = {"number": {"value": 0.7}, "forecast": {"chances": chances}}
        Measured.objects.create(objective=bound.objective, key_result=bound, day=day, reading=reading)
    looking.look()
    assert "D5" in rules(cycle, boss)


def test_beside_the_grade_it_says_whether_it_stands(
    bound: KeyResult, measured_log: Path, cycle: Cycle, boss: User, browser: Client
) -> None:
    go_on(cycle, "active", boss)
    measuring.measure()
    assert "The grade stands" in text(browser, "objective", bound.objective_id)
    assert "The grade stands" in text(browser, "goals_grading", cycle.pk)
    found = Measured.objects.get(key_result=bound)
    check = {"kind": "reopened", "now": 0.4, "before": 0.1, "chance": 0.0, "suspicious": True, "told": True}
    found.reading["gaming"] = {"verdict": "look", "checks": [check]}
    found.save()
    for page in (text(browser, "objective", bound.objective_id), text(browser, "goals_grading", cycle.pk)):
        assert "Look here first" in page and "The grade stands" not in page


def test_a_milestone_says_how_due_dates_were_kept(
    bound: KeyResult, measured_log: Path, cycle: Cycle, boss: User, browser: Client
) -> None:
    steps = [
        {"title": f"Step {n}", "due": "2026-10-20", "weight": 1.0, "done": False, "evidence": ""} for n in range(6)
    ]
    row = KeyResult(objective=bound.objective, title="The new line works", direction="milestone", steps=steps)
    write(row, boss)
    row.steps = [one | {"done": n < 3} for n, one in enumerate(steps)]
    write(row, boss, "three are done")
    assert (
        sorted(str(done) for _, done in looking.due_dates_before(date(2026, 11, 2)))
        == ["2026-11-02"] * 3 + ["None"] * 3
    )
    looking.look()
    kept = Look.objects.get(key_result=row).due_dates
    assert (kept["past"], kept["kept"]) == (6, 0.0)
    assert "of 6 due dates gone by were kept" in text(browser, "objective", bound.objective_id)


def test_without_a_log_or_a_bound_number_nobody_looks(running: Cycle) -> None:
    looking.ask()
    assert not Job.objects.exists()
    assert looking.look() == 0
