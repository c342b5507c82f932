"""CSV with known headings: rows come out with their numbers, odd ones are set aside."""

import gzip

import pytest

from otklik.intake.csv_records import headings_of, read_csv
from otklik.intake.source import Input


@pytest.fixture
def rows(tmp_path):
    def reading(content):
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        bad: list[tuple[int, str]] = []
        return list(read_csv(Input.of(path), lambda row, reason, raw: bad.append((row, reason)))), bad

    return reading


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_rows_come_with_their_numbers_whatever_the_delimiter(rows, delimiter):
    content = "\ufeffId;Name\r\n1;Анна\r\n\r\n2;Борис\r\n".replace(";", delimiter).encode()
    assert rows(content) == ([(2, ["1", "Анна"]), (4, ["2", "Борис"])], [])
    assert headings_of(content) == ["id", "name"]


def test_a_ragged_row_is_set_aside_and_the_rest_is_read(rows):
    assert rows(b"a,b\n1,2\n3\n4,5,6\n7,8\n") == (
        [(2, ["1", "2"]), (5, ["7", "8"])],
        [(3, "ragged-row"), (4, "ragged-row")],
    )


def test_a_cell_without_end_is_set_aside(rows):
    found, bad = rows(b"a,b\n1,2\n3," + b"x" * 200_000 + b"\n4,5\n")
    assert bad == [(3, "line-too-long")]
    assert found[0] == (2, ["1", "2"])


def test_zipped_and_not_text_at_all(rows):
    assert rows(gzip.compress(b"a,b\n1,2\n"))[0] == [(2, ["1", "2"])]
    assert rows(b"a,b\n\xff\x00,2\n")[0] == [(2, ["\N{REPLACEMENT CHARACTER}\x00", "2"])]


@pytest.mark.parametrize("head", [b"", b"\n", b"\x00\r\x00", b'"', b"\xff\xfe"])
def test_a_first_line_that_is_no_row_has_few_headings(head):
    assert len(headings_of(head)) <= 1
