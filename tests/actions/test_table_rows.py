"""A small CSV, whichever program saved it."""

import pytest

from otklik.actions.table_rows import BrokenRow, table_rows

TABLE = 'Ключ;Название\n\nA-1;"Вторая смена\nпо понедельникам"\nA-2;Обзвон\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_rows_come_with_the_line_they_end_on(encoding: str) -> None:
    assert list(table_rows(TABLE.encode(encoding))) == [
        (1, ["Ключ", "Название"]), (4, ["A-1", "Вторая смена\nпо понедельникам"]), (5, ["A-2", "Обзвон"]),
    ]  # fmt: skip


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_sign_between_cells_is_that_of_the_first_line(sign: str) -> None:
    assert list(table_rows(sign.join("abc").encode())) == [(1, ["a", "b", "c"])]


def test_a_cell_without_end_is_told_with_its_line() -> None:
    with pytest.raises(BrokenRow) as caught:
        list(table_rows(b'a\n"' + b"x" * 1_100_000 + b'"'))
    assert caught.value.row == 2


def test_of_nothing_nothing_comes() -> None:
    assert list(table_rows(b"")) == []
