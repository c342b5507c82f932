"""What no cycle in the application could be is refused in a file, with its place; the longest that may be is read."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from otklik.actions.read_goals import PersonMeasured, UnreadableGoals, check_goals, read_goals
from otklik.actions.write_goals import write_goals
from otklik.actions.wrong_in_goals import place_by_person, wrong_in_goals
from otklik.base.text import Words
from otklik.schemas.goals import Cycle

CYCLE: dict[str, Any] = {"title": "Q1", "start": "2027-01-01", "end": "2027-03-31"}
PART: dict[str, Any] = {"title": "Answered in time", "unit": "share", "baseline": 0.4, "target": 0.8}


def part(**told: Any) -> dict[str, Any]:
    return {"objectives": [{"title": "Nobody waits", "key_results": [PART | told]}]}


def health(**told: Any) -> dict[str, Any]:
    return {"objectives": [{"title": "Nobody waits", "health": [{"title": "Reopened", "high": 0.1} | told]}]}


def waiver(**told: Any) -> dict[str, Any]:
    return {"waivers": [{"rule": "S1", "reason": "so", **told}]}


def need(due: str = "2027-02-01", of: str = "Support", level: str = "team") -> dict[str, Any]:
    asked = {"team": "Orders", "what": "An owner the same day", "due": due}
    return {"objectives": [{"title": "Nobody waits", "team": of, "level": level, "needs": [asked]}]}


KEY_RESULT = "objectives[1].key_results[1]"
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"start": "2027-04-01"}, "cycle.end"),
    ({"end": "2028-03-31"}, "cycle.end"),
    ({"start": "0001-01-01", "end": "0001-03-31"}, "cycle.start"),
    ({"start": "9999-10-01", "end": "9999-12-31"}, "cycle.start"),
    ({"check_in_days": 10**12}, "cycle.check_in_days"),
    ({"check_in_days": 61}, "cycle.check_in_days"),
    ({"mid_review": "2027-04-01"}, "cycle.mid_review"),
    ({"closing_from": "2026-12-31"}, "cycle.closing_from"),
    ({"profile": "x" * 21}, "cycle.profile"),
    (part(due="9999-12-31"), f"{KEY_RESULT}.due"),
    (part(due="2026-12-31"), f"{KEY_RESULT}.due"),
    (part(checkpoints=[{"day": "2027-04-01", "value": 0.5}]), f"{KEY_RESULT}.checkpoints[1].day"),
    (part(checkpoints=[{"day": "2027-02-01", "value": 1e30}]), f"{KEY_RESULT}.checkpoints[1].value"),
    (part(unit="x" * 41), f"{KEY_RESULT}.unit"),
    (part(target=1e16), f"{KEY_RESULT}.target"),
    (part(baseline=-1e16), f"{KEY_RESULT}.baseline"),
    (part(weight=1e30), f"{KEY_RESULT}.weight"),
    (part(steps=[{"title": "a", "weight": 1e30}]), f"{KEY_RESULT}.steps[1].weight"),
    (part(source={"how": "pushed", "series": "x" * 81}), f"{KEY_RESULT}.source.series"),
    (part(source={"how": "measure", "measure": "first_reply", "within_s": 1e300}), f"{KEY_RESULT}.source.within_s"),
    (health(high=1e30), "objectives[1].health[1].high"),
    (health(unit="x" * 41), "objectives[1].health[1].unit"),
    (waiver(rule="x" * 21), "waivers[1].rule"),
    (waiver(place="x" * 81), "waivers[1].place"),
    (need(due="2027-04-01"), "objectives[1].needs[1].due"),
    (need(level="personal"), "objectives[1].needs[1]"),
    (need(of="Orders"), "objectives[1].needs[1].team"),
    ({"objectives": [{"title": "a"} | waiver(rule="x" * 21)]}, "objectives[1].waivers[1].rule"),
]


@pytest.mark.parametrize(("told", "place"), WRONG, ids=lambda one: one if isinstance(one, str) else "")
def test_what_cannot_be_so_is_refused_with_its_place(told: dict[str, Any], place: str, tmp_path: Path) -> None:
    path = tmp_path / "goals.json"
    path.write_text(json.dumps(CYCLE | told), "utf-8")
    with pytest.raises(UnreadableGoals) as refused:
        read_goals(path, today=date(2027, 1, 1))
    assert refused.value.facts["place"] == place and refused.value.facts["reason"]


@pytest.mark.parametrize("value", ["Infinity", "-Infinity", "NaN", "1e999"])
def test_what_is_no_number_at_all_is_refused(value: str, tmp_path: Path) -> None:
    path = tmp_path / "goals.json"
    path.write_text(json.dumps(CYCLE | part(target=0.123)).replace("0.123", value), "utf-8")
    with pytest.raises(UnreadableGoals):
        read_goals(path, today=date(2027, 1, 1))


@pytest.mark.parametrize("told", [
    {"end": "2028-02-05"}, {"check_in_days": 60}, {"mid_review": "2027-03-31", "closing_from": "2027-01-01"},
    part(due="2027-03-31", target=1e15, unit="x" * 40), waiver(rule="x" * 20, place="x" * 80), {},
    need(due="2027-03-31"), need(of="Orders", level="company"),
])  # fmt: skip
def test_the_most_that_may_be_is_read(told: dict[str, Any]) -> None:
    assert wrong_in_goals(Cycle.model_validate(CYCLE | told)) is None


BY_PERSON = {"how": "measure", "measure": "first_reply", "within_s": 900, "which": {"assignee": ["Boris"]}}
BY_TEAM = BY_PERSON | {"which": {"team": ["Support"]}}


def goal_with(where: str, source: dict[str, Any], level: str) -> Cycle:
    number = {"title": "Answered in time", "unit": "share", "target": 0.8}
    parts = {"key_results": [number | {"source": BY_TEAM}, number | {"source": source}]}
    if where == "health":
        parts = {"health": [{"title": "Answered in time", "low": 0.8, "source": source}]}
    goals = [{"title": "Nobody waits"}, {"title": "Mine", "level": level, **parts}]
    return Cycle.model_validate(CYCLE | {"objectives": goals})


@pytest.mark.parametrize("level", ["team", "company"])
@pytest.mark.parametrize(("where", "place"), [("key_results", "key_results[2]"), ("health", "health[1]")])
def test_only_a_personal_goal_may_be_about_one_persons_requests(where: str, place: str, level: str) -> None:
    assert place_by_person(goal_with(where, BY_TEAM, level)) is None
    assert place_by_person(goal_with(where, BY_PERSON, "personal")) is None
    cycle = goal_with(where, BY_PERSON, level)
    assert place_by_person(cycle) == f"objectives[2].{place}.source.which.assignee"
    with pytest.raises(PersonMeasured) as refused:
        check_goals(cycle, "q1.json")
    said = Words("en").error(refused.value)
    assert "q1.json" in said and f"objectives[2].{place}" in said and "Limit it by team instead" in said
    assert "Boris" not in said
    assert "Отбирайте по команде" in Words("ru").error(refused.value)


@pytest.mark.parametrize("format", ["json", "toml", "csv", "xlsx"])
def test_it_is_so_in_files_of_every_kind(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"goals.{format}"
    write_goals(goal_with("key_results", BY_PERSON, "personal"), path)
    source = read_goals(path).objectives[1].key_results[1].source
    assert source.model_dump()["which"]["assignee"] == ("Boris",)
    write_goals(goal_with("key_results", BY_PERSON, "team"), path)
    with pytest.raises(PersonMeasured):
        read_goals(path)


def test_a_file_of_before_says_nothing_of_persons() -> None:
    told = Cycle.model_validate(CYCLE | part(source=BY_TEAM))
    assert told.objectives[0].key_results[0].source.model_dump()["which"]["assignee"] == ()
