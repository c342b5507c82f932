import os
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from otklik.store.kept import Keep, Kept, Mark, latest_sql
from otklik.store.keys import HashRange, Keys

STATE = pa.dictionary(pa.int8(), pa.string())
SCHEMAS = {
    "facts": pa.schema([("source", pa.string()), ("request", pa.string()), ("wait_s", pa.float64()), ("state", STATE)]),
    "waits": pa.schema([("source", pa.string()), ("request", pa.string()), ("n", pa.int32())]),
}


def tables(told: dict[str, tuple[float, int]]) -> dict[str, pa.Table]:
    """Request -> its fact and how many waits it has."""
    facts = [{"source": "desk", "request": r, "wait_s": wait, "state": "done"} for r, (wait, _) in told.items()]
    waits = [{"source": "desk", "request": r, "n": n} for r, (_, count) in told.items() for n in range(count)]
    return {
        "facts": pa.Table.from_pylist(facts, schema=SCHEMAS["facts"]),
        "waits": pa.Table.from_pylist(waits, schema=SCHEMAS["waits"]),
    }


def keys(*requests: str) -> Keys:
    return Keys.of(pa.table({"source": ["desk"] * len(requests), "request": list(requests)}))


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    keep = Keep(tmp_path / "kept", "a-key", SCHEMAS, "facts")
    keep.rebuild(
        [HashRange()], lambda _: [tables({"R1": (1.0, 2)}), tables({"R2": (2.0, 1)})], Mark(3, {"horizon desk": 77})
    )
    return keep


def facts(kept: Kept) -> dict[str, float]:
    rows = kept.read("facts").to_pylist()
    return {row["request"]: row["wait_s"] for row in rows}


def waits(kept: Kept) -> list[tuple[str, int]]:
    return [(row["request"], row["n"]) for row in kept.read("waits").to_pylist()]


def newest(keep: Keep) -> Kept:
    kept = keep.newest()
    assert kept is not None
    return kept


def test_what_was_computed_is_kept_with_what_it_was_computed_from(keep: Keep) -> None:
    kept = newest(keep)
    assert (facts(kept), waits(kept)) == ({"R1": 1.0, "R2": 2.0}, [("R1", 0), ("R1", 1), ("R2", 0)])
    assert (kept.step, kept.number("horizon desk"), kept.number("else")) == (3, 77, None)
    assert kept.read("facts").schema.field("state").type == STATE


def test_newer_rows_stand_for_a_request_even_when_they_are_fewer(keep: Keep) -> None:
    before = newest(keep)
    kept = keep.refresh(keys("R1", "R3"), tables({"R1": (10.0, 0), "R3": (3.0, 1)}), Mark(4))
    assert (facts(kept), waits(kept)) == ({"R1": 10.0, "R2": 2.0, "R3": 3.0}, [("R2", 0), ("R3", 0)])
    assert (kept.step, kept.number("horizon desk")) == (4, 77), "numbers not told anew stay"
    assert facts(before) == {"R1": 1.0, "R2": 2.0}


def test_requests_without_a_row_any_more_are_gone(keep: Keep) -> None:
    keep.refresh(keys("R1"), tables({"R1": (5.0, 3)}), Mark(4))
    kept = keep.refresh(keys("R1"), tables({}), Mark(5))
    assert (facts(kept), waits(kept)) == ({"R2": 2.0}, [("R2", 0)])


def test_tidying_changes_nothing_but_the_files(keep: Keep) -> None:
    for turn in range(12):
        keep.refresh(
            keys("R1", f"N{turn}"), tables({"R1": (float(turn), turn % 3), f"N{turn}": (1.0, 1)}), Mark(4 + turn)
        )
    before = facts(newest(keep)), waits(newest(keep))
    joined = keep.tidy()
    assert len(joined.files("facts").hot) <= 8
    assert (facts(joined), waits(joined)) == before
    laid = keep.tidy(force=True)
    assert laid.files("facts").hot == ()
    assert (facts(laid), waits(laid), laid.step) == (*before, 15)
    again = keep.refresh(keys("R1"), tables({"R1": (99.0, 0)}), Mark(20))
    assert facts(again)["R1"] == 99.0


def test_one_request_is_looked_up(keep: Keep) -> None:
    keep.refresh(keys("R1"), tables({"R1": (10.0, 0)}), Mark(4))
    found = newest(keep).look_up("facts", keys("R1", "R2", "R9"), ["wait_s"])
    assert found.select(["request", "wait_s"]).to_pylist() == [
        {"request": "R1", "wait_s": 10.0},
        {"request": "R2", "wait_s": 2.0},
    ]


def test_duckdb_reads_the_same_rows_straight_from_the_files(keep: Keep) -> None:
    for _ in range(2):
        kept = newest(keep)
        for table in ("facts", "waits"):
            found = duckdb.sql(f"select * from ({kept.sql(table)}) order by all").to_arrow_table()
            assert found.to_pylist() == kept.read(table).to_pylist()
        keep.refresh(keys("R1", "R3"), tables({"R1": (10.0, 1), "R3": (3.0, 1)}), Mark(4))
    assert latest_sql(newest(keep).files("facts")).startswith("with newest")


def test_other_keys_are_forgotten_but_for_those_asked_for_last(tmp_path: Path) -> None:
    keeps = [Keep(tmp_path / "kept", name, SCHEMAS, "facts") for name in ("one", "two", "three")]
    for age, one in enumerate(keeps):
        one.rebuild([HashRange()], lambda _: [tables({})], Mark(1))
        os.utime(one.folder, (age, age))
    keeps[0].used()
    keeps[2].forget_others(keep=2)
    assert [one.newest() is None for one in keeps] == [False, True, False]


def test_several_calendars_in_use_do_not_drive_each_other_out(tmp_path: Path) -> None:
    """A key result may be counted by other hours than the company's, and another by yet others."""
    keeps = [Keep(tmp_path / "kept", name, SCHEMAS, "facts") for name in ("one", "two", "three")]
    for one in keeps:
        one.rebuild([HashRange()], lambda _: [tables({})], Mark(1))
        one.forget_others()
    assert [one.newest() is None for one in keeps] == [False, False, False]


def test_before_the_first_time_there_is_nothing(tmp_path: Path) -> None:
    keep = Keep(tmp_path, "key", SCHEMAS, "facts")
    assert keep.newest() is None
    with pytest.raises(RuntimeError):
        keep.refresh(Keys.none(), tables({}), Mark(1))


def test_rebuilding_replaces_everything(keep: Keep) -> None:
    keep.refresh(keys("R1"), tables({"R1": (10.0, 0)}), Mark(4))
    kept = keep.rebuild([HashRange()], lambda _: [tables({"R5": (5.0, 1)})], Mark(9))
    assert (facts(kept), waits(kept), kept.step) == ({"R5": 5.0}, [("R5", 0)], 9)
