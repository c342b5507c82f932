"""The company's own numbers and rules: set once, followed by the cycles that say so, never by what is being graded."""

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.schemas.goal_profiles import School as OwnSchool
from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals import schools
from otklik.web.goals.coaching import of_cycle
from otklik.web.goals.forms.cycles import AboutCycle
from otklik.web.goals.forms.schools import SchoolForm
from otklik.web.goals.models import Cycle, Grade, History, KeyResult, Objective, School
from otklik.web.goals.stages import go_on, reasons_against
from otklik.web.goals.standing import of_cycle as standing_of

SHIPPED = "Launch a chat-bot for all our customers"


def text(response: Any) -> str:
    return html.unescape(response.content.decode())


def post(browser: Client, **told: Any) -> Any:
    on = {f"rule_{name}": "on" for name in ("O1", "O2", "K9") if told.pop(name, True)}
    return browser.post(reverse("goals_school"), {"base": "google", **on, **told})


def rules(cycle: Cycle, user: User) -> set[str]:
    return {one.finding.rule for one in of_cycle(cycle, user)}


@pytest.fixture
def browser(client: Client, boss: User) -> Client:
    client.force_login(boss)
    return client


def follow(cycle: Cycle) -> Cycle:
    cycle.profile = "own"
    schools.follow(cycle)
    cycle.save()
    return cycle


