"""What pages say of the rest of a cycle: what it takes, the chance beside the confidence, where they quarrel."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.accounts.models import User
from otklik.web.goals import standing
from otklik.web.goals.agenda import LOW, MOVED, agenda
from otklik.web.goals.models import CheckIn, Cycle, KeyResult, Measured, Objective
from otklik.web.goals.outlook import chance, outlook
from otklik.web.goals.stages import go_on

SHARE = {"how": "measure", "measure": "first_reply", "statistic": "share", "within_s": 900}
ON = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _monday(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)


@pytest.fixture
def bound(running: Cycle, key_result: KeyResult) -> KeyResult:
    KeyResult.objects.update(source=SHARE)
    key_result.refresh_from_db()
    return key_result


def forecast(shown: float) -> dict[str, Any]:
    return {"model": "full", "as_of": "2026-11-01",
            "chances": [{"mark": "target", "grade": 0.7, "raw": shown, "shown": shown}]}  # fmt: skip


def keep(row: KeyResult, weeks: tuple[float | None, ...] = (), **reading: Any) -> None:
    told = {"number": {"value": 0.6}, "at_start": {"value": 0.48}} | reading
    Measured.objects.create(objective=row.objective, key_result=row, day=ON, reading=told, weeks=list(weeks))


def part_of(cycle: Cycle, boss: User) -> standing.KeyResultStands:
    (one,) = standing.of_cycle(cycle, boss)
    return one.key_results[0]


def test_a_kept_number_counts_weeks_and_not_requests(running: Cycle, bound: KeyResult, boss: User) -> None:
    KeyResult.objects.update(direction="keep_above")
    keep(bound, needed={"verdict": "open", "needed": 0.5, "remaining": 8}, forecast=forecast(0.4))
    takes, likely = outlook(part_of(running, boss))
    assert takes == "It must be kept in 4 of the 8 weeks left."
    assert "40%" in likely


def test_of_less_is_better_the_share_itself_is_told(running: Cycle, bound: KeyResult, boss: User) -> None:
    KeyResult.objects.update(direction="lower", target=0.1)
    keep(
        bound, needed={"verdict": "open", "needed": 0.96, "best_week": 0.94, "needed_quiet": 0.98, "needed_busy": 0.95}
    )
    assert outlook(part_of(running, boss)) == [
        "It takes 4% at most from now on; the best week so far had 6%. "
        "If few requests come: 2% at most; if many come: 5% at most."
    ]


def test_what_was_worked_out_for_another_target_is_not_told(running: Cycle, bound: KeyResult, boss: User) -> None:
    told = part_of(running, boss).told
    curve = {"key_result": told.model_copy(update={"target": 0.7}).model_dump(mode="json")}
    keep(bound, needed={"verdict": "safe"}, forecast=forecast(0.9), curve=curve)
    part = part_of(running, boss)
    assert outlook(part) == [] and chance(part) is None


def test_the_chance_stands_beside_the_confidence_and_a_quarrel_is_a_topic(
    running: Cycle, bound: KeyResult, boss: User
) -> None:
    keep(bound, needed={"verdict": "open", "needed": 0.9}, forecast=forecast(0.15))
    CheckIn.objects.create(key_result=bound, day=ON, confidence=0.8)
    (item,) = agenda(standing.of_cycle(running, boss), boss)
    assert item.points[0].rank == LOW
    assert item.points[0].why[0][1].startswith("People say 80")
    client = Client()
    client.force_login(boss)
    for name in ("goals_week", "goals_middle"):
        page = client.get(reverse(name, args=[running.pk])).content.decode()
        assert "confidence 80\xa0%" in page and "by the data 15\xa0%" in page
    CheckIn.objects.create(key_result=bound, day=ON, confidence=0.6)
    (item,) = agenda(standing.of_cycle(running, boss), boss)
    assert not item.points[0].why, "less sure people agree with the data"


def test_what_is_decided_has_no_chance(running: Cycle, bound: KeyResult, boss: User) -> None:
    keep(bound, needed={"verdict": "lost"}, forecast=forecast(0.05))
    part = part_of(running, boss)
    assert chance(part) is None
    assert outlook(part) == ["Out of reach: even if everything goes right from now on."]


def test_a_measured_number_moves_from_week_to_week(running: Cycle, bound: KeyResult, boss: User) -> None:
    CheckIn.objects.create(key_result=bound, day=ON, confidence=0.6)
    keep(bound, (0.5, 0.55, None, 0.62))
    (item,) = agenda(standing.of_cycle(running, boss), boss)
    assert item.points[0].rank == MOVED
    assert item.points[0].why == ((False, "It moved from 55\xa0% to 62\xa0%."),)


def test_weeks_that_read_alike_did_not_move(cycle: Cycle, goal: Callable[..., Objective], boss: User) -> None:
    row = goal().key_results.get()
    KeyResult.objects.update(source=SHARE)
    go_on(cycle, "active", boss)
    CheckIn.objects.create(key_result=row, day=ON, confidence=0.6)
    keep(row, (0.5501, 0.5499))
    (item,) = agenda(standing.of_cycle(cycle, boss), boss)
    assert not item.points[0].why


def test_both_shares_stand_beside_a_grade_that_the_channels_moved(running: Cycle, bound: KeyResult, boss: User) -> None:
    look = {"verdict": "stands", "share_before": 0.5, "share_now": 0.64, "share_as_mixed_before": 0.58}
    keep(bound, gaming=look)
    client = Client()
    client.force_login(boss)
    for address in (reverse("objective", args=[bound.objective_id]), reverse("goals_grading", args=[running.pk])):
        page = client.get(address).content.decode()
        assert "with the channels mixed as before it would be 58%" in page
