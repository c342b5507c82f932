"""What the coach is told of key results by the log."""

from datetime import date, timedelta

import pytest

from otklik.actions.coach_goals import coach_cycle
from otklik.actions.cut_log import Shelf
from otklik.actions.grade_cycle import grade_cycle
from otklik.actions.gradings import Grading
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.measure_speed import Yardstick
from otklik.actions.tell_coach import age_days, chance_on, missing_channels, status_of, tell_coach
from otklik.schemas.goal_results import CheckIn
from otklik.schemas.goals import NO_NAME, Bound, Cycle, KeyResult, Objective, Slice
from otklik.schemas.log import ServiceLog

Kept = tuple[Shelf, ServiceLog, Yardstick]
ON = date(2026, 5, 17)
SHARE = Bound(measure="first_reply", within_s=3600)


def cycle(*key_results: KeyResult) -> Cycle:
    objective = Objective(id="o", title="Customers hear from us", key_results=key_results)
    return Cycle(title="Q2", start=date(2026, 4, 6), end=date(2026, 7, 5), objectives=(objective,))


@pytest.fixture
def ruler(kept: Kept) -> GoalRuler:
    return GoalRuler(kept[0], "Europe/Moscow")


def test_numbers_and_intervals_are_those_of_the_grading(ruler: GoalRuler) -> None:
    share = KeyResult(id="s", title="s", baseline=0.9, target=0.95, unit="share", source=SHARE)
    grading = Grading(ruler, cycle(share), ON)
    now = grade_cycle(grading)
    told = tell_coach(grading, now)["s"]
    found = now.key_result("s")
    assert found is not None
    assert (told.measured, told.at_start, told.visible_change) == (
        found.number.value, found.at_start.value, found.visible_change,
    )  # fmt: skip
    assert told.unusable_share == 0 and told.missing_channels == ()
    rules = {finding.rule for finding in coach_cycle(grading.cycle, log={"s": told}, kinds={"data"})}
    assert "D3" in rules, "nine in ten were never answered within an hour before the cycle"


def test_check_ins_stand_beside_what_the_log_said_on_their_days(ruler: GoalRuler) -> None:
    share = KeyResult(id="s", title="s", baseline=0.5, target=0.95, unit="share", source=SHARE)
    days = [ON - timedelta(days=7 * i) for i in (3, 2, 1)]
    said = {"s": [CheckIn(key_result="s", day=day, confidence=0.8) for day in days]}
    grading = Grading(ruler, cycle(share), ON, said)
    told = tell_coach(grading, grade_cycle(grading))["s"]
    assert [one.probability for one in told.check_ins] == [None, 0.05, 0.05]
    assert told.last_check_in == days[-1]
    rules = {finding.rule for finding in coach_cycle(grading.cycle, log={"s": told}, kinds={"data"})}
    assert "D5" in rules


def test_a_chance_written_down_is_not_worked_out_again(ruler: GoalRuler) -> None:
    share = KeyResult(id="s", title="s", baseline=0.5, target=0.95, unit="share", source=SHARE)
    said = {"s": [CheckIn(key_result="s", day=ON, confidence=0.8, probability=0.42)]}
    grading = Grading(ruler, cycle(share), ON, said)
    assert tell_coach(grading, grade_cycle(grading))["s"].check_ins[0].probability == 0.42
    assert chance_on(grading, share, date(2026, 4, 1)) is None, "before the cycle"


def test_what_people_type_has_only_their_words(ruler: GoalRuler) -> None:
    nps = KeyResult(id="nps", title="NPS", baseline=30, target=45, unit="points")
    said = {"nps": [CheckIn(key_result="nps", day=ON, value=40, confidence=0.8)]}
    grading = Grading(ruler, cycle(nps, KeyResult(title="no id", baseline=1, target=2)), ON, said)
    told = tell_coach(grading, grade_cycle(grading))
    assert list(told) == ["nps"]
    assert told["nps"].measured is None and told["nps"].check_ins[0].confidence == 0.8


def test_sure_people_who_fell_silent_are_green_and_told(ruler: GoalRuler) -> None:
    nps = KeyResult(id="nps", title="NPS", baseline=30, target=45, unit="points")
    for confidence, status, rules in ((0.8, "green", ["D5"]), (0.5, "amber", []), (0.1, "red", [])):
        said = {"nps": [CheckIn(key_result="nps", day=ON - timedelta(days=12), confidence=confidence)]}
        grading = Grading(ruler, cycle(nps), ON, said)
        told = tell_coach(grading, grade_cycle(grading))["nps"]
        assert told.status == status
        found = coach_cycle(grading.cycle, log={"nps": told}, kinds={"data"})
        assert [one.rule for one in found if one.key == "d5.silent-green"] == rules
    assert status_of(cycle(), None) is None


def test_records_that_end_early_are_old(ruler: GoalRuler) -> None:
    assert age_days(ruler, Slice(), ON) == 0
    assert age_days(ruler, Slice(), date(2026, 7, 10)) == pytest.approx(9.26, abs=0.01)
    assert age_days(ruler, Slice(source=("nowhere",)), ON) is None


def test_a_channel_that_fell_silent_is_missing(ruler: GoalRuler) -> None:
    assert missing_channels(ruler, Slice(), ON) == ()
    assert missing_channels(ruler, Slice(channel=("email", "pigeon")), ON) == ("pigeon",)
    assert missing_channels(ruler, Slice(), date(2026, 12, 1)) == ()


def test_a_number_by_names_that_count_no_more_silences_nobody_else(ruler: GoalRuler) -> None:
    gone = SHARE.model_copy(update={"which": Slice(assignee=(NO_NAME,))})
    rows = [KeyResult(id=name, title=name, source=source) for name, source in (("gone", gone), ("all", SHARE))]
    grading = Grading(ruler, cycle(*rows), ON)
    told = tell_coach(grading, grade_cycle(grading))
    assert told["gone"].measured is None and told["gone"].missing_channels == ()
    assert told["all"].measured is not None
