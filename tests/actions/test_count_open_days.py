"""The backlog at the end of each day against counting who was open, one by one."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from otklik.actions.count_open_days import UnfitForOpen, count_open_days
from otklik.actions.cut_log import Shelf
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.goals import Bound, DayCount, Slice
from otklik.schemas.log import ServiceLog

Kept = tuple[Shelf, ServiceLog, Yardstick]
ZONE = "Asia/Yekaterinburg"
OPEN = Slice(cohort="open", channel=("email", "chat"))


def expected(shelf: Shelf, within_s: float | None, as_of: datetime, held_by: tuple[str, ...] = ()) -> list[DayCount]:
    rows = [row for row in shelf.kept.read("facts").to_pylist() if row["channel"] in OPEN.channel]
    rows = [row for row in rows if not held_by or row["assignee"] in held_by]
    rows = [row for row in rows if row["opened_at"] <= as_of]
    day = min(row["opened_at"] for row in rows).astimezone(ZoneInfo(ZONE)).date()
    days = []
    while day <= as_of.astimezone(ZoneInfo(ZONE)).date():
        midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(ZONE))
        still = [row for row in rows if row["opened_at"] < midnight and not is_over(row, midnight, as_of)]
        age = [(min(midnight, as_of) - row["opened_at"]).total_seconds() for row in still]
        young = len(age) if within_s is None else sum(one <= within_s for one in age)
        days.append(DayCount(day=day, n=len(still), k=young))
        day += timedelta(days=1)
    return days


def is_over(row: dict[str, datetime | None], midnight: datetime, as_of: datetime) -> bool:
    ended = row["ended_at"]
    return ended is not None and ended < midnight and ended <= as_of


@pytest.mark.parametrize("within_s", [None, 3 * 86_400.0])
@pytest.mark.parametrize("days_ago", [0, 100])
def test_every_day_is_counted_as_one_by_one(kept: Kept, within_s: float | None, days_ago: int) -> None:
    shelf, _, _ = kept
    assert shelf.as_of is not None
    as_of = shelf.as_of - timedelta(days=days_ago)
    bound = Bound(measure="resolution", which=OPEN)
    days = count_open_days(shelf, bound, ZONE, within_s=within_s, as_of=as_of)
    assert list(days) == expected(shelf, within_s, as_of)
    assert max(day.n for day in days) > 10


def test_what_cannot_be_told_of_open_requests_is_refused(kept: Kept) -> None:
    shelf, _, _ = kept
    assert shelf.as_of is not None
    for bound in (
        Bound(measure="first_reply", which=OPEN),
        Bound(measure="resolution", clock="business", which=OPEN),
        Bound(measure="resolution", statistic="quantile", quantile=0.5, which=OPEN),
    ):
        with pytest.raises(UnfitForOpen):
            count_open_days(shelf, bound, ZONE, within_s=60.0, as_of=shelf.as_of)


def test_nobody_is_no_days(kept: Kept) -> None:
    shelf, _, _ = kept
    assert shelf.as_of is not None
    nobody = Bound(measure="resolution", which=Slice(cohort="open", channel=("pigeon",)))
    assert count_open_days(shelf, nobody, ZONE, within_s=None, as_of=shelf.as_of) == ()


@pytest.mark.parametrize("within_s", [None, 3 * 86_400.0])
def test_of_one_person_only_those_the_person_held_last_are_counted(kept: Kept, within_s: float | None) -> None:
    shelf, _, _ = kept
    assert shelf.as_of is not None
    names = ("First line 8", "Orders 2")
    bound = Bound(measure="resolution", which=OPEN.model_copy(update={"assignee": names}))
    days = count_open_days(shelf, bound, ZONE, within_s=within_s, as_of=shelf.as_of)
    assert list(days) == expected(shelf, within_s, shelf.as_of, names)
    assert 0 < max(day.n for day in days) < 30
