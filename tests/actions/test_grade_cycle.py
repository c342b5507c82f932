"""A whole cycle as of a day: numbers, grades, forecasts, health, and what people said."""

from datetime import date

import pytest

from otklik.actions.count_days import NotYourName
from otklik.actions.cut_log import Shelf
from otklik.actions.grade_cycle import grade_cycle, stand_of
from otklik.actions.gradings import Grading
from otklik.actions.measure_goals import GoalRuler, measure_goal
from otklik.actions.measure_speed import Yardstick
from otklik.goals.grading import grade_key_result
from otklik.schemas.goal_results import CheckIn, CycleNow
from otklik.schemas.goals import NO_NAME, Bound, Cycle, Health, KeyResult, Objective, Slice
from otklik.schemas.log import ServiceLog
from otklik.stats import Estimate

Kept = tuple[Shelf, ServiceLog, Yardstick]
ON = date(2026, 5, 17)
P90 = Bound(measure="first_reply", statistic="quantile", quantile=0.9)
SHARE = Bound(measure="first_reply", within_s=3600)
SAID = {
    "nps": [
        CheckIn(key_result="nps", day=date(2026, 5, 10), value=36.0, confidence=0.4),
        CheckIn(key_result="nps", day=date(2026, 4, 12), value=33.0, confidence=0.6),
        CheckIn(key_result="nps", day=date(2026, 6, 1), value=44.0, confidence=0.9),
    ]
}


def cycle(*key_results: KeyResult, health: tuple[Health, ...] = ()) -> Cycle:
    objective = Objective(id="o", title="Customers hear from us", key_results=key_results, health=health)
    return Cycle(title="Q2", start=date(2026, 4, 6), end=date(2026, 7, 5), objectives=(objective,))


@pytest.fixture
def ruler(kept: Kept) -> GoalRuler:
    return GoalRuler(kept[0], "Europe/Moscow")


def test_a_baseline_nobody_typed_is_measured_before_the_cycle(ruler: GoalRuler) -> None:
    p90 = KeyResult(id="p90", title="p90", direction="lower", target=20_000, unit="s", source=P90)
    told, prepared = stand_of(Grading(ruler, cycle(p90), ON), p90)
    before = measure_goal(ruler, P90, first=date(2026, 3, 9), last=date(2026, 4, 5))
    assert told.key_result.baseline == told.at_start.value == before.number.value
    assert told.grade == grade_key_result(told.key_result, Estimate(*[getattr(told.number, n) for n in
                                                                     ("value", "low", "high")]))  # fmt: skip
    assert prepared is not None and told.forecast is not None and told.forecast.why_none is None
    assert told.needed is not None and told.needed.verdict == "open"
    assert told.reading is not None and told.reading.basis.last == ON
    assert told.visible_change is not None and told.visible_change > 0
    assert told.key_result.baseline in told.reading.at, "the way from it is counted too"


def test_nothing_after_the_day_is_looked_at(ruler: GoalRuler) -> None:
    share = KeyResult(id="s", title="s", baseline=0.5, target=0.7, unit="share", source=SHARE)
    told = grade_cycle(Grading(ruler, cycle(share), ON))
    (found,) = told.objectives[0].key_results
    assert found.reading is not None and found.reading.days[-1].day == ON
    assert len(found.weeks) == 5, "the sixth week is over only with the last of its requests"
    assert told.as_of < ruler.as_of
    at_start = [day for day in found.reading.days if date(2026, 3, 9) <= day.day <= date(2026, 4, 5)]
    assert found.at_start.value == sum(day.k for day in at_start) / sum(day.n for day in at_start)


def test_what_people_say_counts_until_the_day(ruler: GoalRuler) -> None:
    nps = KeyResult(id="nps", title="NPS", baseline=30, target=45, unit="points")
    told = grade_cycle(Grading(ruler, cycle(nps), ON, SAID))
    (found,) = told.objectives[0].key_results
    assert found.number.value == 36.0 and found.confidence == 0.4
    assert [one.day for one in found.check_ins] == [date(2026, 4, 12), date(2026, 5, 10)]
    assert found.weeks == (33.0, None, None, None, 36.0, None)
    assert found.grade.value == pytest.approx(0.4)


