"""A small shop's records for the verbs to work on, and a simulated company whose log is kept and measured."""

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
SHOP = """\
Ticket,Opened,First reply,Resolved,Status,Channel,Team
0017,2026-03-02 09:00,2026-03-02 09:30,2026-03-02 12:00,resolved,email,First line
17,2026-03-02 10:00,2026-03-02 14:00,2026-03-03 10:00,resolved,email,Orders
18,2026-03-02 11:00,,,open,chat,First line
19,2026-03-03 09:00,2026-03-03 09:05,,open,chat,First line
20,2026-03-03 10:00,2026-03-03 10:20,2026-03-04 10:00,resolved,chat,Orders
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.csv"
    path.write_text(SHOP, "utf-8")
    return path


@pytest.fixture
def log(shop: Path) -> ServiceLog:
    return import_log(Records((str(shop),)))


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Shelf, ServiceLog, Yardstick]]:
    folder: Path = tmp_path_factory.mktemp("look")
    file, calendars = simulate_company(3_000, 7).write(folder)
    yardstick = Yardstick(str(calendars), time_zone=ZONE)
    store = ServiceStore(folder / "log")
    store.import_log(import_log(Records((str(file),), time_zone=ZONE)))
    refresh_facts(store, yardstick)
    yield Shelf.of(folder / "log", yardstick), store.log(), yardstick
