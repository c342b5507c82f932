"""Who sees and who changes which goal; personal ones are seen by nobody else, whatever the role."""

from collections.abc import Callable

import pytest

from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals import rights
from otklik.web.goals.changing import check_change, help_others, newest, write
from otklik.web.goals.models import CheckIn, Feedback, KeyResult, Note, Objective, Thanks
from otklik.web.goals.problems import ChangedBySomebody, NotYours
from tests.web.goals.test_models import DAY


@pytest.fixture
def people(person: Callable[..., User]) -> dict[str, User]:
    return {role.value: person(role, *(["Support"] if role is Role.MEMBER else [])) for role in Role}


@pytest.fixture
def goals(goal: Callable[..., Objective], cycle: object, people: dict[str, User]) -> dict[str, Objective]:
    return {
        "company": goal("All are answered in time", level="company", team=""),
        "own team": goal(),
        "other team": goal(team="Orders"),
        "own": goal("Learn Spanish", level="personal", team="", owner=people["member"]),
        "boss's": goal("Learn to listen", level="personal", team="", owner=people["owner"]),
    }


@pytest.fixture
def boss(people: dict[str, User]) -> User:
    return people["owner"]


SHARED = {"company", "own team", "other team"}
SEES = {
    "owner": SHARED | {"boss's"},
    "manager": SHARED,
    "analyst": SHARED,
    "member": SHARED | {"own"},
    "viewer": SHARED,
}
CHANGES = {
    "owner": SHARED | {"boss's"}, "manager": SHARED, "analyst": SHARED, "member": {"own team", "own"}, "viewer": set(),
}  # fmt: skip


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_who_sees_and_who_changes(role: str, people: dict[str, User], goals: dict[str, Objective]) -> None:
    user = people[role]
    seen = set(Objective.objects.for_user(user))
    assert {name for name, one in goals.items() if one in seen} == SEES[role]
    assert {name for name, one in goals.items() if rights.may_change(user, one)} == CHANGES[role]


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_parts_are_seen_as_their_goal_is(role: str, people: dict[str, User], goals: dict[str, Objective]) -> None:
    for row in KeyResult.objects.all():
        CheckIn.objects.create(key_result=row, day=DAY, note="so so")
        Thanks.objects.create(key_result=row, to=people["member"], text="thanks")
    user = people[role]
    wanted = {goals[name].pk for name in SEES[role]}
    assert set(KeyResult.objects.for_user(user).values_list("objective", flat=True)) == wanted
    assert set(CheckIn.objects.for_user(user).values_list("key_result__objective", flat=True)) == wanted
    assert set(Thanks.objects.for_user(user).values_list("key_result__objective", flat=True)) == wanted


def test_a_closed_account_sees_nothing(people: dict[str, User], goals: dict[str, Objective]) -> None:
    gone = people["owner"]
    gone.is_active = False
    assert not Objective.objects.for_user(gone).exists()
    assert not rights.may_change(gone, goals["company"]) and not rights.may_change(gone, goals["boss's"])


def test_levels_one_may_set_goals_at(people: dict[str, User], person: Callable[..., User]) -> None:
    assert rights.levels_for(people["analyst"]) == ("company", "team", "personal")
    assert rights.levels_for(people["member"]) == ("team", "personal")
    assert rights.levels_for(person(Role.MEMBER, email="new@example.org")) == ("personal",)
    assert rights.levels_for(people["viewer"]) == ()


def test_notes_and_feedback_are_for_two(people: dict[str, User]) -> None:
    a, b = people["member"], people["manager"]
    Note.objects.create(by=a, with_whom=b, text="about the night shift")
    Feedback.objects.create(asked_by=a, asked=b, question="How did the handover go?")
    for user in people.values():
        for model in (Note, Feedback):
            assert model.objects.for_user(user).exists() is (user in (a, b)), (user, model)


def test_a_change_is_refused_to_others_and_over_one_unseen(
    people: dict[str, User], goals: dict[str, Objective]
) -> None:
    mine = goals["own team"]
    with pytest.raises(NotYours):
        check_change(people["viewer"], mine)
    seen = str(newest(mine))
    check_change(people["member"], mine, seen)
    mine.title = "Nobody waits in silence"
    write(mine, people["manager"])
    with pytest.raises(ChangedBySomebody):
        check_change(people["member"], mine, seen)
    assert str(newest(mine)) != seen


def test_whom_a_goal_helps_keeps_what_others_cannot_see(people: dict[str, User], goals: dict[str, Objective]) -> None:
    team, hidden = goals["own team"], goals["own"]
    team.contributes_to.set([hidden, goals["other team"]])
    help_others(team, [goals["company"]], people["manager"])
    assert set(team.contributes_to.all()) == {goals["company"], hidden}
    line = team.history.get()
    assert (line.field, sorted(line.after)) == ("contributes_to", sorted([goals["company"].pk, hidden.pk]))
    help_others(team, [goals["company"]], people["manager"])
    assert team.history.count() == 1
