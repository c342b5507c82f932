import subprocess
import sys

import pytest

from otklik.base.crash_points import VARIABLE, crash_point

SCRIPT = "from otklik.base.crash_points import crash_point; crash_point('there'); crash_point('there'); print('alive')"


def run(at: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", SCRIPT], env={VARIABLE: at}, capture_output=True, text=True)


def test_without_the_variable_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert crash_point("anywhere") is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    ("at", "lives"), [("elsewhere", True), ("there", False), ("there:2", False), ("there:3", True)]
)
def test_a_process_ends_at_the_place_that_was_named(at: str, lives: bool) -> None:
    done = run(at)
    assert (done.stdout == "alive\n") is lives
    assert (done.returncode == 0) is lives
