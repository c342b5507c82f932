import csv
from pathlib import Path

import pytest

from otklik.actions.import_log import Records, import_log
from otklik.actions.keep_log import add_to_log
from otklik.actions.write_quarantine import write_quarantine
from otklik.base.errors import UserError

ROWS = """\
ticket,opened,closed,subject
1,2026-03-02,2026-03-03,fine
=1+1,2026-03-05,2026-03-02,"=HYPERLINK(""http://x"",""y"")"
"""


def test_the_rows_set_aside_can_be_had_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    (tmp_path / "=shop.csv").write_text(ROWS, "utf-8")
    kept = tmp_path / "kept"
    record = add_to_log(kept, import_log(Records((str(tmp_path / "=shop.csv"),))))
    assert record.count.quarantined == 1
    assert write_quarantine(kept, tmp_path / "bad.csv", record.import_id) == 1
    rows = list(csv.DictReader((tmp_path / "bad.csv").open(encoding="utf-8", newline="")))
    assert [(row["row"], row["reason"]) for row in rows] == [("3", "ends-before-start")]
    assert "HYPERLINK" in rows[0]["raw"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert write_quarantine(kept, tmp_path / "all.csv") == 1


def test_where_there_is_no_log_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_quarantine(tmp_path / "nothing", tmp_path / "bad.csv")
