"""A closed cycle cannot change, whichever way it is tried; histories only grow; what is written can be read."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from otklik.web.access import Role
from otklik.web.accounts.forgetting import forget_in_database
from otklik.web.accounts.models import Team, User
from otklik.web.goals.changing import write
from otklik.web.goals.models import (
    CheckIn,
    Contribution,
    Cycle,
    Dependency,
    Feed,
    Grade,
    Health,
    History,
    InCycle,
    KeyResult,
    Look,
    Means,
    Measured,
    Minutes,
    Note,
    Objective,
    Reading,
    RetroAnswer,
    RetroDone,
    SecretRound,
    SecretVote,
    Thanks,
    Waiver,
    WeekPromise,
)
from otklik.web.goals.problems import BadSource, CycleClosed, WrongStage
from otklik.web.goals.stages import go_on

DAY = date(2026, 11, 2)


@pytest.fixture
def full(cycle: Cycle, objective: Objective, goal: Callable[..., Objective], boss: User) -> dict[type, InCycle]:
    """One row of everything a cycle can hold; the cycle is closed."""
    other = goal("Buyers get their question settled in one contact")
    key_result = objective.key_results.get()
    rows: list[InCycle] = [
        cycle, objective, key_result, objective.health.get(),
        Contribution.objects.create(contributor=objective, helped=other),
        CheckIn.objects.create(key_result=key_result, by=boss, day=DAY, value=0.5, confidence=0.5),
        Reading.objects.create(health=objective.health.get(), day=DAY, value=0.05),
        Minutes.objects.create(cycle=cycle, kind="weekly", day=DAY),
        RetroAnswer.objects.create(cycle=cycle, question="missed", text="The queue"),
        RetroDone.objects.create(cycle=cycle, person=boss),
        Thanks.objects.create(key_result=key_result, by=boss, to=boss, text="Well done"),
        Look.objects.create(objective=objective, key_result=key_result, day=DAY),
        Measured.objects.create(objective=objective, key_result=key_result, day=DAY, reading={}),
        Waiver.objects.create(cycle=cycle, objective=objective, rule="S7", reason="the first goal of all", by=boss),
        Means.objects.create(objective=objective, key_result=key_result, title="A second shift"),
        Dependency.objects.create(objective=objective, key_result=key_result, team="Orders", what="Evenings", due=DAY),
        WeekPromise.objects.create(cycle=cycle, week=DAY, text="Call ten customers", by=boss),
        (secret := SecretRound.objects.create(objective=objective, week=DAY)),
        SecretVote.objects.create(round=secret, key_result=key_result, person=boss, confidence=0.5),
    ]  # fmt: skip
    go_on(cycle, "active", boss)
    go_on(cycle, "closing", boss)
    for one in KeyResult.objects.all():
        Grade.objects.create(key_result=one, grade=0.7)
    go_on(cycle, "closed", boss)
    found = {type(row): row for row in rows} | {Grade: Grade.objects.first()}
    return found


def state() -> dict[str, Any]:
    return {
        m._meta.label: list(m._base_manager.order_by("pk").values())
        for m in apps.get_app_config("goals").models.values()
    }


FROZEN = [model for model in (
    Cycle, Objective, KeyResult, Health, Contribution, CheckIn, Reading, Minutes, RetroAnswer, RetroDone, Thanks,
    Waiver, Measured, Look, Grade, Means, WeekPromise, Dependency, SecretRound, SecretVote,
)]  # fmt: skip


def test_every_row_of_a_cycle_is_looked_at_here() -> None:
    known = {model for model in apps.get_app_config("goals").get_models() if issubclass(model, InCycle)}
    assert known == set(FROZEN)


@pytest.mark.parametrize("model", FROZEN)
def test_no_row_of_a_closed_cycle_changes_whichever_way(model: type[InCycle], full: dict[type, Any]) -> None:
    before = state()
    row = full[model]
    rows = model._default_manager.filter(pk=row.pk)
    name = next(field.name for field in model._meta.concrete_fields if not field.primary_key)
    value = getattr(row, name)

    def fresh() -> Any:
        copy = model._base_manager.get(pk=row.pk)
        copy.pk = None
        return copy

    ways: list[Callable[[], Any]] = [
        row.save,
        lambda: row.save(update_fields=[name]),
        row.delete,
        lambda: rows.update(**{name: value}),
        lambda: rows.delete(),
        lambda: model._default_manager.bulk_update([row], [name]),
        lambda: model._default_manager.update_or_create(pk=row.pk, defaults={name: value}),
        lambda: write(row, None),
    ]
    if model is not Cycle:
        ways += [lambda: fresh().save(), lambda: model._default_manager.bulk_create([fresh()])]
    for way in ways:
        with pytest.raises(CycleClosed), transaction.atomic():
            way()
    assert state() == before


def test_neither_links_nor_cascades_nor_moves_get_around_it(closed: Cycle, objective: Objective, boss: User) -> None:
    other = Cycle.objects.create(title="Next", start=date(2027, 1, 1), end=date(2027, 3, 31))
    guest = Objective.objects.create(cycle=other, title="Guest")
    before = state()
    ways = [
        lambda: objective.contributes_to.add(guest),
        lambda: objective.key_results.all().delete(),
        lambda: objective.key_results.update(target=0.1),
        lambda: objective.key_results.create(title="One more"),
        lambda: Objective(pk=objective.pk, cycle=other, title="Taken along").save(),
        lambda: Objective(pk=guest.pk, cycle=closed, title="Smuggled in").save(),
        lambda: closed.delete(),
        lambda: Objective.objects.filter(pk=guest.pk).update(cycle=closed),
        lambda: closed.objectives.add(guest),
        lambda: closed.objectives.set([]),
    ]
    for way in ways:
        with pytest.raises(CycleClosed), transaction.atomic():
            way()
    assert state() == before


def test_a_stage_is_entered_through_its_gate_only(cycle: Cycle) -> None:
    cycle.stage = "closed"
    with pytest.raises(WrongStage):
        cycle.save()
    with pytest.raises(WrongStage):
        Cycle(title="New", start=DAY, end=DAY, stage="active").save()
    with pytest.raises(RuntimeError):
        Cycle.objects.filter(pk=cycle.pk).update(stage="active")
    cycle.refresh_from_db()
    for stage in ("closing", "closed", "draft"):
        with pytest.raises(WrongStage):
            cycle.enter(stage)
    assert Cycle.objects.get().stage == "draft"


def test_two_who_enter_a_stage_at_once_enter_it_once(running: Cycle) -> None:
    same = Cycle.objects.get(pk=running.pk)
    running.enter("closing")
    with pytest.raises(WrongStage):
        same.enter("closing")


def test_the_history_only_grows(running: Cycle) -> None:
    line = History.objects.first()
    assert line is not None
    line.reason = "another"
    lines = History.objects.filter(pk=line.pk)
    ways: list[Callable[[], Any]] = [
        line.save, line.delete, lines.delete, lambda: lines.update(reason="x"),
        lambda: History.objects.bulk_update([line], ["reason"]), lambda: running.history.all().delete(),
        lambda: History.objects.update_or_create(pk=line.pk, defaults={"reason": "x"}),
    ]  # fmt: skip
    for way in ways:
        with pytest.raises(RuntimeError):
            way()
    assert History.objects.get(pk=line.pk).reason == ""


def test_the_history_outlives_a_draft_that_is_thrown_away(cycle: Cycle, boss: User) -> None:
    row = Objective(cycle=cycle, title="Tried out")
    write(row, boss)
    number = row.pk
    cycle.delete()
    assert [line.name for line in History.objects.filter(objective_id=number)] == ["Tried out"]


@pytest.mark.parametrize("source", [
    {"how": "guess"}, {"how": "measure"}, {"how": "pushed"}, {}, {"how": "manual", "more": 1}, "manual",
    {"how": "measure", "measure": "first_reply", "quantile": 1.5},
])  # fmt: skip
def test_a_source_the_schema_cannot_read_is_refused(source: Any, objective: Objective) -> None:
    with pytest.raises(BadSource):
        KeyResult.objects.create(objective=objective, title="?", source=source)
    with pytest.raises(BadSource):
        Health.objects.create(objective=objective, title="?", source=source)
    assert objective.key_results.count() == 1


def test_steps_and_checkpoints_are_read_too(objective: Objective) -> None:
    for wrong in ({"steps": [{"title": "a", "weight": 0}]}, {"checkpoints": [{"day": "soon", "value": 1}]}):
        with pytest.raises(BadSource):
            KeyResult.objects.create(objective=objective, title="?", **wrong)
    row = KeyResult.objects.create(
        objective=objective, title="Opened", direction="milestone", steps=[{"title": "Hall", "due": "2026-11-01"}],
        checkpoints=[{"day": "2026-11-01", "value": 0.5}],
    )  # fmt: skip
    assert (row.read_steps()[0].due, row.read_checkpoints()[0].value) == (date(2026, 11, 1), 0.5)


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_grades_and_confidence_lie_between_nothing_and_all(share: float, key_result: KeyResult) -> None:
    for make in (
        lambda: Grade.objects.create(key_result=key_result, grade=share),
        lambda: CheckIn.objects.create(key_result=key_result, day=DAY, confidence=share),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
    assert not Grade.objects.exists()


@pytest.mark.parametrize(
    ("value", "broken"), [(None, False), (0.06, False), (0.061, True), (0.0, False), (-0.01, True)]
)
def test_both_ends_of_a_band_are_inside(value: float | None, broken: bool) -> None:
    assert Health(low=0.0, high=0.06).is_broken_by(value) is broken


def test_goals_go_with_the_name_of_their_team_but_not_in_the_past(closed: Cycle, boss: User) -> None:
    team = Team.objects.create(name="Support")
    later = Cycle.objects.create(title="Next", start=date(2027, 1, 1), end=date(2027, 3, 31))
    Objective.objects.create(cycle=later, title="More", team="Support")
    team.name = "Care"
    team.save()
    assert [one.team for one in Objective.objects.order_by("cycle__start")] == ["Support", "Care"]


def test_a_note_is_for_two(boss: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.create(by=boss, with_whom=boss, text="to myself")
    assert not Note.objects.exists()


def test_a_link_to_the_dates_holds_until_the_next_one_is_made(boss: User, person: Callable[..., User]) -> None:
    first = Feed.make(boss)
    found = Feed.by_token(first)
    assert found is not None and found.person == boss
    second = Feed.make(boss)
    assert Feed.by_token(first) is None and Feed.by_token(second) is not None
    assert not any(first in str(row) or second in str(row) for row in Feed.objects.values())
    for wrong in ("", "x" * 65, "x" * 32, "é"):
        assert Feed.by_token(wrong) is None
    User.objects.filter(pk=boss.pk).update(is_active=False)
    assert Feed.by_token(second) is None


def test_what_was_changed_is_known_field_by_field(key_result: KeyResult, boss: User) -> None:
    key_result.target, key_result.owner = 0.9, None
    lines = write(key_result, boss, "the queue is shorter than we thought")
    told = {line.field: (line.before, line.after) for line in lines}
    assert told == {"target": (0.8, 0.9), "owner": ("owner@example.org", None)}
    assert {(line.reason, line.by, line.objective_id) for line in lines} == {
        ("the queue is shorter than we thought", boss, key_result.objective_id)
    }
    assert write(key_result, boss) == []


def test_a_series_of_changes_tells_when(objective: Objective, boss: User, time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 3, 9, tzinfo=UTC), tick=False)
    objective.why = "because"
    (line,) = write(objective, boss)
    assert line.at == datetime(2026, 11, 3, 9, tzinfo=UTC)


def test_what_a_personal_goal_was_is_told_to_its_person_alone(
    cycle: Cycle, goal: Callable[..., Objective], person: Callable[..., User], boss: User
) -> None:
    mine = person(Role.MEMBER)
    secret = goal("Learn Spanish", level="personal", team="", owner=mine)
    secret.why = "for the trip"
    write(secret, mine)
    assert History.objects.for_user(mine).filter(objective=secret).count() == 1
    assert History.objects.for_user(boss).filter(objective=secret).count() == 0


def test_a_person_is_forgotten_even_in_what_is_closed(closed: Cycle) -> None:
    History.objects.create(cycle=closed, what="objective", field="why", after="Anna said so")
    models.QuerySet(Objective).filter(cycle=closed).update(why="Anna waited")
    changed = forget_in_database(["Anna"], "person-1", lambda text: text.replace("Anna", "person-1"))
    assert changed >= 2
    assert "Anna" not in str(state())
