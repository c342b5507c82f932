"""Where a number stands before anybody promises it, and the smallest step that could be seen."""

from datetime import timedelta

import pytest

from otklik.actions.aim_goal import aim_goal
from otklik.actions.cut_log import NotMeasuredYet, Shelf
from otklik.actions.measure_goals import GoalRuler, measure_goal
from otklik.actions.measure_speed import Yardstick
from otklik.actions.take_baseline import take_baseline
from otklik.clock.errors import UnknownCalendarText
from otklik.schemas.goals import Bound, Slice
from otklik.schemas.log import ServiceLog

Kept = tuple[Shelf, ServiceLog, Yardstick]
ZONE = "Europe/Moscow"
SHARE = Bound(measure="first_reply", within_s=3600)


@pytest.fixture
def ruler(kept: Kept) -> GoalRuler:
    return GoalRuler(kept[0], ZONE)


def test_it_is_the_number_of_the_last_four_weeks(ruler: GoalRuler) -> None:
    found, measured = take_baseline(ruler, SHARE), measure_goal(ruler, SHARE)
    assert (found.number, found.n, found.basis) == (measured.number, measured.n, measured.basis)
    whole = take_baseline(ruler, SHARE.model_copy(update={"window_days": None}))
    assert whole.number == found.number and whole.basis.last - whole.basis.first == timedelta(days=27)


def test_the_smallest_step_is_the_one_goals_are_proposed_by(ruler: GoalRuler) -> None:
    aim = aim_goal(ruler, SHARE, "raise")
    assert aim is not None
    assert take_baseline(ruler, SHARE, "raise").visible == pytest.approx(aim.visible)
    median = take_baseline(ruler, Bound(measure="resolution", statistic="quantile", quantile=0.5), "lower")
    assert median.visible is not None and median.number.value is not None
    assert 0 < median.visible < median.number.value


@pytest.mark.parametrize("bound", [
    Bound(measure="reopens", which=Slice(cohort="resolved")),
    Bound(measure="reopens", statistic="quantile", quantile=0.9, which=Slice(cohort="resolved")),
    Bound(measure="reopens", statistic="count", which=Slice(cohort="resolved")),
    Bound(measure="replies", within_s=2, which=Slice(cohort="resolved")),
    Bound(measure="resolution", statistic="count", which=Slice(cohort="open")),
    Bound(measure="resolution", within_s=86_400, which=Slice(cohort="open")),
    Bound(measure="waits", within_s=3600, which=Slice(cohort="answered")),
    Bound(
        measure="waiting_on_us", statistic="quantile", quantile=0.9, clock="business", which=Slice(cohort="resolved")
    ),
], ids=lambda one: f"{one.measure}-{one.statistic}-{one.which.cohort}")  # fmt: skip
def test_whatever_the_form_offers_can_be_measured(ruler: GoalRuler, bound: Bound) -> None:
    assert take_baseline(ruler, bound).number.value is not None


def test_of_nobody_there_is_no_number(ruler: GoalRuler) -> None:
    found = take_baseline(ruler, SHARE.model_copy(update={"which": Slice(channel=("pigeon",))}))
    assert (found.number.value, found.n, found.visible) == (None, 0, None)


def test_only_what_is_at_hand_is_asked(kept: Kept) -> None:
    bound = SHARE.model_copy(update={"clock": "business", "calendar": "mon-fri 6-7"})
    with pytest.raises(NotMeasuredYet):
        take_baseline(GoalRuler(kept[0], ZONE, at_hand=True), bound)


def test_strangers_open_no_files(kept: Kept, tmp_path: object) -> None:
    bound = SHARE.model_copy(update={"clock": "business", "calendar": str(kept[2].calendar)})
    with pytest.raises(UnknownCalendarText):
        take_baseline(GoalRuler(kept[0], ZONE, opens_files=False), bound)
    assert take_baseline(GoalRuler(kept[0], ZONE), bound).n


def test_a_calendar_of_the_company_counts_for_everybody(kept: Kept) -> None:
    book = kept[2].book()
    assert book is not None
    for name in book.versions:
        ruler = GoalRuler(kept[0], ZONE, opens_files=False)
        found = take_baseline(ruler, SHARE.model_copy(update={"clock": "business", "calendar": name}))
        assert (found.basis.calendar, found.n > 0) == (name, True)
