"""A log in which a person is met in every place, and a search that looks into every file for what is left."""

import zipfile
from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq

from otklik.schemas.log import ServiceLog
from tests.store.logs import BEGIN, description, event, log_of, minute

ANNA, BORIS = "Anna Petrova", "Boris Agent"


def met_everywhere(**more: object) -> ServiceLog:
    events = [
        event("R1", minute(0), "created", actor=ANNA, status="new"),
        event("R1", minute(5), "message", "agent", actor=BORIS, assignee=BORIS),
        event("R1", minute(9), "status", "agent", actor=BORIS, assignee=BORIS, status="resolved"),
        event("R2", minute(1), "created", actor="Clara", status="new"),
        event("R2", minute(7), "message", "agent", actor=ANNA, assignee=ANNA, team="Team of Anna Petrova"),
        event("R3", minute(2), "created", actor="17", status="new"),
    ]
    requests = [
        description("R1", customer=ANNA, subject="my passport", attributes=[("phone", "+7 900"), ("city", "Perm")]),
        description("R2", customer="Clara", subject=f"about {ANNA}, and 17", attributes=[("contact", ANNA.upper())]),
        description("R3", customer="17", subject="seventeen", attributes=[("n", "17")]),
    ]
    aside = [
        {"file": f"{ANNA}.csv", "row": 3, "reason": "no-date", "detail": None, "raw": f"R9,{ANNA},?"},
        {"file": "a.csv", "row": 4, "reason": "no-date", "detail": None, "raw": "R10,Clara,?"},
    ]
    return log_of(events, requests, quarantine=aside, horizon=BEGIN.replace(year=2026), **more)  # type: ignore[arg-type]


def places_of(text: str, folder: Path) -> list[str]:
    """Every file under a folder that holds the text, however it is packed."""
    return [
        f"{path.relative_to(folder)}: {where}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for where in _in_file(path, text.casefold())
    ]


def _in_file(path: Path, text: str) -> list[str]:
    content = path.read_bytes()
    found = [encoding for encoding in ("utf-8", "utf-16-le", "cp1251") if text in _read(content, encoding)]
    if content.startswith(b"PAR1"):
        rows = repr(pq.read_table(path, partitioning=None).to_pylist()).casefold()
        found += ["rows"] if text in rows else []
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            found += [name for name in archive.namelist() if text in _read(archive.read(name), "utf-8")]
    return found


def _read(content: bytes, encoding: str) -> str:
    return content.decode(encoding, errors="ignore").casefold()
