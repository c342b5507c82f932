"""1,000 new events on millions of requests: how long until they show in the facts, with another process reading?

    python -m bench.incremental [REQUESTS] [FOLDER] [--keep]

Requests have 8 events each. The log is imported in parts and measured once; then come imports of 1,000 events, first on
random requests, then on the most recent ones. 'visible' is from handing over the new events until another look at the
kept facts shows them; all the while a second process reads the log's facts again and again.
"""

import multiprocessing
import resource
import shutil
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from otklik.actions.measure_speed import Yardstick
from otklik.actions.refresh_facts import facts_keep, refresh_facts
from otklik.schemas.events import EVENTS, QUARANTINE, REQUESTS, Can
from otklik.schemas.log import ImportCount, ServiceLog, SourceFacts
from otklik.store import Keys, ServiceStore

EVENTS_A_REQUEST = 8
ROUNDS = 5
NEW_EVENTS = 1_000
PART = 2_500_000
BEGIN = datetime(2023, 1, 1, tzinfo=UTC)
YEARS_US = 2 * 365 * 86_400 * 1_000_000
KINDS = ("created", "assigned", "message", "message", "status", "message", "message", "status")
BY = ("customer", "rule", "agent", "customer", "agent", "customer", "agent", "agent")
STATUS = (None, None, None, None, "waiting_customer", None, None, "resolved")
TEAMS = [f"team {n}" for n in range(20)]
PEOPLE = [f"person {n}" for n in range(400)]
CAN = Can.messages | Can.status | Can.assignee | Can.team | Can.resolution | Can.first_reply
YARDSTICK = Yardstick("ru")


def words(names, codes, null=None):
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32, copy=False), mask=null), list(names))


def part_of_log(first: int, last: int, total: int, seed: int = 1) -> ServiceLog:
    """Requests first..last of `total`, whose numbers grow with time."""
    rng = np.random.default_rng((seed, first))
    n = last - first
    opened = (np.arange(first, last) + 1) / total * YEARS_US
    gaps = rng.lognormal(8.0, 1.6, (n, EVENTS_A_REQUEST))
    gaps *= 1e6
    gaps[:, 0] = 0
    np.cumsum(gaps, axis=1, out=gaps)
    gaps += opened[:, None]
    at = gaps.astype(np.int64).ravel() + int(BEGIN.timestamp() * 1e6)
    del gaps
    seen = at <= int(BEGIN.timestamp() * 1e6) + YEARS_US
    place = np.tile(np.arange(EVENTS_A_REQUEST, dtype=np.int8), n)[seen]
    requests = np.repeat(np.arange(first, last, dtype=np.int32), EVENTS_A_REQUEST)[seen]
    return log(requests, at[seen], place, rng, total)


def log(requests, at, place, rng, total, horizon_us=None) -> ServiceLog:
    """Events of requests whose numbers grow."""
    size = len(requests)
    begins = np.diff(requests, prepend=-1) != 0
    distinct, codes = requests[begins].astype(np.int64), np.cumsum(begins, dtype=np.int32) - 1
    names = pa.array([name_of(number) for number in distinct.tolist()])
    kind_codes = np.array([("created", "assigned", "message", "status").index(kind) for kind in KINDS])
    by_codes = np.array([("customer", "rule", "agent").index(by) for by in BY])
    status_codes = np.array([-1 if s is None else ("waiting_customer", "resolved").index(s) for s in STATUS])
    team = (requests.astype(np.int64) * 7919 % len(TEAMS)).astype(np.int32)
    person = rng.integers(0, len(PEOPLE), size).astype(np.int32)
    columns = {
        "source": words(["desk"], np.zeros(size)),
        "request": pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), names),
        "at": pa.array(at).cast(pa.timestamp("us", tz="UTC")),
        "seq": pa.array(np.zeros(size, np.int32)),
        "kind": words(("created", "assigned", "message", "status"), kind_codes[place]),
        "by": words(("customer", "rule", "agent"), by_codes[place]),
        "actor": words(PEOPLE, person, by_codes[place] != 2),
        "team": words(TEAMS, team, place == 0),
        "assignee": words(PEOPLE, person, place < 2),
        "public": pa.array((kind_codes[place] == 2) | (place == 0)),
        "channel": words(("email", "chat", "phone"), requests % 3, place != 0),
        "status": words(("waiting_customer", "resolved"), np.maximum(status_codes[place], 0), status_codes[place] < 0),
        "activity": pa.nulls(size, pa.dictionary(pa.int32(), pa.string())),
    }
    horizon = (BEGIN + timedelta(microseconds=YEARS_US)) if horizon_us is None else horizon_us
    return ServiceLog(
        events=pa.table(columns).select(EVENTS.names),
        requests=described(distinct, names) if horizon_us is None else REQUESTS.empty_table(),
        sources=(SourceFacts("desk", "events", CAN, horizon, ("bench",), "bench"),),
        quarantine=QUARANTINE.empty_table(),
        count=ImportCount(read=size, kept=size),
    )


def name_of(number: int) -> str:
    return f"R{number:09d}"