def test_an_objective_is_the_mean_and_has_futures_of_its_own(ruler: GoalRuler) -> None:
    share = KeyResult(id="s", title="s", baseline=0.5, target=0.7, unit="share", weight=3, source=SHARE)
    nps = KeyResult(id="nps", title="NPS", baseline=30, target=45, unit="points")
    told = grade_cycle(Grading(ruler, cycle(share, nps), ON, SAID))
    found = told.objectives[0]
    first, second = (one.grade.value for one in found.key_results)
    assert first is not None and second is not None
    assert found.grade.value == pytest.approx((3 * first + second) / 4)
    assert found.forecast is not None and (found.forecast.moving, found.forecast.fixed) == (1, 1)
    assert CycleNow.model_validate_json(told.model_dump_json()) == told
    assert told.key_result("nps") == found.key_results[1] and told.key_result("?") is None


def test_signs_are_looked_for_only_where_they_are_asked_for(ruler: GoalRuler) -> None:
    share = KeyResult(id="s", title="s", baseline=0.5, target=0.7, unit="share", source=SHARE)
    without = grade_cycle(Grading(ruler, cycle(share), date(2026, 6, 30), with_gaming=False))
    assert without.objectives[0].key_results[0].gaming is None
    looked = grade_cycle(Grading(ruler, cycle(share), date(2026, 6, 30))).objectives[0].key_results[0].gaming
    assert looked is not None and {check.kind for check in looked.checks} >= {"pile_up", "reopened", "mix"}


def test_what_the_log_cannot_tell_says_so_and_keeps_nobody_else_from_being_graded(ruler: GoalRuler) -> None:
    good = KeyResult(id="s", title="s", baseline=0.5, target=0.7, unit="share", source=SHARE)
    bad = [
        KeyResult(id="luck", title="luck", target=1, source=Bound(measure="luck", within_s=60)),
        KeyResult(id="timeless", title="timeless", target=1, source=Bound(measure="first_reply")),
        KeyResult(id="moon", title="moon", target=1, source=Bound(measure="first_reply", within_s=60, clock="business",
                                                                  calendar="hours of the moon")),
    ]  # fmt: skip
    broken = Health(id="h", title="h", high=1, source=Bound(measure="first_reply", which=Slice(cohort="open")))
    told = grade_cycle(Grading(ruler, cycle(*bad, good, health=(broken,)), ON)).objectives[0]
    codes = [one.problem.code if one.problem else None for one in told.key_results]
    assert codes[0] == "goal-unknown-measure" and codes[1] == "goal-without-time"
    assert codes[2] is not None and codes[3] is None
    assert [one.grade.reason for one in told.key_results] == ["no-value"] * 3 + [None]
    assert told.grade.value == told.key_results[3].grade.value
    assert told.health[0].problem is not None and told.health[0].broken is None


def test_a_number_may_name_working_hours_of_its_own(ruler: GoalRuler) -> None:
    """Around the clock working time is elapsed time."""
    always = SHARE.model_copy(update={"clock": "business", "calendar": "24x7"})
    ours, theirs, elapsed = (
        measure_goal(ruler, bound) for bound in (SHARE.model_copy(update={"clock": "business"}), always, SHARE)
    )
    assert theirs.number == elapsed.number != ours.number
    assert theirs.basis.calendar == "24x7"
    named = KeyResult(id="s", title="s", baseline=0.5, target=0.7, unit="share", source=always)
    (found,) = grade_cycle(Grading(ruler, cycle(named), date(2026, 6, 30))).objectives[0].key_results
    assert found.number == elapsed.number
    assert ruler.by(SHARE) is ruler


def test_a_number_by_names_that_count_no_more_says_so_and_the_others_are_graded(ruler: GoalRuler) -> None:
    gone = SHARE.model_copy(update={"which": Slice(assignee=(NO_NAME,))})
    own = SHARE.model_copy(update={"which": Slice(assignee=("First line 8",))})
    rows = [KeyResult(id=name, title=name, unit="share", baseline=0.4, target=0.8, source=source)
            for name, source in (("gone", gone), ("own", own), ("all", SHARE))]  # fmt: skip
    health = Health(title="Mine", low=0.1, source=gone)
    now = grade_cycle(Grading(ruler, cycle(*rows, health=(health,)), ON))
    lost, mine, whole = now.objectives[0].key_results
    assert lost.problem is not None and lost.problem.code == NotYourName.code and lost.number.value is None
    assert mine.reading is not None and whole.reading is not None and 0 < mine.reading.n < whole.reading.n
    assert mine.reading.basis.bound == own
    widths = [one.number.high - one.number.low for one in (mine, whole)]  # type: ignore[operator]
    assert widths[0] > 2 * widths[1], "few requests, wide interval"
    problem = now.objectives[0].health[0].problem
    assert problem is not None and problem.code == NotYourName.code
