"""A process killed at any named point leaves the last whole state, and the next one goes on."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from otklik.base.crash_points import VARIABLE
from otklik.store import ServiceStore
from tests.store.logs import event, lines, log_of, minute, told

ROOT = Path(__file__).parents[2]
FIRST = lines("0 R1 created customer\n0 R2 created customer", mode="dates")
SECOND = "0 R1 created customer\n5 R1 status agent\n6 R3 created customer"
WRITE = f"""
import sys
from tests.store.logs import lines
from otklik.store import ServiceStore
store = ServiceStore(sys.argv[1])
match sys.argv[2]:
    case "import": store.import_log(lines({SECOND!r}, mode="dates"))
    case "undo": store.undo(1)
    case "compact": store.compact()
print("alive")
"""
IMPORT_POINTS = [
    "store-before-file", "store-before-file:3", "store-after-file", "store-between-tables", "store-between-tables:4",
    "store-before-commit", "store-after-commit",
]  # fmt: skip


def run(folder: Path, what: str, crash_at: str) -> None:
    environment = {**os.environ, VARIABLE: crash_at, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", WRITE, str(folder), what], env=environment, capture_output=True, text=True
    )
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr


@pytest.mark.parametrize("point", IMPORT_POINTS)
def test_a_killed_import_is_there_whole_or_not_at_all(tmp_path: Path, point: str) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(FIRST)
    run(tmp_path, "import", point)
    is_there = point == "store-after-commit"
    assert [record.import_id for record in store.imports()] == ([1, 2] if is_there else [1])
    if not is_there:
        assert told(store.log()) == told(FIRST)
    record = store.import_log(lines(SECOND, mode="dates"))
    assert record.import_id == (None if is_there else 2)
    other = ServiceStore(tmp_path / "never-killed")
    other.import_log(FIRST)
    other.import_log(lines(SECOND, mode="dates"))
    assert told(store.log()) == told(other.log())
    assert store.log().requests.to_pylist() == other.log().requests.to_pylist()
    store.undo(2)
    assert told(store.log()) == told(FIRST)


@pytest.mark.parametrize(
    "point", ["store-before-file", "store-between-tables:2", "store-before-commit", "store-after-commit"]
)
def test_a_killed_undo_is_done_or_not(tmp_path: Path, point: str) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(FIRST)
    store.import_log(lines(SECOND, mode="dates"))
    before = told(store.log())
    run(tmp_path, "undo", point)
    if point != "store-after-commit":
        assert told(store.log()) == before
        store.undo(1)
    assert told(store.log()) == told(lines(SECOND, mode="dates"))


@pytest.mark.parametrize("point", ["store-mid-compaction", "store-before-commit", "store-after-commit"])
def test_a_killed_compaction_loses_nothing(tmp_path: Path, point: str) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(log_of([event(f"R{n}", minute(n)) for n in range(20)]))
    store.import_log(lines("30 R1 note agent"))
    before = told(store.log())
    run(tmp_path, "compact", point)
    assert told(store.log()) == before
    store.compact()
    assert told(store.log()) == before
