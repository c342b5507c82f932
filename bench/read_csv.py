"""How fast a table becomes a log: intake against DuckDB's own reader of the same file, with types (target: 3 times).

    python -m bench.read_csv [ROWS]

Three made-up tables: a row a step, a row an event of the log, a row a request with its dates. DuckDB reads into a
table of its own, with all threads, and finds the types out by itself, as we do. `read` is our reader alone, from CSV to
events; the finished log is checked, without duplicates, sorted, described and accounted for.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np

from otklik.intake import Input, LogBuilder, ReadOptions, read_log
from otklik.intake.registry import load_source

ROWS = 1_000_000
ROUNDS = 3
START = np.datetime64("2024-01-01T00:00:00")


def _moments(chance: np.random.Generator, n: int) -> np.ndarray:
    return START + np.sort(chance.integers(0, 365 * 86_400, n)).astype("timedelta64[s]")


def _picked(chance: np.random.Generator, words: list[str], n: int) -> np.ndarray:
    return np.array(words)[chance.integers(0, len(words), n)]


def _write(path: Path, columns: dict[str, np.ndarray]) -> Path:
    with duckdb.connect() as engine:
        import pyarrow as pa

        engine.register("rows", pa.table({name: pa.array(values) for name, values in columns.items()}))
        engine.execute(f"COPY rows TO '{path}' (HEADER, TIMESTAMPFORMAT '%Y-%m-%d %H:%M:%S')")
    return path


def steps(path: Path, n: int) -> Path:
    chance = np.random.default_rng(1)
    case = chance.integers(0, n // 8, n)
    return _write(path, {
        "case id": np.array([f"REQ-{one:07d}" for one in case]), "timestamp": _moments(chance, n),
        "activity": _picked(chance, ["Register", "Check", "Ask expert", "Decide", "Inform", "Pay", "Archive"], n),
        "resource": _picked(chance, [f"person {k:03d}" for k in range(200)], n),
        "team": _picked(chance, [f"Team {k}" for k in range(20)], n),
        "channel": _picked(chance, ["email", "chat", "phone", "form", "messenger"], n),
    })  # fmt: skip


def ready_log(path: Path, n: int) -> Path:
    chance = np.random.default_rng(2)
    kind = _picked(chance, ["created", "message", "message", "note", "status"], n)
    request = np.array([f"{one:07d}" for one in np.sort(chance.integers(0, n // 8, n))])
    return _write(path, {
        "request": request, "at": _moments(chance, n),
        "kind": kind, "by": _picked(chance, ["customer", "agent"], n), "public": kind == "message",
        "team": _picked(chance, [f"Team {k}" for k in range(20)], n),
        "status": np.where(kind == "status", _picked(chance, ["open", "resolved"], n), ""),
    })  # fmt: skip


def dates(path: Path, n: int) -> Path:
    chance = np.random.default_rng(3)
    came = _moments(chance, n)
    waited = chance.exponential(8_000, n).astype("timedelta64[s]")
    return _write(path, {
        "ticket id": np.arange(10_000_000, 10_000_000 + n), "created at": came, "first reply at": came + waited,
        "closed at": came + waited * 4, "status": _picked(chance, ["closed", "resolved"], n),
        "channel": _picked(chance, ["email", "chat", "phone", "form", "messenger"], n),
        "category": _picked(chance, [f"Topic {k}" for k in range(60)], n),
    })  # fmt: skip


def best_s(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def by_duckdb(path: Path) -> None:
    with duckdb.connect() as engine:
        engine.execute(f"CREATE TABLE rows AS FROM read_csv('{path}')")


def by_reader(path: Path) -> None:
    built = LogBuilder("bench")
    load_source("table").read([Input.of(path)], ReadOptions(), built)
    built.tables("events")


def main() -> None:
    """Print seconds and ratios, the best of three rounds of each."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    print(f"{n:,} rows, best of {ROUNDS}; seconds, and times DuckDB's reader (target 3.0)")
    print(f"{'table':<12}{'MiB':>6}{'DuckDB':>9}{'read':>9}{'':>6}{'finished log':>14}")
    with tempfile.TemporaryDirectory() as folder:
        for make in (steps, ready_log, dates):
            path = make(Path(folder) / f"{make.__name__}.csv", n)
            floor_s = best_s(lambda path=path: by_duckdb(path))
            read_s = best_s(lambda path=path: by_reader(path))
            log_s = best_s(lambda path=path: read_log([path]))
            ratios = f"{read_s:9.2f}{read_s / floor_s:6.1f}{log_s:9.2f}{log_s / floor_s:5.1f}"
            print(f"{make.__name__:<12}{path.stat().st_size / 2**20:6.0f}{floor_s:9.2f}{ratios}")


if __name__ == "__main__":
    main()
