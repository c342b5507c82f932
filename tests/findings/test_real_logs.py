"""Findings on real logs against plain SQL and lifelines over the same records."""

from functools import cache

import duckdb
import numpy as np
import pytest
from lifelines import KaplanMeierFitter

from otklik.clock import load_calendar_book
from otklik.findings import build_report
from otklik.findings.evidence import Evidence
from otklik.intake import ReadOptions, read_log
from otklik.measures import measure_log
from tests.findings.test_open_requests import as_dict, by_sql
from tests.shared_data import DATA, needs_shared

pytestmark = needs_shared
LOGS = ("helpdesk_italian.xes.gz", "bpic2013_closed_problems.xes.gz", "receipt_permits.xes.gz", "roadtraffic_100.xes")


@cache
def _evidence(name):
    log = read_log([DATA / "eventlog" / name], ReadOptions())
    return Evidence(log, measure_log(log, load_calendar_book("mon-fri 9-18 Europe/Rome")), "Europe/Rome")


@cache
def _report(name):
    evidence = _evidence(name)
    return build_report(evidence.log, evidence.measured, time_zone="Europe/Rome")


STEPS = """with steps as (
    select request, "at", seq, coalesce(activity, 'resolved') activity from events
    where activity is not null or status in ('resolved', 'closed'))"""
"""The source's own steps, and an end that has no step of its own."""


def _sql(name, query):
    events = _evidence(name).log.events  # noqa: F841  (DuckDB reads it by name)
    facts = _evidence(name).measured.facts  # noqa: F841
    return duckdb.sql(query).fetchall()


@pytest.mark.parametrize("name", LOGS)
def test_a_process_is_told_in_its_own_words(name):
    report = _report(name)
    assert report.log.is_process
    assert report.headline == "resolution"
    assert report.waiting.basis == "resolution"
    assert "first_reply" in report.quality.missing


@pytest.mark.parametrize("name", LOGS)
def test_the_median_is_that_of_lifelines(name):
    facts = _evidence(name).measured.facts.to_pandas().dropna(subset=["resolution_s"])
    fitter = KaplanMeierFitter().fit(facts["resolution_s"], facts["resolution_state"] == "done")
    speed = _report(name).measures["resolution"].elapsed
    assert speed.median_s == fitter.median_survival_time_
    assert speed.p90_s == (None if np.isinf(fitter.percentile(0.1)) else fitter.percentile(0.1))


@pytest.mark.parametrize("name", LOGS)
def test_moves_between_steps_agree_with_sql(name):
    rows = _sql(
        name,
        STEPS
        + """, moves as (select activity a, lead(activity) over w b, epoch_us(lead("at") over w) - epoch_us("at") us
             from (from steps) window w as (partition by request order by "at", seq))
           select a, b, count(*), quantile_disc(us, 0.5) / 1e6, sum(us) / 1e6 from moves where b is not null
           group by 1, 2""",
    )
    expected = {(a, b): (n, median, total) for a, b, n, median, total in rows}
    edges = _report(name).barriers.edges
    assert len(edges) == min(60, len(expected))
    for edge in edges:
        n, median, total = expected[edge.start, edge.end]
        assert (edge.n, edge.median_s) == (n, median)
        assert edge.total_s == pytest.approx(total)


@pytest.mark.parametrize("name", LOGS)
def test_the_most_common_ways_agree_with_sql(name):
    rows = _sql(
        name,
        STEPS
        + """, ways as (select request, string_agg(activity, ' > ' order by "at", seq) way from steps
             where request in (select request from facts where ended_at is not null)
             group by 1)
           select way, count(*) from ways group by 1""",
    )
    ways = dict(rows)
    found = _report(name).barriers
    assert found.variants_in_all == len(ways)
    assert [variant.n for variant in found.variants] == sorted(ways.values(), reverse=True)[:8]
    assert all(ways[" > ".join(variant.steps)] == variant.n for variant in found.variants)


@pytest.mark.parametrize("name", LOGS)
def test_arrivals_by_the_hour_agree_with_sql(name):
    rows = _sql(
        name,
        """select isodow(wall) - 1, hour(wall), count(*) from
           (select timezone('Europe/Rome', opened_at) wall from facts) group by 1, 2""",
    )
    grid = _report(name).when.arrivals.n
    assert {(day, hour): n for day, hour, n in rows} == {
        (day, hour): grid[day][hour] for day in range(7) for hour in range(24) if grid[day][hour]
    }


@pytest.mark.parametrize("name", LOGS)
def test_weeks_hold_every_case_once(name):
    report = _report(name)
    assert sum(week.n for week in report.trend.weeks) == report.measures["resolution"].elapsed.n


def test_teams_that_got_it_back_agree_with_sql():
    name = "bpic2013_closed_problems.xes.gz"
    [(returned,)] = _sql(
        name,
        """with runs as (select request, team from (select *, lag(team) over w team_before from events
             window w as (partition by request order by "at", seq))
             where team is distinct from team_before and team is not null)
           select count(distinct request) from (select request, team from runs group by all having count(*) > 1)""",
    )
    assert _report(name).where.ping_pong_requests == returned


def test_the_longest_cases_are_those_of_the_facts():
    name = "helpdesk_italian.xes.gz"
    rows = _sql(name, "select request, resolution_s from facts order by resolution_s desc limit 10")
    assert [(one.request, one.value_s) for one in _report(name).longest] == rows


@pytest.mark.parametrize("name", LOGS[:3])
def test_open_requests_by_the_hour_agree_with_sql(name):
    evidence, found = _evidence(name), _report(name).when.open
    assert as_dict(found) == pytest.approx(by_sql(evidence, "Europe/Rome"))
