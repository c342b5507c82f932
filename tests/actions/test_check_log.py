"""A log is looked through; each thing that can be wrong with it is found."""

from pathlib import Path

import pyarrow as pa
import pytest

from otklik.actions import keep_log
from otklik.actions.check_log import check_log, does_not_add_up
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.log import ServiceLog

YARDSTICK = Yardstick()


@pytest.fixture
def kept(log: ServiceLog, tmp_path: Path) -> Path:
    folder = tmp_path / "kept"
    keep_log.add_to_log(folder, log)
    keep_log.measure_kept_log(folder, YARDSTICK)
    return folder


def codes(folder: Path) -> list[str]:
    return [one.code for one in check_log(folder, YARDSTICK).wrong]


def test_a_whole_log_is_well_and_the_check_says_what_it_looked_at(kept: Path) -> None:
    checked = check_log(kept, YARDSTICK)
    assert checked.wrong == []
    assert checked.looked_at["imports"] == 1
    assert checked.looked_at["requests"] == 5
    assert checked.looked_at["log_files"] >= 3


def test_where_there_is_no_log_nothing_is_wrong(tmp_path: Path) -> None:
    assert check_log(tmp_path / "nothing", YARDSTICK).looked_at == {}


@pytest.mark.parametrize("harm", ["gone", "cut"])
def test_a_file_that_is_gone_or_cut_is_named(kept: Path, harm: str) -> None:
    file = next((kept / "events").rglob("*.parquet"))
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-7])
    (wrong,) = check_log(kept, YARDSTICK).wrong
    assert wrong.code == "log-files"
    assert file.name in wrong.message % wrong.facts
    assert wrong.hint


def test_a_request_without_events_is_named(log: ServiceLog, tmp_path: Path) -> None:
    first = log.requests["request"][0].as_py()
    keep = [one != first for one in log.events["request"].to_pylist()]
    robbed = ServiceLog(log.events.filter(pa.array(keep)), log.requests, log.sources, log.quarantine, log.count)
    keep_log.add_to_log(tmp_path / "kept", robbed)
    checked = check_log(tmp_path / "kept", YARDSTICK)
    assert [(one.code, one.facts["names"]) for one in checked.noticed] == [("no-events", first)]
    assert checked.wrong == [], "their rows may have been set aside"


def test_an_account_that_does_not_add_up_is_told(log: ServiceLog, tmp_path: Path) -> None:
    lost = log.count.model_copy(update={"read": log.count.read + 3})
    keep_log.add_to_log(tmp_path / "kept", ServiceLog(log.events, log.requests, log.sources, log.quarantine, lost))
    assert codes(tmp_path / "kept") == ["account"]


def test_negative_time_and_unreadable_facts_are_told(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from otklik.store.kept import Kept

    read = Kept.read

    def wrong(self: Kept, table: str, columns: object = None, **more: object) -> pa.Table:
        found = read(self, table, columns, **more)  # type: ignore[arg-type]
        name = found.column_names[-1]
        below = pa.array([-1.0] * found.num_rows, pa.float64())
        return found.set_column(found.num_columns - 1, name, below) if name == "resolution_s" else found

    monkeypatch.setattr(Kept, "read", wrong)
    assert codes(kept) == ["negative-time"]
    monkeypatch.undo()
    for file in (kept / "kept").rglob("*.parquet"):
        file.write_bytes(b"no parquet")
    assert codes(kept) == ["facts-unreadable"]


@pytest.mark.parametrize("account", [(3, 1, 1, 1), (0, 0, 0, 0)])
def test_what_adds_up(account: tuple[int, int, int, int]) -> None:
    assert not does_not_add_up(*account)


@pytest.mark.parametrize("account", [(3, 1, 1, 0), (1, 2, -1, 0)])
def test_what_does_not(account: tuple[int, int, int, int]) -> None:
    assert does_not_add_up(*account)
