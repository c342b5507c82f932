"""Tables for others: whole, streamed, only what one may see, and no formula in them."""

import csv
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from otklik.actions.cut_log import Shelf, cut_log
from otklik.actions.hand_out_table import UnknownTable, hand_out_rows, hand_out_table
from otklik.actions.measure_speed import Yardstick
from otklik.base.cells import restore
from otklik.schemas.log import ServiceLog
from otklik.schemas.views import View

EVIL = ["=cmd|' /C calc'!A0", "+7 495 000-00-00", "-1", "@SUM(A1)", "\tx", "＝1+1", "plain"]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_requests_of_a_view_are_all_there(kept: tuple[Shelf, ServiceLog, Yardstick], tmp_path: Path) -> None:
    shelf, view = kept[0], View(channel=("email",))
    facts = cut_log(shelf, view, "UTC").facts
    n = hand_out_rows(shelf, view, "requests", tmp_path / "a.csv", "csv")
    rows = rows_of(tmp_path / "a.csv")
    assert n == len(rows) == facts.num_rows > 100
    assert {row["channel"] for row in rows} == {"email"}
    seen = {row["request"]: row for row in rows}
    told = next(row for row in facts.to_pylist() if row["first_reply_s"])
    assert float(seen[told["request"]]["first_reply_s"]) == told["first_reply_s"]
    assert seen[told["request"]]["first_reply_state"] == told["first_reply_state"]


def test_names_of_people_only_for_those_who_may_see_them(
    kept: tuple[Shelf, ServiceLog, Yardstick], tmp_path: Path
) -> None:
    hand_out_rows(kept[0], View(), "requests", tmp_path / "a.csv", "csv")
    hand_out_rows(kept[0], View(), "requests", tmp_path / "b.csv", "csv", people=True)
    assert "assignee" not in rows_of(tmp_path / "a.csv")[0]
    assert any(row["assignee"] for row in rows_of(tmp_path / "b.csv"))


@pytest.mark.parametrize("name", ["requests", "waits"])
def test_a_member_gets_the_requests_of_the_own_teams_alone(
    name: str, kept: tuple[Shelf, ServiceLog, Yardstick], tmp_path: Path
) -> None:
    shelf = kept[0]
    facts = cut_log(shelf, View(), "UTC").facts
    theirs = facts.filter(pc.equal(facts["team"].cast(pa.string()), "Orders"))
    hand_out_rows(shelf, View(), name, tmp_path / "a.csv", "csv", teams=["Orders"])
    assert {row["request"] for row in rows_of(tmp_path / "a.csv")} <= set(theirs["request"].to_pylist())
    assert rows_of(tmp_path / "a.csv")
    assert hand_out_rows(shelf, View(team=("Returns",)), name, tmp_path / "b.csv", "csv", teams=["Orders"]) == 0
    assert hand_out_rows(shelf, View(), name, tmp_path / "c.csv", "csv", teams=[]) == 0


def test_waits_and_their_numbers_stay_numbers_in_a_workbook(
    kept: tuple[Shelf, ServiceLog, Yardstick], tmp_path: Path
) -> None:
    told: list[tuple[str, int, int | None]] = []
    n = hand_out_rows(kept[0], View(), "waits", tmp_path / "a.xlsx", "xlsx", progress=lambda *step: told.append(step))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == n + 1 and n == cut_log(kept[0], View(), "UTC").waits.num_rows
    place = rows[0].index("wait_s")
    assert all(isinstance(row[place], int | float) for row in rows[1:])
    assert told and told[-1][2] == n


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_no_text_becomes_a_formula_and_none_is_lost(format: str, tmp_path: Path) -> None:
    table = pa.table({"value": EVIL, "n": [-1.5] * len(EVIL)})
    path = tmp_path / f"a.{format}"
    assert hand_out_table(table, path, format) == len(EVIL)
    if format == "csv":
        cells = [row["value"] for row in rows_of(path)]
        assert all(cell[0] not in "=+-@\t＝" for cell in cells)
        assert [restore(cell) for cell in cells] == EVIL
        assert {row["n"] for row in rows_of(path)} == {"-1.5"}
    else:
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        assert [(row[0].value, row[0].data_type) for row in sheet.iter_rows(min_row=2)] == [(one, "s") for one in EVIL]
        assert {row[1].value for row in sheet.iter_rows(min_row=2)} == {-1.5}


def test_other_tables_and_kinds_are_refused_and_nothing_is_left(
    kept: tuple[Shelf, ServiceLog, Yardstick], tmp_path: Path
) -> None:
    with pytest.raises(UnknownTable):
        hand_out_rows(kept[0], View(), "../facts", tmp_path / "a.csv", "csv")
    with pytest.raises(UnknownTable):
        hand_out_table(pa.table({"a": [1]}), tmp_path / "a.exe", "exe")
    assert not list(tmp_path.iterdir())
