"""Old enough: by arrival alone, elapsed or open by the calendar of whoever holds the request."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.measure_speed import Yardstick
from otklik.actions.ripen import NoHours, Ripe, ripen
from otklik.clock import BusinessClock
from otklik.schemas.log import ServiceLog

Kept = tuple[Shelf, ServiceLog, Yardstick]
AS_OF = datetime(2026, 3, 9, 8, tzinfo=UTC)


def test_in_elapsed_time_everybody_is_old_enough_that_long_before(kept: Kept) -> None:
    shelf, _, _ = kept
    assert ripen(shelf, "elapsed", 3600, AS_OF).earliest == AS_OF - timedelta(hours=1)


def test_an_instant_after_the_horizon_is_the_horizon(kept: Kept) -> None:
    shelf, _, _ = kept
    later = AS_OF + timedelta(days=9999)
    assert shelf.as_of is not None
    assert ripen(shelf, "elapsed", 60, later).earliest == shelf.as_of - timedelta(seconds=60)


def test_in_working_time_each_calendar_has_an_instant_of_its_own(kept: Kept) -> None:
    """Monday morning: two open hours ago was Friday for the calendars that close at the weekend."""
    shelf, _, yardstick = kept
    ripe = ripen(shelf, "business", 7200, AS_OF)
    book = yardstick.book()
    assert book is not None and len(ripe.teams) > 0
    for by_calendar in ripe.until.values():
        for calendar, at in by_calendar.items():
            versions = book.versions[calendar or book.default or ""]
            assert at is not None
            assert BusinessClock(versions).elapsed(at, AS_OF).seconds == 7200
            assert BusinessClock(versions).elapsed(at + timedelta(seconds=1), AS_OF).seconds < 7200
    assert len(set(next(iter(ripe.until.values())).values())) > 1


def test_without_hours_there_is_no_working_time(kept: Kept) -> None:
    shelf, _, _ = kept
    with pytest.raises(NoHours):
        ripen(replace(shelf, yardstick=Yardstick()), "business", 60, AS_OF)


def test_a_time_longer_than_anything_makes_nobody_old_enough(kept: Kept) -> None:
    shelf, _, _ = kept
    assert ripen(shelf, "elapsed", 1e15, AS_OF).earliest is None
    assert ripen(shelf, "business", 1e9, AS_OF).earliest is None


def test_the_condition_asks_for_the_calendar_of_the_team() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    ripe = Ripe({"a": {None: noon, "night": noon + timedelta(hours=2)}, "b": {None: None}}, {"night": ("Owls", "Bats")})
    condition, values = ripe.sql("r", "began")
    rows = [("a", None, 0), ("a", "Larks", 1), ("a", "Owls", 1), ("a", "Bats", 3), ("b", None, -9), ("c", "Owls", -9)]
    told = ", ".join(f"('{s}', {'null' if t is None else repr(t)}, $noon + to_hours({h}))" for s, t, h in rows)
    found = duckdb.sql(
        f"select coalesce({condition}, false) from (values {told}) as r(source, team, began)",
        params={**values, "noon": noon},
    ).fetchall()
    assert [one for (one,) in found] == [True, False, True, False, False, False]
