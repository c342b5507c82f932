from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.goals.grading import aims, colour, grade_both, grade_key_result, grade_objective, grade_on, ladder
from otklik.goals.profiles import GOOGLE, own_profile
from otklik.schemas.goals import Bound, KeyResult, Step
from otklik.schemas.grades import KeyResultGrade
from otklik.stats import Estimate

P90 = KeyResult(
    id="p90", title="p90 of the first reply: 62 to 20 min", direction="lower", unit="s",
    baseline=62 * 60, commit=40 * 60, target=20 * 60, stretch=10 * 60,
)  # fmt: skip
IN_TIME = KeyResult(id="in-time", title="within 15 min", unit="share", baseline=0.48, target=0.8)


def grade(key_result: KeyResult, value: float | None, low: float | None = None, high: float | None = None):
    return grade_key_result(key_result, Estimate(value, low, high))


def at(value: float) -> Estimate:
    return Estimate(value, None, None)


def test_lower_is_better():
    grades = {minutes: grade(P90, minutes * 60).value for minutes in (90, 62, 51, 40, 30, 20, 15, 10, 2)}
    assert grades == pytest.approx({90: 0.0, 62: 0.0, 51: 0.15, 40: 0.3, 30: 0.5, 20: 0.7, 15: 0.85, 10: 1.0, 2: 1.0})


def test_the_interval_turns_round_where_lower_is_better():
    found = grade(P90, 30 * 60, low=20 * 60, high=40 * 60)
    assert (found.low, found.value, found.high) == pytest.approx((0.3, 0.5, 0.7))


def test_without_a_stretch_the_target_is_the_top():
    assert grade(IN_TIME, 0.64).value == pytest.approx(0.5)
    assert grade(IN_TIME, 0.8).value == 1.0
    assert grade(IN_TIME, 0.9).value == 1.0
    assert grade(IN_TIME, 0.9).progress > 1


def test_a_commit_without_a_stretch_keeps_its_rung():
    kr = IN_TIME.model_copy(update={"commit": 0.6})
    assert grade(kr, 0.6).value == pytest.approx(0.3)
    assert grade(kr, 0.7).value == pytest.approx(0.65)


def test_a_stretch_alone_is_one_straight_way():
    kr = IN_TIME.model_copy(update={"target": None, "stretch": 0.8})
    assert grade(kr, 0.64).value == pytest.approx(0.5)


def test_half_of_the_ratio_is_half_of_the_grade_on_the_log_scale():
    kr = KeyResult(title="60 to 15 min", direction="lower", baseline=60, target=15, scale="log")
    assert grade(kr, 30).value == pytest.approx(0.5)
    assert grade(kr, 0).value == 1.0
    assert grade(kr.model_copy(update={"scale": "linear"}), 30).value == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"target": None}, "no-target"),
        ({"baseline": None}, "no-baseline"),
        ({"target": 0.48}, "unordered"),
        ({"target": 0.3}, "unordered"),
        ({"commit": 0.9}, "unordered"),
        ({"stretch": 0.7}, "unordered"),
        ({"direction": "lower"}, "unordered"),
        ({"baseline": 0.0, "scale": "log"}, "not-positive"),
        ({"direction": "keep_above", "target": None}, "no-target"),
        ({"direction": "keep_above"}, "no-weeks"),
        ({"direction": "milestone"}, "no-steps"),
    ],
)
def test_no_grade_says_why(changes, reason):
    found = grade(IN_TIME.model_copy(update=changes), 0.5)
    assert (found.value, found.reason) == (None, reason)


def test_no_number_no_grade():
    assert grade(IN_TIME, None).reason == "no-value"


levels = st.lists(st.integers(1, 10_000), min_size=4, max_size=4, unique=True).map(sorted)
numbers = st.floats(min_value=0, max_value=20_000)
scales = st.sampled_from(["linear", "log"])
shape = st.sampled_from([(1, 1), (1, 0), (0, 1), (0, 0)])


def moving(rungs: list[int], direction: str, scale: str, has: tuple[int, int]) -> KeyResult:
    baseline, commit, target, stretch = rungs if direction == "raise" else rungs[::-1]
    return KeyResult(
        title="any", direction=direction, scale=scale, baseline=baseline, target=target,
        commit=commit if has[0] else None, stretch=stretch if has[1] else None,
    )  # fmt: skip


@given(levels, numbers, numbers, st.sampled_from(["lower", "raise"]), scales, shape)
def test_a_better_number_never_grades_lower_and_grades_stay_in_bounds(rungs, one, other, direction, scale, has):
    kr = moving(rungs, direction, scale, has)
    worse, better = (max(one, other), min(one, other)) if direction == "lower" else (min(one, other), max(one, other))
    first, second = grade(kr, worse), grade(kr, better)
    assert 0 <= first.value <= second.value <= 1
    assert second.colour == colour(second.value)


@given(levels, st.sampled_from(["lower", "raise"]), scales, shape)
def test_every_rung_grades_what_it_says(rungs, direction, scale, has):
    kr = moving(rungs, direction, scale, has)
    assert grade(kr, kr.baseline).value == 0
    assert grade(kr, kr.target).value == pytest.approx(0.7 if has[1] else 1.0)
    if kr.commit is not None:
        assert grade(kr, kr.commit).value == pytest.approx(0.3)
    if kr.stretch is not None:
        assert grade(kr, kr.stretch).value == pytest.approx(1)


