"""Every figure of the report can be had as a table."""

import pyarrow.compute as pc
import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.look_at import look_at
from otklik.actions.measure_speed import Yardstick
from otklik.actions.tabulate import TABLES, tabulate
from otklik.findings.whole_report import PARTS
from otklik.schemas.log import ServiceLog
from otklik.schemas.results import Report
from otklik.schemas.targets import parse_target
from otklik.schemas.views import View
from tests.report.fabricated import every

TARGETS = (parse_target("first_reply<=4h@90%"), parse_target("resolution<=2d@80% channel=email"))


@pytest.fixture(scope="module")
def report(kept: tuple[Shelf, ServiceLog, Yardstick]) -> Report:
    return look_at(kept[0], View(), PARTS, zone="Europe/Moscow", targets=TARGETS)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_rows_and_its_own_part_is_enough(
    name: str, report: Report, kept: tuple[Shelf, ServiceLog, Yardstick]
) -> None:
    table = tabulate(report, name)
    assert table.num_rows and table.schema == TABLES[name].schema
    parts = look_at(kept[0], View(), TABLES[name].parts, zone="Europe/Moscow", targets=TARGETS)
    assert tabulate(parts, name).equals(table)
    bare = look_at(kept[0], View(), {"longest"}, zone="Europe/Moscow")
    assert not tabulate(bare, name).num_rows


@pytest.mark.parametrize("name", TABLES)
def test_no_column_stays_empty(name: str, report: Report) -> None:
    """A column nobody fills is a name misspelt."""
    tables = [tabulate(one, name) for one in (report, *every().values())]
    for column in TABLES[name].columns:
        assert any(pc.any(pc.is_valid(table[column])).as_py() for table in tables), column


def test_figures_are_those_of_the_report(report: Report) -> None:
    speed = report.measures["first_reply"].elapsed
    assert speed is not None
    row = next(row for row in tabulate(report, "measures").to_pylist() if row["measure"] == "first_reply")
    assert (row["clock"], row["n"], row["median_s"], row["p95_high_s"]) == (
        "elapsed", speed.n, speed.median_s, speed.p95_high_s,
    )  # fmt: skip
    assert report.when is not None
    hours = tabulate(report, "arrivals")
    assert hours.num_rows == 168 and pc.sum(hours["n"]).as_py() == sum(map(sum, report.when.arrivals.n))
    monday_nine = next(row for row in hours.to_pylist() if (row["weekday"], row["hour"]) == (1, 9))
    assert monday_nine["n"] == report.when.arrivals.n[0][9]
