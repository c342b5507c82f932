"""Which kind of table a file is, by its first bytes."""

import json
import zipfile
from typing import Final, Literal

from otklik.intake.archives import ZIP_MAGIC, is_office
from otklik.intake.json_records import is_lines
from otklik.intake.source import Input
from otklik.intake.sources.table.encoding import detect_encoding

Kind = Literal["workbook", "parquet", "json", "text", "none"]
PARQUET_MAGIC: Final = b"PAR1"
OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0"
_FEW_BYTES: Final = 512
_CONTROL: Final = bytes(byte for byte in range(32) if byte < 9 or (byte > 13 and byte != 27))
_OTHER: Final = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x7fELF",
    b"SQLite format",
    b"BZh",
    b"7z\xbc\xaf",
    b"Rar!",
)


def kind_of(item: Input) -> Kind:
    """Look at the head: a workbook, Parquet, JSON, lines of text, or none of these."""
    head = item.head
    if head.startswith(OLE_MAGIC) or (head.startswith(ZIP_MAGIC) and _is_workbook(item)):
        return "workbook"
    if head.startswith(PARQUET_MAGIC):
        return "parquet"
    if head.startswith((ZIP_MAGIC, *_OTHER)) or not head.strip():
        return "none"
    if _is_json(head):
        return "json"
    return "text" if _is_text(head) else "none"


def _is_workbook(item: Input) -> bool:
    try:
        with zipfile.ZipFile(item.path) as archive:
            return is_office(archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return item.suffix in {".xlsx", ".xlsm", ".xlsb", ".ods"}


def _is_json(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] not in {b"{", b"["}:
        return False
    if is_lines(head):
        return True
    try:
        json.JSONDecoder().raw_decode(start.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return start[:1] == b"{" or start[1:].lstrip()[:1] == b"{"
    return True


def _is_text(head: bytes) -> bool:
    name = detect_encoding(head, whole=len(head) < _FEW_BYTES).name
    if name.startswith(("utf-16", "utf-32")):
        return True
    return len(head) - len(head.translate(None, _CONTROL)) <= 0.02 * len(head)
