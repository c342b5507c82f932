"""Who held a request last."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa

from otklik.measures.holders import held_last

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATE = START + timedelta(days=30)


def events(*rows: tuple[str, int, str | None, str | None]) -> pa.Table:
    return pa.table(
        {
            "source": pa.array(["desk"] * len(rows)).dictionary_encode(),
            "request": [row[0] for row in rows],
            "at": pa.array([START + timedelta(hours=row[1]) for row in rows], pa.timestamp("us", "UTC")),
            "team": pa.array([row[2] for row in rows], pa.string()).dictionary_encode(),
            "assignee": pa.array([row[3] for row in rows], pa.string()),
        }
    )


def test_the_last_one_named_holds_it_though_later_events_name_nobody() -> None:
    held = held_last(events(("1", 0, "Sales", None), ("1", 1, "Support", "Ann"), ("1", 2, None, None)), {"desk": LATE})
    assert held.to_pylist() == [{"source": "desk", "request": "1", "team": "Support", "assignee": "Ann"}]


def test_a_request_nobody_ever_held_has_no_holder_and_takes_none_from_its_neighbour() -> None:
    held = held_last(events(("1", 0, "Sales", "Ann"), ("2", 0, None, None), ("3", 0, "Shop", None)), {"desk": LATE})
    assert held["team"].to_pylist() == ["Sales", None, "Shop"]
    assert held["assignee"].to_pylist() == ["Ann", None, None]


def test_what_happens_after_the_horizon_is_not_known_yet() -> None:
    held = held_last(events(("1", 0, "Sales", None), ("1", 5, "Support", None)), {"desk": START + timedelta(hours=1)})
    assert held["team"].to_pylist() == ["Sales"]


def test_no_events_no_holders() -> None:
    assert held_last(events(), {}).num_rows == 0
