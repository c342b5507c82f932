from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from otklik.actions.write_facts import UnknownTableFormat, write_facts

FACTS = pa.table({"request": ["=1+1", "0017", "+7 900"], "first_reply_s": [60.0, None, 1.5]})


def test_parquet_keeps_every_value(tmp_path: Path) -> None:
    write_facts(FACTS, tmp_path / "facts.parquet")
    assert pq.read_table(tmp_path / "facts.parquet").to_pydict() == FACTS.to_pydict()


def test_csv_is_safe_to_open_in_a_spreadsheet(tmp_path: Path) -> None:
    write_facts(FACTS, tmp_path / "facts.csv")
    lines = (tmp_path / "facts.csv").read_text("utf-8-sig").splitlines()
    assert not any(line.lstrip('"').startswith(("=", "+")) for line in lines)
    assert "0017" in lines[2]


def test_other_endings_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UnknownTableFormat):
        write_facts(FACTS, tmp_path / "facts.doc")
    assert list(tmp_path.iterdir()) == []
