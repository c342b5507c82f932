"""A company with a small simulated log, measured."""

import shutil
from pathlib import Path

import pytest

from otklik.actions.import_log import Records, import_log
from otklik.actions.keep_log import add_to_log, measure_kept_log
from otklik.actions.measure_speed import Yardstick
from otklik.scenarios import simulate_company
from otklik.web.accounts.models import Company, User
from otklik.web.calendars import current
from otklik.web.calendars.models import State
from otklik.web.data_folder import DataFolder


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kept log of 2,000 simulated requests, measured by its calendars; copied for each test."""
    folder = tmp_path_factory.mktemp("simulated")
    file, calendars = simulate_company(2_000, 11).write(folder)
    add_to_log(folder / "log", import_log(Records((str(file),), time_zone="Europe/Moscow")))
    measure_kept_log(folder / "log", Yardstick(str(calendars), time_zone="Europe/Moscow"))
    return folder


@pytest.fixture
def filled(company: Company, data_folder: DataFolder, simulated: Path) -> Company:
    """The company with that log and those hours."""
    data_folder.path.mkdir(parents=True, exist_ok=True)
    shutil.copytree(simulated / "log", data_folder.log)
    (calendars,) = simulated.glob("*.toml")
    State.put_in_force(State.HOURS, calendars.read_text("utf-8"), User.objects.first(), after=0)
    assert current.yardstick().calendar
    return company
