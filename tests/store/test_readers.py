"""Readers in other processes see the log before an import or after it, never half of one, and never have to wait."""

import subprocess
import sys
from pathlib import Path

import duckdb
import polars
from deltalake import DeltaTable

from otklik.store import ServiceStore
from otklik.store.lock import writing
from tests.store.logs import description, event, log_of, minute

ROOT = Path(__file__).parents[2]
READ = """
import sys
from otklik.store import ServiceStore
store = ServiceStore(sys.argv[1])
print("ready", flush=True)
seen = set()
while (info := store.snapshot()).step < int(sys.argv[2]):
    log = info.log()
    imports = len([record for record in info.imports if record.undone_at is None])
    seen.add((imports, log.events.num_rows, log.requests.num_rows, log.count.kept))
print(sorted(seen))
"""


def part(n: int):  # type: ignore[no-untyped-def]
    return log_of([event(f"R{request}-{n}", minute(at)) for request in range(10) for at in range(10)])


def test_another_process_sees_whole_imports_only(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(part(0))
    command = [sys.executable, "-c", READ, str(tmp_path), "12"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
        for n in range(1, 9):
            store.import_log(part(n))
        store.compact()
        for n in (2, 5, 9):
            store.undo(n)
        seen = eval(reader.stdout.read())
    assert seen
    assert all(told == (n, 100 * n, 10 * n, 100 * n) for told in seen for n in [told[0]])


def test_reading_needs_no_lock(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path, wait_s=0)
    store.import_log(part(0))
    with writing(tmp_path):
        assert store.log().events.num_rows == 100


def test_others_read_the_tables_as_they_are(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    for n in range(3):
        store.import_log(part(n))
    events = DeltaTable(str(tmp_path / "events"))
    files = [uri.removeprefix("file://") for uri in events.file_uris()]
    assert duckdb.sql(f"select count(*), count(distinct request) from read_parquet({files})").fetchone() == (300, 30)
    assert polars.read_delta(str(tmp_path / "events"))["request"].n_unique() == 30
    assert events.to_pyarrow_table().num_rows == 300
    store.import_log(log_of([event("R1-1", minute(99))], [description("R1-1", subject="Door")]))
    requests = polars.read_delta(str(tmp_path / "requests"))
    assert (len(requests), requests["request"].n_unique()) == (30, 30)
