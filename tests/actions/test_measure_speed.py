from datetime import UTC, datetime
from pathlib import Path

from otklik.actions.measure_speed import Yardstick, measure_speed
from otklik.schemas.log import ServiceLog

CALENDAR = """\
default = "office"
[calendars.office]
time_zone = "UTC"
weekly = { mon-fri = ["09:00-13:00", "14:00-18:00"] }
"""


def facts_of(log: ServiceLog, yardstick: Yardstick) -> dict[str, dict[str, object]]:
    return {row["request"]: row for row in measure_speed(log, yardstick).facts.to_pylist()}


def test_without_a_calendar_there_is_no_working_time(log: ServiceLog) -> None:
    row = facts_of(log, Yardstick())["17"]
    assert (row["first_reply_s"], row["first_reply_business_s"]) == (4 * 3600, None)


def test_a_preset_and_a_file_both_measure(log: ServiceLog, tmp_path: Path) -> None:
    (tmp_path / "office.toml").write_text(CALENDAR, "utf-8")
    assert facts_of(log, Yardstick("24x7"))["17"]["first_reply_business_s"] == 4 * 3600
    assert facts_of(log, Yardstick(str(tmp_path / "office.toml")))["17"]["first_reply_business_s"] == 3 * 3600


def test_as_of_an_earlier_moment_less_is_known(log: ServiceLog) -> None:
    rows = facts_of(log, Yardstick(as_of=datetime(2026, 3, 2, 13, 0, tzinfo=UTC)))
    assert sorted(rows) == ["0017", "17", "18"]
    assert rows["17"]["first_reply_state"] == "running"