def described(numbers, names) -> pa.Table:
    n = len(numbers)
    told = {
        "source": words(["desk"], np.zeros(n)),
        "request": names,
        "channel": words(("email", "chat", "phone"), numbers % 3),
        "category": words([f"category {i}" for i in range(12)], (numbers * 31) % 12),
        "priority": words(("low", "normal", "high"), (numbers * 17) % 3),
    }
    columns = {f.name: told[f.name] if f.name in told else pa.nulls(n, f.type) for f in REQUESTS}
    return pa.table(columns)


def build(folder: Path, total: int) -> None:
    store = ServiceStore(folder)
    for first in range(0, total, PART):
        upto = min(first + PART, total)
        part = part_of_log(first, upto, total)
        began, worked = time.perf_counter(), time.process_time()
        store.import_log(part)
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
        print(
            f"  import {upto:>12,} requests  {seconds:8.1f} s   cpu {cpu:6.1f} s   peak {peak_mib():,.0f} MiB",
            flush=True,
        )
        del part


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def new_events(rng, numbers, total: int, turn: int) -> ServiceLog:
    """One more customer message for each of these requests, later than everything before."""
    at = np.full(len(numbers), int(BEGIN.timestamp() * 1e6) + YEARS_US + turn * 60_000_000, np.int64)
    horizon = BEGIN + timedelta(microseconds=YEARS_US + turn * 60_000_000)
    numbers = np.sort(numbers)
    return log(numbers, at, np.full(len(numbers), 5), rng, total, horizon)


def read_all_the_time(folder: str, stop, out) -> None:
    """The other process: a quantile over all facts and a look at ten requests, again and again."""
    store = ServiceStore(folder)
    keep = facts_keep(store, YARDSTICK.book())
    times, rows = [], []
    import duckdb

    sql = duckdb.connect()
    sql.execute("set threads = 1")
    while not stop.is_set():
        began = time.perf_counter()
        kept = keep.newest()
        query = f"select count(*), quantile_disc(first_reply_s, 0.5) from ({kept.sql('facts')})"
        rows.append(sql.execute(query).fetchone()[0])
        times.append(time.perf_counter() - began)
    out.put((len(times), float(np.median(times)), len(set(rows))))


def one_round(store: ServiceStore, rng, numbers, total: int, turn: int) -> dict[str, float]:
    new = new_events(rng, numbers, total, turn)
    began, worked = time.perf_counter(), time.process_time()
    store.import_log(new)
    imported = time.perf_counter()
    kept = refresh_facts(store, YARDSTICK, with_running=False).kept
    refreshed = time.perf_counter()
    keys = Keys.of(new.events)
    shown = kept.look_up("facts", keys, ("request", "customer_messages"))
    seen = time.perf_counter()
    assert shown.num_rows == len(keys) and min(shown["customer_messages"].to_pylist()) >= 1
    cpu = time.process_time() - worked
    return {"import": imported - began, "facts": refreshed - imported, "visible": seen - began, "cpu": cpu}


def rounds(store: ServiceStore, total: int, recent: bool, first_turn: int) -> list[dict[str, float]]:
    rng = np.random.default_rng(7 + recent)
    found = []
    for turn in range(ROUNDS):
        low = total - min(total, 20_000) if recent else 0
        numbers = rng.choice(np.arange(low, total), NEW_EVENTS, replace=False)
        found.append(one_round(store, rng, numbers, total, first_turn + turn))
    return found


def table(title: str, found: list[dict[str, float]]) -> None:
    cells = "  ".join(
        f"{name} {np.median([r[name] for r in found]):5.2f} (max {max(r[name] for r in found):5.2f})"
        for name in found[0]
    )
    print(f"  {title:<22} {cells}", flush=True)


def main() -> None:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else f"/tmp/otklik-bench-{total}")
    store = ServiceStore(folder)
    print(f"{total:,} requests x {EVENTS_A_REQUEST} events in {folder}")
    if not store.exists():
        build(folder, total)
    began, worked = time.perf_counter(), time.process_time()
    done = refresh_facts(store, YARDSTICK)
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    print(f"  measure everything     {seconds:8.1f} s   cpu {cpu:6.1f} s   rebuilt {done.rebuilt}", flush=True)
    info = store.info()
    print(f"  {info.events:,} events, {info.bytes / 2**20:,.0f} MiB with history, {info.hot_events:,} hot", flush=True)
    first_turn = store.snapshot().step
    for reading in (False, True):
        context = multiprocessing.get_context("spawn")
        stop, out = context.Event(), context.Queue()
        other = context.Process(target=read_all_the_time, args=(str(folder), stop, out))
        beside = "another process reading" if reading else "alone"
        print(f"  seconds for {NEW_EVENTS:,} new events, median of {ROUNDS}, {beside}:")
        if reading:
            other.start()
            time.sleep(3)
        table("random requests", rounds(store, total, False, first_turn))
        table("recent requests", rounds(store, total, True, first_turn + ROUNDS))
        first_turn += 2 * ROUNDS
        if reading:
            stop.set()
            times, median, counts = out.get(timeout=300)
            other.join()
            print(f"    the reader: {times} reads of all facts, median {median:.2f} s, always {counts} count")
    began = time.perf_counter()
    done = refresh_facts(store, YARDSTICK)
    print(f"  what still runs        {time.perf_counter() - began:8.1f} s   {done.computed:,} requests")
    print(f"  peak of this process   {peak_mib():8,.0f} MiB", flush=True)
    if "--keep" not in sys.argv:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
