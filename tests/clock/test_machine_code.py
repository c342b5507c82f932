import os
import subprocess
import sys
from pathlib import Path

from otklik.clock import compile_function, compiled

ROOT = Path(__file__).resolve().parents[2]


def double(number):
    return 2 * number


def quadruple(number):
    return double(double(number))


def test_a_function_of_ours_may_call_others():
    assert compile_function(quadruple, calls=(double,))(3) == 12


def kept(folder, sources):
    """Compile something in a fresh process and name the folders it kept its machine code in."""
    code = (
        "import numpy as np; from otklik.clock import *;"
        "b = compile_book(load_calendar_book('24x7'), 0, 10**12);"
        "print(positions(b.table, 0, np.array([5]), engine='compiled'))"
    )
    environment = {**os.environ, "OTKLIK_CACHE": str(folder), "PYTHONPATH": str(sources)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[5]"
    return {path.name for path in folder.iterdir()}


def test_machine_code_is_never_older_than_its_sources(tmp_path):
    """A change in a function that the compiled one calls leads to other machine code."""
    import shutil

    for room in ("base", "schemas", "clock"):
        shutil.copytree(ROOT / "src" / "otklik" / room, tmp_path / "src" / "otklik" / room)
    (tmp_path / "src" / "otklik" / "__init__.py").touch()
    before = kept(tmp_path / "code", tmp_path / "src")
    assert len(before) == 1
    assert kept(tmp_path / "code", tmp_path / "src") == before
    with (tmp_path / "src" / "otklik" / "clock" / Path(compiled.__file__).name).open("a") as file:
        file.write("# changed\n")
    assert len(kept(tmp_path / "code", tmp_path / "src")) == 2


def test_plain_use_does_not_load_numba():
    code = (
        "import sys; from otklik.clock import *; import datetime as d;"
        "b = load_calendar_book('ru'); now = d.datetime(2025, 1, 1, tzinfo=d.UTC);"
        "BusinessClock(b.versions['ru'], now).is_open(now); compile_book(b, 1735689600000000, 1735689600000001);"
        "assert 'numba' not in sys.modules"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0


def test_where_nothing_can_be_written_it_is_compiled_anew(monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("OTKLIK_CACHE", str(blocked))
    assert compile_function(double)(3) == 6
    assert blocked.read_bytes() == b""


def test_it_is_kept_in_the_cache_of_the_user(monkeypatch, tmp_path):
    monkeypatch.delenv("OTKLIK_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert compile_function(double)(3) == 6
    assert list((tmp_path / "otklik").glob("machine-code-*/*/*.nbi"))
