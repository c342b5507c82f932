"""Log -> all measures in both clocks, beside the floors: what it costs to read, to group and to sort the same columns.

    python -m bench.measures [EVENTS] [ROUNDS] [FOLDER]

The log lies as the store keeps it (bench.generator). Each run is a process of its own, two threads, the page cache
warm; runs take turns and the best of each counts. The machine code of the kernel is loaded before the watch starts, as
DuckDB is. Floors read the columns that the measures need from the same files and hand over their rows as Arrow batches.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from bench.generator import EVENTS_A_REQUEST, SOURCE, book, files_of
from otklik.measures.columns import NEEDED

PIECE_ROWS = 500_000
THREADS = 2
MEMORY_GB = 8
"""What DuckDB may hold before it spills to disk; the kernel is never asked to keep to anything."""
WINDOWS_UP_TO = 20_000_000
"""The windows take minutes and tens of gigabytes beyond this."""
COLUMNS = ", ".join(f'"{name}"' for name in NEEDED)
COUNTED = ", ".join(f'count("{name}")' for name in NEEDED if name not in ("request", "at"))
GROUP = f'select request, min("at"), max("at"), {COUNTED} from log group by request'
"""The cheapest question that reads every column and gives a row a request."""
SORT = f'select {COLUMNS} from log order by source, request, "at", seq'
RUNS = ("ours", "group", "sort", "windows")
SAME = (
    "first_reply_s", "acknowledgement_s", "resolution_s", "first_resolution_s", "unassigned_s",
    "replies", "customer_messages", "reopens", "steps", "handoffs", "team_handoffs",
)  # fmt: skip
"""What the SQL below measures too, on the wall clock."""
WINDOWS = """
with carried as (
    select source, request, "at", seq, "by", kind,
        (kind = 'message' or (kind = 'created' and public)) as says, public,
        activity is not null as is_step,
        last_value(team ignore nulls) over w as team,
        last_value(assignee ignore nulls) over w as assignee,
        coalesce(last_value(status ignore nulls) over w in ('resolved', 'closed'), false) as is_done
    from log window w as (partition by source, request order by "at", seq rows unbounded preceding)
), moved as (
    select *,
        lag(team) over w as team_before, lag(assignee) over w as assignee_before,
        coalesce(lag(is_done) over w, false) as was_done,
        min(case when says and "by" = 'customer' then seq end) over (partition by source, request) as asked,
        last_value(is_done) over (w rows between unbounded preceding and unbounded following) as ends_done
    from carried window w as (partition by source, request order by "at", seq)
)
select request,
    (case when min(asked) is not null then
        epoch_us(coalesce(min(case when says and "by" = 'agent' and public and seq > asked then "at" end),
            case when bool_and(ends_done) then max(case when is_done and not was_done then "at" end) else $horizon end))
        - epoch_us(min(case when seq = asked then "at" end)) end) / 1e6 as first_reply_s,
    (case when min(asked) is not null then
        epoch_us(coalesce(min(case when says and "by" <> 'customer' and public and seq > asked then "at" end),
            case when bool_and(ends_done) then max(case when is_done and not was_done then "at" end) else $horizon end))
        - epoch_us(min(case when seq = asked then "at" end)) end) / 1e6 as acknowledgement_s,
    (epoch_us(case when bool_and(ends_done) then max(case when is_done and not was_done then "at" end)
        else $horizon end) - epoch_us(min("at"))) / 1e6 as resolution_s,
    (epoch_us(coalesce(min(case when is_done and not was_done then "at" end), $horizon)) - epoch_us(min("at"))) / 1e6
        as first_resolution_s,
    (epoch_us(coalesce(min(case when assignee is not null then "at" end), $horizon)) - epoch_us(min("at"))) / 1e6
        as unassigned_s,
    count(*) filter (says and "by" = 'agent' and public) as replies,
    count(*) filter (says and "by" = 'customer') as customer_messages,
    count(*) filter (was_done and not is_done) as reopens,
    count(*) filter (is_step) as steps,
    count(*) filter (assignee <> assignee_before) as handoffs,
    count(*) filter (team <> team_before) as team_handoffs
