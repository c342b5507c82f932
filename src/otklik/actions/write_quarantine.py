"""The rows that were set aside, as a file to correct and bring in again."""

from pathlib import Path

from otklik.base.files import whole_file


def write_quarantine(folder: Path, path: Path, import_id: int | None = None) -> int:
    """Write the rows one import set aside (None = all that count) as CSV; return how many. No cell is a formula."""
    from otklik.store import ServiceStore, write_csv

    rows = ServiceStore(folder).snapshot().quarantine(import_id)
    with whole_file(path) as temporary:
        write_csv(rows, temporary)
    return int(rows.num_rows)
