from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.schemas.log import ServiceLog
from otklik.store import AlreadyUndone, NotAStore, ServiceStore, UnknownImport, UnknownSource
from tests.store.logs import BEGIN, description, event, lines, log_of, minute, short, told

few = settings(max_examples=10, deadline=None)

one_event = st.builds(
    lambda request, at, kind, by, team: event(request, minute(at), kind, by, team=team),
    st.sampled_from(["R1", "R2", "r2", "R10"]),
    st.integers(0, 4),
    st.sampled_from(["created", "message", "status"]),
    st.sampled_from(["customer", "agent"]),
    st.sampled_from([None, "north"]),
)
events = st.lists(one_event, max_size=10)
modes = st.sampled_from(["events", "messages", "dates"])
imports = st.tuples(events, modes, st.integers(0, 3))


def made(parts: tuple[list[dict[str, object]], str, int]) -> ServiceLog:
    rows, mode, days = parts
    return log_of([dict(row) for row in rows], mode=mode, horizon=BEGIN + timedelta(days=days))


def store_with(*logs: ServiceLog) -> tuple[ServiceStore, TemporaryDirectory[str]]:
    folder = TemporaryDirectory()
    store = ServiceStore(folder.name)
    for log in logs:
        store.import_log(log)
    return store, folder


def all_told(store: ServiceStore) -> tuple[object, ...]:
    log = store.log()
    return told(log), log.requests.to_pylist(), log.sources


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    log = lines("0 R1 created customer\n5 R1 message agent\n7 R2 created customer")
    store = ServiceStore(tmp_path)
    record = store.import_log(log)
    assert (record.import_id, record.events_added, record.requests_added) == (1, 3, 2)
    assert told(store.log()) == told(log)
    assert store.log().requests.to_pylist() == log.requests.to_pylist()


def test_the_same_file_twice_changes_nothing_and_is_told_as_duplicates(tmp_path: Path) -> None:
    log = lines("0 R1 created customer\n5 R1 message agent")
    store = ServiceStore(tmp_path)
    store.import_log(log)
    before = store.snapshot().version
    again = store.import_log(log)
    assert again.import_id is None
    assert (again.count.read, again.count.kept, again.count.duplicate) == (2, 0, 2)
    assert store.snapshot().version == before
    assert len(store.imports()) == 1


