"""What goes out through a door comes in again as it was."""

from collections.abc import Callable
from datetime import date

from otklik.schemas import goals as told
from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals.converting import add_cycle, as_first_set, cycle_told, objective_told
from otklik.web.goals.models import Cycle, KeyResult, Objective

GIVEN = told.Cycle(
    title="Q1", start=date(2027, 1, 1), end=date(2027, 3, 31), mid_review=date(2027, 2, 15), check_in_days=14,
    not_now=("A new phone line",), profile="wodtke", waivers=(told.Waiver(rule="S1", reason="a year of many"),),
    objectives=(
        told.Objective(
            id="a", title="Customers hear from us before they start to doubt", level="company", why="they leave",
            owner="owner@example.org", commitment="aspirational",
        ),
        told.Objective(
            id="b", title="Nobody waits in silence", team="Support", reviewer="OWNER@example.org",
            contributes_to=("a",),
            key_results=(
                told.KeyResult(
                    title="p90 from 62 to 20 minutes", direction="lower", scale="log", unit="s", baseline=3720,
                    target=1200, commit=1800, stretch=900, due=date(2027, 3, 1), weight=2, leading=True,
                    owners=("owner@example.org",),
                    source=told.Bound(
                        measure="first_reply", statistic="quantile", quantile=0.9, which=told.Slice(team=("Support",))
                    ),
                    checkpoints=(told.Checkpoint(day=date(2027, 2, 1), value=2400),),
                ),
                told.KeyResult(
                    title="Opened", direction="milestone",
                    steps=(told.Step(title="Hall", weight=2, due=date(2027, 2, 1), done=True, evidence="https://e.org/1"),),
                ),
            ),
            health=(told.Health(title="Reopened", unit="share", high=0.06, source=told.Pushed(series="reopened")),),
            waivers=(told.Waiver(rule="S5", reason="the first time"),),
        ),
    ),
)  # fmt: skip


def anew(waivers: tuple[told.Waiver, ...]) -> tuple[told.Waiver, ...]:
    return tuple(one.model_copy(update={"by": "", "at": None}) for one in waivers)


def without_ids(cycle: told.Cycle) -> told.Cycle:
    """Ids and who waived when are given anew."""
    names = {one.id: f"#{place}" for place, one in enumerate(cycle.objectives)}
    objectives = [
        one.model_copy(update={
            "id": names[one.id],
            "contributes_to": tuple(names[other] for other in one.contributes_to),
            "reviewer": one.reviewer.lower(),
            "key_results": tuple(part.model_copy(update={"id": ""}) for part in one.key_results),
            "health": tuple(part.model_copy(update={"id": ""}) for part in one.health),
            "waivers": anew(one.waivers),
        })
        for one in cycle.objectives
    ]  # fmt: skip
    return cycle.model_copy(update={"id": "", "objectives": tuple(objectives), "waivers": anew(cycle.waivers)})


def test_a_cycle_comes_back_as_it_went(boss: User) -> None:
    made = add_cycle(GIVEN, boss)
    assert without_ids(cycle_told(made)) == without_ids(GIVEN)
    again = add_cycle(cycle_told(made), boss)
    assert without_ids(cycle_told(again)) == without_ids(GIVEN)
    assert again.stage == "draft" and again.pk != made.pk


def test_unknown_people_own_nothing(boss: User) -> None:
    stranger = told.Objective(title="x", owner="nobody@example.org", level="team")
    made = add_cycle(GIVEN.model_copy(update={"objectives": (stranger,)}), boss)
    assert made.objectives.get().owner is None


def test_a_personal_goal_from_a_file_is_that_of_whoever_brings_it(boss: User, person: Callable[..., User]) -> None:
    member = person(Role.MEMBER)
    theirs = told.Objective(title="Be kind", owner=boss.email, level="personal")
    made = add_cycle(GIVEN.model_copy(update={"objectives": (theirs,)}), member)
    assert made.objectives.get().owner == member


def test_personal_goals_do_not_leave_by_themselves(cycle: Cycle, goal: Callable[..., Objective], boss: User) -> None:
    goal("Learn Spanish", level="personal", owner=boss)
    shown = goal()
    assert [one.title for one in cycle_told(cycle).objectives] == [shown.title]
    assert len(cycle_told(cycle, Objective.objects.for_user(boss)).objectives) == 2


def test_of_the_goals_it_helps_only_those_are_told_that_are_seen(goal: Callable[..., Objective], boss: User) -> None:
    hidden, shown = goal("Learn Spanish", level="personal", owner=boss), goal()
    shown.contributes_to.set([hidden])
    assert objective_told(shown, {shown.pk}).contributes_to == ()
    assert objective_told(shown).contributes_to == (str(hidden.pk),)


def test_what_was_first_set_is_known_once_it_differs(running: Cycle, key_result: KeyResult) -> None:
    key_result.refresh_from_db()
    assert as_first_set(key_result) is None
    key_result.target = 0.6
    first = as_first_set(key_result)
    assert first is not None and first.target == 0.8


def test_what_was_given_up_is_told_no_more(running: Cycle, objective: Objective) -> None:
    KeyResult.objects.update(stopped_on=date(2026, 11, 20))
    assert objective_told(Objective.objects.get()).key_results == ()
