"""On every real log: oracle = plain = compiled, row by row."""

import pytest

from otklik.clock import load_calendar_book
from otklik.intake import ReadOptions, read_log
from otklik.measures import measure_log
from tests.measures.oracle import facts_and_waits
from tests.measures.test_oracle import check_rows
from tests.shared_data import DATA, needs_shared

LOGS = (
    "eventlog/helpdesk_italian.xes.gz",
    "eventlog/helpdesk_italian.csv.gz",
    "eventlog/bpic2013_closed_problems.xes.gz",
    "eventlog/receipt_permits.xes.gz",
    "eventlog/roadtraffic_100.xes",
    "tickets/sf311_sample_10000.csv.gz",
    "tickets/boston311_100.csv",
    "dbt_zendesk_seeds",
    "vendor/jira",
    "vendor/github",
    "vendor/telegram",
)
HOURS = "mon-fri 9-18 Europe/Rome"
pytestmark = [*needs_shared, pytest.mark.slow]


@pytest.mark.parametrize("name", LOGS)
def test_a_real_log_measures_the_same_at_both_speeds_and_by_the_oracle(name):
    log = read_log([DATA / name], ReadOptions())
    book = load_calendar_book(HOURS)
    facts, waits = facts_and_waits(log, book)
    for engine in ("plain", "compiled"):
        measured = measure_log(log, book, engine=engine)
        check_rows(measured.facts.to_pylist(), facts)
        check_rows(measured.waits.to_pylist(), waits)
    assert facts
