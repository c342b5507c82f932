from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from otklik.schemas.events import EVENTS, REQUESTS, Can
from otklik.store import Keys, ServiceStore
from tests.store.logs import BEGIN, event, lines, log_of, minute, short


@pytest.fixture
def store(tmp_path: Path) -> ServiceStore:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer\n50 R1 message agent\n60 R2 created customer"))
    store.import_log(log_of([event("R1", minute(70), source="shop"), event("R3", minute(80), source="shop")]))
    return store


def test_the_log_in_memory_is_the_contract(store: ServiceStore) -> None:
    log = store.log()
    assert log.events.schema.equals(EVENTS)
    assert log.requests.schema.equals(REQUESTS)
    assert log.requests.num_rows == 4
    assert (log.count.read, log.count.kept) == (5, 5)


def test_the_log_of_some_sources(store: ServiceStore) -> None:
    log = store.log(sources=["shop"])
    assert set(log.events["source"].to_pylist()) == set(log.requests["source"].to_pylist()) == {"shop"}
    assert [facts.source for facts in log.sources] == ["shop"]


def test_the_log_of_some_requests_in_whichever_source(store: ServiceStore) -> None:
    assert short(store.log(requests=["R1"])) == [
        "0 R1 created customer",
        "50 R1 message agent",
        "70 R1 message customer",
    ]
    assert store.log(sources=["shop"], requests=["R1"]).requests.num_rows == 1


def test_the_log_of_a_period_tells_whole_requests(store: ServiceStore) -> None:
    assert short(store.log(period=(minute(50), minute(60)))) == ["0 R1 created customer", "50 R1 message agent"]
    assert len(short(store.log(period=(minute(60), None)))) == 3
    assert len(short(store.log(period=(None, minute(1))))) == 2


def test_a_source_claims_only_what_every_import_of_it_could_tell(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer", can=Can.messages | Can.status))
    store.import_log(lines("0 R2 created customer", can=Can.status | Can.team, horizon=BEGIN + timedelta(days=99)))
    (facts,) = store.log().sources
    assert facts.can == Can.status
    assert facts.horizon == BEGIN + timedelta(days=99)
    assert facts.files == ("file.csv",)


def test_the_log_in_a_few_numbers(store: ServiceStore) -> None:
    info = store.info()
    assert (info.requests, info.events, info.quarantined) == (4, 5, 0)
    assert (info.first_event_at, info.last_event_at) == (minute(0), minute(80))
    assert [(one.source, one.imports) for one in info.sources] == [("desk", 1), ("shop", 1)]
    assert info.bytes > 0
    assert Path(info.folder) == store.folder


def test_requests_with_later_events_are_found(store: ServiceStore) -> None:
    snapshot = store.snapshot()
    assert snapshot.with_events_after(minute(50), "desk").request.to_pylist() == ["R2"]
    assert snapshot.with_events_after(minute(79), "shop").request.to_pylist() == ["R3"]
    assert len(snapshot.with_events_after(minute(80), "shop")) == 0


def test_descriptions_of_some_requests(store: ServiceStore) -> None:
    keys = Keys.of(pa.table({"source": ["shop", "desk"], "request": ["R3", "R3"]}))
    assert store.snapshot().requests(keys).select(["source", "request"]).to_pylist() == [
        {"source": "shop", "request": "R3"}
    ]
