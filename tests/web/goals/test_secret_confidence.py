"""How sure people are is said in secret, revealed at once, and belongs to nobody afterwards."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from otklik.web.access import Role
from otklik.web.accounts.forgetting import forget_in_database
from otklik.web.accounts.models import ApiToken, AuditEntry, Scope, User
from otklik.web.goals import standing
from otklik.web.goals.agenda import LOW, agenda_of
from otklik.web.goals.changing import write
from otklik.web.goals.in_secret import FEWEST, WIDE, Spread, spread_of, spreads
from otklik.web.goals.models import CheckIn, Cycle, History, KeyResult, Objective, SecretRound, SecretVote
from otklik.web.goals.problems import AlreadyRevealed
from otklik.web.goals.stages import go_on

MONDAY = date(2026, 11, 2)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
"""Made anew each time a page is asked for."""


@pytest.fixture(autouse=True)
def _tuesday(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 3, 9, tzinfo=UTC), tick=False)


@pytest.fixture
def member(person: Callable[..., User]) -> User:
    return person(Role.MEMBER, "Support")


@pytest.fixture
def manager(person: Callable[..., User]) -> User:
    return person(Role.MANAGER)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response: Any) -> str:
    assert response.status_code in (200, 302, 422), response.status_code
    return str(response.content.decode())


def at(name: str, cycle: Cycle) -> str:
    return reverse(name, args=[cycle.pk])


def say(user: User, row: KeyResult, tenths: int | str) -> Any:
    return client_of(user).post(at("goals_secret", row.objective.cycle), {f"sure_{row.pk}": str(tenths)})


def reveal(user: User, row: KeyResult) -> Any:
    return client_of(user).post(at("goals_reveal", row.objective.cycle), {"goal": row.objective_id})


def page(user: User, cycle: Cycle) -> str:
    return text(client_of(user).get(at("goals_secret", cycle)))


def said(row: KeyResult) -> list[float]:
    return sorted(SecretVote.objects.filter(key_result=row).values_list("confidence", flat=True))


# --- saying it


def test_each_says_it_changes_it_takes_it_back_and_sees_how_many_have(
    running: Cycle, key_result: KeyResult, boss: User, member: User
) -> None:
    assert "0 people have said so" in page(boss, running)
    say(boss, key_result, 4)
    say(member, key_result, 9)
    assert "2 people have said so" in page(boss, running)
    assert 'value="4" selected' in page(boss, running) and 'value="9" selected' in page(member, running)
    say(member, key_result, 7)
    assert said(key_result) == [0.4, 0.7] and "2 people have said so" in page(boss, running)
    say(member, key_result, "")
    assert said(key_result) == [0.4] and "1 person has said so" in page(boss, running)
    client_of(boss).post(at("goals_secret", running), {})
    assert said(key_result) == [0.4], "what is not on the form is left alone"


@pytest.mark.parametrize("wrong", ["11", "-1", "0.5", "x"])
def test_what_is_no_tenth_is_not_taken(wrong: str, running: Cycle, key_result: KeyResult, boss: User) -> None:
    assert say(boss, key_result, wrong).status_code == 422
    assert not SecretVote.objects.exists()


def test_anybody_who_works_on_goals_takes_part_and_a_viewer_only_looks(
    running: Cycle, key_result: KeyResult, person: Callable[..., User]
) -> None:
    stranger, viewer = person(Role.MEMBER, "Orders"), person(Role.VIEWER)
    assert "Goals of other teams" in page(stranger, running)
    assert say(stranger, key_result, 3).status_code == 302 and said(key_result) == [0.3]
    assert f"sure_{key_result.pk}" not in page(viewer, running)
    assert say(viewer, key_result, 3).status_code == 403


def test_personal_goals_and_what_was_given_up_are_not_asked(
    running: Cycle, key_result: KeyResult, goal: Callable[..., Objective], boss: User
) -> None:
    own = goal("Learn Spanish", level="personal", team="", owner=boss).key_results.get()
    KeyResult.objects.filter(pk=key_result.pk).update(stopped_on=MONDAY)
    for row in (own, key_result):
        assert f"sure_{row.pk}" not in page(boss, running)
        say(boss, row, 5)
    assert not SecretVote.objects.exists()


@pytest.mark.parametrize("stage", ["draft", "closing", "closed"])
def test_it_belongs_to_a_running_cycle(stage: str, cycle: Cycle, key_result: KeyResult, boss: User) -> None:
    from django.db.models import QuerySet

    QuerySet(Cycle).update(stage=stage)
    for answer in (say(boss, key_result, 5), reveal(boss, key_result)):
        assert answer.status_code == 422 and "It is not the time for this" in text(answer)
    assert not SecretVote.objects.exists() and "This belongs to a running cycle." in page(boss, cycle)


# --- until it is revealed


def seen_by(user: User, cycle: Cycle, row: KeyResult) -> dict[str, str]:
    """Everything that somebody can be told of a cycle: pages, files, the API, the history."""
    client = client_of(user)
    token = ApiToken.make(user, "all", [Scope.READ])[1]
    found = {
        name: client.get(at(name, cycle))
        for name in ("cycle", "goals_week", "goals_secret", "goals_squares", "goals_middle", "goals_grading",
                     "goals_retro", "cycle_history", "week_file", "week_wins")
    }  # fmt: skip
    found["goals"] = client.get(reverse("goals"))
    found["objective"] = client.get(reverse("objective", args=[row.objective_id]))
    for kind in ("json", "toml", "csv", "html"):
        found[kind] = client.get(reverse("cycle_file", kwargs={"cycle_id": cycle.pk, "kind": kind}))
    for name in ("goal_cycle", "goal_file"):
        found[name] = Client().get(
            reverse(f"api:{name}", kwargs={"cycle_id": cycle.pk}), headers={"Authorization": f"Bearer {token}"}
        )
    assert all(one.status_code == 200 for one in found.values()), {n: r.status_code for n, r in found.items()}
    return {name: TOKEN.sub("", one.content.decode()) for name, one in found.items()}


def test_until_it_is_revealed_nothing_anybody_sees_depends_on_what_was_said(
    running: Cycle, key_result: KeyResult, boss: User, member: User, manager: User
) -> None:
    """The same is shown to an owner whether somebody said 0 or 10."""
    for tenths in (0, 10):
        say(member, key_result, tenths)
        say(manager, key_result, 5)
        found = seen_by(boss, running, key_result)
        if tenths == 0:
            before = found
    assert said(key_result) == [0.5, 1.0]
    assert [name for name in found if found[name] != before[name]] == []
    reveal(manager, key_result)
    after = seen_by(boss, running, key_result)
    assert {"goals_secret", "goals_week", "goals_squares", "week_file"} <= {n for n in after if after[n] != before[n]}


def test_nothing_of_it_stands_in_the_history_and_rows_are_ones_own(
    running: Cycle, key_result: KeyResult, boss: User, member: User
) -> None:
    lines = History.objects.count()
    say(member, key_result, 9)
    assert History.objects.count() == lines and not AuditEntry.objects.filter(verb__startswith="confidence").exists()
    assert SecretVote.objects.for_user(member).count() == 1 and not SecretVote.objects.for_user(boss).exists()
    assert not spreads(running)


def test_a_goal_that_became_personal_takes_its_round_with_it(
    running: Cycle, key_result: KeyResult, boss: User, member: User, manager: User
) -> None:
    say(member, key_result, 9)
    say(manager, key_result, 2)
    goal = key_result.objective
    goal.level, goal.owner = "personal", boss
    write(goal, boss, "it was mine all along")
    assert reveal(boss, key_result).status_code == 422 and reveal(manager, key_result).status_code == 404
    assert not SecretVote.objects.for_user(member).exists() and not SecretRound.objects.for_user(manager).exists()


# --- revealing it


def test_revealed_there_is_a_lowest_a_middle_and_a_highest_and_no_name(
    running: Cycle, key_result: KeyResult, boss: User, member: User, manager: User
) -> None:
    for who, tenths in ((boss, 2), (member, 9), (manager, 6)):
        say(who, key_result, tenths)
    assert reveal(boss, key_result).status_code == 302
    assert spreads(running) == {key_result.pk: Spread(MONDAY, 0.2, 0.6, 0.9, 3)}
    told = page(member, running)
    assert "2 to 9 of 10, the middle 6" in told and "3 numbers" in told and "You said 9 of 10." in told
    assert "You said 2 of 10." not in told and boss.email not in told.partition("<main")[2]
    entry = AuditEntry.objects.get(verb="confidence.revealed")
    assert entry.by == boss and entry.facts == {"goals": [key_result.objective.title]}
    assert "revealed how sure people are" in text(client_of(boss).get(reverse("audit")))


def test_later_nothing_is_taken_and_nothing_is_undone(
    running: Cycle, key_result: KeyResult, boss: User, member: User, manager: User, time_machine: Any
) -> None:
    say(boss, key_result, 2)
    say(member, key_result, 9)
    reveal(boss, key_result)
    found = SecretRound.objects.get()
    for answer in (say(manager, key_result, 5), say(member, key_result, 1), say(member, key_result, "")):
        assert answer.status_code == 422 and "revealed already" in text(answer)
    assert said(key_result) == [0.2, 0.9]
    assert reveal(manager, key_result).status_code == 302, "a second click changes nothing"
    assert SecretRound.objects.get().by == boss and AuditEntry.objects.filter(verb="confidence.revealed").count() == 1
    vote = SecretVote.objects.filter(person=member).get()
    new = SecretVote(round=found, key_result=key_result, person=manager, confidence=0.5)
    for way in (found.save, vote.save, vote.delete, new.save):
        with pytest.raises(AlreadyRevealed), transaction.atomic():
            way()
    time_machine.move_to(datetime(2026, 11, 10, 9, tzinfo=UTC), tick=False)
    assert say(manager, key_result, 5).status_code == 302, "a new week, a new round"
    assert SecretRound.objects.count() == 2 and not spreads(running) and spreads(running, weeks_back=1)


def test_what_came_too_late_for_one_goal_is_kept_for_the_other(
    cycle: Cycle, goal: Callable[..., Objective], boss: User, member: User
) -> None:
    one, other = (goal(name).key_results.get() for name in ("Nobody waits", "Nobody asks twice"))
    go_on(cycle, "active", boss)
    say(boss, one, 2)
    say(member, one, 3)
    reveal(boss, one)
    client = client_of(member)
    told = {f"sure_{one.pk}": "8", f"sure_{other.pk}": "7"}
    answer = client.post(at("goals_secret", cycle), told, follow=True)
    assert "for 1 key result it came too late" in text(answer)
    assert said(one) == [0.2, 0.3] and said(other) == [0.7]


def test_of_one_number_nothing_is_told(
    running: Cycle, key_result: KeyResult, objective: Objective, boss: User, member: User
) -> None:
    """One key result has two numbers, another one only one: its reader knows whose it would be."""
    lonely = KeyResult.objects.create(objective=objective, title="Read within a day", unit="share")
    say(member, key_result, 9)
    answer = reveal(boss, key_result)
    assert answer.status_code == 422 and "Too few people" in text(answer)
    assert SecretRound.objects.get().revealed_at is None
    say(boss, key_result, 3)
    say(member, lonely, 8)
    reveal(boss, key_result)
    assert set(spreads(running)) == {key_result.pk}
    mine, others = page(member, running), page(boss, running)
    assert "Too few said how sure they are" in mine and "You said 8 of 10." in mine
    assert "Too few said how sure they are" in others and "8 of 10" not in others


def test_members_reveal_goals_of_their_teams_and_leaders_all_that_are_ready(
    cycle: Cycle, goal: Callable[..., Objective], boss: User, member: User, manager: User
) -> None:
    rows = [goal(name, team=team).key_results.get() for name, team in (("A", "Support"), ("B", "Orders"), ("C", "X"))]
    go_on(cycle, "active", boss)
    for row in rows[:2]:
        say(manager, row, 5)
        say(member, row, 6)
    answer = reveal(member, rows[1])
    assert answer.status_code == 422 and "not change it" in text(answer)
    assert "Reveal all that are ready" not in page(member, cycle)
    assert client_of(member).post(at("goals_reveal", cycle), {"goal": "all"}).status_code == 302
    assert [one.objective_id for one in SecretRound.objects.exclude(revealed_at=None)] == [rows[0].objective_id]
    client_of(manager).post(at("goals_reveal", cycle), {"goal": "all"})
    assert SecretRound.objects.exclude(revealed_at=None).count() == 2, "the third has nothing to reveal"
    for nothing in ({}, {"goal": "x"}, {"goal": "4711"}):
        assert client_of(manager).post(at("goals_reveal", cycle), nothing).status_code == 404
    assert client_of(manager).get(at("goals_reveal", cycle)).status_code == 405


@pytest.mark.parametrize("is_revealed", [False, True])
def test_what_the_others_came_to_does_not_tell_by_its_change_what_was_said_by_whoever_is_forgotten(
    is_revealed: bool, running: Cycle, key_result: KeyResult, boss: User, member: User, manager: User
) -> None:
    for who, tenths in ((boss, 2), (member, 9), (manager, 6)):
        say(who, key_result, tenths)
    if is_revealed:
        reveal(boss, key_result)
    User.objects.filter(pk=member.pk).update(is_active=False)
    member.refresh_from_db()
    forget_in_database([member.email], "person-1", lambda text: text.replace(member.email, "person-1"))
    reveal(boss, key_result)
    assert spreads(running) == {key_result.pk: Spread(MONDAY, 0.2, 0.6, 0.9, 3)}
    assert not SecretVote.objects.for_user(member).exists()
    SecretVote.objects.filter(person=member).update(person=None)
    assert spreads(running)[key_result.pk].votes == 3


def test_a_confidence_is_a_share_said_once(running: Cycle, key_result: KeyResult, boss: User) -> None:
    found = SecretRound.objects.create(objective=key_result.objective, week=MONDAY)
    facts = {"round": found, "key_result": key_result, "person": boss}
    SecretVote.objects.create(**facts, confidence=0.5)
    for more in (facts | {"confidence": 0.6}, facts | {"person": None, "confidence": 1.1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SecretVote.objects.create(**more)
    with pytest.raises(IntegrityError), transaction.atomic():
        SecretRound.objects.create(objective=key_result.objective, week=MONDAY)


# --- what follows


@pytest.mark.parametrize(("low", "high", "is_topic"), [(2, 9, True), (3, 7, True), (5, 9, True), (4, 7, False)])
def test_who_is_far_apart_has_something_to_talk_about(
    low: int, high: int, is_topic: bool, running: Cycle, key_result: KeyResult, boss: User, member: User
) -> None:
    CheckIn.objects.create(key_result=key_result, day=MONDAY, confidence=0.6)
    say(boss, key_result, high)
    say(member, key_result, low)
    (item,) = agenda_of(running, standing.of_cycle(running, boss), boss)
    assert "disagree" not in str(item.points[0].why)
    reveal(boss, key_result)
    (item,) = agenda_of(running, standing.of_cycle(running, boss), boss)
    told = f"You disagree: {low} to {high} of 10. Ask the one who is least sure first."
    assert ((True, told) in item.points[0].why) == is_topic and (item.rank == LOW) == is_topic
    paper = text(client_of(boss).get(at("week_file", running)))
    assert (told in paper) == is_topic and f"in secret {low} to {high} of 10" in paper


def test_the_check_in_keeps_its_own_confidence_and_is_offered_the_middle(
    running: Cycle, key_result: KeyResult, boss: User, member: User, manager: User
) -> None:
    for who, tenths in ((boss, 5), (member, 6), (manager, 7)):
        say(who, key_result, tenths)
    week = client_of(boss).get(at("goals_week", running))
    assert "the middle" not in text(week) and "You have said in secret" in text(week)
    assert "each says in secret" in text(client_of(person_without_a_word()).get(at("goals_week", running)))
    reveal(boss, key_result)
    told = text(client_of(boss).get(at("goals_week", running)))
    assert "6/10, the middle" in told and "5 to 7 of 10, the middle 6" in told and "said in secret" not in told
    client_of(boss).post(at("goals_week", running), {f"confidence_{key_result.pk}": ""})
    assert not CheckIn.objects.exists(), "what is offered is said by nobody"
    client_of(boss).post(at("goals_week", running), {f"confidence_{key_result.pk}": "6"})
    assert CheckIn.objects.get().confidence == 0.6


def person_without_a_word() -> User:
    return User.objects.create_user("new@example.org", "correct horse battery", role=Role.MANAGER.value)


TENTHS = st.lists(st.integers(0, 10).map(lambda n: n / 10), max_size=9)


@given(TENTHS)
def test_the_middle_lies_between_the_ends_and_knows_no_order(shares: list[float]) -> None:
    found = spread_of(shares, MONDAY)
    assert (found is None) == (len(shares) < FEWEST)
    if found is not None:
        assert found.lowest <= found.middle <= found.highest and found.votes == len(shares)
        assert {found.lowest, found.highest} <= set(shares)
        assert found == spread_of(shares[::-1], MONDAY)
        assert found.is_wide == (round(10 * found.highest) - round(10 * found.lowest) >= round(10 * WIDE))
