"""What goals need from other teams: asked, answered, carried, delivered; who may, where it shows, what is kept."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.schemas import goals as told
from otklik.web.access import Role
from otklik.web.accounts.models import Team, User
from otklik.web.goals import dependencies
from otklik.web.goals.as_of import cycle_now
from otklik.web.goals.changing import stamp
from otklik.web.goals.converting import cycle_told
from otklik.web.goals.models import Cycle, Dependency, History, KeyResult, Objective
from otklik.web.goals.models.dependencies import SETTLED, STATES
from otklik.web.goals.problems import ConfirmedAlready, CycleClosed, NotConfirmed, PersonalAsksNobody
from otklik.web.goals.readiness import of_dependencies
from otklik.web.goals.stages import go_on
from otklik.web.jobs.models import Job

DUE = date(2026, 11, 20)
ASK = {"team": "Orders", "what": "An owner on the same day", "due": DUE.isoformat()}


@pytest.fixture(autouse=True)
def second_of_november(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)


@pytest.fixture
def asker(person: Callable[..., User]) -> User:
    return person(Role.MEMBER, "Support", email="asker@example.org")


@pytest.fixture
def asked(person: Callable[..., User]) -> User:
    return person(Role.MEMBER, "Orders", email="asked@example.org")


@pytest.fixture
def need(objective: Objective, asker: User, asked: User) -> Dependency:
    """The team Support needs something from the team Orders."""
    return Dependency.objects.create(objective=objective, team="Orders", what="An owner on the same day", due=DUE)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(user: User, name: str, number: int, **facts: Any) -> int:
    return client_of(user).post(reverse(name, args=[number]), facts).status_code


def page(user: User, name: str, number: int) -> str:
    response = client_of(user).get(reverse(name, args=[number]))
    assert response.status_code == 200
    return response.content.decode()


def test_from_the_ask_to_the_day_it_is_there(
    objective: Objective, key_result: KeyResult, asker: User, asked: User
) -> None:
    new = "dependency_new"
    for wrong in ({"what": ""}, {"team": "Support"}, {"team": "Nobody"}, {"due": "2027-01-01"}, {"due": ""}):
        assert post(asker, new, objective.pk, **ASK | wrong) == 422
    assert post(asker, new, objective.pk, **ASK, key_result=key_result.pk) == 302
    row = Dependency.objects.get()
    assert row.state == "open" and row.key_result == key_result
    shown = page(asker, "objective", objective.pk)
    assert "What we need from others" in shown and row.what in shown and "not answered yet" in shown
    shown = page(asked, "cycle", objective.cycle_id)
    assert "Asked of your team" in shown and "We confirm it" in shown and objective.title in shown

    assert post(asked, "dependency_answer", row.pk, answer="confirmed", note="From Monday on", seen=stamp(row)) == 302
    row.refresh_from_db()
    assert (row.state, row.answered_by, row.answered_on) == ("confirmed", asked, date(2026, 11, 2))
    shown = page(asker, "objective", objective.pk)
    assert "From Monday on" in shown and "It is delivered" in shown and "We carry the risk" not in shown
    assert "Asked by your team" in page(asker, "cycle", objective.cycle_id)

    for user in (asker, asked):
        assert post(user, "dependency_delivered", row.pk) == 302
        row.refresh_from_db()
        assert (row.state, row.delivered_on) == ("delivered", date(2026, 11, 2))
        assert post(user, "dependency_delivered", row.pk, delivered="no") == 302
        row.refresh_from_db()
        assert (row.state, row.delivered_on) == ("confirmed", None)


def test_a_no_has_a_reason_and_the_asker_carries_the_risk(need: Dependency, asker: User, asked: User) -> None:
    assert post(asked, "dependency_answer", need.pk, answer="declined", note=" ") == 422
    assert post(asked, "dependency_answer", need.pk, note="perhaps") == 422
    assert post(asked, "dependency_answer", need.pk, answer="declined", note="Two are on leave") == 302
    need.refresh_from_db()
    assert need.state == "declined" and not need.is_settled
    assert "Two are on leave" in page(asker, "objective", need.objective_id)
    with pytest.raises(NotConfirmed):
        dependencies.deliver(need, asked, is_delivered=True)
    assert post(asker, "dependency_risk", need.pk, risk_owner=asker.pk) == 302
    need.refresh_from_db()
    assert need.state == "carried" and need.is_settled
    assert "The risk is carried by" in page(asker, "objective", need.objective_id)

    asker.is_active = False
    asker.save()
    need = Dependency.objects.get()
    assert need.state == "declined", "a risk whose owner is gone is nobody's"


def test_a_silent_team_can_be_done_without_until_it_answers(need: Dependency, asker: User, asked: User) -> None:
    dependencies.carry(need, asker, asker)
    assert Dependency.objects.get().state == "carried"
    dependencies.answer(need, asked, "confirmed")
    row = Dependency.objects.get()
    assert row.state == "confirmed" and row.risk_owner is None, "what is promised is at nobody else's risk"
    with pytest.raises(ConfirmedAlready):
        dependencies.carry(need, asker, asker)
    assert post(asker, "dependency_risk", need.pk, risk_owner=asker.pk) == 422
    dependencies.answer(need, asked, "declined", "after all")
    assert Dependency.objects.get().state == "declined"


@pytest.mark.parametrize("other", [{"what": "Something else"}, {"due": "2026-11-10"}, {"team": "Returns"}])
def test_an_answer_to_something_else_holds_no_more(
    other: dict[str, str], need: Dependency, asker: User, asked: User
) -> None:
    Team.objects.create(name="Returns")
    dependencies.answer(need, asked, "confirmed", "Yes")
    assert post(asker, "dependency_edit", need.pk, **ASK | other) == 302
    row = Dependency.objects.get()
    assert (row.state, row.answer, row.note, row.answered_by, row.answered_on) == ("anew", "", "", None, None)
    assert "the answer holds no more" in page(asker, "objective", need.objective_id)
    dependencies.answer(row, _of(row.team), "confirmed")
    assert Dependency.objects.get().state == "confirmed"


def _of(team: str) -> User:
    """Somebody of a team."""
    found = User.objects.filter(teams__name=team).first()
    if found is None:
        found = User.objects.create_user(f"{team}@example.org", "correct horse battery", role=Role.MEMBER.value)
        found.teams.set([Team.objects.get(name=team)])
    return found


def test_the_same_asked_again_keeps_the_answer(
    need: Dependency, key_result: KeyResult, asker: User, asked: User
) -> None:
    dependencies.answer(need, asked, "confirmed", "Yes")
    assert post(asker, "dependency_edit", need.pk, **ASK, key_result=key_result.pk) == 302
    row = Dependency.objects.get()
    assert row.state == "confirmed" and row.note == "Yes" and row.key_result == key_result


def test_nobody_answers_to_what_they_have_not_seen(need: Dependency, asker: User, asked: User) -> None:
    seen = stamp(need)
    assert post(asker, "dependency_edit", need.pk, **ASK | {"what": "Twice as much"}, seen=seen) == 302
    assert post(asked, "dependency_answer", need.pk, answer="confirmed", seen=seen) == 422
    assert Dependency.objects.get().state == "open"
    assert post(asker, "dependency_edit", need.pk, **ASK, seen=seen) == 422
    assert post(asker, "dependency_risk", need.pk, risk_owner=asker.pk, seen=seen) == 422


@pytest.mark.parametrize(("role", "team", "asks", "answers"), [
    (Role.OWNER, "", True, True),
    (Role.MANAGER, "", True, True),
    (Role.ANALYST, "", True, True),
    (Role.MEMBER, "Support", True, False),
    (Role.MEMBER, "Orders", False, True),
    (Role.MEMBER, "Returns", False, False),
    (Role.VIEWER, "Orders", False, False),
])  # fmt: skip
def test_who_may_ask_and_who_may_answer(
    role: Role, team: str, asks: bool, answers: bool, need: Dependency, person: Callable[..., User]
) -> None:
    somebody = person(role, *[team] * bool(team), email="somebody@example.org")
    refused = 403 if role == Role.VIEWER else 422
    assert post(somebody, "dependency_edit", need.pk, **ASK) == (302 if asks else refused)
    assert post(somebody, "dependency_risk", need.pk, risk_owner="") == (302 if asks else refused)
    assert post(somebody, "dependency_answer", need.pk, answer="confirmed") == (302 if answers else refused)
    Dependency.objects.update(answer="confirmed")
    assert post(somebody, "dependency_delivered", need.pk) == (302 if asks or answers else refused)
    assert post(somebody, "dependency_delete", need.pk) == (302 if asks else refused)
    assert Dependency.objects.exists() is not asks


def test_every_change_is_a_line_that_stays(need: Dependency, asker: User, asked: User) -> None:
    Dependency.objects.all().delete()
    post(asker, "dependency_new", need.objective_id, **ASK)
    row = Dependency.objects.get()
    dependencies.answer(row, asked, "declined", "Two are on leave")
    dependencies.carry(row, asker, asker)
    post(asker, "dependency_edit", row.pk, **ASK | {"due": "2026-12-01"})
    dependencies.answer(row, asked, "confirmed")
    dependencies.deliver(row, asker, is_delivered=True)
    post(asker, "dependency_delete", row.pk)
    lines = [(one.field, one.by) for one in History.objects.filter(what="dependency").order_by("pk")]
    assert lines == [
        ("", asker), ("answer", asked), ("note", asked), ("risk_owner", asker),
        ("due", asker), ("answer", asker), ("note", asker), ("risk_owner", asker),
        ("answer", asked), ("delivered_on", asker), ("", asker),
    ]  # fmt: skip
    shown = page(asker, "objective", row.objective_id)
    for text in ("need from another team", "answer: nothing → declined", "who carries the risk: nothing → asker"):
        assert text in shown
    facts = [job.arguments["facts"]["state"] for job in Job.objects.filter(kind="announce").order_by("pk")]
    assert facts == ["open", "declined", "carried", "anew", "confirmed", "delivered", "withdrawn"]


def test_in_a_closed_cycle_nothing_is_asked_or_answered(
    need: Dependency, closed: Cycle, asker: User, asked: User
) -> None:
    assert post(asker, "dependency_new", need.objective_id, **ASK) == 422
    assert post(asker, "dependency_edit", need.pk, **ASK | {"what": "More"}) == 422
    assert post(asker, "dependency_risk", need.pk, risk_owner=asker.pk) == 422
    assert post(asked, "dependency_answer", need.pk, answer="confirmed") == 422
    assert post(asker, "dependency_delete", need.pk) == 422
    with pytest.raises(CycleClosed):
        dependencies.answer(need, asked, "confirmed")
    assert Dependency.objects.get().state == "open"
    shown = page(asked, "cycle", closed.pk)
    assert need.what in shown and "We confirm it" not in shown and "dependency/" not in shown


def test_a_personal_goal_asks_nobody(
    cycle: Cycle, goal: Callable[..., Objective], boss: User, need: Dependency
) -> None:
    secret = goal("Learn Spanish", level="personal", team="", owner=boss)
    assert post(boss, "dependency_new", secret.pk, **ASK) == 422
    with pytest.raises(PersonalAsksNobody):
        Dependency.objects.create(objective=secret, team="Orders", what="x", due=DUE)
    assert "What we need from others" not in page(boss, "objective", secret.pk)
    title = need.objective.title
    told = {"title": title, "why": "so", "level": "personal", "owner": boss.pk}
    response = client_of(boss).post(reverse("objective_edit", args=[need.objective_id]), told)
    assert response.status_code == 422 and "take that away first" in response.content.decode()
    told |= {"level": "team", "team": "Orders"}
    response = client_of(boss).post(reverse("objective_edit", args=[need.objective_id]), told)
    assert response.status_code == 422 and "take that away first" in response.content.decode()


def test_a_row_that_slipped_under_a_personal_goal_leaks_nothing(
    need: Dependency, boss: User, asked: User, asker: User
) -> None:
    Objective.objects.filter(pk=need.objective_id).update(level="personal", owner=boss, team="")
    for name in ("cycle", "goals_week"):
        shown = page(asked, name, need.objective.cycle_id)
        assert need.objective.title not in shown and need.what not in shown
    assert post(asked, "dependency_answer", need.pk, answer="confirmed") == 404
    assert need.what not in client_of(asker).get(reverse("week_file", args=[need.objective.cycle_id])).content.decode()


# --- the check-in


def talked_of(cycle: Cycle, user: User) -> list[str]:
    return [one.row.what for one in dependencies.to_talk_of(cycle, user)]


def test_the_check_in_talks_of_what_is_open_and_of_what_is_due(
    running: Cycle, need: Dependency, asker: User, asked: User, boss: User, person: Callable[..., User],
    time_machine: Any,
) -> None:  # fmt: skip
    stranger = person(Role.MEMBER, "Returns")
    assert [talked_of(running, user) for user in (asker, asked, boss, stranger)] == [[need.what]] * 3 + [[]]
    assert need.what in page(asked, "goals_week", running.pk)

    dependencies.answer(need, asked, "declined", "No")
    assert [talked_of(running, user) for user in (asker, asked)] == [[need.what], []]
    dependencies.carry(need, asker, asker)
    assert talked_of(running, asker) == []

    dependencies.answer(need, asked, "confirmed")
    for day, is_there in ((12, False), (13, True), (20, True), (25, True)):
        time_machine.move_to(datetime(2026, 11, day, 9, tzinfo=UTC), tick=False)
        assert talked_of(running, asker) == talked_of(running, asked) == [need.what] * is_there
    assert "late" in page(asker, "goals_week", running.pk)
    file = client_of(asker).get(reverse("week_file", args=[running.pk])).content.decode()
    assert f"{need.what}: Orders" in file and "confirmed · late" in file

    dependencies.deliver(need, asked, is_delivered=True)
    assert talked_of(running, asker) == talked_of(running, asked) == []


# --- a draft


def test_a_draft_is_ready_when_everything_is_confirmed_or_carried(
    cycle: Cycle, objective: Objective, boss: User, asker: User, asked: User
) -> None:
    assert of_dependencies(cycle, list(Dependency.objects.filter(objective__cycle=cycle))) is None
    row = Dependency.objects.create(objective=objective, team="Orders", what="Evenings", due=DUE)
    check = of_dependencies(cycle, list(Dependency.objects.filter(objective__cycle=cycle)))
    assert check is not None and not check.is_there
    assert check.said == "1 need from another team is neither confirmed nor has its risk an owner."
    shown = page(boss, "cycle", cycle.pk)
    assert check.said in shown and "Waits for another team" in shown
    dependencies.carry(row, asker, asker)
    check = of_dependencies(cycle, list(Dependency.objects.filter(objective__cycle=cycle)))
    assert check is not None and check.is_there and check.said in page(boss, "cycle", cycle.pk)
    dependencies.carry(row, asker, None)
    dependencies.answer(row, asked, "confirmed")
    check = of_dependencies(cycle, list(Dependency.objects.filter(objective__cycle=cycle)))
    assert check is not None and check.is_there
    assert "Waits for another team" not in page(boss, "cycle", cycle.pk)


def test_an_open_need_does_not_hold_a_cycle_up(cycle: Cycle, need: Dependency, boss: User) -> None:
    go_on(cycle, "active", boss)
    assert cycle.stage == "active"


# --- files and programs


def test_what_is_asked_comes_back_from_a_file_and_is_answered_anew(
    cycle: Cycle, need: Dependency, key_result: KeyResult, boss: User, asked: User, asker: User
) -> None:
    Dependency.objects.update(key_result=key_result)
    dependencies.answer(need, asked, "confirmed", "Yes")
    Dependency.objects.create(objective=need.objective, team="Returns", what="Labels", due=DUE, risk_owner=asker)
    for kind in ("json", "csv", "xlsx", "toml"):
        content = client_of(boss).get(reverse("cycle_file", kwargs={"cycle_id": cycle.pk, "kind": kind})).content
        if kind == "json":
            (first, second) = json.loads(content)["objectives"][0]["needs"]
            assert first == {
                **ASK, "key_result": str(key_result.pk), "answer": "confirmed", "note": "Yes",
                "answered_by": asked.email, "answered_on": "2026-11-02",
            }  # fmt: skip
            assert second["risk_owner"] == asker.email and "answer" not in second
        client_of(boss).post(reverse("goals_import"), {"file": SimpleUploadedFile(f"goals.{kind}", content)})
        made = Cycle.objects.exclude(pk=cycle.pk).get()
        again = made.objectives.get()
        assert [(one.team, one.what, one.due, one.state, one.risk_owner) for one in again.needs.all()] == [
            ("Orders", need.what, DUE, "open", None), ("Returns", "Labels", DUE, "carried", asker),
        ]  # fmt: skip
        assert again.needs.first().key_result == again.key_results.get()
        made.delete()


def test_an_older_file_needs_nothing() -> None:
    assert told.Objective.model_validate({"title": "Nobody waits"}).needs == ()


def test_programs_read_it_without_names(running: Cycle, need: Dependency, asked: User, asker: User) -> None:
    dependencies.answer(need, asked, "declined", "No")
    dependencies.carry(need, asker, asker)
    (one,) = cycle_now(running, asker).objectives
    (read,) = one.objective.needs
    assert (read.team, read.what, read.answer, read.note) == ("Orders", need.what, "declined", "No")
    assert read.state == "carried" == Dependency.objects.get(pk=need.pk).state
    assert asked.email not in one.model_dump_json() and asker.email not in one.model_dump_json()
    (whole,) = cycle_told(running).objectives[0].needs
    assert (whole.answered_by, whole.risk_owner, whole.state) == (asked.email, asker.email, "carried")
    User.objects.filter(pk=asker.pk).update(is_active=False)
    (whole,) = cycle_told(running).objectives[0].needs
    assert (whole.risk_owner, whole.state) == ("", "declined"), "a closed account carries nothing"


# --- laws


@pytest.mark.parametrize("wrong", [{"answer": "declined", "delivered_on": DUE}, {"answer": "confirmed", "risk": True}])
def test_the_database_refuses_what_contradicts_itself(wrong: dict[str, Any], need: Dependency, boss: User) -> None:
    facts = {name: value for name, value in wrong.items() if name != "risk"}
    if wrong.get("risk"):
        facts["risk_owner"] = boss
    with pytest.raises(IntegrityError), transaction.atomic():
        Dependency.objects.filter(pk=need.pk).update(**facts)


DEEDS = st.lists(st.sampled_from(["confirm", "decline", "carry", "drop", "deliver", "take back", "change"]), max_size=8)


@given(deeds=DEEDS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_nothing_counts_that_nobody_stands_for(
    deeds: list[str], need: Dependency, asker: User, asked: User
) -> None:
    """Settled is what the team confirmed to what is asked now, or what has a named person; nothing else."""
    row = Dependency.objects.create(objective=need.objective, team="Orders", what="0", due=DUE)
    confirmed, carried = False, False
    for number, deed in enumerate(deeds, 1):
        try:
            if deed in ("confirm", "decline"):
                dependencies.answer(row, asked, "confirmed" if deed == "confirm" else "declined", "so")
                confirmed, carried = deed == "confirm", carried and deed == "decline"
            elif deed in ("carry", "drop"):
                dependencies.carry(row, asker, asker if deed == "carry" else None)
                carried = deed == "carry"
            elif deed == "change":
                dependencies.ask(row, asker, {"team": "Orders", "what": str(number), "due": DUE, "key_result": None})
                confirmed = carried = False
            else:
                dependencies.deliver(row, asked, is_delivered=deed == "deliver")
        except (ConfirmedAlready, NotConfirmed) as refused:
            assert confirmed is isinstance(refused, ConfirmedAlready)
        row = Dependency.objects.get(pk=row.pk)
        assert row.state in STATES
        assert row.is_settled is (confirmed or carried) is (row.state in SETTLED)
    row.delete()
