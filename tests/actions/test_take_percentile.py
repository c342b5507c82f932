"""The percentile of a goal is the one the pages of speed show, in an interval that knows days."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from otklik.actions.count_days import NothingToHoldAgainst, UnknownMeasure
from otklik.actions.count_open_days import UnfitForOpen
from otklik.actions.cut_log import Shelf
from otklik.actions.look_at import look_at
from otklik.actions.measure_speed import Yardstick
from otklik.actions.take_percentile import take_percentile
from otklik.schemas.goals import Bound, Slice
from otklik.schemas.log import ServiceLog
from otklik.schemas.views import View

Kept = tuple[Shelf, ServiceLog, Yardstick]
ZONE = "Europe/Moscow"
FIRST, LAST = date(2026, 4, 1), date(2026, 4, 28)


@pytest.mark.parametrize("clock", ["elapsed", "business"])
@pytest.mark.parametrize("measure", ["first_reply", "resolution", "waits"])
def test_it_is_the_percentile_of_the_page(kept: Kept, measure: str, clock: str) -> None:
    shelf, _, _ = kept
    which = Slice(channel=("email", "chat"))
    bound = Bound(measure=measure, clock=clock, statistic="quantile", quantile=0.9, which=which)  # type: ignore[arg-type]
    told, n = take_percentile(shelf, bound, ZONE, FIRST, LAST)
    report = look_at(shelf, View(start=FIRST, end=LAST, channel=which.channel), {"measures"}, zone=ZONE)
    page = getattr(report.measures[measure], clock)
    assert (told.value, n) == (page.p90_s, page.n)
    assert told.low is not None and told.value is not None
    assert told.low <= page.p90_low_s and (told.high is None or told.high >= page.p90_high_s), "days add doubt"


def test_counts_have_percentiles_too(kept: Kept) -> None:
    shelf, _, _ = kept
    bound = Bound(measure="replies", statistic="quantile", quantile=0.5, which=Slice(cohort="resolved"))
    told, n = take_percentile(shelf, bound, ZONE, FIRST, LAST)
    facts = shelf.kept.read("facts").to_pylist()
    values = sorted(
        row["replies"]
        for row in facts
        if row["replies"] is not None
        and row["ended_at"] is not None
        and FIRST <= row["ended_at"].astimezone(ZoneInfo(ZONE)).date() <= LAST
    )
    assert n == len(values)
    assert told.value == values[(n + 1) // 2 - 1]


def test_too_few_say_nothing(kept: Kept) -> None:
    shelf, _, _ = kept
    bound = Bound(measure="first_reply", statistic="quantile", quantile=0.99)
    told, n = take_percentile(shelf, bound, ZONE, LAST, LAST)
    assert n < 299 and told.value is None


def test_what_cannot_be_told_is_refused(kept: Kept) -> None:
    shelf, _, _ = kept
    with pytest.raises(NothingToHoldAgainst):
        take_percentile(shelf, Bound(measure="first_reply", statistic="quantile"), ZONE, FIRST, LAST)
    with pytest.raises(UnfitForOpen):
        take_percentile(shelf, Bound(measure="resolution", which=Slice(cohort="open")), ZONE, FIRST, LAST)
    with pytest.raises(UnknownMeasure):
        take_percentile(shelf, Bound(measure="luck", statistic="quantile", quantile=0.5), ZONE, FIRST, LAST)
