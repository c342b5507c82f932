"""The practice of a cycle in one figure: of the practice and not of grades, of the cycle and not of people."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.schemas.track_records import Honesty
from otklik.web.accounts.models import User
from otklik.web.goals import coaching, honesty, practice
from otklik.web.goals.models import CheckIn, Cycle, Grade, KeyResult, Objective, Waiver
from otklik.web.goals.stages import go_on

OCTOBER = datetime(2026, 10, 26, 9, tzinfo=UTC)
"""Three check-ins were due by then."""


@pytest.fixture(autouse=True)
def _october(time_machine: Any) -> None:
    time_machine.move_to(OCTOBER, tick=False)


def page(user: User, name: str, *args: Any) -> str:
    client = Client()
    client.force_login(user)
    return str(client.get(reverse(name, args=args)).content.decode())


def parts(cycle: Cycle) -> dict[str, float]:
    return {line.what: line.part for line in practice.practice_of(cycle)}


@pytest.fixture
def graded(running: Cycle, key_result: KeyResult, boss: User) -> Cycle:
    """Two of three check-ins came on time; the one stretch grade lies inside the aim."""
    for day in (date(2026, 10, 8), date(2026, 10, 16)):
        CheckIn.objects.create(key_result=key_result, day=day, confidence=0.5)
    go_on(running, "closing", boss)
    Grade.objects.create(key_result=key_result, grade=0.65)
    return running


def test_it_is_the_mean_of_what_can_be_told(graded: Cycle, boss: User) -> None:
    told = parts(graded)
    assert told["Check-ins on time"] == pytest.approx(2 / 3) and told["Grades of stretch goals"] == 1.0
    left = {(one.objective, one.place) for one in coaching.of_shared(graded) if one.finding.severity != "hint"}
    assert left and told["What the coach still says"] == 1 - len(left) / 2, "of one goal with one key result"
    found = practice.quality_of(graded)
    assert found is not None and found.parts == 3
    assert found.index == round(100 * sum(told.values()) / 3)
    shown = page(boss, "goals_retro", graded.pk)
    assert f"Quality of practice: {found.index} of 100" in shown and "The plain mean of the 3 parts" in shown
    for line in practice.practice_of(graded):
        assert line.counted in shown
    assert boss.email not in shown.partition("practise")[2]


def test_what_was_waived_with_a_reason_is_put_right(graded: Cycle) -> None:
    before = practice.quality_of(graded)
    for one in coaching.of_shared(graded):
        goal = Objective.objects.get(pk=one.objective) if one.objective else None
        Waiver.objects.get_or_create(cycle=graded, objective=goal, rule=one.finding.rule, defaults={"reason": "so"})
    after = practice.quality_of(graded)
    assert parts(graded)["What the coach still says"] == 1.0
    assert before is not None and after is not None and after.index > before.index


def test_a_low_grade_counts_as_little_as_a_high_one(graded: Cycle) -> None:
    found = []
    for grade in (0.0, 0.3, 1.0):
        Grade.objects.update(grade=grade)
        found.append(practice.quality_of(graded))
    assert found[0] is not None and len({one.index for one in found if one}) == 1
    Grade.objects.update(grade=0.65)
    inside = practice.quality_of(graded)
    assert inside is not None and inside.index > found[0].index


@pytest.mark.parametrize(("score", "part"), [(0.0, 1.0), (0.1, 0.6), (0.25, 0.0), (0.8, 0.0)])
def test_how_well_people_foretold_counts_beside_a_coin_toss(
    score: float, part: float, graded: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = honesty.Told("", Honesty(data=0.2, people=score, difference=0.0, optimism=0.0, key_results=9))
    monkeypatch.setattr(honesty, "of_cycle", lambda _cycle: [told])
    assert parts(graded)["How well the end was foretold"] == pytest.approx(part)
    found = practice.quality_of(graded)
    assert found is not None and found.parts == 4


def test_of_one_part_there_is_no_figure(running: Cycle, boss: User, time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 10, 2, 9, tzinfo=UTC), tick=False)
    assert practice.quality_of(running) is None, "the cycle still runs"
    go_on(running, "closing", boss)
    assert list(parts(running)) == ["What the coach still says"] and practice.quality_of(running) is None
    shown = page(boss, "goals_retro", running.pk)
    assert "Too little can be told for one figure." in shown and "Quality of practice" not in shown


def test_past_cycles_have_one_figure_each(
    graded: Cycle, boss: User, goal: Callable[..., Objective], time_machine: Any
) -> None:
    assert "quality of practice" not in page(boss, "goals") and practice.qualities() == []
    go_on(graded, "closed", boss)
    (first,) = practice.qualities()
    assert f"quality of practice {first.index} of 100" in page(boss, "goals")
    assert "Cycle by cycle" not in page(boss, "goals_retro", graded.pk), "one alone is no row of them"
    older = Cycle.objects.create(title="Q3", start=date(2026, 7, 1), end=date(2026, 9, 30), made_by=boss)
    made = Objective.objects.create(cycle=older, title="Nobody waits", level="company", owner=boss, why="they leave us")
    row = KeyResult.objects.create(objective=made, title="Share within 5 minutes", unit="share", owner=boss)
    older.enter("active")
    older.enter("closing")
    Grade.objects.create(key_result=row, grade=0.5, explanation="too much")
    older.enter("closed")
    assert [one.cycle.title for one in practice.qualities()] == ["Q3", "Q4"]
    shown = page(boss, "goals_retro", older.pk).partition("Cycle by cycle")[2]
    assert shown.index("Q3") < shown.index("Q4") and f"{first.index} of 100" in shown
    assert len(practice.qualities(most=1)) == 1


def test_what_is_closed_is_worked_out_once(closed: Cycle, boss: User, monkeypatch: pytest.MonkeyPatch) -> None:
    before = practice.qualities()
    monkeypatch.setattr(practice, "quality_of", lambda _cycle: pytest.fail("worked out again"))
    assert practice.qualities() == before and len(before) == 1
    with pytest.raises(pytest.fail.Exception):
        User.objects.create_user("gone@example.org", "correct horse battery", role="member", is_active=False)
        practice.qualities()


def test_what_is_late_is_not_on_time(graded: Cycle, time_machine: Any) -> None:
    time_machine.move_to(OCTOBER + timedelta(days=60), tick=False)
    assert parts(graded)["Check-ins on time"] < 0.5


def test_days_after_the_closing_are_missed_by_nobody(graded: Cycle, boss: User, time_machine: Any) -> None:
    before = parts(graded)["Check-ins on time"]
    go_on(graded, "closed", boss)
    time_machine.move_to(OCTOBER + timedelta(days=60), tick=False)
    graded.refresh_from_db()
    assert parts(graded)["Check-ins on time"] == before