@given(levels, numbers, numbers, numbers, scales)
def test_lower_is_raise_in_a_mirror(rungs, one, two, three, scale):
    """Grading a wait by "lower" is grading its negative by "raise"; the interval stays around the grade."""
    low, value, high = sorted((one, two, three))
    kr = moving(rungs, "lower", "linear", (1, 1))
    mirror = kr.model_copy(
        update={"direction": "raise"}
        | {name: -getattr(kr, name) for name in ("baseline", "commit", "target", "stretch")}
    )
    found, other = grade(kr, value, low, high), grade(mirror, -value, -high, -low)
    assert (found.low, found.value, found.high) == pytest.approx((other.low, other.value, other.high))
    assert found.low <= found.value <= found.high


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=14), st.floats(0, 1))
def test_kept_weeks_are_the_grade(weeks, limit):
    kr = KeyResult(title="reopened", direction="keep_below", target=limit)
    found = grade_key_result(kr, weeks=tuple(weeks))
    kept = sum(w <= limit for w in weeks if w is not None)
    known = sum(w is not None for w in weeks)
    assert (found.kept, found.counted) == (kept, known)
    assert found.value == (kept / known if known else None)
    worse = grade_key_result(kr, weeks=(*weeks, limit + 1))
    assert worse.value <= (1.0 if found.value is None else found.value)


def test_a_weekly_share_is_graded_by_weeks():
    kr = KeyResult(title="90 % in 15 min every week", target=0.9, source=Bound(measure="first_reply", weekly=True))
    assert grade_key_result(kr, weeks=(0.95, 0.9, 0.7, 0.91)).value == 0.75


def test_milestones_grade_by_weight():
    kr = KeyResult(title="move", direction="milestone", steps=(Step(title="a", done=True), Step(title="b", weight=3)))
    assert grade(kr, None).value == 0.25
    assert grade(kr, None).colour == "red"


def graded(value: float | None, low: float | None = None, high: float | None = None) -> KeyResultGrade:
    return KeyResultGrade(value=value, low=low, high=high)


def test_an_objective_is_the_weighted_mean_with_its_weights_shown():
    krs = [KeyResult(id="a", title="a", weight=3), KeyResult(id="b", title="b"), KeyResult(id="c", title="c")]
    found = grade_objective(krs, [graded(0.8, 0.6, 1.0), graded(0.4), graded(None)])
    assert found.value == pytest.approx(0.7)
    assert (found.low, found.high) == pytest.approx((0.55, 0.85))
    assert [(part.key_result, part.share, part.grade) for part in found.parts] == [
        ("a", 0.75, 0.8), ("b", 0.25, 0.4), ("c", 0.0, None),
    ]  # fmt: skip
    assert found.graded == pytest.approx(0.8)
    assert found.colour == "green"


def test_an_objective_without_grades_has_none():
    found = grade_objective([KeyResult(id="a", title="a")], [graded(None)])
    assert (found.value, found.graded, found.colour) == (None, 0.0, None)
    assert grade_objective([], []).value is None


@given(st.lists(st.tuples(st.floats(0.1, 10), st.floats(0, 1)), min_size=1, max_size=5))
def test_an_objective_lies_between_its_key_results(pairs):
    krs = [KeyResult(id=str(i), title="a", weight=w) for i, (w, _) in enumerate(pairs)]
    found = grade_objective(krs, [graded(g) for _, g in pairs])
    assert min(g for _, g in pairs) - 1e-9 <= found.value <= max(g for _, g in pairs) + 1e-9
    assert sum(part.share for part in found.parts) == pytest.approx(1)


def test_a_target_moved_on_the_way_keeps_the_first_grade():
    easier = P90.model_copy(update={"target": 35 * 60, "stretch": 30 * 60})
    both = grade_both(P90, easier, at(30 * 60))
    assert both.changed
    assert (both.as_set.value, both.as_changed.value) == pytest.approx((0.5, 1.0))


def test_a_new_title_or_owner_or_a_done_step_is_no_change_of_the_goal():
    renamed = P90.model_copy(update={"title": "another", "owners": ("anna",)})
    assert not grade_both(P90, renamed, at(1800)).changed
    step = KeyResult(title="m", direction="milestone", steps=(Step(title="a"),))
    assert aims(step) == aims(step.model_copy(update={"steps": (Step(title="a", done=True, evidence="link"),)}))
    assert aims(step) != aims(step.model_copy(update={"due": date(2027, 1, 1)}))


def test_every_grade_has_a_colour():
    assert [colour(g) for g in (0.0, 0.34, 0.35, 0.37, 0.64, 0.65, 0.67, 1.0)] == [
        "red", "red", "yellow", "yellow", "yellow", "green", "green", "green",
    ]  # fmt: skip


def test_a_profile_moves_rungs_and_colours():
    own = own_profile({"target_grade": 0.8, "green_from": 0.9})
    assert grade_key_result(P90, at(1200), profile=own).value == pytest.approx(0.8)
    assert grade_key_result(P90, at(1200), profile=own).colour == "yellow"


def test_rungs_rise_in_grade():
    rungs = ladder(P90, GOOGLE)
    assert [g for _, g in rungs] == [0.0, 0.3, 0.7, 1.0]
    assert grade_on(rungs, 3720.0) == 0.0
