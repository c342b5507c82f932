"""The rows of a small CSV as people save it: any encoding, commas, semicolons or tabs, each with its line."""

import csv
from collections.abc import Iterator
from typing import Final

NumberedRow = tuple[int, list[str]]
_LONGEST_CELL: Final = 1_000_000


class BrokenRow(ValueError):
    """A row that is no CSV: `row` is its line."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(reason)
        self.row = row


def table_rows(content: bytes) -> Iterator[NumberedRow]:
    """Every row that is not empty, the headings among them, with the line it ends on; raises BrokenRow."""
    from otklik.intake.csv_records import long_cells
    from otklik.intake.sources.table.encoding import detect_encoding

    text = content.decode(detect_encoding(content, whole=True).name, "replace")
    first = next(iter(text.splitlines()), "")
    with long_cells(_LONGEST_CELL):
        reader = csv.reader(text.splitlines(keepends=True), delimiter=max(",;\t", key=first.count))
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield reader.line_num, cells
        except csv.Error as error:
            raise BrokenRow(reader.line_num, str(error)) from None
