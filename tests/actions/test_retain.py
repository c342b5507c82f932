"""Requests that ended long ago leave the log."""

from datetime import timedelta
from pathlib import Path

import pytest

from otklik.actions.retain import retain
from otklik.store import ServiceStore
from tests.store.logs import BEGIN
from tests.store.people import met_everywhere


def test_only_what_ended_before_the_last_so_many_days_leaves(tmp_path: Path) -> None:
    store = ServiceStore(tmp_path)
    store.import_log(met_everywhere())
    assert retain(tmp_path, 10, BEGIN + timedelta(days=10)).requests == 0
    assert retain(tmp_path, 10, BEGIN + timedelta(days=11)).requests == 1
    assert set(store.log().events["request"].to_pylist()) == {"R2", "R3"}, "those still open stay"
    assert retain(tmp_path, 10, BEGIN + timedelta(days=11)).requests == 0


def test_no_log_is_no_trouble_and_no_day_is_refused(tmp_path: Path) -> None:
    assert retain(tmp_path / "none", 10, BEGIN).requests == 0
    with pytest.raises(ValueError, match="one day"):
        retain(tmp_path, 0, BEGIN)
