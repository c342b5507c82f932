import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from otklik.store.errors import StoreBusy
from otklik.store.lock import writing

HOLD = """
import sys, time
from pathlib import Path
from otklik.store.lock import writing
with writing(Path(sys.argv[1])):
    print("in", flush=True)
    time.sleep(60)
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"
    return process


def test_there_is_one_writer_at_a_time_and_the_other_hears_who(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        with pytest.raises(StoreBusy) as busy, writing(tmp_path, wait_s=0.1):
            pass
        assert busy.value.facts["pid"] == other.pid
        other.kill()


def test_a_killed_writer_leaves_no_lock(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
        began = time.monotonic()
        with writing(tmp_path, wait_s=5):
            assert time.monotonic() - began < 5


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with writing(tmp_path, wait_s=0):
            assert (tmp_path / "writer.lock").exists()
    with pytest.raises(StoreBusy), writing(tmp_path), writing(tmp_path, wait_s=0):
        pass
