"""Days of a goal against plain arithmetic over the rows of the facts."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.actions.count_days import (
    NothingToHoldAgainst,
    NotYourName,
    UnknownMeasure,
    by_day,
    columns_of,
    count_days,
    held_by,
    local_days,
)
from otklik.actions.cut_log import Shelf
from otklik.actions.import_log import Records, import_log
from otklik.actions.measure_speed import Yardstick
from otklik.actions.refresh_facts import refresh_facts
from otklik.clock import BusinessClock
from otklik.measures.catalog import MEASURES
from otklik.schemas.goals import NO_NAME, Bound, DayCount, Slice
from otklik.schemas.log import ServiceLog
from otklik.schemas.views import NOTHING
from otklik.store import ServiceStore
from tests.shared_data import DATA, needs_shared

Kept = tuple[Shelf, ServiceLog, Yardstick]
ZONE = "Europe/Moscow"


def expected(shelf: Shelf, bound: Bound, zone: str, within: float | None, as_of: datetime) -> list[DayCount]:
    """The same told row by row, with datetimes, from what the facts say."""
    n: Counter[date] = Counter()
    k: Counter[date] = Counter()
    for at, counted, made in judged(shelf, bound, within, as_of):
        if at is not None and at <= as_of and counted:
            n[at.astimezone(ZoneInfo(zone)).date()] += 1
            k[at.astimezone(ZoneInfo(zone)).date()] += made
    return [DayCount(day=day, n=n[day], k=k[day]) for day in sorted(n)]


def judged(
    shelf: Shelf, bound: Bound, within: float | None, as_of: datetime
) -> Iterator[tuple[datetime | None, bool, bool]]:
    answers = first_answers(shelf)
    value_column, state_column = columns_of(bound)
    is_count = next(m.unit == "count" for m in MEASURES if m.id == bound.measure)
    for row, wait in things(shelf, bound):
        if not all(not wanted or (row[name] or NOTHING) in wanted for name, wanted in sliced(bound.which)):
            continue
        place = wait or row
        value, state = place[value_column], place[state_column]
        at = when(row, wait, bound.which.cohort, answers)
        if value is None or (bound.which.cohort == "answered" and wait and state != "done"):
            continue
        if within is None:
            yield at, not is_count or state != "running", not is_count or value >= 1
        elif is_count:
            yield at, state != "running", value <= within
        else:
            old = bound.which.cohort != "arrived" or age(shelf, row, wait, bound.clock, as_of) >= within
            counted = old and (state != "running" or value >= within)
            yield at, counted, state == "done" and value <= within


def things(shelf: Shelf, bound: Bound) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    facts = shelf.kept.read("facts").to_pylist()
    if bound.measure != "waits":
        yield from ((row, None) for row in facts)
        return
    by_key = {(row["source"], row["request"]): row for row in facts}
    yield from ((by_key[wait["source"], wait["request"]], wait) for wait in shelf.kept.read("waits").to_pylist())


def first_answers(shelf: Shelf) -> dict[tuple[str, str], datetime]:
    found: dict[tuple[str, str], datetime] = {}
    for wait in shelf.kept.read("waits").to_pylist():
        if wait["state"] == "done":
            key = wait["source"], wait["request"]
            found[key] = min(wait["end"], found.get(key, wait["end"]))
    return found


def when(row: dict[str, Any], wait: dict[str, Any] | None, cohort: str, answers: dict[Any, datetime]) -> Any:
    if cohort == "resolved":
        return row["ended_at"]
    if cohort == "answered":
        return wait["end"] if wait else answers.get((row["source"], row["request"]))
    return wait["start"] if wait else row["opened_at"]


def sliced(which: Slice) -> list[tuple[str, tuple[str, ...]]]:
    return [(name, getattr(which, name)) for name in ("source", "channel", "team", "category", "priority", "segment",
                                                    "assignee")]  # fmt: skip


CLOCKS: dict[str, BusinessClock] = {}


def age(shelf: Shelf, row: dict[str, Any], wait: dict[str, Any] | None, clock: str, as_of: datetime) -> float:
    began = wait["start"] if wait else row["opened_at"]
    until = min(as_of, shelf.horizon[row["source"]])
    if clock == "elapsed":
        return float((until - began).total_seconds())
    book = shelf.yardstick.book()
    assert book is not None
    calendar = book.team_calendars.get(row["team"], book.default)
    clock_of = CLOCKS.setdefault(calendar or "", BusinessClock(book.versions[calendar or ""]))
    return clock_of.elapsed(began, until).seconds


CASES = [
    (Bound(measure="first_reply"), 3600.0),
    (Bound(measure="first_reply", clock="business"), 3600.0),
    (Bound(measure="first_reply", clock="business", which=Slice(channel=("email",))), 14_400.0),
    (Bound(measure="first_reply", which=Slice(cohort="answered")), 3600.0),
    (Bound(measure="resolution", which=Slice(team=("First line", NOTHING))), 172_800.0),
    (Bound(measure="resolution", which=Slice(cohort="resolved")), 86_400.0),
    (Bound(measure="resolution", clock="business"), 86_400.0),
    (Bound(measure="waiting_on_us", which=Slice(segment=("business",))), 7200.0),
    (Bound(measure="waits", clock="business"), 7200.0),
    (Bound(measure="waits", which=Slice(cohort="answered", priority=("high",))), 7200.0),
    (Bound(measure="waits", which=Slice(cohort="resolved")), 600.0),
    (Bound(measure="reopens", which=Slice(cohort="resolved")), None),
    (Bound(measure="handoffs", which=Slice(cohort="resolved")), 1.0),
    (Bound(measure="one_touch", which=Slice(cohort="answered")), None),
    (Bound(measure="resolution", statistic="count"), None),
    (Bound(measure="first_reply", which=Slice(assignee=("First line 8",))), 3600.0),
    (Bound(measure="first_reply", clock="business", which=Slice(assignee=("First line 8", "Returns 4"))), 3600.0),
    (Bound(measure="first_reply", which=Slice(assignee=("Technical 1",), cohort="answered")), 14_400.0),
    (Bound(measure="resolution", which=Slice(assignee=("Orders 2", NOTHING), cohort="resolved")), 86_400.0),
    (Bound(measure="waits", which=Slice(assignee=("First line 4",), channel=("email",))), 7200.0),
    (Bound(measure="waits", which=Slice(assignee=("First line 4",), cohort="answered")), 7200.0),
    (Bound(measure="handoffs", which=Slice(assignee=("Returns 1",), cohort="resolved")), 1.0),
    (Bound(measure="resolution", statistic="count", which=Slice(assignee=(NOTHING,))), None),
]


@pytest.mark.parametrize(("bound", "within"), CASES)
def test_every_day_is_counted_as_row_by_row(kept: Kept, bound: Bound, within: float | None) -> None:
    shelf, _, _ = kept
    assert shelf.as_of is not None
    days = count_days(shelf, bound, ZONE, within=[within], as_of=shelf.as_of)[0]
    assert list(days) == expected(shelf, bound, ZONE, within, shelf.as_of)
    assert sum(day.n for day in days) > 0


def test_a_day_in_the_past_counts_only_who_was_old_enough_then(kept: Kept) -> None:
    shelf, _, _ = kept
    then = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
    bound = Bound(measure="resolution", clock="business")
    days = count_days(shelf, bound, "Asia/Kathmandu", within=[14_400.0], as_of=then)[0]
    assert list(days) == expected(shelf, bound, "Asia/Kathmandu", 14_400.0, then)
    assert days[-1].day <= date(2026, 3, 3)


def test_several_times_at_once_are_each_as_asked_alone(kept: Kept) -> None:
    shelf, _, _ = kept
    assert shelf.as_of is not None
    bound = Bound(measure="first_reply", statistic="quantile", quantile=0.9)
    times = [900.0, 3600.0, 86_400.0]
    together = count_days(shelf, bound, ZONE, within=times, as_of=shelf.as_of)
    assert together == [count_days(shelf, bound, ZONE, within=[one], as_of=shelf.as_of)[0] for one in times]
    assert sum(day.n for day in together[2]) < sum(day.n for day in together[0]), "a day's wait ripens a day later"
    assert count_days(shelf, bound, ZONE, within=[], as_of=shelf.as_of) == []


CHAT = """\
Ticket,Opened,First reply,Resolved,Status
1,2026-03-28 23:50,2026-03-28 23:55,2026-03-29 12:00,resolved
2,2026-03-29 00:10,,,open
3,2026-03-29 23:40,2026-03-29 23:45,,open
4,2026-03-29 23:50,,,open
5,2026-03-29 23:20,,2026-03-29 23:30,cancelled
"""


def small(folder: Path, text: str = CHAT, as_of: str = "2026-03-30T00:00:00+02:00") -> Shelf:
    path = folder / "chat.csv"
    path.write_text(text, "utf-8")
    store = ServiceStore(folder / "log")
    records = Records((str(path),), time_zone="Europe/Berlin", as_of=datetime.fromisoformat(as_of))
    store.import_log(import_log(records))
    refresh_facts(store, Yardstick())
    return Shelf.of(folder / "log", Yardstick())


def test_the_quick_among_the_young_are_not_counted_before_the_slow(tmp_path: Path) -> None:
    """Half an hour at midnight: 3 was answered in five minutes, but is as young as 4, who waits."""
    shelf = small(tmp_path)
    assert shelf.as_of is not None
    days = count_days(shelf, Bound(measure="first_reply"), "Europe/Berlin", within=[1800.0], as_of=shelf.as_of)[0]
    assert [(one.day.day, one.n, one.k) for one in days] == [(28, 1, 1), (29, 2, 0)]


def test_the_day_of_a_changed_clock_is_a_whole_day(tmp_path: Path) -> None:
    """The night of summer time: 1 came on the 28th in Berlin, on the 29th in Moscow."""
    shelf = small(tmp_path)
    assert shelf.as_of is not None
    bound = Bound(measure="resolution", statistic="count")
    told = [count_days(shelf, bound, zone, within=[None], as_of=shelf.as_of)[0] for zone in ("Europe/Berlin", ZONE)]
    assert [[(one.day.day, one.n) for one in days] for days in told] == [[(28, 1), (29, 4)], [(29, 2), (30, 3)]]


def test_one_more_request_that_nobody_answers_never_improves_a_day(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    more = CHAT + "6,2026-03-29 08:00,,,open\n"
    shares = []
    for shelf in (small(tmp_path / "a"), small(tmp_path / "b", more)):
        assert shelf.as_of is not None
        days = count_days(shelf, Bound(measure="first_reply"), ZONE, within=[1800.0], as_of=shelf.as_of)[0]
        shares.append(sum(one.k for one in days) / sum(one.n for one in days))
    assert shares[1] < shares[0]


def test_what_cannot_be_counted_says_so(kept: Kept) -> None:
    shelf, _, _ = kept
    assert shelf.as_of is not None
    with pytest.raises(UnknownMeasure):
        count_days(shelf, Bound(measure="happiness"), ZONE, within=[1.0], as_of=shelf.as_of)
    with pytest.raises(NothingToHoldAgainst):
        count_days(shelf, Bound(measure="first_reply"), ZONE, within=[None], as_of=shelf.as_of)


def test_what_a_person_writes_into_a_goal_never_becomes_sql(kept: Kept) -> None:
    shelf, _, _ = kept
    assert shelf.as_of is not None
    which = Slice(team=("') or 1=1 --",), channel=("x'; drop table y; --",))
    assert count_days(shelf, Bound(measure="waits", which=which), ZONE, within=[60.0], as_of=shelf.as_of) == [()]


def test_days_without_anybody_are_left_out() -> None:
    import numpy as np

    slots = np.array([0, 1, 95, 96, 300], np.int64)
    days = by_day(slots, np.array([1, 2, 3, 4, 0]), np.array([0, 1, 1, 2, 0]), "UTC")
    assert days == (DayCount(day=date(1970, 1, 1), n=6, k=2), DayCount(day=date(1970, 1, 2), n=4, k=2))
    assert by_day(slots[:0], slots[:0], slots[:0], "UTC") == ()
    assert local_days(np.array([86_399, 86_400]), "UTC").tolist() == [0, 1]


@pytest.mark.parametrize(
    ("file", "zone", "within"),
    [
        ("eventlog/helpdesk_italian.csv.gz", "Europe/Rome", 20 * 86_400.0),
        ("eventlog/receipt_permits.csv.gz", "Europe/Amsterdam", 7 * 86_400.0),
        ("tickets/sf311_sample_10000.csv.gz", "America/Los_Angeles", 3 * 86_400.0),
    ],
)
class TestRealLogs:
    pytestmark = needs_shared

    def test_real_days_are_counted_as_row_by_row(self, tmp_path: Path, file: str, zone: str, within: float) -> None:
        store = ServiceStore(tmp_path / "log")
        store.import_log(import_log(Records((str(DATA / file),), time_zone=zone)))
        refresh_facts(store, Yardstick())
        shelf = Shelf.of(tmp_path / "log", Yardstick())
        assert shelf.as_of is not None
        for cohort in ("arrived", "resolved"):
            bound = Bound(measure="resolution", which=Slice(cohort=cohort))
            for as_of in (shelf.as_of, shelf.as_of - timedelta(days=40)):
                days = count_days(shelf, bound, zone, within=[within], as_of=as_of)[0]
                assert list(days) == expected(shelf, bound, zone, within, as_of)
            assert len(days) > 20


def people_of(shelf: Shelf) -> list[str]:
    return sorted({row["assignee"] or NOTHING for row in shelf.kept.read("facts").to_pylist()})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=8)
@given(chance=st.randoms(use_true_random=False), case=st.sampled_from([0, 3, 5, 8, 11, 14]))
def test_the_parts_of_all_people_and_of_nobody_add_up_to_the_whole(kept: Kept, chance: Any, case: int) -> None:
    """However the people are dealt into piles."""
    shelf, _, _ = kept
    assert shelf.as_of is not None
    bound, within = CASES[case]
    people = people_of(shelf)
    assert NOTHING in people
    chance.shuffle(people)
    ends = sorted(chance.sample(range(1, len(people)), 3))
    piles = [people[first:last] for first, last in pairwise([0, *ends, len(people)])]
    n: Counter[date] = Counter()
    k: Counter[date] = Counter()
    for pile in piles:
        which = bound.which.model_copy(update={"assignee": tuple(pile)})
        part = bound.model_copy(update={"which": which})
        for day in count_days(shelf, part, ZONE, within=[within], as_of=shelf.as_of)[0]:
            n[day.day] += day.n
            k[day.day] += day.k
    whole = count_days(shelf, bound, ZONE, within=[within], as_of=shelf.as_of)[0]
    assert [DayCount(day=day, n=n[day], k=k[day]) for day in sorted(n)] == list(whole)


def test_by_a_name_that_is_nobodys_any_more_nothing_is_counted(kept: Kept) -> None:
    shelf, _, _ = kept
    assert shelf.as_of is not None
    bound = Bound(measure="first_reply", which=Slice(assignee=("First line 8", NO_NAME)))
    with pytest.raises(NotYourName):
        count_days(shelf, bound, ZONE, within=[3600.0], as_of=shelf.as_of)
    assert held_by(Slice()) == () and held_by(Slice(assignee=("Anna",))) == ("Anna",)
