"""The log for others: Parquet, CSV, workbook or XES, written whole or not at all."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.cells import RISKY
from otklik.base.files import whole_file
from otklik.schemas.events import EVENTS, REQUESTS
from otklik.store.errors import TooLongForSheet, UnknownExportFormat
from otklik.store.keys import flat
from otklik.store.snapshot import Snapshot

SHEET_ROWS: Final = 1_048_575
_SHEET_TEXT = 32_767

Parts = Iterable[pa.Table]


def export_log(snapshot: Snapshot, path: Path, format: str | None = None) -> list[Path]:
    """Write events, and beside them `NAME.requests`; XES holds both in one file. Return what was written."""
    from otklik.store.xes import write_xes

    format = (format or _ending(path)).lower()
    if format == "xes":
        with whole_file(path) as temporary:
            write_xes(snapshot, temporary, zipped=path.suffix.lower() == ".gz")
        return [path]
    if format not in WRITERS:
        raise UnknownExportFormat(format=format)
    beside = path.with_name(f"{path.stem}.requests{path.suffix}")
    with ExitStack() as both:
        WRITERS[format](_events(snapshot), both.enter_context(whole_file(path)), EVENTS)
        WRITERS[format](_requests(snapshot), both.enter_context(whole_file(beside)), REQUESTS)
    return [path, beside]


def _ending(path: Path) -> str:
    suffixes = [suffix for suffix in path.suffixes if suffix.lower() != ".gz"]
    return suffixes[-1].lstrip(".") if suffixes else ""


def _events(snapshot: Snapshot) -> Iterator[pa.Table]:
    for bucket in snapshot.buckets:
        for batch in snapshot.batches(bucket):
            yield pa.Table.from_batches([batch])


def _requests(snapshot: Snapshot) -> Iterator[pa.Table]:
    for bucket in snapshot.descriptions.buckets:
        yield snapshot.descriptions.read(bucket=bucket).select(REQUESTS.names)


def write_parquet(parts: Parts, path: Path, schema: pa.Schema) -> None:
    """Write tables one after another as one Parquet file."""
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for part in parts:
            writer.write_table(part.cast(schema))


def write_csv(table: pa.Table, path: Path) -> None:
    """Write one table as CSV that no spreadsheet takes for formulas."""
    write_csv_parts([table], path, table.schema)


def write_csv_parts(parts: Parts, path: Path, schema: pa.Schema) -> None:
    """Write tables one after another as one CSV file: UTF-8, quoted texts, empty = not told."""
    from pyarrow import csv

    plain = pa.schema([(field.name, _plain_type(field.type)) for field in schema])
    with csv.CSVWriter(path, plain) as writer:
        for part in parts:
            columns = [safe_texts(part[field.name]).cast(field.type) for field in plain]
            writer.write_table(pa.table(columns, schema=plain))


def _plain_type(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_dictionary(kind) or pa.types.is_nested(kind) else kind


def safe_texts(column: pa.ChunkedArray) -> pa.Array:
    """A column as a spreadsheet may have it: texts made safe, attributes as one JSON text, the rest as it is."""
    column = flat(column)
    if pa.types.is_map(column.type):
        return safe_texts(pa.chunked_array([_as_json(column)]))
    if pa.types.is_dictionary(column.type):
        words = safe_texts(pa.chunked_array([column.dictionary.cast(pa.string())]))
        return words.take(column.indices)
    if not pa.types.is_string(column.type):
        return column
    return pc.replace_substring_regex(column, pattern=rf"\A{RISKY}", replacement=r"'\1", max_replacements=1)


def _as_json(attributes: pa.MapArray) -> pa.Array:
    rows = (json.dumps(dict(row), ensure_ascii=False) if row else None for row in attributes.to_pylist())
    return pa.array(rows, pa.string())


def write_xlsx(parts: Parts, path: Path, schema: pa.Schema) -> None:
    """Write tables one after another as one sheet; texts stay texts, instants are UTC."""
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
        "default_date_format": "yyyy-mm-dd hh:mm:ss",
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, schema.names, book.add_format({"bold": True}))
        row = 0
        for part in parts:
            if row + part.num_rows > SHEET_ROWS:
                raise TooLongForSheet(rows=row + part.num_rows, most=SHEET_ROWS)
            for values in _sheet_rows(part, schema):
                row += 1
                for place, value in enumerate(values):
                    _write_cell(sheet, row, place, value)


def _sheet_rows(part: pa.Table, schema: pa.Schema) -> Iterator[tuple[object, ...]]:
    columns = []
    for field in schema:
        column = flat(part[field.name])
        columns.append((_as_json(column) if pa.types.is_map(column.type) else column).to_pylist())
    yield from zip(*columns, strict=True)


def _write_cell(sheet: object, row: int, place: int, value: object) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value[:_SHEET_TEXT])  # type: ignore[attr-defined]
    elif value is not None:
        sheet.write(row, place, value)  # type: ignore[attr-defined]


WRITERS: Final[dict[str, Callable[[Parts, Path, pa.Schema], None]]] = {
    "parquet": write_parquet,
    "csv": write_csv_parts,
    "xlsx": write_xlsx,
}