def test_a_newer_export_adds_what_is_new_and_counts_the_rest_as_duplicates(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer\n5 R1 message agent"))
    newer = lines("0 R1 created customer\n5 R1 message agent\n9 R1 status agent", records=[1, 2, 3])
    count = store.import_log(newer).count
    assert (count.read, count.kept, count.quarantined, count.duplicate) == (3, 1, 0, 2)
    assert short(store.log()) == ["0 R1 created customer", "5 R1 message agent", "9 R1 status agent"]


def test_a_record_with_one_new_event_among_known_ones_is_kept(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer\n5 R1 message agent"))
    newer = lines("0 R1 created customer\n5 R1 message agent\n9 R1 status agent", records=[1, 2, 2])
    count = store.import_log(newer).count
    assert (count.kept, count.duplicate) == (1, 1)


def test_an_undone_import_is_gone_and_what_it_replaced_is_back(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(lines("0 R1 created customer", mode="dates"))
    before = told(store.log())
    store.import_log(lines("0 R1 created customer\n9 R1 status agent status=closed", mode="dates"))
    store.undo(2)
    assert told(store.log()) == before
    assert [record.undone_at is None for record in store.imports()] == [True, False]


def test_undoing_the_first_of_two_leaves_what_the_second_also_told(tmp_path: Path) -> None:
    first = lines("0 R1 created customer\n1 R1 note agent")
    second = lines("0 R1 created customer\n5 R1 message agent")
    store = ServiceStore(tmp_path)
    store.import_log(first)
    store.import_log(second)
    store.undo(1)
    assert told(store.log()) == told(second)


def test_a_description_that_was_overlaid_comes_back(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    only = [event("R1", minute(0), "created")]
    store.import_log(log_of(only, [description("R1", subject="Door", attributes=[("floor", "2")])]))
    store.import_log(log_of(only, [description("R1", priority="high", attributes=[("floor", "3")])]))
    assert [store.log().requests[name][0].as_py() for name in ("subject", "priority")] == ["Door", "high"]
    assert store.log().requests["attributes"][0].as_py() == [("floor", "3")]
    store.undo(1)
    assert [store.log().requests[name][0].as_py() for name in ("subject", "priority")] == [None, "high"]
    store.undo(2)
    assert store.log().requests.num_rows == 0


def test_undo_says_what_it_cannot_do(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    with pytest.raises(NotAStore):
        store.undo(1)
    store.import_log(lines("0 R1 created customer"))
    with pytest.raises(UnknownImport):
        store.undo(7)
    store.undo(1)
    with pytest.raises(AlreadyUndone):
        store.undo(1)


def test_a_source_can_be_deleted(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(log_of([event("R1", minute(0)), event("R1", minute(1), source="shop")]))
    with pytest.raises(UnknownSource):
        store.delete_source("nowhere")
    store.delete_source("shop")
    assert short(store.log()) == ["0 R1 message customer"]
    assert [facts.source for facts in store.log().sources] == ["desk"]
    assert store.log().requests["source"].to_pylist() == ["desk"]


def test_an_older_export_of_dates_does_not_overrule_a_newer_one(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    newer = lines("0 R1 created customer\n9 R1 status agent status=closed", mode="dates")
    older = lines("0 R1 created customer\n3 R2 created customer", mode="dates", horizon=BEGIN + timedelta(days=1))
    store.import_log(newer)
    store.import_log(older)
    assert short(store.log()) == ["0 R1 created customer", "9 R1 status agent", "3 R2 created customer"]


@few
@given(imports, imports)
def test_importing_twice_is_importing_once(one: tuple, two: tuple) -> None:
    store, folder = store_with(made(one), made(two))
    with folder:
        before = all_told(store)
        again = store.import_log(made(two))
        assert again.events_added == again.events_replaced == 0
        assert all_told(store) == before


@few
@given(imports, imports, imports)
def test_undoing_the_last_import_restores_the_log_exactly(one: tuple, two: tuple, three: tuple) -> None:
    store, folder = store_with(made(one), made(two))
    with folder:
        before = all_told(store)
        record = store.import_log(made(three))
        if record.import_id is not None:
            store.undo(record.import_id)
        assert all_told(store) == before


@few
@given(imports, imports, imports, st.sampled_from([0, 1]))
def test_undoing_any_import_gives_the_log_without_it(one: tuple, two: tuple, three: tuple, which: int) -> None:
    parts = [one, two, three]
    store, folder = store_with()
    without, other = store_with()
    with folder, other:
        ids = [store.import_log(made(part)).import_id for part in parts]
        if None in ids:
            return
        store.undo(ids[which])
        for part in [part for number, part in enumerate(parts) if number != which]:
            without.import_log(made(part))
        assert all_told(store)[:2] == all_told(without)[:2]


@few
@given(events, events, modes)
def test_the_order_of_two_disjoint_halves_does_not_matter(one: list, two: list, mode: str) -> None:
    two = [{**row, "request": f"X{row['request']}"} for row in two]
    logs = [log_of([dict(r) for r in rows], mode=mode) for rows in (one, two)]
    store, folder = store_with(*logs)
    other, other_folder = store_with(*reversed(logs))
    with folder, other_folder:
        assert all_told(store)[:2] == all_told(other)[:2]


@few
@given(events, events)
def test_two_full_trails_are_a_union_in_which_each_event_is_as_often_as_the_one_that_has_it_most(
    one: list, two: list
) -> None:
    store, folder = store_with(log_of([dict(r) for r in one]), log_of([dict(r) for r in two]))
    with folder:
        found = sorted(_contents(store.log().events.to_pylist()))
        expected = []
        for content in {*_contents(one), *_contents(two)}:
            expected += [content] * max(_contents(one).count(content), _contents(two).count(content))
        assert found == sorted(expected)


def _contents(rows: list[dict[str, object]]) -> list[tuple[str, ...]]:
    return [tuple(str(row[n]) for n in ("request", "at", "kind", "by", "team")) for row in rows]


@few
@given(st.lists(imports, min_size=2, max_size=4))
def test_compacting_changes_nothing(parts: list) -> None:
    store, folder = store_with(*(made(part) for part in parts))
    with folder:
        before = all_told(store)
        store.compact()
        assert all_told(store) == before
        assert store.info().hot_events == 0
