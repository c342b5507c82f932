"""CSV, TSV and their kin: whole columns at once where the file is sound, line by line where it is not."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.intake.csv_records import long_cells
from otklik.intake.source import Input
from otklik.intake.sources.table.careful import careful_table
from otklik.intake.sources.table.dialect import Dialect, sniff
from otklik.intake.sources.table.grid import Grid
from otklik.intake.sources.table.scanning import LONGEST_LINE, SAMPLE_BYTES, Text, to_text
from otklik.schemas.events import CODED
from otklik.schemas.log import Guess

_BLOCK_BYTES: Final = 2**23
_REPEATING: Final = 0.3
_SHOWN: Final = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}
_MEANT: Final = {shown: sign for sign, shown in _SHOWN.items()}


def read_delimited(item: Input, folder: Path, told: dict[str, object] | None = None) -> Grid:
    """Read a text table; `told` may name `encoding` and `delimiter`. Raises FileError for what is no text table."""
    told = told or {}
    text = to_text(item, folder, _word(told, "encoding"))
    sample = first_lines(text.path)
    dialect = sniff(sample, _told_delimiter(told))
    guesses = _guesses(text, dialect)
    fast = _read_fast(text, dialect, sample)
    if fast is not None:
        return Grid(item.name, fast, lambda: _row_numbers(text.path, dialect, len(fast)), guesses=guesses)
    found = careful_table(text, dialect)
    return Grid(item.name, found.columns, lambda: found.row_numbers, found.broken, guesses)


class UnknownDelimiter(UserError):
    """A delimiter that cannot part cells: facts `delimiter`."""

    code = "unknown-delimiter"
    message = N_("%(delimiter)s cannot part the cells of a table.")
    hint = N_("Write comma, semicolon, tab, bar, or the sign itself.")


def _told_delimiter(told: dict[str, object]) -> str | None:
    delimiter = _word(told, "delimiter")
    if delimiter is None:
        return None
    sign = _MEANT.get(delimiter, delimiter)
    if len(sign) != 1 or sign in '"\r\n\0' or sign.isalnum():
        raise UnknownDelimiter(delimiter=repr(delimiter))
    return sign


def first_lines(path: Path, size: int = SAMPLE_BYTES) -> str:
    """Give the first whole lines of a UTF-8 file."""
    with path.open("rb") as stream:
        sample = stream.read(size)
        if stream.read(1):
            sample = sample[: max(sample.rfind(b"\n"), sample.rfind(b"\r")) + 1] or sample
    return sample.decode("utf-8-sig", "replace")


def _word(told: dict[str, object], name: str) -> str | None:
    value = told.get(name)
    return str(value) if value else None


def _read_fast(text: Text, dialect: Dialect, sample: str) -> pa.Table | None:
    """Read with Arrow; None where the file has anything that Arrow would refuse or bend."""
    if text.has_zero or text.has_only_cr or not text.is_valid:
        return None
    plain = dict.fromkeys(dialect.names, pa.string())
    try:
        looked_at = _read_arrow(pa.BufferReader(sample.encode()), dialect, plain, multiline=text.has_quote)
        kinds = {name: CODED if _repeats(looked_at[name]) else pa.string() for name in dialect.names}
        return _read_arrow(text.path, dialect, kinds, multiline=text.has_quote)
    except (pa.ArrowException, ValueError):  # among them a delimiter outside ASCII
        return None


def _read_arrow(file: object, dialect: Dialect, kinds: dict[str, pa.DataType], *, multiline: bool) -> pa.Table:
    return arrow_csv.read_csv(
        file,
        arrow_csv.ReadOptions(column_names=list(kinds), skip_rows=dialect.skip_lines, block_size=_BLOCK_BYTES),
        arrow_csv.ParseOptions(delimiter=dialect.delimiter, newlines_in_values=multiline),
        arrow_csv.ConvertOptions(column_types=kinds, strings_can_be_null=True, null_values=[""]),
    )


def _repeats(column: pa.ChunkedArray) -> bool:
    return len(pc.unique(column)) < _REPEATING * len(column)


def _row_numbers(path: Path, dialect: Dialect, n: int) -> npt.NDArray[np.int64]:
    """The line on which each row begins, as an editor counts them; worked out only when a row is set aside."""
    with path.open(encoding="utf-8-sig", newline="") as stream, long_cells(LONGEST_LINE):
        starts = np.fromiter(_starts(stream, dialect), dtype=np.int64)
    return starts if len(starts) == n else np.arange(dialect.skip_lines + 1, dialect.skip_lines + n + 1)


def _starts(stream: IO[str], dialect: Dialect) -> Iterator[int]:
    reader = csv.reader(stream, delimiter=dialect.delimiter)
    before = 0
    for cells in reader:
        if cells and before >= dialect.skip_lines:
            yield before + 1
        before = reader.line_num


def _guesses(text: Text, dialect: Dialect) -> tuple[Guess, ...]:
    shown = _SHOWN.get(dialect.delimiter, dialect.delimiter)
    header = str(dialect.skip_lines) if dialect.has_header else N_("none")
    guesses = [
        Guess(what="encoding", value=text.encoding.name, reason=text.encoding.reason),
        Guess(what="delimiter", value=shown, reason=dialect.reason),
        Guess(what="header", value=header, reason=dialect.header_reason),
    ]
    return tuple(guesses)
