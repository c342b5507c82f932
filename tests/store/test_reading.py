from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pytest

from otklik.store import Keys, ServiceStore
from otklik.store.kinds import events_of
from otklik.store.reading import coded, side_by_side, some_columns
from otklik.store.tables import SCHEMAS, Tables
from tests.store.logs import event, lines, log_of, minute, told


def keys(*requests: str) -> Keys:
    return Keys.of(pa.table({"source": ["desk"] * len(requests), "request": list(requests)}))


@pytest.fixture
def store(tmp_path: Path) -> ServiceStore:
    """Forty requests in the cold file, then two hot ones that add to old requests and bring new ones between them."""
    store = ServiceStore(tmp_path)
    store.import_log(log_of([event(f"R{n:02d}", minute(at)) for n in range(0, 80, 2) for at in (0, 10)]))
    store.import_log(lines("5 R02 note agent\n5 R03 message customer\n99 R78 note agent\n1 A message customer"))
    store.import_log(lines("7 R02 note agent\n1 Z message customer"))
    return store


def test_batches_of_any_size_tell_the_same_whole_requests(store: ServiceStore) -> None:
    files = events_of(Tables(store.folder).newest())
    whole = told(store.log())
    for rows in (1, 7, 50, 1000):
        batches = list(files.batches(files.buckets[0], rows))
        together = pa.concat_tables(batch.drop(["import_id"]) for batch in batches)
        assert [tuple(row.values()) for row in together.cast(store.log().events.schema).to_pylist()] == whole
        ends = [(b["request"][0].as_py(), b["request"][-1].as_py()) for b in batches]
        assert all(one[1] < other[0] for one, other in pairwise(ends))


def test_a_request_is_looked_up_in_cold_and_hot_files(store: ServiceStore) -> None:
    found = store.snapshot().events(keys("R02", "R03", "nobody"))
    rows = zip(found["request"].to_pylist(), found["kind"].to_pylist(), strict=True)
    assert list(rows) == [("R02", "message"), ("R02", "note"), ("R02", "note"), ("R02", "message"), ("R03", "message")]


def test_files_that_hold_a_request_are_found(store: ServiceStore) -> None:
    files = events_of(Tables(store.folder).newest())
    assert len(files.holding(keys("R02"))) == 3
    assert len(files.holding(keys("R03"))) == 1
    assert files.holding(keys("R01")) == ()


def test_columns_that_nobody_asked_for_are_not_read(store: ServiceStore) -> None:
    snapshot = store.snapshot()
    batch = next(snapshot.batches(snapshot.buckets[0], columns=("request", "kind")))
    assert batch.schema.names == ["request", "kind"]
    assert snapshot.files.look_up(keys("R02"), ("at", "kind", "seq")).column_names == [
        "source",
        "request",
        "at",
        "kind",
        "seq",
    ]


def test_words_are_read_as_dictionaries() -> None:
    assert coded(SCHEMAS["events"]).field("team").type == pa.dictionary(pa.int32(), pa.string())
    assert some_columns(SCHEMAS["events"], ["at"]).names == ["source", "request", "at"]


def test_work_side_by_side_keeps_its_order() -> None:
    assert side_by_side(lambda n: n * n, [3, 1, 2]) == [9, 1, 4]
    assert side_by_side(lambda n: n, []) == []
