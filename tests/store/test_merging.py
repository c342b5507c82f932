from datetime import timedelta

import numpy as np
import pyarrow as pa

from otklik.schemas.events import EVENTS
from otklik.store.importing import as_coded
from otklik.store.merging import Merge, Origin, merge_import
from otklik.store.order import sort_events
from tests.store.logs import BEGIN, event, minute


def origin(import_id: int, mode: str = "events", day: int = 0) -> Origin:
    return Origin(import_id, {"desk": mode != "dates"}, {"desk": BEGIN + timedelta(days=day)})


def rows(text: str) -> pa.Table:
    """'at request kind seq' a line."""
    made = []
    for line in text.strip().splitlines():
        at, request, kind, seq = line.split()
        made.append(event(request, minute(int(at)), kind, seq=int(seq)))
    return sort_events(as_coded(pa.Table.from_pylist(made, schema=EVENTS), EVENTS))


def merged(
    there: str, new: str, *, modes: tuple[str, str] = ("events", "events"), days: tuple[int, int] = (0, 0)
) -> Merge:
    existing = rows(there)
    existing = existing.append_column("import_id", pa.array(np.ones(existing.num_rows, np.int32)))
    older, newer = (origin(n + 1, modes[n], days[n]) for n in (0, 1))
    return merge_import(existing, rows(new), newer, {1: older})


def test_what_is_known_does_not_enter_again() -> None:
    result = merged("0 R1 created 0", "0 R1 created 0\n5 R1 message 0")
    assert (result.leaves.tolist(), result.enters.tolist()) == ([False], [False, True])


def test_an_event_that_stands_twice_in_the_newer_one_is_there_twice() -> None:
    result = merged("0 R1 message 0", "0 R1 message 0\n0 R1 message 1")
    assert (result.leaves.tolist(), result.enters.tolist()) == ([False], [False, True])
    result = merged("0 R1 message 0\n0 R1 message 1", "0 R1 message 0")
    assert (result.leaves.tolist(), result.enters.tolist()) == ([False, False], [False])


def test_the_newer_order_of_an_instant_counts_where_it_knows_the_whole_instant() -> None:
    result = merged("0 R1 message 0\n0 R1 status 1", "0 R1 status 0\n0 R1 message 1\n0 R1 note 2")
    assert (result.leaves.tolist(), result.enters.tolist()) == ([True, True], [True, True, True])


def test_a_part_of_an_instant_does_not_reorder_it() -> None:
    result = merged("0 R1 message 0\n0 R1 status 1", "0 R1 status 0")
    assert (result.leaves.tolist(), result.enters.tolist()) == ([False, False], [False])


def test_newer_dates_replace_older_ones_of_the_same_request() -> None:
    result = merged("0 R1 created 0\n0 R2 created 0", "0 R1 created 0\n9 R1 status 0", modes=("dates", "dates"))
    assert (result.leaves.tolist(), result.enters.tolist()) == ([True, False], [True, True])


def test_dates_of_an_older_export_do_not() -> None:
    result = merged("9 R1 status 0", "0 R1 created 0\n0 R2 created 0", modes=("dates", "dates"), days=(2, 1))
    assert (result.leaves.tolist(), result.enters.tolist()) == ([False], [False, True])


def test_the_same_dates_again_are_known() -> None:
    result = merged("0 R1 created 0", "0 R1 created 0", modes=("dates", "dates"))
    assert (result.leaves.tolist(), result.enters.tolist()) == ([False], [False])


def test_a_full_trail_replaces_dates_rather_than_joining_them() -> None:
    result = merged("0 R1 created 0\n9 R1 status 0", "0 R1 created 0\n3 R1 message 0", modes=("dates", "events"))
    assert (result.leaves.tolist(), result.enters.tolist()) == ([True, True], [True, True])


def test_nothing_merged_with_nothing() -> None:
    assert merged("", "0 R1 created 0").enters.tolist() == [True]
    assert merged("0 R1 created 0", "").leaves.tolist() == [False]
