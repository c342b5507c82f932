"""Who may what: goals. All may look; three roles change goals of all, members those of their teams and their own."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from otklik.web.accounts.models import Scope, Team, User
from otklik.web.goals.models import (
    Cycle,
    Dependency,
    Feed,
    Feedback,
    Health,
    KeyResult,
    Means,
    Note,
    Objective,
    SecretRound,
    SecretVote,
    Waiver,
    WeekPromise,
)
from otklik.web.goals.promises import monday
from otklik.web.moments import today
from tests.web.matrix import Row, World

NOBODY = "401 401 401 401 401 401"
LOOK = "302 200 200 200 200 200"
RUN = "302 200 200 200 403 403"
RAN = "302 302 302 302 403 403"
REFUSED = "302 422 422 422 403 403"
REFUSED_ALL = "302 422 422 422 422 403"
WRITE = "302 200 200 200 200 403"
WROTE = "302 302 302 302 302 403"
ELSEWHERE = "302 200 200 200 422 403"
ELSEWHERE_DONE = "302 302 302 302 422 403"
HIDDEN = "302 404 404 404 404 404"
HIDDEN_FROM_WRITERS = "302 404 404 404 404 403"
SCHOOL = {"base": "wodtke", "number_objectives_warn_over": "2", "rule_O1": "on"}
RHYTHM = ("goals_week", "goals_middle", "goals_grading", "goals_retro")
CYCLE = {"title": "Q2", "start": "2027-04-01", "end": "2027-06-30", "check_in_days": 7, "profile": "google"}


def quarter(**facts: Any) -> Cycle:
    return Cycle.objects.create(title="Q1", start=date(2027, 1, 1), end=date(2027, 3, 31), **facts)


def cycle(_world: World, _role: str) -> dict[str, Any]:
    return {"cycle_id": quarter().pk}


def running(_world: World, _role: str) -> dict[str, Any]:
    made = quarter()
    made.enter("active")
    return {"cycle_id": made.pk}


def feed(world: World, role: str) -> dict[str, Any]:
    return {"token": Feed.make(world.of(role))}


def closing(world: World, role: str) -> dict[str, Any]:
    found = running(world, role)
    Cycle.objects.get().enter("closing")
    return found


def file_of(kind: str) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, role: {**cycle(world, role), "kind": kind}


def two_others(world: World, role: str) -> tuple[User, User]:
    """Two people, neither of whom asks."""
    first, second = [one for _, one in sorted(world.people.items()) if one != world.of(role)][:2]
    return first, second


def note(*, mine: bool) -> Callable[[World, str], dict[str, Any]]:
    def made(world: World, role: str) -> dict[str, Any]:
        a, b = two_others(world, role)
        return {"note_id": Note.objects.create(by=a, with_whom=world.of(role) if mine else b, text="x").pk}

    return made


def asked(*, mine: bool) -> Callable[[World, str], dict[str, Any]]:
    def made(world: World, role: str) -> dict[str, Any]:
        a, b = two_others(world, role)
        row = Feedback.objects.create(asked_by=a, asked=world.of(role) if mine else b, question="x")
        return {"feedback_id": row.pk}

    return made


def goal_of(owner: User | None, team: str, level: str = "team") -> Objective:
    return Objective.objects.create(
        cycle=quarter(), title="Nobody waits", why="they leave us", level=level, team=team, owner=owner
    )


def own_goal(world: World, role: str) -> Objective:
    """A goal of a team that whoever asks is in."""
    person = world.of(role)
    person.teams.set([Team.objects.get_or_create(name="Support")[0]])
    return goal_of(person, "Support")


def others_goal(world: World, role: str) -> Objective:
    return goal_of(world.other_than(role), "Orders")


def secret_goal(world: World, role: str) -> Objective:
    """A personal goal of somebody else."""
    return goal_of(world.other_than(role), "", "personal")


def my_secret(world: World, role: str) -> Objective:
    return goal_of(world.of(role), "", "personal")


Make = Callable[[World, str], Objective]


def at(make: Make) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, role: {"objective_id": make(world, role).pk}


def number(make: Make) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, role: {
        "key_result_id": KeyResult.objects.create(objective=make(world, role), title="Share", unit="share").pk
    }


def health(make: Make) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, role: {"health_id": Health.objects.create(objective=make(world, role), title="R", high=1).pk}


def waiver(make: Make) -> Callable[[World, str], dict[str, Any]]:
    def made(world: World, role: str) -> dict[str, Any]:
        goal = make(world, role)
        return {"waiver_id": Waiver.objects.create(cycle=goal.cycle, objective=goal, rule="S7", reason="first").pk}

    return made


def means(make: Make) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, role: {"means_id": Means.objects.create(objective=make(world, role), title="Shift").pk}


def around(make: Make) -> Callable[[World, str], dict[str, Any]]:
    """The cycle of a goal."""
    return lambda world, role: {"cycle_id": make(world, role).cycle_id}


def tracked(_world: World, _role: str) -> dict[str, Any]:
    """One issue, done for the goal there is."""
    return {"rows": '[{"key": "A-1", "title": "Shift"}]', "all": f"o{Objective.objects.get().pk}", "for_0": "all"}


def dependency(make: Make, **told: Any) -> Callable[[World, str], dict[str, Any]]:
    """Something a goal needs from the team Technical, in which nobody is."""

    def made(world: World, role: str) -> dict[str, Any]:
        facts = {"objective": make(world, role), "team": "Technical", "what": "An owner", "due": date(2027, 2, 1)}
        rows = [Dependency(**facts | told)]
        Team.objects.get_or_create(name="Technical")
        return {"dependency_id": QuerySet(Dependency).bulk_create(rows)[0].pk}  # personal goals have none otherwise

    return made


def asked_of(*, mine: bool) -> Callable[[World, str], dict[str, Any]]:
    """A goal of others needs something from a team that whoever asks is in, or is not."""

    def made(world: World, role: str) -> dict[str, Any]:
        world.of(role).teams.set([Team.objects.get_or_create(name="Technical")[0]] if mine else [])
        return dependency(others_goal)(world, role)

    return made


ASK = {"team": "Technical", "what": "An owner the same day", "due": "2027-02-01"}


def in_secret(make: Make) -> Callable[[World, str], dict[str, Any]]:
    """A running cycle with a goal of which two others have said in secret how sure they are."""

    def made(world: World, role: str) -> dict[str, Any]:
        goal = make(world, role)
        goal.cycle.enter("active")
        row = KeyResult.objects.create(objective=goal, title="Share", unit="share")
        found = SecretRound.objects.create(objective=goal, week=monday(today()))
        for one in two_others(world, role):
            SecretVote.objects.create(round=found, key_result=row, person=one, confidence=0.5)
        return {"cycle_id": goal.cycle_id}

    return made


def one_goal(_world: World, _role: str) -> dict[str, Any]:
    return {"goal": Objective.objects.get().pk}


STUDIES: tuple[tuple[str, Any], ...] = (("key_result_drivers", number), ("means_effect", means))


def closed(world: World, role: str) -> dict[str, Any]:
    found = closing(world, role)
    Cycle.objects.get().enter("closed")
    return found


def promise(world: World, role: str) -> dict[str, Any]:
    found = Cycle.objects.get(pk=running(world, role)["cycle_id"])
    return {"promise_id": WeekPromise.objects.create(cycle=found, week=date(2027, 1, 4), text="x").pk}


def sent(**told: Any) -> Callable[[World, str], dict[str, Any]]:
    return lambda _world, _role: told


def changes(name: str, at: Callable[[Make], Any], method: str = "GET", data: Any = None) -> list[Row]:
    """Rows of an address that changes something of a goal: own, of another team, personal of somebody else."""
    own, others = (WRITE, ELSEWHERE) if method == "GET" else (WROTE, ELSEWHERE_DONE)
    return [
        Row(name, own, method, own=at(own_goal), data=data),
        Row(name, others, method, foreign=at(others_goal), data=data),
        Row(name, HIDDEN_FROM_WRITERS, method, foreign=at(secret_goal), data=data),
    ]


def series(_world: World, _role: str) -> dict[str, Any]:
    return {"name": "nps"}


def no_key_result(_world: World, _role: str) -> dict[str, Any]:
    return {"key_result_id": 4711}


def taken(_world: World, _role: str) -> dict[str, Any]:
    return {"business": "bank", "cycle": str(quarter().pk)}


PROGRAMS: dict[str, Any] = {"goal_cycles": None, "goal_cycle": cycle, "goal_file": cycle, "goal_series": series}
TOKENS = [
    *(Row(f"api:{name}", NOBODY, args=args) for name, args in PROGRAMS.items()),
    *(Row(f"api:{name}", "401 200 200 200 200 200", args=args, token=Scope.READ) for name, args in PROGRAMS.items()),
    *(Row(f"api:{name}", "401 403 403 403 403 403", args=args, token=Scope.PUSH) for name, args in PROGRAMS.items()),
    Row("api:push_goal_series", NOBODY, "POST", args=series),
    Row("api:push_goal_series", "401 422 422 422 403 403", "POST", args=series, token=Scope.PUSH,
        data=sent(values="x"), more={"content_type": "application/json"}),
    Row("api:push_goal_cycle", NOBODY, "POST"),
    Row("api:push_goal_cycle", "401 422 422 422 403 403", "POST", token=Scope.PUSH,
        data=sent(title="Q"), more={"content_type": "application/json"}),
    Row("api:push_goal_check_in", NOBODY, "POST", args=no_key_result),
    Row("api:push_goal_check_in", "401 404 404 404 403 403", "POST", args=no_key_result, token=Scope.PUSH,
        data=sent(note="x"), more={"content_type": "application/json"}),
]  # fmt: skip
ROWS = [
    *TOKENS,
    Row("goals", LOOK),
    Row("goals_library", LOOK),
    Row("goals_words", "302 200 200 403 403 403"),
    Row("goals_words", "302 302 302 403 403 403", "POST", data=sent(method="OKR", en="objective", ru="task")),
    Row("goals_words", "302 422 422 403 403 403", "POST", data=sent(method="KPI")),
    Row("goals_school", LOOK),
    Row("goals_school", RAN, "POST", data=sent(**SCHOOL)),
    Row("example_take", WROTE, "POST", data=taken),
    Row("example_take", HIDDEN_FROM_WRITERS, "POST", data=sent(business="bank", cycle="4711")),
    Row("goals_sort", WRITE),
    Row("goals_sort", WRITE, "POST", data=sent(text="Nobody waits")),
    Row("goals_sort", "302 422 422 422 422 403", "POST", data=sent(text="")),
    Row("cycle_new", RUN),
    Row("cycle_new", RAN, "POST", data=sent(**CYCLE)),
    Row("cycle_new", REFUSED, "POST", data=sent(title="")),
    Row("cycle", LOOK, args=cycle),
    Row("cycle_history", LOOK, args=cycle),
    Row("cycle_edit", RUN, args=cycle),
    Row("cycle_edit", RAN, "POST", args=cycle, data=sent(**CYCLE)),
    Row("cycle_stage", REFUSED, "POST", args=cycle, data=sent(stage="active")),
    Row("cycle_delete", RAN, "POST", args=cycle),
    *(Row(name, LOOK, args=cycle) for name in RHYTHM),
    *(Row(name, "302 422 422 422 422 403", "POST", args=cycle) for name in RHYTHM),
    Row("goals_week", WROTE, "POST", args=running),
    Row("goals_middle", WROTE, "POST", args=running),
    Row("goals_grading", WROTE, "POST", args=closing),
    Row("goals_retro", WROTE, "POST", args=closing, data=sent(missed="the queue")),
    Row("goals_first", RUN),
    Row("goals_first", RUN, "POST"),
    Row("goals_import", RUN),
    Row("goals_import", REFUSED, "POST"),
    *(Row("cycle_file", LOOK, args=file_of(kind)) for kind in ("json", "toml", "csv", "xlsx", "html", "pdf")),
    Row("cycle_file", "302 404 404 404 404 404", args=file_of("exe")),
    Row("goals_talks", LOOK),
    Row("goals_talks", "302 422 422 422 422 422", "POST", data=sent(kind="note")),
    Row("note_settled", "302 302 302 302 302 302", "POST", own=note(mine=True)),
    Row("note_settled", HIDDEN, "POST", foreign=note(mine=False)),
    Row("feedback_answer", LOOK, own=asked(mine=True)),
    Row("feedback_answer", HIDDEN, foreign=asked(mine=False)),
    Row("goals_dates", LOOK),
    Row("goals_dates", LOOK, "POST"),
    Row("goals_feed", "200 200 200 200 200 200", args=feed),
    Row("goals_feed", "404 404 404 404 404 404", args=lambda w, r: {"token": "x" * 32}),
    Row("goals_coach", WRITE, "POST", data=sent(title="Be fast")),
    Row("goals_number", WRITE, "POST", data=sent(how="manual")),
    Row("objective_new", WRITE, args=cycle),
    Row("objective_new", WROTE, "POST", args=cycle, data=sent(title="Learn Spanish", level="personal")),
    Row("objective", LOOK, own=at(own_goal)),
    Row("objective", LOOK, foreign=at(others_goal)),
    Row("objective", HIDDEN, foreign=at(secret_goal)),
    Row("objective", LOOK, own=at(my_secret)),
    *changes("objective_edit", at),
    *changes("objective_delete", at, "POST"),
    *changes("goal_waive", at, "POST", sent(rule="S7", reason="the first goal")),
    *changes("waiver_drop", waiver, "POST"),
    Row("cycle_changed", LOOK, args=closed),
    Row("cycle_changed_numbers", LOOK, args=closed),
    *(Row(name, HIDDEN, args=cycle) for name in ("cycle_changed", "cycle_changed_numbers")),
    Row("week_file", LOOK, args=running),
    Row("week_wins", LOOK, args=running),
    *(Row(name, LOOK, args=at) for name in ("goals_secret", "goals_squares") for at in (cycle, running)),
    Row("goals_secret", WROTE, "POST", args=running),
    Row("goals_secret", "302 422 422 422 422 403", "POST", args=cycle),
    Row("goals_reveal", WROTE, "POST", own=in_secret(own_goal), data=one_goal),
    Row("goals_reveal", ELSEWHERE_DONE, "POST", foreign=in_secret(others_goal), data=one_goal),
    Row("goals_reveal", HIDDEN_FROM_WRITERS, "POST", foreign=in_secret(secret_goal), data=one_goal),
    Row("week_promises", WROTE, "POST", args=running, data=sent(text="Call ten customers")),
    Row("week_promises", "302 422 422 422 422 403", "POST", args=cycle),
    Row("promise_tick", WROTE, "POST", args=promise, data=sent(kept="yes")),
    Row("promise_tick", HIDDEN_FROM_WRITERS, "POST", args=lambda w, r: {"promise_id": 4711}),
    Row("means_bring", WRITE, args=cycle),
    Row("means_bring", "302 422 422 422 422 403", "POST", args=cycle),
    Row("means_bring", "302 422 422 422 422 403", args=closing),
    Row("means_bring", ELSEWHERE_DONE, "POST", foreign=around(others_goal), data=tracked),
    Row("means_bring", "302 422 422 422 422 403", "POST", foreign=around(secret_goal), data=tracked),
    Row("means_bring", WROTE, "POST", own=around(own_goal), data=tracked),
    *changes("means_new", at),
    *changes("means_edit", means),
    *changes("means_edit", means, "POST", sent(title="A second shift")),
    *changes("means_delete", means, "POST"),
    *changes("dependency_new", at),
    *changes("dependency_edit", dependency),
    *changes("dependency_edit", dependency, "POST", sent(**ASK)),
    *changes("dependency_delete", dependency, "POST"),
    *changes("dependency_risk", dependency),
    *changes("dependency_risk", dependency, "POST", sent(risk_owner="")),
    Row("dependency_answer", WRITE, own=asked_of(mine=True)),
    Row("dependency_answer", ELSEWHERE, foreign=asked_of(mine=False)),
    Row("dependency_answer", ELSEWHERE, foreign=dependency(own_goal)),
    Row("dependency_answer", HIDDEN_FROM_WRITERS, foreign=dependency(secret_goal)),
    Row("dependency_answer", WROTE, "POST", own=asked_of(mine=True), data=sent(answer="confirmed")),
    Row("dependency_answer", REFUSED_ALL, "POST", own=asked_of(mine=True), data=sent(answer="declined")),
    Row("dependency_answer", ELSEWHERE_DONE, "POST", foreign=asked_of(mine=False), data=sent(answer="confirmed")),
    Row("dependency_delivered", WROTE, "POST", own=dependency(own_goal, answer="confirmed")),
    Row("dependency_delivered", ELSEWHERE_DONE, "POST", foreign=dependency(others_goal, answer="confirmed")),
    Row("dependency_delivered", HIDDEN_FROM_WRITERS, "POST", foreign=dependency(secret_goal, answer="confirmed")),
    *(Row(name, LOOK, own=make(own_goal)) for name, make in STUDIES),
    *(Row(name, LOOK, foreign=make(others_goal)) for name, make in STUDIES),
    *(Row(name, HIDDEN, foreign=make(secret_goal)) for name, make in STUDIES),
    Row("cycle_waive", RAN, "POST", args=cycle, data=sent(rule="S1", reason="one team, one week")),
    Row("cycle_waive", REFUSED, "POST", args=cycle, data=sent(rule="S1", reason="")),
    Row("health_goal", WROTE, "POST", own=health(own_goal), data=taken),
    Row("health_goal", WROTE, "POST", foreign=health(others_goal), data=taken),
    Row("health_goal", HIDDEN_FROM_WRITERS, "POST", foreign=health(secret_goal), data=taken),
    Row("key_result_keep", "302 422 422 422 422 403", "POST", own=number(own_goal)),
    Row("key_result_keep", "302 422 422 422 422 403", "POST", foreign=number(others_goal)),
    Row("key_result_keep", HIDDEN_FROM_WRITERS, "POST", foreign=number(secret_goal)),
    Row("key_result_otherwise", LOOK, own=number(own_goal)),
    Row("key_result_otherwise", LOOK, foreign=number(others_goal)),
    Row("key_result_otherwise", HIDDEN, foreign=number(secret_goal)),
    *changes("key_result_new", at),
    *changes("key_result_edit", number),
    *changes("key_result_edit", number, "POST", sent(title="Half", direction="raise", how="manual", weight=1)),
    *changes("key_result_delete", number, "POST"),
    Row("key_result_past", LOOK, own=number(own_goal)),
    Row("key_result_past", LOOK, foreign=number(others_goal)),
    Row("key_result_past", HIDDEN, foreign=number(secret_goal)),
    *changes("key_result_past", number, "POST"),
    *changes("health_new", at),
    *changes("health_edit", health),
    *changes("health_edit", health, "POST", sent(title="Reopened", high="6", unit_kind="share", how="manual")),
    *changes("health_delete", health, "POST"),
]
