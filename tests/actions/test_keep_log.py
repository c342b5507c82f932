from pathlib import Path

import pytest

from otklik.actions import keep_log
from otklik.base.errors import UserError
from otklik.schemas.log import ServiceLog


def test_a_log_is_kept_looked_at_handed_out_and_taken_back(log: ServiceLog, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    first = keep_log.add_to_log(folder, log)
    assert first.import_id is not None
    assert keep_log.add_to_log(folder, log).import_id is None, "the same twice changes nothing"
    info, imports = keep_log.describe_log(folder)
    assert (info.requests, info.events) == (5, log.events.num_rows)
    assert [record.import_id for record in imports] == [first.import_id]
    assert keep_log.export_log(folder, tmp_path / "events.csv")[0].exists()
    assert keep_log.read_kept_log(folder).events.num_rows == log.events.num_rows
    assert keep_log.undo_import(folder, first.import_id).undone_at is not None
    assert keep_log.describe_log(folder)[0].events == 0


def test_a_source_can_be_taken_out(log: ServiceLog, tmp_path: Path) -> None:
    keep_log.add_to_log(tmp_path / "kept", log)
    keep_log.delete_source(tmp_path / "kept", log.sources[0].source)
    assert keep_log.describe_log(tmp_path / "kept")[0].requests == 0


def test_a_folder_that_is_no_log_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        keep_log.describe_log(tmp_path / "nothing")