from moved group by source, request
"""
"""The same as window functions, for a log in which nobody cancels, merges, deletes, or writes after the end unheard."""


def batches(paths: list[Path]) -> Iterator[pa.RecordBatch]:
    """The log as the store hands it over: pieces of whole requests, words as dictionaries."""
    from otklik.store.order import whole_table
    from otklik.store.sorted_files import SortedFile

    for path in paths:
        file = SortedFile(path)
        per_piece = max(1, PIECE_ROWS * file.groups // sum(map(file.rows_in, range(file.groups))))
        for group in range(0, file.groups, per_piece):
            chosen = range(group, min(group + per_piece, file.groups))
            yield from whole_table(file.read(chosen, NEEDED)).select(NEEDED).to_batches()


def ours(paths: list[Path]) -> dict[str, float]:
    from otklik.measures import measure_batches

    warm = next(batches(paths)).slice(0, EVENTS_A_REQUEST)
    list(measure_batches([warm], (SOURCE,), book(), threads=1))
    start = time.perf_counter()
    requests = waits = 0
    for measured in measure_batches(batches(paths), (SOURCE,), book(), threads=THREADS):
        requests += measured.facts.num_rows
        waits += measured.waits.num_rows
    return {"seconds": time.perf_counter() - start, "rows": requests, "waits": waits}


def in_duckdb(paths: list[Path], sql: str) -> dict[str, float]:
    connection = connect(paths)
    start = time.perf_counter()
    rows = sum(batch.num_rows for batch in answer(connection, sql))
    return {"seconds": time.perf_counter() - start, "rows": rows}


def connect(paths: list[Path]):
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"set threads = {THREADS}; set preserve_insertion_order = false; set TimeZone = 'UTC'")
    connection.execute(f"set memory_limit = '{MEMORY_GB}GB'; set temp_directory = '{paths[0].parent / 'spilled'}'")
    files = ", ".join(f"'{path}'" for path in paths)
    connection.execute(f"create view log as select * from read_parquet([{files}])")
    return connection


def answer(connection, sql: str):
    parameters = {"horizon": SOURCE.horizon} if "$horizon" in sql else None
    return connection.execute(sql, parameters).to_arrow_reader(100_000)


def check(paths: list[Path]) -> int:
    """The windows give the same values as ours, row by row."""
    from otklik.measures import measure_batches

    theirs = answer(connect(paths[:1]), WINDOWS).read_all().sort_by("request")
    parts = [m.facts for m in measure_batches(batches(paths[:1]), (SOURCE,), book(), threads=THREADS)]
    mine = pa.concat_tables(parts).sort_by("request")
    for name in ("request", *SAME):
        kind = pa.float64() if name.endswith("_s") else mine[name].type
        assert theirs[name].cast(kind).to_pylist() == mine[name].to_pylist(), f"{name} differs"
    return mine.num_rows


def one_run(name: str, paths: list[Path]) -> dict[str, float]:
    sql = {"group": GROUP, "sort": SORT, "windows": WINDOWS}
    result = ours(paths) if name == "ours" else in_duckdb(paths, sql[name])
    return {**result, "peak_mib": peak_mib()}


def peak_mib() -> float:
    """The high-water mark of this process alone; getrusage would carry over the one of its parent."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def in_own_process(name: str, events: int, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.measures", "--run", name, str(events), str(folder)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    if sys.argv[1:2] == ["--run"]:
        name, events, folder = sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
        print(json.dumps(one_run(name, files_of(folder, events))))
        return
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    folder = Path(sys.argv[3] if len(sys.argv) > 3 else f"/tmp/otklik-bench/{events}")
    paths = files_of(folder, events)
    size = sum(path.stat().st_size for path in paths)
    print(
        f"{events:,} events of {events // EVENTS_A_REQUEST:,} requests, {size / 2**20:,.0f} MiB in {len(paths)} files"
    )
    print(f"  SQL windows and ours agree on {len(SAME)} measures of {check(paths):,} requests")
    found: dict[str, list[dict[str, float]]] = {name: [] for name in RUNS}
    for turn in range(rounds):
        for name in RUNS:
            once = name in ("sort", "windows") and turn > 0
            if not once and (name != "windows" or events <= WINDOWS_UP_TO):
                found[name].append(in_own_process(name, events, folder))
    show(found, events)


def show(found: dict[str, list[dict[str, float]]], events: int) -> None:
    titles = {
        "ours": "17 measures + waits, both clocks",
        "group": "floor: scan + group by request",
        "sort": "floor: scan + sort",
        "windows": f"{len(SAME)} measures as SQL windows, elapsed",
    }
    best = {name: min(runs, key=lambda run: run["seconds"]) for name, runs in found.items() if runs}
    print(f"  {'':<40}{'best s':>8}{'all runs':>22}{'M events/s':>12}{'peak MiB':>10}{'x group':>9}")
    for name, run in best.items():
        every = " ".join(f"{one['seconds']:.2f}" for one in found[name])
        ratio = run["seconds"] / best["group"]["seconds"]
        speed = events / run["seconds"] / 1e6
        print(
            f"  {titles[name]:<40}{run['seconds']:>8.2f}{every:>22}{speed:>12.1f}{run['peak_mib']:>10,.0f}{ratio:>9.2f}"
        )
    pairs = zip(found["ours"], found["group"], strict=True)
    print("  ours : group floor, turn by turn:", " ".join(f"{a['seconds'] / b['seconds']:.2f}" for a, b in pairs))
    print(f"  ours : scan + sort: {best['ours']['seconds'] / best['sort']['seconds']:.2f}")


if __name__ == "__main__":
    main()
