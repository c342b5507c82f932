"""Which numbers another calendar moves: the same as measured from scratch by either."""

from pathlib import Path

import pytest

from otklik.actions.compare_speed import MEASURES, compare_speed
from otklik.actions.import_log import Records, import_log
from otklik.actions.keep_log import add_to_log
from otklik.actions.make_report import Questions, report_on
from otklik.actions.measure_speed import Yardstick
from otklik.actions.refresh_facts import facts_keep
from otklik.actions.simulate import simulate
from otklik.schemas.log import ServiceLog
from otklik.schemas.targets import Target, parse_target
from otklik.store import ServiceStore
from otklik.store.kept import KEPT_KEYS

OFFICE = Yardstick("mon-fri 9-18 Europe/Moscow")
LONG = Yardstick("daily 8-22 Europe/Moscow")
PROMISES = (
    parse_target("first_reply<=1h@80% business"),
    parse_target("first_reply<=4h@90%"),
    parse_target("waits<=2h@90% business channel=email"),
    parse_target("resolution<=2d@80% business team=Orders"),
    parse_target("resolution<=2d@80% business channel=pigeon"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ServiceLog]:
    """A simulated company, with a team called Orders."""
    folder = tmp_path_factory.mktemp("company")
    records, _ = simulate(folder, 400, 7)
    log = import_log(Records((str(records),)))
    add_to_log(folder / "log", log)
    return folder / "log", log


def from_scratch(
    log: ServiceLog, yardstick: Yardstick, targets: tuple[Target, ...]
) -> dict[tuple[str, str], float | None]:
    report = report_on(log, yardstick, Questions(targets=targets))
    found: dict[tuple[str, str], float | None] = {}
    for measure in MEASURES:
        business = report.measures[measure].business
        if business:
            found |= {(measure, "median"): business.median_s, (measure, "p90"): business.p90_s}
    return found | {(repr(one.target), "target"): one.share for one in report.targets}


def test_both_sides_are_as_measured_from_scratch(made: tuple[Path, ServiceLog]) -> None:
    folder, log = made
    teams = sorted({team for team in log.events["team"].to_pylist() if team})
    known = (PROMISES[0], PROMISES[2], PROMISES[3].model_copy(update={"only": {"team": teams[0]}}))
    told = compare_speed(folder, OFFICE, LONG, known)
    old, new = from_scratch(log, OFFICE, known), from_scratch(log, LONG, known)
    for moved in told.moved:
        if moved.figure != "target":
            assert moved.before == pytest.approx(old[moved.measure, moved.figure])
            assert moved.after == pytest.approx(new[moved.measure, moved.figure])
    kept = [moved for moved in told.moved if moved.figure == "target"]
    assert [one.before for one in kept] == pytest.approx([old[repr(target), "target"] for target in known])
    assert [one.after for one in kept] == pytest.approx([new[repr(target), "target"] for target in known])
    assert any(one.before != one.after for one in kept)
    assert told.requests == 400


def test_promises_in_calendar_time_do_not_move_and_unknown_values_are_nobody(made: tuple[Path, ServiceLog]) -> None:
    kept = [moved for moved in compare_speed(made[0], OFFICE, LONG, PROMISES).moved if moved.figure == "target"]
    assert [moved.within_s for moved in kept] == [3600, 7200, 172_800, 172_800]
    assert (kept[-1].n, kept[-1].before, kept[-1].after) == (0, None, None)


def test_without_hours_before_there_is_nothing_to_compare_with(made: tuple[Path, ServiceLog]) -> None:
    told = compare_speed(made[0], Yardstick(), OFFICE)
    assert {moved.before for moved in told.moved} == {None}
    assert all(moved.after is not None for moved in told.moved if moved.figure == "median")


def test_the_facts_in_use_stay_kept_however_often_somebody_tries(made: tuple[Path, ServiceLog]) -> None:
    folder = made[0]
    in_use = facts_keep(ServiceStore(folder), OFFICE.book()).folder
    for hours in ("9-17", "9-19", "9-20", "9-21", "9-22", "8-20"):
        compare_speed(folder, OFFICE, Yardstick(f"mon-fri {hours} Europe/Moscow"))
        assert in_use.exists()
    assert len(list(in_use.parent.iterdir())) == KEPT_KEYS
