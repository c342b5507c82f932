"""A company with a measured log of three thousand simulated requests."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from otklik.actions.import_log import Records, import_log
from otklik.actions.keep_log import add_to_log, measure_kept_log
from otklik.actions.measure_speed import Yardstick
from otklik.scenarios import simulate_company
from otklik.web.accounts.models import Company
from otklik.web.jobs.worker import Worker


@pytest.fixture(scope="session")
def measured_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sharing")
    file, _ = simulate_company(3_000, 7).write(folder)
    add_to_log(folder / "log", import_log(Records((str(file),), time_zone="Europe/Moscow")))
    measure_kept_log(folder / "log", Yardstick(None, time_zone="Europe/Moscow"))
    return folder / "log"


@pytest.fixture
def log(measured_log: Path, company: Company) -> Path:
    """The data folder of this test has records."""
    shutil.copytree(measured_log, settings.DATA.log)
    return Path(settings.DATA.log)


@pytest.fixture
def work(db: object) -> Callable[[], int]:
    """Do all the background work that waits; say how many pieces."""

    def until_done() -> int:
        worker, n = Worker(), 0
        while worker.one():
            n += 1
        return n

    return until_done
