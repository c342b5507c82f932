"""What requests can be picked by."""

import pyarrow.compute as pc

from otklik.actions.cut_log import Shelf
from otklik.actions.list_values import list_values
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.log import ServiceLog


def test_values_come_with_their_numbers_most_frequent_first(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, log, _ = kept
    found = list_values(shelf)
    told = {one["values"]: one["counts"] for one in pc.value_counts(log.requests["channel"].cast("string")).to_pylist()}
    assert dict(found["channel"]) == told
    assert [n for _, n in found["channel"]] == sorted(told.values(), reverse=True)
    assert "source" not in found, "one source is no choice"
