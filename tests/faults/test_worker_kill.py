"""kill -9 of the worker at random moments while it imports: nothing lost, nothing doubled, no half import visible.

The short form kills twelve times; OTKLIK_FAULT_ROUNDS=100 makes it the long one.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from otklik.actions import keep_log
from tests.faults.test_push_kill import Installation, installation

ROUNDS = int(os.environ.get("OTKLIK_FAULT_ROUNDS", "12"))
PATIENCE_S = 120.0
ROWS_EACH = 400
pytestmark = pytest.mark.slow

_ADD = """
import sys
from pathlib import Path
from otklik.web.serve import set_up
set_up(Path(sys.argv[1]))
from django.conf import settings
from otklik.web.sources.arriving import start
from otklik.web.sources.models import Upload, UploadedFile
for n in range(int(sys.argv[2])):
    upload = Upload.objects.create()
    UploadedFile.objects.create(upload=upload, stored=f"{n:032x}", name=f"shop-{n}.csv")
    rows = "\\n".join(f"S{n}-{i},2026-03-02 09:00,2026-03-02 10:00,resolved" for i in range(400))
    (settings.DATA.uploads / f"{n:032x}").write_text("Ticket,Opened,Resolved,Status\\n" + rows + "\\n")
    start(upload, "import-upload", None)
"""
_LOOK = """
import json, sys
from pathlib import Path
from otklik.web.serve import set_up
set_up(Path(sys.argv[1]))
from otklik.web.accounts.models import AuditEntry
from otklik.web.sources.models import Upload
print(json.dumps({
    "states": sorted(set(Upload.objects.values_list("state", flat=True))),
    "kept": [one["count"]["kept"] for one in Upload.objects.values_list("outcome", flat=True)],
    "told": AuditEntry.objects.filter(verb="records.imported").count(),
}))
"""


def run(where: Installation, script: str, *told: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, str(where.folder), *told],
        env={**where.environment(), "DJANGO_SETTINGS_MODULE": "otklik.web.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


class Queue:
    """The queue as a stranger sees it, by a connection of its own."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "otklik.sqlite3"

    def ask(self, sql: str) -> list[tuple[int]]:
        connection = sqlite3.connect(self.path, timeout=60)
        try:
            with connection:
                return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def count(self, which: str) -> int:
        return self.ask(f"select count(*) from jobs_job where {which}")[0][0]

    @property
    def left(self) -> int:
        """Files that are not in the log yet."""
        return self.count("kind = 'import-upload' and state in ('queued', 'running')")

    @property
    def untold(self) -> int:
        """What others have not been told of yet."""
        return self.count("kind = 'announce' and state in ('queued', 'running')")

    def free(self) -> None:
        """Do not wait a minute for the lease of the dead; and the kills are ours, not the fault of the work."""
        self.ask("update jobs_job set lease_until = '2026-01-01 00:00:00', attempts = 1 where state = 'running'")


def test_kill_at_random_while_files_are_brought_in(tmp_path: Path) -> None:
    chance = random.Random(20261126)
    with installation(tmp_path / "data") as where:
        run(where, _ADD, str(ROUNDS))
        queue, log = Queue(where.folder), where.folder / "log"
        kills = 0
        while kills < ROUNDS and queue.left:
            queue.free()
            where.start_worker()
            await_(lambda: queue.count("state = 'running' and lease_until > '2026-02-01'") or not queue.left)
            time.sleep(chance.uniform(0.0, 1.2))
            where.kill(where.worker)
            kills += 1
            if log.exists():
                assert keep_log.describe_log(log)[0].requests % ROWS_EACH == 0, "no half import is seen"
        queue.free()
        where.start_worker()
        while left := queue.left:
            await_(lambda left=left: queue.left < left)  # type: ignore[misc]
        while untold := queue.untold:
            await_(lambda untold=untold: queue.untold < untold)  # type: ignore[misc]
        where.kill(where.worker)
        assert queue.count("state = 'failed'") == 0
        info, imports = keep_log.describe_log(log)
        assert (info.requests, len(imports)) == (ROUNDS * ROWS_EACH, ROUNDS)
        told = json.loads(run(where, _LOOK).splitlines()[-1])
        assert told == {"states": ["imported"], "kept": [ROWS_EACH] * ROUNDS, "told": ROUNDS}
        examined = subprocess.run(
            [sys.executable, "-m", "otklik", "doctor", "--data", str(where.folder)],
            env=where.environment(), capture_output=True, text=True,
        )  # fmt: skip
        assert examined.returncode == 0, examined.stdout + examined.stderr
        print(f"{kills} kills, {ROUNDS} files of {ROWS_EACH} requests")
        assert kills >= min(ROUNDS, 6)


def await_(true: object) -> None:
    until = time.monotonic() + PATIENCE_S
    while not true():  # type: ignore[operator]
        assert time.monotonic() < until, "nothing happens any more"
        time.sleep(0.05)
