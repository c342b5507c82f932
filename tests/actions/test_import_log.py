from datetime import UTC, datetime
from pathlib import Path

import pytest

from otklik.actions.import_log import Records, import_log
from otklik.actions.keep_log import add_to_log
from otklik.base.errors import UserError
from otklik.schemas.log import ServiceLog


def test_records_become_a_log_with_its_account(log: ServiceLog) -> None:
    assert log.requests.num_rows == 5
    count = log.count
    assert (count.read, count.kept, count.quarantined, count.duplicate) == (5, 5, 0, 0)


def test_what_was_told_beats_what_was_guessed(shop: Path) -> None:
    told = Records((str(shop),), source="shop", time_zone="Europe/Moscow", roles={"Team": "category"})
    log = import_log(told)
    assert set(log.requests["source"].to_pylist()) == {"shop"}
    assert "Orders" in log.requests["category"].to_pylist()
    opened = dict(zip(log.requests["request"].to_pylist(), log.requests["opened_at"].to_pylist(), strict=True))
    assert opened["0017"] == datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


def test_a_kept_log_is_read_as_it_is(log: ServiceLog, tmp_path: Path) -> None:
    add_to_log(tmp_path / "kept", log)
    again = import_log(Records((str(tmp_path / "kept"),)))
    assert again.events.num_rows == log.events.num_rows
    assert again.requests.num_rows == 5


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere\.csv"):
        import_log(Records((str(tmp_path / "nowhere.csv"),)))
