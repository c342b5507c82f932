import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from otklik.actions.import_once import files_of, import_once
from otklik.actions.keep_log import describe_log
from otklik.base.errors import UserError
from otklik.schemas.log import ServiceLog

CHILD = """
import sys
from pathlib import Path
from otklik.actions.import_log import Records, import_log
from otklik.actions.import_once import import_once
import_once(Path(sys.argv[2]), "upload 1", lambda: import_log(Records((sys.argv[1],))))
"""


def test_the_same_work_done_twice_reads_and_writes_once(log: ServiceLog, tmp_path: Path) -> None:
    reads: list[int] = []

    def read() -> ServiceLog:
        reads.append(1)
        return log

    first = import_once(tmp_path / "kept", "upload 1", read)
    again = import_once(tmp_path / "kept", "upload 1", read)
    assert (first.import_id, again, len(reads)) == (1, first, 1)
    other = import_once(tmp_path / "kept", "upload 2", read)
    assert (other.import_id, other.count.duplicate, len(reads)) == (None, 5, 2)


def test_a_twin_that_was_faster_gives_its_account(log: ServiceLog, tmp_path: Path) -> None:
    folder = tmp_path / "kept"

    def read_slowly() -> ServiceLog:
        import_once(folder, "upload 1", lambda: log)
        return log

    record = import_once(folder, "upload 1", read_slowly)
    assert (record.import_id, record.count.kept, record.count.duplicate) == (1, 5, 0)


def test_the_mark_of_the_work_is_no_file(log: ServiceLog, tmp_path: Path) -> None:
    record = import_once(tmp_path / "kept", "upload 1", lambda: log)
    assert files_of(record) == log.sources[0].files


@pytest.mark.parametrize(
    "place", ["import-before-commit", "store-before-commit", "store-between-tables", "store-after-commit",
              "import-after-commit"],
)  # fmt: skip
def test_killed_anywhere_and_begun_again_it_has_happened_once(place: str, shop: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    command = [sys.executable, "-c", CHILD, str(shop), str(folder)]
    killed = subprocess.run(command, env={**os.environ, "OTKLIK_CRASH_AT": place}, check=False)
    assert killed.returncode == -signal.SIGKILL, f"{place} was never passed"
    subprocess.run(command, check=True)
    info, imports = describe_log(folder)
    assert info.requests == 5
    (record,) = imports
    assert (record.count.read, record.count.kept, record.count.duplicate) == (5, 5, 0)


def test_another_writer_is_said_and_nothing_is_lost(log: ServiceLog, tmp_path: Path) -> None:
    import fcntl

    (tmp_path / "kept").mkdir()
    with (tmp_path / "kept" / "writer.lock").open("a+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(UserError) as said:
            import_once(tmp_path / "kept", "upload 1", lambda: log, wait_s=0.1)
    assert said.value.code == "store-busy"
    assert import_once(tmp_path / "kept", "upload 1", lambda: log).import_id == 1
