from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from otklik.actions.measure_speed import Yardstick
from otklik.actions.refresh_facts import DESCRIBED_BY, TOLD_APART_BY, Told, facts_key, refresh_facts
from otklik.clock import load_calendar_book
from otklik.measures import measure_log
from otklik.schemas.log import ServiceLog
from otklik.store import Keys, ServiceStore
from tests.store.logs import BEGIN, event, lines, log_of, minute

PLAIN = Yardstick()
RU = Yardstick(calendar="ru")


def rows(table: pa.Table) -> list[dict[str, object]]:
    return table.sort_by([("source", "ascending"), ("request", "ascending")]).to_pylist()


def assert_facts_are_as_from_scratch(store: ServiceStore, yardstick: Yardstick = PLAIN, **how: bool) -> None:
    kept = refresh_facts(store, yardstick, **how).kept
    measured = measure_log(store.log(), yardstick.book(), engine="plain")
    facts = kept.read("facts")
    assert rows(facts.drop_columns(list(TOLD_APART_BY))) == rows(measured.facts)
    told = {(row["source"], row["request"]): row for row in facts.to_pylist()}
    known = {
        key: said for key, said in told_by_the_log(store).items() if key in told
    }  # nothing is known beyond a horizon
    assert {key: {name: row[name] for name in TOLD_APART_BY} for key, row in told.items()} == known
    assert rows(kept.read("waits")) == rows(measured.waits)


def told_by_the_log(store: ServiceStore) -> dict[tuple[str, str], dict[str, str | None]]:
    """What each request is told apart by, looked up in the whole log, row by row."""
    log = store.log()
    horizon = {source.source: source.horizon for source in log.sources}
    found: dict[tuple[str, str], dict[str, str | None]] = {}
    for row in log.events.to_pylist():
        holders = found.setdefault((row["source"], row["request"]), dict.fromkeys(TOLD_APART_BY))
        if row["at"] <= horizon[row["source"]]:
            holders |= {name: row[name] for name in ("team", "assignee") if row[name] is not None}
    for row in log.requests.to_pylist():
        found[row["source"], row["request"]] |= {name: row[name] for name in DESCRIBED_BY}
    return found


def test_the_first_time_everything_is_measured(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer\n5 R1 message agent"))
    assert refresh_facts(store, PLAIN).rebuilt
    assert_facts_are_as_from_scratch(store)


def test_afterwards_only_what_an_import_touched_is_measured(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer\n2 R2 created customer\n9 R2 status agent status=closed"))
    refresh_facts(store, PLAIN)
    store.import_log(lines("5 R1 message agent"))
    done = refresh_facts(store, PLAIN)
    assert (done.rebuilt, done.computed) == (False, 1)
    assert_facts_are_as_from_scratch(store)


def test_what_still_runs_is_measured_up_to_a_later_horizon(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer\n0 R2 created customer\n5 R2 status agent status=closed"))
    refresh_facts(store, PLAIN)
    store.import_log(lines("0 R3 created customer", horizon=BEGIN + timedelta(days=40)))
    assert refresh_facts(store, PLAIN, with_running=False).computed == 1
    assert refresh_facts(store, PLAIN).computed == 2, "R1 and R3 still run, R2 does not"
    assert_facts_are_as_from_scratch(store)


def test_an_event_that_lay_beyond_the_horizon_is_seen_when_the_horizon_reaches_it(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    late = "0 R1 created customer\n5 R1 status agent status=closed\n70 R1 message customer\n80 R1 message agent"
    store.import_log(lines(late, horizon=minute(30)))
    refresh_facts(store, PLAIN)
    store.import_log(lines("40 R2 created customer", horizon=minute(90)))
    assert not refresh_facts(store, PLAIN).rebuilt
    assert_facts_are_as_from_scratch(store)


def test_undo_takes_the_facts_of_requests_that_are_gone(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer"))
    store.import_log(lines("1 R1 message customer\n2 R2 created customer"))
    refresh_facts(store, PLAIN)
    store.undo(2)
    assert_facts_are_as_from_scratch(store)
    assert refresh_facts(store, PLAIN).kept.read("facts")["request"].to_pylist() == ["R1"]


def test_other_calendars_have_facts_of_their_own(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer\n500 R1 message agent"))
    plain, ru = refresh_facts(store, PLAIN).kept, refresh_facts(store, RU).kept
    assert plain.read("facts")["first_reply_business_s"].to_pylist() == [None]
    assert ru.read("facts")["first_reply_business_s"][0].as_py() > 0
    assert not refresh_facts(store, PLAIN).rebuilt


def test_the_key_names_the_calendars_whatever_their_order() -> None:
    assert facts_key(None) == facts_key(None)
    assert facts_key(load_calendar_book("ru")) == facts_key(load_calendar_book("ru"))
    assert len({facts_key(None), facts_key(load_calendar_book("ru")), facts_key(load_calendar_book("24x7"))}) == 3


def test_one_request_can_be_looked_up_among_the_facts(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(log_of([event(f"R{n}", minute(n), "created") for n in range(50)]))
    refresh_facts(store, PLAIN)
    store.import_log(lines("90 R7 message agent"))
    kept = refresh_facts(store, PLAIN).kept
    found = kept.look_up(
        "facts", Keys.of(pa.table({"source": ["desk"], "request": ["R7"]})), ("request", "first_reply_s")
    )
    assert found.select(["request", "first_reply_s"]).to_pylist() == [{"request": "R7", "first_reply_s": 83 * 60.0}]


one_event = st.builds(
    lambda request, at, kind, by, status: event(
        request, minute(at), kind, by, status=status if kind == "status" else None
    ),
    st.sampled_from(["R1", "R2", "R3"]),
    st.integers(0, 2000),
    st.sampled_from(["created", "message", "status", "assigned", "cancelled", "merged"]),
    st.sampled_from(["customer", "agent", "rule"]),
    st.sampled_from(["open", "waiting_customer", "resolved", "closed"]),
)
part = st.tuples(st.lists(one_event, max_size=8), st.integers(500, 2500), st.sampled_from(["events", "dates"]))


def made(rows_: list[dict[str, object]], horizon: int, mode: str) -> ServiceLog:
    return log_of([dict(row) for row in rows_], horizon=minute(horizon), mode=mode)


@settings(max_examples=10, deadline=None)
@example([([event("R1", minute(501), "created", "customer")], 500, "events")] * 2, False)
@given(st.lists(part, min_size=2, max_size=4), st.booleans())
def test_facts_kept_fresh_equal_facts_from_scratch(parts: list, undo: bool) -> None:
    with TemporaryDirectory() as folder:
        store = ServiceStore(folder)
        for one in parts:
            store.import_log(made(*one))
            refresh_facts(store, RU)
        if undo:
            store.undo(1)
        assert_facts_are_as_from_scratch(store, RU)


def test_of_many_descriptions_only_those_between_the_first_and_the_last_request_are_looked_at() -> None:
    names = [f"R{number:03d}" for number in range(0, 100, 2)]
    told = Told.of(pa.table({"source": ["desk"] * 50, "request": names, "channel": names}))

    def around(*requests: str) -> list[str]:
        facts = pa.table({"source": ["desk"] * len(requests), "request": pa.array(requests, pa.string())})
        return told.around(facts)["channel"].to_pylist()

    assert around("R010", "R014") == ["R010", "R012", "R014"]
    assert around("R011", "R013") == ["R012"]
    assert around("A", "Z") == names
    assert around() == []
