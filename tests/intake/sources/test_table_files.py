"""Files as they come: encodings, dialects, broken rows, workbooks that lie."""

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from otklik.base.errors import FileError
from otklik.intake.errors import ArchiveRefused, ReaderStopped
from otklik.intake.source import Input
from otklik.intake.sources.table import careful, scanning
from otklik.intake.sources.table.dialect import sniff
from otklik.intake.sources.table.encoding import detect_encoding
from otklik.intake.sources.table.loading import load_grid
from otklik.intake.sources.table.scanning import LineTooLong, NotText
from otklik.intake.sources.table.workbook import cell_text
from tests.intake.sources.table_reading import desk, guessed, set_aside, story
from tests.shared_data import BADINPUT, SHARED

__all__ = ["desk"]
RUSSIAN = "Номер;Тема;Создано;Закрыто\n1;Чек не пришёл;04.03.2024 10:00;05.03.2024 10:00\n2;Вопрос;13.03.2024 10:00;\n"
ROWS = "id,created,closed\n1,2024-03-04 10:00,2024-03-05 10:00\n2,2024-03-04 10:00,\n"


def load(path: Path, tmp_path: Path):
    return load_grid(Input.of(path), tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866"])
def test_every_encoding_gives_the_same_log(desk, encoding):
    log = desk.read(RUSSIAN, encoding=encoding)
    assert log.requests["subject"].to_pylist() == ["Чек не пришёл", "Вопрос"]
    assert list(guessed(log, "encoding")) == [encoding]
    assert list(guessed(log, "delimiter")) == ["semicolon"]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("text", ["НОМЕР;ДАТА СОЗДАНИЯ;СТАТУС", "id;тема", "№;Обращение;Дата;Клиент"])
def test_cyrillic_code_pages_are_told_apart_by_little_text(encoding, text):
    letters = text.replace("№", "N")
    assert detect_encoding(letters.encode(encoding), whole=True).name == encoding


def test_western_letters_are_no_cyrillic():
    assert detect_encoding("Größe;Müller;Café".encode("cp1252"), whole=True).name == "cp1252"


def test_a_letter_cut_by_the_sample_is_no_broken_letter():
    assert detect_encoding("тема".encode()[:-1]).name == "utf-8"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_what_parts_lines_evenly(delimiter):
    lines = [["id", "text"], ["1", "a, b; c"], ["2", "d"]]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(lines)
    found = sniff(buffer.getvalue())
    assert (found.delimiter, found.names) == (delimiter, ("id", "text"))


def test_excel_may_say_its_delimiter():
    assert sniff("sep=;\nid;x\n1;2\n").names == ("id", "x")


def test_titles_above_the_headings_are_skipped():
    found = sniff("Report for March;;\n\nid;created;closed\n1;a;b\n2;a;b\n")
    assert (found.skip_lines, found.names) == (3, ("id", "created", "closed"))


def test_a_table_without_headings_gets_numbers():
    found = sniff("1;2024-03-04;x\n2;2024-03-05;y\n")
    assert (found.has_header, found.names) == (False, ("column_1", "column_2", "column_3"))


def test_headings_become_unique():
    assert sniff("id,,id\n1,2,3\n").names == ("id", "column_2", "id_2")


def test_ragged_rows_are_set_aside_with_their_line(desk):
    log = desk.read(ROWS + "3,2024-03-04 10:00\n4,2024-03-04 10:00,2024-03-05 10:00,too much\n")
    assert set_aside(log) == [(4, "ragged-row"), (5, "ragged-row")]
    assert log.quarantine["raw"].to_pylist()[0] == "3,2024-03-04 10:00"
    assert log.count.read == 4


def test_a_quote_that_never_closes_costs_its_own_line(desk):
    log = desk.read(ROWS + '3,"2024-03-04 10:00,\n4,2024-03-04 10:00,2024-03-05 10:00\n')
    assert set_aside(log) == [(4, "broken-quote")]
    assert "4" in log.requests["request"].to_pylist()


def test_a_quoted_line_break_is_no_new_row(desk):
    rows = ['1,2024-03-04 10:00,2024-03-05 10:00,"two\nlines"', "2,2024-03-04 10:00,2024-03-03 10:00,x"]
    text = "id,created,closed,subject\n" + "\n".join(rows) + "\n"
    log = desk.read(text)
    assert log.requests["subject"].to_pylist() == ["two\nlines"]
    assert set_aside(log) == [(4, "ends-before-start")]


def test_a_very_long_cell_is_still_a_cell(desk):
    log = desk.read(
        "id,created,closed,text\n1,2024-03-04,2024-03-05," + "x" * 200_000 + "\n2,2024-03-04,2024-03-03,x\n"
    )
    assert set_aside(log) == [(3, "ends-before-start")]
    assert csv.field_size_limit() == 131_072


def test_zero_bytes_cost_their_row(desk):
    log = desk.read(ROWS.encode() + b"3,2024-03-04\x00 10:00,\n4,2024-03-04 10:00,2024-03-05 10:00\n")
    assert set_aside(log) == [(4, "zero-byte")]


def test_broken_letters_cost_their_row(desk):
    good = "".join(f"{n},тема номер {n},2024-03-04 10:00,2024-03-05 10:00\n" for n in range(20)).encode()
    log = desk.read("id,тема,created,closed\n".encode() + good + b"99,\xff\xfe,2024-03-04 10:00,2024-03-05 10:00\n")
    assert set_aside(log) == [(22, "not-text")]


def test_a_file_of_zeros_is_no_text(tmp_path):
    path = tmp_path / "zeros.csv"
    path.write_bytes(b"id,created\n" + b"1,2024-03-04\n" * 8_000 + b"\0" * 1_000_000)
    with pytest.raises(NotText):
        load(path, tmp_path)


def test_a_line_without_end_is_refused_early(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("wb") as stream:
        stream.write(b"id,created\n1," + b"x" * (scanning.LONGEST_LINE + 10))
        stream.truncate(2 * 2**30)
    with pytest.raises(LineTooLong, match="line 2"):
        load(path, tmp_path)


def test_old_line_ends_are_line_ends(desk):
    assert len(story(desk.read(ROWS.replace("\n", "\r")))) == 3
    assert len(story(desk.read(ROWS.replace("\n", "\r\n")))) == 3


def test_blank_rows_are_no_records(desk):
    assert desk.read(ROWS + ",,\n\n , ,\n").count.read == 2


def test_careful_reading_gives_what_fast_reading_gives(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(careful, "_CHUNK_ROWS", 2)
    good = [f'{n},"a ""{n}""",2024-03-04 10:0{n % 10},2024-03-05 10:00\n' for n in range(9)]
    fast = desk.read("id,x,created,closed\n" + "".join(good))
    slow = desk.read("id,x,created,closed\n" + "".join(good) + "ragged\n")
    assert slow.events.equals(fast.events)
    assert slow.count.quarantined == 1


def test_a_gzipped_table_cut_short_is_refused(tmp_path):
    path = tmp_path / "cut.csv.gz"
    path.write_bytes(gzip.compress((ROWS * 5000).encode())[:-500])
    with pytest.raises(FileError, match=r"cut\.csv\.gz"):
        load(path, tmp_path)


@pytest.fixture
def book(tmp_path):
    def written(rows, name="book.xlsx", sheets=1):
        path = tmp_path / name
        workbook = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"})
        for number in range(sheets):
            sheet = workbook.add_worksheet(f"S{number}")
            for place, row in enumerate(rows if number == sheets - 1 else rows[:1]):
                for column, value in enumerate(row):
                    sheet.write(place, column, value)
        workbook.close()
        return path

    return written


def test_a_workbook_is_read_from_its_largest_sheet(book, tmp_path):
    grid = load(
        book([["Report"], [], ["id", "created", "n"], ["007", "2024-03-04", 5.0], ["x", None, 0.5]], sheets=2), tmp_path
    )
    assert grid.columns.to_pylist() == [
        {"id": "007", "created": "2024-03-04", "n": "5"}, {"id": "x", "created": None, "n": "0.5"},
    ]  # fmt: skip
    assert grid.row_numbers().tolist() == [4, 5]
    assert {guess.what: guess.value for guess in grid.guesses} == {"sheet": "S1", "header": "3"}


def test_a_workbook_that_lies_about_its_size_is_refused_and_we_live(book, tmp_path):
    path = book([["id", "created"], ["1", "2024-03-04"]])
    lying = tmp_path / "lying.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(lying, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename.endswith("sheet1.xml"):
                content = content.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
                content = content.replace(b'<row r="2"', b'<row r="1048576"').replace(b'r="A2"', b'r="A1048576"')
                content = content.replace(b'r="B2"', b'r="XFD1048576"')
            new.writestr(member.filename, content)
    with pytest.raises((ReaderStopped, FileError), match=r"lying\.xlsx"):
        load(lying, tmp_path)


def test_a_workbook_that_is_a_zip_bomb_is_refused(book, tmp_path):
    path = book([["id", "created"], ["1", "2024-03-04"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.xml", b"\0" * (64 << 20))
    with pytest.raises(ArchiveRefused, match="200 times"):
        load(path, tmp_path)


def test_cells_are_written_as_a_person_reads_them():
    assert [cell_text(cell) for cell in (7.0, 7.5, True, "  x ", "", 1e300)] == [
        "7",
        "7.5",
        "true",
        "x",
        None,
        "1e+300",
    ]


SPECTRUM = sorted((BADINPUT / "csv" / "csv-spectrum").glob("csvs__*.csv")) if SHARED.exists() else []


@pytest.mark.shared
@pytest.mark.skipif(not SPECTRUM, reason="the real logs are not here")
@pytest.mark.parametrize("path", SPECTRUM, ids=lambda path: path.stem)
def test_csv_spectrum_parses_to_its_right_answers(path, tmp_path):
    right = json.loads((path.parent / f"json__{path.stem.removeprefix('csvs__')}.json").read_text("utf-8"))
    found = [{name: cell or "" for name, cell in row.items()} for row in load(path, tmp_path).columns.to_pylist()]
    assert found == [{name: unix_ends(cell) for name, cell in row.items()} for row in right]


def unix_ends(cell: str) -> str:
    """The answer of newlines_crlf has Windows line ends, its copy here does not."""
    return cell.replace("\r\n", "\n")
