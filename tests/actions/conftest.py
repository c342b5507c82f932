"""A small shop's records, for the verbs to work on."""

from pathlib import Path

import pytest

from otklik.actions.import_log import Records, import_log
from otklik.schemas.log import ServiceLog

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
