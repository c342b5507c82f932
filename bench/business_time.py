"""Business time of random pairs: rows a second beside the bare scan and beside other libraries.

python -m bench.business_time [ROWS]     default 10 million. Peers are installed into a throw-away folder (or the one
named by OTKLIK_BENCH_PEERS) from the package index and run on one core on the rows they manage in 30 s.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from otklik.base.units import to_us
from otklik.clock import compile_book, elapsed, load_calendar_book
from otklik.clock.public_holidays import public_holidays
from otklik.schemas.calendars import Calendar, CalendarBook

START, END = (to_us(datetime(year, 1, 1, tzinfo=UTC)) for year in (2022, 2025))
LAST = to_us(datetime(2025, 5, 31, tzinfo=UTC))
ROW_GROUP = 1 << 18
THREADS = 2
BEST_OF = 5
PEERS = {
    "timegrid": ["timegrid"],
    "businesstimedelta": ["businesstimedelta", "pytz"],
    "business_duration": ["business-duration"],
    "pm4py": ["pm4py"],
    "pandas": ["pandas"],
    "busday_count": ["numpy"],
}
NOTES = {
    "timegrid": "; target: at least 20 x",
    "pm4py": "; target: at least 100 x",
    "pandas": " in whole hours, all it can count",
    "busday_count": "; numpy by hand, one slot a day, no zones",
}


def closed_days():
    return sorted(d for d in public_holidays("ru").days_off if 2022 <= d.year <= 2025)


def office_book():
    """Monday to Friday 9-18 in UTC with Russian holidays: the most that every peer can say."""
    week = dict.fromkeys(range(5), ((9 * 3600, 18 * 3600),))
    return CalendarBook({"c": (Calendar("c", "UTC", week, holidays=frozenset(closed_days())),)}, "c")


def twenty_books():
    """Twenty calendars with lunch, nights and holidays in as many zones."""
    zones = ("Europe/Moscow", "Asia/Omsk", "Europe/Berlin us", "America/New_York de", "Australia/Lord_Howe")
    hours = ("mon-fri 9-18", "daily 8-13,14-20", "daily 22-6", "mon-sat 10-19")
    books = [load_calendar_book(f"{hour} {zone}") for zone in zones for hour in hours]
    return CalendarBook({id_: versions for book in books for id_, versions in book.versions.items()}, None)


def write_pairs(path, rows):
    """Whole seconds (some peers know no less), starts evenly over three years, waits of two days on average."""
    rng = np.random.default_rng(42)
    writer = None
    for low in range(0, rows, ROW_GROUP):
        n = min(ROW_GROUP, rows - low)
        starts = rng.integers(START // 10**6, END // 10**6, n) * 10**6
        ends = np.minimum(starts + rng.exponential(2 * 86_400, n).astype(np.int64) * 10**6, LAST)
        utc = pa.timestamp("us", tz="UTC")
        calendar = pa.array(rng.integers(0, 20, n, dtype=np.int32))
        table = pa.table({"start": pa.array(starts, utc), "end": pa.array(ends, utc), "calendar": calendar})
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table, row_group_size=ROW_GROUP)
    writer.close()


def in_turns(*works):
    """Run each several times in turns, so that a busy moment hits all of them; best seconds of each."""
    times = [[] for _ in works]
    for _ in range(BEST_OF):
        for work, taken in zip(works, times, strict=True):
            begin = time.perf_counter()
            work()
            taken.append(time.perf_counter() - begin)
    return [min(taken) for taken in times]


def bare_scan(path):
    """Let DuckDB read both columns and sum their difference."""
    connection = duckdb.connect(config={"threads": THREADS})
    query = f"""SELECT sum(epoch_us("end") - epoch_us(start)) FROM '{path}'"""
    return lambda: connection.execute(query).fetchone()[0]


def from_parquet(path, table, with_codes=False):
    """Read the file and sum the business time, row groups shared between two threads."""
    names = ["start", "end", "calendar"] if with_codes else ["start", "end"]

    def work():
        metadata = pq.read_metadata(path)

        def one(group):
            file = pq.ParquetFile(path, metadata=metadata, memory_map=True)
            read = file.read_row_group(group, columns=names, use_threads=False)
            columns = [column.to_numpy() for column in read.itercolumns()]
            starts, ends = (column.view(np.int64) for column in columns[:2])
            codes = columns[2] if with_codes else 0
            return int(elapsed(table, codes, starts, ends, engine="compiled").us.sum())

        with ThreadPoolExecutor(THREADS) as pool:
            return sum(pool.map(one, range(metadata.num_row_groups)))

    return work


def environment(folder, peer):
    """Make (or find) the peer's own environment; None when it cannot be installed here."""
    home = folder / peer
    python = home / "bin" / "python"
    if not python.exists():
        made = subprocess.run([sys.executable, "-m", "venv", str(home)], capture_output=True, check=False)
        command = [str(python), "-m", "pip", "install", "-q", "setuptools<81", *PEERS[peer]]
        if made.returncode or subprocess.run(command, capture_output=True, check=False).returncode:
            return None
    return python


