"""How fast a log of steps is read: ours against pm4py's default importer (in an environment of its own) and Python's
bare XML parser, on two real logs, when they are here, and on a made-up one of 200,000 events.

    python -m bench.read_xes [FILE.xes ...]
"""

import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import xml.parsers.expat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from otklik.intake.building import LogBuilder
from otklik.intake.source import Input, ReadOptions
from otklik.intake.sources.xes.reader import XesLog

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "eventlog"
ROUNDS = 5
CASES = 25_000
STEPS = ("Register", "Check", "Ask expert", "Decide", "Inform", "Archive", "Pay", "Close")
PM4PY = """
import contextlib, io, json, sys, time
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    import pm4py
    found = {}
    for path, rounds in json.loads(sys.argv[1]):
        best = None
        for _ in range(rounds):
            start = time.perf_counter()
            events = len(pm4py.read_xes(path))
            seconds = time.perf_counter() - start
            best = seconds if best is None else min(best, seconds)
        found[path] = (events, best)
print(json.dumps({"version": pm4py.__version__, "found": found}))
"""


def made_up(path: Path) -> Path:
    chance = random.Random(17)
    start = datetime(2024, 1, 1, tzinfo=UTC)
    with path.open("w") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016">\n')
        for case in range(CASES):
            out.write(f'  <trace>\n    <string key="concept:name" value="case {case}"/>\n')
            at = start + timedelta(seconds=chance.random() * 3e7)
            for step in STEPS:
                at += timedelta(seconds=chance.expovariate(1 / 40_000))
                out.write(
                    f'    <event>\n      <string key="concept:name" value="{step}"/>\n'
                    f'      <date key="time:timestamp" value="{at.isoformat(timespec="milliseconds")}"/>\n'
                    f'      <string key="org:resource" value="person {chance.randrange(60)}"/>\n'
                    f'      <string key="org:group" value="team {chance.randrange(9)}"/>\n'
                    '      <string key="lifecycle:transition" value="complete"/>\n    </event>\n'
                )
            out.write("  </trace>\n")
        out.write("</log>\n")
    return path


def ours(path: Path) -> int:
    built = LogBuilder("log")
    XesLog().read([Input.of(path)], ReadOptions(), built)
    return built.records


def bare_parser(path: Path) -> int:
    """Expat with one empty callback: what any reader on it has to spend."""
    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: None
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
        parser.ParseFile(stream)
    return 0


def best_of(work, path: Path) -> tuple[int, float]:
    best, found = float("inf"), 0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        found = work(path)
        best = min(best, time.perf_counter() - start)
    return found, best


def pm4py(folder: Path, paths: list[Path]) -> dict | None:
    """pm4py is AGPL: it gets an environment of its own and never meets ours."""
    home = folder / "pm4py"
    made = subprocess.run([sys.executable, "-m", "venv", str(home)], capture_output=True, check=False)
    python = home / "bin" / "python"
    command = [str(python), "-m", "pip", "install", "-q", "pm4py"]
    if made.returncode or subprocess.run(command, capture_output=True, check=False).returncode:
        return None
    jobs = json.dumps([(str(path), 2) for path in paths])
    run = subprocess.run([str(python), "-c", PM4PY, jobs], capture_output=True, text=True, check=False)
    return json.loads(run.stdout.splitlines()[-1]) if run.returncode == 0 and run.stdout else None


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        paths = [Path(name) for name in sys.argv[1:]] or [
            *(path for name in ("helpdesk_italian", "receipt_permits") if (path := REAL / f"{name}.xes.gz").exists()),
            made_up(folder / "made_up.xes"),
        ]
        for path in paths:
            ours(path)
        mine = {path: (*best_of(ours, path), best_of(bare_parser, path)[1]) for path in paths}
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        theirs = pm4py(folder, paths)
    if theirs is None:
        print("pm4py could not be installed or run; its column is left out")
    print(f"{'log':28} {'events':>8} {'ours s':>8} {'events/s':>10} {'expat s':>8} {'pm4py s':>8} {'faster':>7}")
    for path, (events, seconds, bare) in mine.items():
        told = theirs["found"][str(path)] if theirs else None
        if told and told[0] != events:
            print(f"{path.name}: we read {events} events, pm4py {told[0]}")
        peer = f"{told[1]:8.2f} {told[1] / seconds:6.1f}x" if told else ""
        print(f"{path.name:28} {events:8} {seconds:8.3f} {events / seconds:10.0f} {bare:8.3f} {peer}")
    print(f"our peak memory {memory:.0f} MiB" + (f"; pm4py {theirs['version']}, read_xes, best of 2" if theirs else ""))


if __name__ == "__main__":
    main()
