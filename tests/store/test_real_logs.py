"""Real logs go in and come out as they are, and going in twice is going in once."""

from pathlib import Path

import pytest

from otklik.intake import ReadOptions, read_log
from otklik.store import ServiceStore
from tests.shared_data import DATA, needs_shared
from tests.store.logs import told

pytestmark = needs_shared
FILES = [
    "eventlog/helpdesk_italian.xes.gz",
    "eventlog/receipt_permits.csv.gz",
    "eventlog/roadtraffic_100.xes",
    "tickets/sf311_sample_10000.csv.gz",
    "tickets/boston311_100.csv",
]


@pytest.mark.parametrize("name", FILES)
def test_a_real_log_comes_out_as_it_went_in(tmp_path: Path, name: str) -> None:
    log = read_log([DATA / name], ReadOptions())
    store = ServiceStore(tmp_path)
    record = store.import_log(log)
    kept = store.log()
    assert told(kept) == told(log)
    assert kept.requests.sort_by("request").to_pylist() == log.requests.sort_by("request").to_pylist()
    assert (kept.count, kept.quarantine.num_rows) == (log.count, log.quarantine.num_rows)
    assert record.count == log.count
    again = store.import_log(log)
    assert again.import_id is None
    assert (again.count.kept, again.count.read) == (0, log.count.read)


def test_half_a_log_then_the_whole_is_the_whole(tmp_path: Path) -> None:
    log = read_log([DATA / "eventlog/helpdesk_italian.xes.gz"], ReadOptions())
    half = type(log)(**{**vars(log), "events": log.events.slice(0, 10_001)})
    store = ServiceStore(tmp_path)
    store.import_log(half)
    store.import_log(log)
    assert told(store.log()) == told(log)
    store.undo(1)
    assert told(store.log()) == told(log)
    store.undo(2)
    assert told(store.log()) == []
