"""A shop's records, and a worker that does what was asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from otklik.web.jobs.models import Job
from otklik.web.jobs.worker import Worker
from otklik.web.sources.models import Upload

SHOP = """\
Ticket,Opened,First reply,Resolved,Status,Channel,Team
0017,2026-03-02 09:00,2026-03-02 09:30,2026-03-02 12:00,resolved,email,First line
17,2026-03-02 10:00,2026-03-02 14:00,2026-03-03 10:00,resolved,email,Orders
18,2026-03-02 11:00,,,open,chat,First line
19,2026-03-03 09:00,2026-03-03 09:05,,open,chat,First line
20,2026-03-03 10:00,2026-03-03 10:20,2026-03-04 10:00,resolved,chat,Orders
"""
BROKEN = SHOP + "21,2026-03-05 10:00,,2026-03-01 10:00,resolved,chat,=cmd|' /C calc'!A0\n"


@pytest.fixture(autouse=True)
def _database(transactional_db: Any) -> None:
    """The worker has a thread of its own that must see the rows."""


@pytest.fixture
def worker() -> Worker:
    return Worker()


@pytest.fixture
def work(worker: Worker) -> Callable[[], None]:
    """Do everything that waits."""

    def all_of_it() -> None:
        for _ in range(20):
            if not worker.one():
                return
        raise AssertionError("the queue never ends")

    return all_of_it


@pytest.fixture
def send(company: Any) -> Callable[..., Upload]:
    """Send files as a browser without JavaScript does."""

    def sent(client: Client, *files: tuple[str, str | bytes | Path], **more: str) -> Upload:
        parts = [SimpleUploadedFile(name, content_of(content)) for name, content in files]
        response = client.post(reverse("upload_new"), {"files": parts, **more})
        assert response.status_code == 302, response.content.decode()
        return Upload.objects.get(pk=int(response.headers["Location"].rstrip("/").rpartition("/")[2]))

    return sent


def content_of(content: str | bytes | Path) -> bytes:
    if isinstance(content, Path):
        return content.read_bytes()
    return content.encode() if isinstance(content, str) else content


def correction(upload: Upload, **changed: str) -> dict[str, str]:
    """The form as the page shows it, with some fields changed."""
    from otklik.web.sources.forms import initial
    from otklik.web.sources.understanding import look_of

    first = initial(upload.told, look_of(upload), upload.remember)
    shown = {f"correction-{name}": "on" if value is True else str(value or "") for name, value in first.items()}
    return shown | changed


def job_of(upload: Upload) -> Job:
    upload.refresh_from_db()
    assert upload.job is not None
    return upload.job
