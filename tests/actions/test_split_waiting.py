"""The waiting of misses in parts: added up by hand from the facts, never less than nothing, together the whole."""

from typing import Any

import duckdb
import pytest

from otklik.actions.count_days import Rows, rows_of
from otklik.actions.cut_log import Shelf
from otklik.actions.measure_speed import Yardstick
from otklik.actions.split_waiting import split_waiting
from otklik.schemas.goal_changes import PartName, Split
from otklik.schemas.goals import Bound, Slice
from otklik.schemas.log import ServiceLog

ZONE = "Europe/Moscow"


@pytest.fixture
def shelf(kept: tuple[Shelf, ServiceLog, Yardstick]) -> Shelf:
    return kept[0]


def counted(shelf: Shelf, bound: Bound, most_s: float) -> Rows:
    """Everything with a value; longer than so many seconds is a miss."""
    rows = rows_of(shelf, bound, ZONE)
    return Rows(f"select *, value > {most_s} as missed from ({rows.text}) where value is not null", rows.values)


def splits(shelf: Shelf, bound: Bound, most_s: float = 3_600) -> dict[str, Split]:
    return {one.by: one for one in split_waiting(shelf, bound, counted(shelf, bound, most_s))}


def by_hand(shelf: Shelf, columns: str, where: str) -> tuple[Any, ...]:
    with duckdb.connect() as sql:
        found = sql.execute(f"select {columns} from ({shelf.kept.sql('facts')}) where {where}").fetchone()
    assert found is not None
    return found


def seconds(split: Split) -> dict[PartName, float]:
    return {one.part: one.misses_s for one in split.parts}


def test_a_resolution_is_split_by_whose_move_it_was(shelf: Shelf) -> None:
    split = splits(shelf, Bound(measure="resolution"), 86_400)["turn"]
    us, business, customer, third, n = by_hand(
        shelf,
        "sum(waiting_on_us_s), sum(waiting_on_us_business_s), sum(waiting_on_customer_s), "
        "sum(coalesce(waiting_on_third_party_s, 0)), count(*)",
        "resolution_s > 86400",
    )
    assert split.misses == n > 100
    assert seconds(split) == pytest.approx(
        {"us_open": business, "us_closed": us - business, "customer": customer}
        | ({"third_party": third} if third else {})
    )
    assert business > 0 and us > business and customer > 0


def test_the_first_reply_is_split_by_hours_and_by_who_took_it(shelf: Shelf) -> None:
    """Some requests are opened by us, and somebody holds them by the time the customer asks."""
    found = splits(shelf, Bound(measure="first_reply"))
    asked = f'select request, min("start") as asked_at from ({shelf.kept.sql("waits")}) group by request'
    with duckdb.connect() as sql:
        rows = sql.execute(
            "select first_reply_s, first_reply_business_s, unassigned_s, epoch(asked_at - opened_at) "
            f"from ({shelf.kept.sql('facts')}) join ({asked}) using (request) where first_reply_s > 3600"
        ).fetchall()
    assert any(taken <= late for _, _, taken, late in rows if late)
    before = sum(max(0.0, min(taken - late, wait)) for wait, _, taken, late in rows)
    whole, business = sum(row[0] for row in rows), sum(row[1] for row in rows)
    assert seconds(found["hours"]) == pytest.approx({"open": business, "closed": whole - business})
    assert seconds(found["taken"]) == pytest.approx({"before": before, "after": whole - before})
    assert found["taken"].misses == len(rows)


BOUNDS = [
    *(Bound(measure=name) for name in ("first_reply", "acknowledgement", "resolution", "first_resolution", "waits")),
    *(Bound(measure=name) for name in ("longest_wait", "waiting_on_us", "unassigned", "hands_on")),
    *(Bound(measure=name, clock="business") for name in ("first_reply", "resolution", "waits")),
    Bound(measure="resolution", which=Slice(cohort="resolved")),
]


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda one: f"{one.measure}-{one.clock}-{one.which.cohort}")
def test_parts_are_nothing_less_and_add_up_to_the_whole(shelf: Shelf, bound: Bound) -> None:
    text = counted(shelf, bound, 3_600)
    with duckdb.connect() as sql:
        sums = "count(*) filter (where missed), sum(value) filter (where missed), sum(value) filter (where not missed)"
        n, misses_s, others_s = sql.execute(f"select {sums} from ({text.text})", dict(text.values)).fetchall()[0]
    found = splits(shelf, bound)
    assert found
    for split in found.values():
        assert all(one.misses_s >= 0 and one.others_s >= 0 for one in split.parts)
        assert 0 < split.misses <= n
        if split.misses == n:
            assert sum(one.misses_s for one in split.parts) == pytest.approx(misses_s)
            assert sum(one.others_s for one in split.parts) == pytest.approx(others_s)
        else:
            assert bound.clock == "business", "only there some cannot be told"
        shares = [split.share(one) for one in split.parts]
        assert sum(shares) == pytest.approx(1)


def test_in_working_time_nothing_is_out_of_hours(shelf: Shelf) -> None:
    assert "hours" not in splits(shelf, Bound(measure="first_reply", clock="business"))
    parts = seconds(splits(shelf, Bound(measure="resolution", clock="business"))["turn"])
    assert {"us", "customer"} <= parts.keys() and "us_closed" not in parts


@pytest.mark.parametrize("measure", ["replies", "waiting_on_customer", "waiting_on_third_party"])
def test_of_counts_and_of_waiting_on_others_nothing_is_told(shelf: Shelf, measure: str) -> None:
    assert splits(shelf, Bound(measure=measure), 0) == {}
