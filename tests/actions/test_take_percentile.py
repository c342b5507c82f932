"""The percentile of a goal is the one the pages of speed show, in an interval that knows days."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from otklik.actions.count_days import NothingToHoldAgainst, NotYourName, UnknownMeasure
from otklik.actions.count_open_days import UnfitForOpen
from otklik.actions.cut_log import Shelf
from otklik.actions.look_at import look_at
from otklik.actions.measure_speed import Yardstick
from otklik.actions.take_percentile import take_percentile
from otklik.schemas.goals import NO_NAME, Bound, Slice
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


OWN = ("First line 8", "First line 4", "First line 6")


def own_rows(shelf: Shelf, column: str, first: date = FIRST, last: date = LAST) -> list[float]:
    """What those who came in some days waited, all of whom are answered."""
    rows = [row for row in shelf.kept.read("facts").to_pylist() if row["assignee"] in OWN]
    inside = [row for row in rows if first <= row["opened_at"].astimezone(ZoneInfo(ZONE)).date() <= last]
    assert all(row["first_reply_state"] in ("done", "not_applicable") for row in inside)
    return sorted(row[column] for row in inside if row["first_reply_state"] == "done")


@pytest.mark.parametrize("clock", ["elapsed", "business"])
def test_of_one_person_it_is_that_of_the_requests_the_person_held_last(kept: Kept, clock: str) -> None:
    shelf, _, _ = kept
    which = Slice(assignee=OWN)
    bound = Bound(measure="first_reply", clock=clock, statistic="quantile", quantile=0.5, which=which)  # type: ignore[arg-type]
    told, n = take_percentile(shelf, bound, ZONE, FIRST, LAST)
    values = own_rows(shelf, "first_reply_s" if clock == "elapsed" else "first_reply_business_s")
    assert n == len(values) > 20
    assert told.value == pytest.approx(values[(n + 1) // 2 - 1])
    whole, of_all = take_percentile(shelf, bound.model_copy(update={"which": Slice()}), ZONE, FIRST, LAST)
    assert of_all > n and None not in (told.low, told.high, whole.low, whole.high)
    assert told.high - told.low > whole.high - whole.low, "fewer requests, more doubt"  # type: ignore[operator]


def test_each_wait_of_ones_own_requests_is_counted_and_no_other(kept: Kept) -> None:
    shelf, _, _ = kept
    bound = Bound(measure="waits", statistic="quantile", quantile=0.5, which=Slice(assignee=OWN))
    mine = {(row["source"], row["request"]) for row in shelf.kept.read("facts").to_pylist() if row["assignee"] in OWN}
    waits = [row for row in shelf.kept.read("waits").to_pylist() if (row["source"], row["request"]) in mine]
    opened = {(row["source"], row["request"]): row["opened_at"] for row in shelf.kept.read("facts").to_pylist()}
    days = [opened[row["source"], row["request"]].astimezone(ZoneInfo(ZONE)).date() for row in waits]
    assert take_percentile(shelf, bound, ZONE, FIRST, LAST)[1] == sum(FIRST <= day <= LAST for day in days) > 20


def test_of_too_few_of_ones_own_nothing_is_said(kept: Kept) -> None:
    shelf, _, _ = kept
    bound = Bound(measure="first_reply", statistic="quantile", quantile=0.9, which=Slice(assignee=OWN))
    told, n = take_percentile(shelf, bound, ZONE, LAST, LAST)
    assert 0 < n < 10 and told.value is None


def test_by_a_name_that_is_nobodys_any_more_nothing_is_taken(kept: Kept) -> None:
    bound = Bound(measure="first_reply", statistic="quantile", quantile=0.5, which=Slice(assignee=(NO_NAME,)))
    with pytest.raises(NotYourName):
        take_percentile(kept[0], bound, ZONE, FIRST, LAST)
