"""A simulated company whose log is kept and measured."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.import_log import Records, import_log
from otklik.actions.measure_speed import Yardstick
from otklik.actions.refresh_facts import refresh_facts
from otklik.scenarios import simulate_company
from otklik.schemas.log import ServiceLog
from otklik.store import ServiceStore

ZONE = "Europe/Moscow"


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Shelf, ServiceLog, Yardstick]]:
    folder: Path = tmp_path_factory.mktemp("look")
    file, calendars = simulate_company(3_000, 7).write(folder)
    yardstick = Yardstick(str(calendars), time_zone=ZONE)
    store = ServiceStore(folder / "log")
    store.import_log(import_log(Records((str(file),), time_zone=ZONE)))
    refresh_facts(store, yardstick)
    yield Shelf.of(folder / "log", yardstick), store.log(), yardstick
