import csv
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from otklik.base.cells import restore
from otklik.base.files import CannotWrite
from otklik.schemas.events import EVENTS, REQUESTS
from otklik.store import ServiceStore, UnknownExportFormat, write_csv
from otklik.store.errors import TooLongForSheet
from otklik.store.export import safe_texts, write_csv_parts, write_parquet, write_xlsx
from tests.store.logs import description, event, log_of, minute

RISKY = ["=1+1", "+7 495 000", "-5", "@SUM(A1)", "\tx", "＝1", "'=1", 'Anna, "A"\nB', "plain", "'tis"]


@pytest.fixture
def store(tmp_path: Path) -> ServiceStore:
    store = ServiceStore(tmp_path / "log")
    events = [event(f"R{n}", minute(n), actor=text) for n, text in enumerate(RISKY)]
    told = [description(f"R{n}", subject=text, attributes=[("=a", text)]) for n, text in enumerate(RISKY)]
    store.import_log(log_of(events, told))
    return store


def cells(path: Path, column: str) -> list[str]:
    with path.open(newline="", encoding="utf-8") as file:
        return [row[column] for row in csv.DictReader(file)]


def test_parquet_holds_the_contract(store: ServiceStore, tmp_path: Path) -> None:
    events, requests = store.export(tmp_path / "out.parquet")
    assert pq.read_table(events).equals(store.log().events)
    assert pq.read_table(requests).cast(REQUESTS).to_pylist() == store.log().requests.to_pylist()
    assert requests.name == "out.requests.parquet"


def test_no_cell_of_a_csv_is_a_formula_and_every_text_comes_back(store: ServiceStore, tmp_path: Path) -> None:
    events, requests = store.export(tmp_path / "out.csv")
    for path, column in ((events, "actor"), (requests, "subject")):
        found = cells(path, column)
        assert not [text for text in found if text[:1] in "=+-@\t\r\n＝＋－＠"]
        assert [restore(text) for text in found] == RISKY


def test_in_a_workbook_texts_are_texts(store: ServiceStore, tmp_path: Path) -> None:
    events, _ = store.export(tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(events).active
    column = EVENTS.names.index("actor") + 1
    found = [sheet.cell(row, column) for row in range(2, len(RISKY) + 2)]
    assert [cell.value for cell in found] == RISKY
    assert {cell.data_type for cell in found} == {"s"}
    assert sheet.cell(2, EVENTS.names.index("at") + 1).value == minute(0).replace(tzinfo=None)


def test_numbers_stay_numbers_and_nothing_told_stays_empty(tmp_path: Path) -> None:
    table = pa.table({"n": [-5, None], "text": pa.array(["-5", None]).dictionary_encode(), "share": [-0.5, None]})
    write_csv(table, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text("utf-8").splitlines() == ['"n","text","share"', '-5,"\'-5",-0.5', ",,"]


def test_an_unknown_ending_is_refused_and_nothing_is_written(store: ServiceStore, tmp_path: Path) -> None:
    with pytest.raises(UnknownExportFormat):
        store.export(tmp_path / "out.doc")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log"]
    assert store.export(tmp_path / "out", "csv")[0] == tmp_path / "out"


def test_a_place_that_cannot_be_written_is_said(store: ServiceStore, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite):
        store.export(tmp_path / "file" / "out.csv")


def test_a_sheet_has_an_end(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("otklik.store.export.SHEET_ROWS", 1)
    table = pa.table({"n": [1, 2]})
    with pytest.raises(TooLongForSheet):
        write_xlsx([table], tmp_path / "a.xlsx", table.schema)


def test_parts_are_written_one_after_another(tmp_path: Path) -> None:
    table = pa.table({"n": [1, 2]})
    write_csv_parts([table, table], tmp_path / "a.csv", table.schema)
    write_parquet([table, table], tmp_path / "a.parquet", table.schema)
    assert cells(tmp_path / "a.csv", "n") == ["1", "2", "1", "2"]
    assert pq.read_table(tmp_path / "a.parquet").num_rows == 4


def test_attributes_are_one_text() -> None:
    column = pa.chunked_array([pa.array([[("a", "б")], []], pa.map_(pa.string(), pa.string()))])
    assert safe_texts(column).to_pylist() == ['{"a": "б"}', None]
