"""How many are open by the hour of the week, against counting by hand and plain SQL over every hour of the record."""

from datetime import UTC, datetime, timedelta

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.units import US, to_us
from otklik.findings import open_requests as module
from otklik.findings.open_requests import OpenHours, open_requests
from tests.findings.cases import evidence_of, many

BY_THE_HOUR = """
    with hours as (select unnest(generate_series(
            time_bucket(interval 1 hour, (select min(opened) from lives)),
            (select max(followed) from lives), interval 1 hour)) h),
    seen as (select greatest(h, (select min(opened) from lives)) since,
            least(h + interval 1 hour, (select max(followed) from lives)) till from hours),
    counted as (select since, till, coalesce(sum(epoch_us(least(till, ended)) - epoch_us(greatest(since, opened)))
                filter (where opened is not null), 0) s
            from seen left join lives on opened < till and ended > since where till > since group by all)
    select isodow(timezone($zone, since)) - 1 d, hour(timezone($zone, since)) h,
           sum(s) / sum(epoch_us(till) - epoch_us(since)) from counted group by 1, 2"""
"""The mean of each hour, in a zone a whole number of hours from UTC."""


def by_sql(evidence, zone):
    facts = evidence.facts.append_column("horizon_us", [evidence.horizon_us])  # noqa: F841 (DuckDB reads it by name)
    duckdb.sql("set timezone = 'UTC'")
    duckdb.sql("""create or replace temp table lives as select opened_at opened,
        make_timestamptz(horizon_us) followed, coalesce(ended_at, make_timestamptz(horizon_us)) ended from facts""")
    return {(day, hour): mean for day, hour, mean in duckdb.execute(BY_THE_HOUR, {"zone": zone}).fetchall()}


def as_dict(grid):
    return {(d, h): mean for d, day in enumerate(grid.mean) for h, mean in enumerate(day) if mean is not None}


def test_open_for_half_an_hour_counts_one_half():
    found = open_requests(
        evidence_of(
            """R1 2025-03-03 10:30 asks
               R1 2025-03-03 11:15 resolved
               R2 2025-03-03 10:30 asks""",
            until="2025-03-03 13:00",
        )
    )
    assert found.mean[0][10:14] == [2.0, 1.25, 1.0, None], "from the first request on, to the end of the record"
    assert found.n[0][10] == 1 and sum(map(sum, found.n)) == 3


def test_the_same_hour_of_two_weeks_is_averaged():
    found = open_requests(
        evidence_of("R1 2025-03-03 10:00 asks\nR1 2025-03-03 11:00 resolved", until="2025-03-17 10:00")
    )
    assert found.mean[0][10] == 0.5 and found.n[0][10] == 2


def test_hours_are_those_of_the_company():
    found = open_requests(evidence_of("R1 2025-03-02 22:30 asks", until="2025-03-02 23:00", zone="Asia/Kolkata"))
    assert as_dict(found) == {(0, 4): 1.0}


@pytest.mark.parametrize("zone", ["UTC", "Europe/Rome", "America/New_York"])
def test_every_hour_agrees_with_plain_sql_through_the_change_of_clocks(zone):
    evidence = many(300, weeks=45)
    object.__setattr__(evidence, "time_zone", zone)
    assert as_dict(open_requests(evidence)) == pytest.approx(by_sql(evidence, zone))


def test_an_hour_shown_twice_is_one_hour_of_double_length():
    """Rome, 26 October 2025: the clock goes back from 03:00 to 02:00; one request is open in the first 02:00-03:00."""
    begin = datetime(2025, 10, 25, 22, tzinfo=UTC)
    hours = OpenHours("Europe/Rome", to_us(begin), to_us(begin + timedelta(hours=25)))
    hours.add(*(np.array([to_us(begin + timedelta(hours=h))]) for h in (2, 3)))
    grid = hours.grid()
    assert grid.mean[6][2] == 0.5 and grid.n[6][2] == 1
    assert all(n == 1 for n in grid.n[6])


def test_an_hour_that_is_skipped_never_came():
    """Rome, 30 March 2025: there is no 02:00."""
    begin = datetime(2025, 3, 29, 23, tzinfo=UTC)
    grid = OpenHours("Europe/Rome", to_us(begin), to_us(begin + timedelta(hours=23))).grid()
    assert grid.mean[6][2] is None and grid.mean[6][1] == grid.mean[6][3] == 0.0


INSTANTS = st.integers(to_us(datetime(2025, 3, 1, tzinfo=UTC)), to_us(datetime(2025, 11, 20, tzinfo=UTC)))


ZONES = st.sampled_from(["Asia/Kathmandu", "Europe/Rome", "Australia/Lord_Howe", "Antarctica/Troll"])


@given(st.lists(st.tuples(INSTANTS, INSTANTS), min_size=1, max_size=30), ZONES)
def test_all_hours_together_hold_the_lives_of_all_and_parts_add_up(lives, zone):
    opened, ended = (np.array(side) for side in zip(*(sorted(life) for life in lives), strict=True))
    begin, end = int(opened.min()), int(ended.max())
    whole, parts = OpenHours(zone, begin, end), OpenHours(zone, begin, end)
    whole.add(opened, ended)
    for start in range(0, opened.size, 7):
        parts.add(opened[start : start + 7], ended[start : start + 7])
    length_s = np.diff(whole.edges) / US
    looked = np.bincount(whole.cells, weights=length_s, minlength=module.CELLS)
    means = np.array([mean or 0.0 for day in whole.grid().mean for mean in day])
    assert (looked * means).sum() == pytest.approx((ended - opened).sum() / US, abs=1e-3)
    assert as_dict(parts.grid()) == pytest.approx(as_dict(whole.grid()))


def test_many_are_laid_out_part_by_part(monkeypatch):
    evidence = many(100)
    at_once = open_requests(evidence)
    monkeypatch.setattr(module, "AT_ONCE", 9)
    assert as_dict(open_requests(evidence)) == pytest.approx(as_dict(at_once))


def test_an_instant_of_the_year_one_does_not_make_two_thousand_years_of_hours():
    hours = OpenHours("UTC", -62_000_000_000_000_000, to_us(datetime(1900, 1, 3, tzinfo=UTC)))
    assert hours.cells.size == 48


def test_an_empty_log_has_none():
    assert open_requests(evidence_of("")) is None
