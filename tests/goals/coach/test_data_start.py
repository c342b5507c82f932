"""D1-D3: reached already, invisible, invented."""

from datetime import date, timedelta

import pytest

from otklik.goals.coach.examples import START, sound_cycle, sound_key_results, sound_objective
from otklik.goals.coach.linting import lint_cycle
from otklik.goals.coach.rule import Around
from otklik.schemas.coach import LogSays
from otklik.schemas.goals import Finding

BEFORE = START - timedelta(days=2)


def found(key_result: dict, *, on: date = BEFORE, **log) -> list[Finding]:
    early, late = sound_key_results("en")
    early = early.model_copy(update=key_result)
    cycle = sound_cycle(sound_objective("en", key_results=(early, late)))
    around = Around(log={"objective:1/kr:1": LogSays(on=on, **log)})
    return lint_cycle(cycle, around=around, kinds=("data",))


def keys(key_result: dict, **log) -> list[str]:
    return [one.key for one in found(key_result, **log)]


@pytest.mark.parametrize(
    ("key_result", "interval", "reached"),
    [
        ({"direction": "lower", "baseline": None, "target": 30}, (22, 27), True),
        ({"direction": "lower", "baseline": None, "target": 27}, (22, 27), True),
        ({"direction": "lower", "baseline": None, "target": 25}, (22, 27), False),
        ({"direction": "raise", "baseline": None, "target": 0.8}, (0.81, 0.9), True),
        ({"direction": "raise", "baseline": None, "target": 0.8}, (0.79, 0.9), False),
        ({"direction": "raise", "baseline": 25, "target": 15}, (22, 27), False),
        ({"direction": "keep_below", "baseline": None, "target": 30}, (22, 27), False),
        ({"direction": "milestone", "baseline": None, "target": None}, (22, 27), False),
    ],
)
def test_reached_before_the_start(key_result: dict, interval: tuple, reached: bool) -> None:
    low, high = interval
    assert keys(key_result, measured_low=low, measured_high=high) == (["d1.reached"] if reached else [])


def test_what_was_reached_later_was_not_reached_before() -> None:
    told = {"direction": "lower", "baseline": None, "target": 30}
    later = START + timedelta(days=30)
    assert keys(told, on=later, measured_low=22, measured_high=27) == []
    assert keys(told, on=later, measured_low=22, measured_high=27, at_start_low=24, at_start_high=26) == ["d1.reached"]


def test_numbers_are_told_as_they_are() -> None:
    told = {"direction": "lower", "baseline": None, "target": 30, "unit": "min"}
    [finding] = found(told, measured=24, measured_low=22, measured_high=27)
    assert finding.facts == {"value": 24, "low": 22, "high": 27, "target": 30, "unit": "min"}


@pytest.mark.parametrize(("visible", "seen"), [(9.9, True), (10, True), (10.1, False)])
def test_a_change_must_be_visible(visible: float, seen: bool) -> None:
    told = {"direction": "lower", "baseline": 60, "target": 50}
    assert keys(told, visible_change=visible) == ([] if seen else ["d2.invisible"])
    assert keys({"direction": "lower", "baseline": None, "target": 50}, visible_change=visible) == []


@pytest.mark.parametrize(("typed", "outside"), [(90, True), (71, False), (55, False), (54, True)])
def test_a_start_must_be_what_was_measured(typed: float, outside: bool) -> None:
    told = {"direction": "lower", "baseline": typed, "target": 20}
    log = {"at_start": 62, "at_start_low": 55, "at_start_high": 71}
    assert keys(told, **log) == (["d3.other-start"] if outside else [])


def test_where_the_log_is_silent_nothing_is_found() -> None:
    assert found({"baseline": 90}) == []
