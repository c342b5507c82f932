from pathlib import Path

from otklik.actions.import_log import Records, import_log
from otklik.actions.simulate import simulate


def test_a_simulated_company_reads_like_any_other_record(tmp_path: Path) -> None:
    log_file, calendars = simulate(tmp_path, 1200, 3)
    log = import_log(Records((str(log_file),)))
    assert log.requests.num_rows == 1200
    assert log.count.quarantined == 0 and log.count.read == log.count.kept + log.count.duplicate
    assert calendars.exists()
