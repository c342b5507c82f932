from pathlib import Path

import pyarrow as pa

from otklik.schemas.events import EVENTS
from otklik.store import ServiceStore
from otklik.store.importing import MEASURED, Incoming, as_coded, merge_log, with_number
from otklik.store.kinds import events_of
from otklik.store.merging import Origin
from otklik.store.order import sort_events
from otklik.store.tables import Tables
from tests.store.logs import BEGIN, event, lines, log_of, minute

FIRST = Origin(1, {"desk": True}, {"desk": BEGIN})


def files_with(folder: Path, text: str):  # type: ignore[no-untyped-def]
    ServiceStore(folder).import_log(lines(text))
    return events_of(Tables(folder).newest())


def test_events_that_only_follow_are_added_without_looking_at_every_column(tmp_path: Path) -> None:
    files = files_with(tmp_path, "0 R1 created customer\n0 R2 created customer")
    merged = merge_log(Incoming.of(lines("5 R1 message agent actor=Anna"), 2), files, {1: FIRST})
    assert (merged.new_rows, merged.gone_rows, merged.known_rows) == (1, 0, 0)
    assert merged.added.select(["kind", "actor", "import_id"]).to_pylist() == [
        {"kind": "message", "actor": "Anna", "import_id": 2}
    ]
    assert merged.now.column_names == list(MEASURED)
    assert merged.now["kind"].to_pylist() == ["created", "message"]


def test_a_piece_of_the_log_and_the_whole_are_merged_alike(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    text = "\n".join(f"{n} R{n} created customer" for n in range(30))
    newer = text + "\n" + "\n".join(f"{n + 50} R{n} message agent" for n in range(0, 60, 2))
    files = files_with(tmp_path, text)
    at_once = merge_log(Incoming.of(lines(newer), 2), files, {1: FIRST})
    monkeypatch.setattr("otklik.store.importing.MANY_REQUESTS", 5)
    in_pieces = merge_log(Incoming.of(lines(newer), 2), files, {1: FIRST})
    assert sort_events(in_pieces.added).to_pylist() == at_once.added.to_pylist()
    assert sort_events(in_pieces.hidden).to_pylist() == at_once.hidden.to_pylist()
    assert len(in_pieces.touched) == len(at_once.touched) == 30


def test_events_come_in_any_order_and_are_numbered_anew() -> None:
    table = pa.Table.from_pylist([event("R2", minute(1), seq=9), event("R1", minute(1), seq=5)], schema=EVENTS)
    log = log_of([event("R1", minute(0))])
    incoming = Incoming.of(type(log)(**{**vars(log), "events": table}), 1)
    assert incoming.events.select(["request", "seq", "record"]).to_pylist() == [
        {"request": "R1", "seq": 0, "record": -1},
        {"request": "R2", "seq": 0, "record": -1},
    ]


def test_coded_columns_hold_the_same_words() -> None:
    table = pa.Table.from_pylist([event("R1", minute(0), team="north"), event("R1", minute(1))], schema=EVENTS)
    coded = as_coded(table, EVENTS)
    assert pa.types.is_dictionary(coded["team"].type)
    assert coded.cast(EVENTS).equals(table)
    assert with_number(coded, "import_id", 4)["import_id"].to_pylist() == [4, 4]