def run_peer(python, peer, folder):
    """Return rows done, seconds spent and the answers in seconds."""
    script = Path(__file__).with_name("business_time_peers.py")
    paths = [str(folder / name) for name in ("pairs.bin", "holidays.txt", f"{peer}.bin")]
    done = subprocess.run([str(python), str(script), peer, *paths], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"  {peer}: {done.stderr.strip().splitlines()[-1:]}")
        return None
    rows, spent = done.stdout.split()
    return int(rows), float(spent), np.fromfile(paths[2])


def show(name, rows, seconds, ours=None, note=""):
    rate = rows / seconds
    ratio = f"{ours / rate:10,.1f} x" if ours else " " * 12
    print(f"{name:34}{rows:12,}{seconds:9.2f} s{rate / 1e6:12.4f} M/s{ratio}  {note}")


def main():
    rows = int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else 10_000_000
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        path = folder / "pairs.parquet"
        write_pairs(path, rows)
        office = compile_book(office_book(), START, LAST).table
        twenty = compile_book(twenty_books(), START, LAST).table
        elapsed(office, 0, np.array([START]), np.array([LAST]), engine="compiled")
        columns = [c.to_numpy().view(np.int64) for c in pq.read_table(path, columns=["start", "end"]).itercolumns()]
        scan_s, one_s, twenty_s, memory_s = in_turns(
            bare_scan(path),
            from_parquet(path, office),
            from_parquet(path, twenty, with_codes=True),
            lambda: elapsed(office, 0, *columns),
        )
        answer = elapsed(office, 0, *columns)
        ours = rows / one_s
        print(f"{'':34}{'rows':>12}{'time':>11}{'rate':>16}{'ours is':>12}")
        show("bare scan (DuckDB, 2 threads)", rows, scan_s, ours, "target: at least 0.5 x")
        show("otklik, Parquet to sum", rows, one_s)
        show("otklik, 20 calendars by row", rows, twenty_s, ours)
        show("otklik, arrays in memory", rows, memory_s, ours)
        peers(folder, columns, answer.us / 1e6, ours)


def peers(folder, columns, right, ours):
    few = min(len(right), 20_000_000)
    np.stack([column[:few] for column in columns], axis=1).tofile(folder / "pairs.bin")
    (folder / "holidays.txt").write_text("\n".join(date.isoformat(day) for day in closed_days()))
    kept = Path(os.environ.get("OTKLIK_BENCH_PEERS", folder / "peers"))
    for peer in PEERS:
        python = environment(kept, peer)
        found = run_peer(python, peer, folder) if python else None
        if found is None:
            print(f"{peer:34}could not be installed or run here")
            continue
        done, spent, answers = found
        wanted = np.floor(right[:done] / 3600) * 3600 if peer == "pandas" else right[:done]
        equal = np.isclose(answers, wanted, atol=0.5).mean()
        show(peer, done, spent, ours, f"equal answers {equal:.2%}{NOTES.get(peer, '')}")


if __name__ == "__main__":
    main()