def test_a_rule_switched_off_is_silent_where_the_own_school_is_followed(
    browser: Client, cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    goal(SHIPPED)
    assert "O1" in rules(cycle, boss)
    form = SchoolForm(None, own=OwnSchool())
    on = {name: "on" for name in form.fields if name.startswith("rule_") and name != "rule_O1"}
    assert browser.post(reverse("goals_school"), {"base": "google", **on}).status_code == 302
    assert schools.newest().off == ("O1",)
    assert "O1" in rules(cycle, boss), "it follows Google and Doerr"
    assert "O1" not in rules(follow(cycle), boss)


def test_a_draft_takes_a_new_version_at_once_and_a_graded_cycle_never(
    cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    goal()
    follow(cycle)
    assert schools.keep(OwnSchool(changes={"green_from": 0.9}), boss) == 1
    cycle.refresh_from_db()
    assert cycle.school.green_from == 0.9
    assert History.objects.filter(cycle=cycle, field="own").count() == 1
    go_on(cycle, "active", boss)
    go_on(cycle, "closing", boss)
    assert schools.keep(OwnSchool(changes={"green_from": 0.5}), boss) == 0
    cycle.refresh_from_db()
    assert cycle.school.green_from == 0.9


def test_a_limit_of_a_rule_counts(cycle: Cycle, goal: Callable[..., Objective], boss: User) -> None:
    goal("No customer of ours ever feels forgotten by anybody here")
    assert "O5" not in rules(cycle, boss)
    schools.keep(OwnSchool(limits={"objective_words_max": 6}), boss)
    assert "O5" in rules(follow(cycle), boss)


def test_the_colour_of_a_grade_is_that_of_the_own_school(
    cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    goal()
    schools.keep(OwnSchool(changes={"yellow_from": 0.8, "green_from": 0.95}), boss)
    follow(cycle)
    go_on(cycle, "active", boss)
    row = KeyResult.objects.get()
    row.check_ins.create(value=0.7, day=cycle.start, by=boss)
    (found,) = standing_of(cycle, boss, cycle.start)
    assert found.key_results[0].grade.colour == "red"
    assert found.key_results[0].grade.value == pytest.approx((0.7 - 0.48) / (0.8 - 0.48))


def test_what_must_be_explained_is_a_number_of_the_school(
    cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    goal(commitment="committed")
    schools.keep(OwnSchool(changes={"committed_due_grade": 0.9}), boss)
    follow(cycle)
    go_on(cycle, "active", boss)
    go_on(cycle, "closing", boss)
    grade = Grade.objects.create(key_result=KeyResult.objects.get(), grade=0.89)
    assert len(reasons_against(cycle, "closed")) == 1
    grade.grade = 0.9
    grade.save()
    assert reasons_against(cycle, "closed") == []


def test_where_targets_are_not_changed_on_the_way_they_are_not(
    browser: Client, cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    goal()
    cycle.profile = "wodtke"
    cycle.save()
    go_on(cycle, "active", boss)
    row = KeyResult.objects.get()
    page = text(browser.get(reverse("goals_middle", args=[cycle.pk])))
    assert "Give it up" in page
    assert "Change the target" not in page
    told = {f"kr{row.pk}-wish": "change", f"kr{row.pk}-target": "70", f"kr{row.pk}-reason": "too hard"}
    assert browser.post(reverse("goals_middle", args=[cycle.pk]), told).status_code == 422
    row.refresh_from_db()
    assert row.target == 0.8


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"number_green_from": "0.1"}, "yellow must begin below green"),
        ({"number_objectives_warn_over": "many"}, "is no number"),
        ({"number_objectives_warn_over": "2.5"}, "valid integer"),
        ({"limit_copy_similarity": "-3"}, "not a number this can be"),
        ({"limit_objective_words_min": "3.5"}, "not a number this can be"),
        ({"base": "nobody"}, "nobody"),
    ],
)
def test_numbers_that_cannot_be_are_refused_and_nothing_is_kept(
    browser: Client, told: dict[str, str], said: str
) -> None:
    answer = post(browser, **told)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not School.objects.exists()


def test_only_those_who_run_cycles_set_them_and_all_may_read(
    client: Client, person: Callable[..., User], boss: User
) -> None:
    schools.keep(OwnSchool(changes={"green_from": 0.9}, off=("O2",)), boss)
    client.force_login(person(Role.VIEWER, "v@example.org"))
    page = text(client.get(reverse("goals_school")))
    assert "0.9" in page
    assert "switched off" in page
    assert post(client).status_code == 403
    assert School.objects.count() == 1


def test_versions_are_only_added_to(boss: User) -> None:
    schools.keep(OwnSchool(), boss)
    row = School.objects.get()
    for change in (row.save, row.delete, lambda: School.objects.update(told={}), School.objects.all().delete):
        with pytest.raises(RuntimeError):
            change()


def test_a_new_cycle_is_the_next_quarter_unless_the_own_school_says_otherwise(
    boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    from otklik.web.goals.forms import cycles

    monkeypatch.setattr(cycles, "today", lambda: date(2026, 11, 26))
    assert [AboutCycle().initial[name] for name in ("start", "end")] == [date(2027, 1, 1), date(2027, 3, 31)]
    schools.keep(OwnSchool(changes={"cycle_weeks": 6, "check_in_days": 14}), boss)
    form = AboutCycle()
    assert [form.initial[name] for name in ("start", "end", "check_in_days", "profile")] == [
        date(2027, 1, 1), date(2027, 2, 11), 14, "own",
    ]  # fmt: skip


def test_a_file_brings_its_own_school_along(boss: User, cycle: Cycle) -> None:
    from otklik.web.goals.converting import add_cycle, cycle_told

    schools.keep(OwnSchool(base="wodtke", changes={"green_from": 0.9}, off=("O1",)), boss)
    told = cycle_told(follow(cycle))
    made = add_cycle(told, boss)
    assert (made.school.green_from, made.school.objectives_warn_over) == (0.9, 1)
    assert made.read_own() == schools.newest()


def test_a_cycle_says_how_bold_it_began_and_how_it_ended(
    cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    from otklik.web.goals.aims import remarks_on
    from otklik.web.goals.models import Measured

    goal()
    row = KeyResult.objects.get()
    go_on(cycle, "active", boss)
    for day, chance in ((cycle.start, 0.93), (cycle.mid_review or cycle.end, 0.5)):
        told = {"number": {"value": 0.6}, "forecast": {"chances": [{"mark": "target", "raw": chance, "shown": chance}]}}
        Measured.objects.create(objective=row.objective, key_result=row, day=day, reading=told)
    said = remarks_on(cycle, standing_of(cycle, boss, cycle.start))
    assert said[0] == "0 of 1 team goal was set by the team itself."
    assert said[1] == "Less than 40\u00a0%: ask the teams what they would pursue."
    easy = f"“{row.title}” (93\u00a0%)"
    assert said[2] == f"Easy for an aspiration, with a chance above 70\u00a0% when the cycle began: {easy}."
    assert len(said) == 3
    go_on(cycle, "closing", boss)
    Grade.objects.create(key_result=row, grade=0.9)
    (said_at_end,) = remarks_on(cycle, standing_of(cycle, boss, cycle.end))
    assert said_at_end == "Aspirational key results ended at 0.90 on average, above 0.60 to 0.70: aim higher."


def test_a_goal_written_by_its_team_counts_as_theirs(
    cycle: Cycle, goal: Callable[..., Objective], person: Callable[..., User]
) -> None:
    from otklik.web.accounts.models import Team
    from otklik.web.goals.aims import remarks_on
    from otklik.web.goals.changing import write

    member = person(Role.MEMBER, "m@example.org")
    member.teams.add(Team.objects.get_or_create(name="Support")[0])
    made = Objective(cycle=cycle, title="Buyers hear from us at once", level="team", team="Support", owner=member)
    write(made, member)
    goal()
    said = remarks_on(cycle, standing_of(cycle, member, cycle.start))
    assert said == ["1 of 2 team goals were set by the teams themselves."]


def test_what_began_far_away_asks_for_a_change(cycle: Cycle, goal: Callable[..., Objective], boss: User) -> None:
    from otklik.web.goals.aims import remarks_on
    from otklik.web.goals.models import Measured

    goal()
    row = KeyResult.objects.get()
    go_on(cycle, "active", boss)
    told = {"number": {"value": 0.5}, "forecast": {"chances": [{"mark": "target", "raw": 0.1, "shown": 0.1}]}}
    Measured.objects.create(objective=row.objective, key_result=row, day=cycle.start, reading=told)
    said = remarks_on(cycle, standing_of(cycle, boss, cycle.start))[-1]
    assert said.startswith(
        "Begun at a chance below 30\u00a0% if things go on as they do; something has to change for “"
    )
    Objective.objects.update(commitment="committed")
    said = remarks_on(cycle, standing_of(cycle, boss, cycle.start))[-1]
    assert said.startswith("Committed at a chance below 80\u00a0% when the cycle began, which is rash: “")


def test_the_history_tells_what_a_company_does_otherwise(
    browser: Client, cycle: Cycle, goal: Callable[..., Objective], boss: User
) -> None:
    goal()
    follow(cycle)
    schools.keep(OwnSchool(base="wodtke", changes={"bottom_up_warn_under": 0.5}, off=("O1", "K9")), boss)
    said = "Wodtke, one objective; Goals that teams set themselves: a remark below 50\u00a0%; switched off: O1, K9"
    assert said in text(browser.get(reverse("cycle_history", args=[cycle.pk])))
    assert said in text(browser.get(reverse("goals_school")))
