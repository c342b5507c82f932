"""One row a request: every measure's seconds in both clocks and its state, as a file others can read."""

from pathlib import Path

import pyarrow as pa

from otklik.base.errors import UserError
from otklik.base.files import whole_file
from otklik.base.text import N_


class UnknownTableFormat(UserError):
    """Asked for a file ending nobody knows: facts `file`."""

    code = "unknown-table-format"
    message = N_("%(file)s: only .parquet and .csv can be written.")
    hint = N_("Name a file that ends in .parquet or .csv.")


def write_facts(facts: pa.Table, path: Path) -> None:
    """Write the table whole or not at all; texts in CSV are made safe for spreadsheets."""
    suffix = path.suffix.lower()
    if suffix not in (".parquet", ".csv"):
        raise UnknownTableFormat(file=str(path))
    with whole_file(path) as temporary:
        if suffix == ".parquet":
            import pyarrow.parquet as pq

            pq.write_table(facts, temporary, compression="zstd")
        else:
            from otklik.store import write_csv

            write_csv(facts, temporary)
