"""The one way in: once under a name, told once, and waiting while another process writes."""

import fcntl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from otklik.actions.import_log import Records, import_log
from otklik.base.errors import UserError
from otklik.web import importing
from otklik.web.accounts.models import AuditEntry, Company
from otklik.web.jobs.models import Job
from otklik.web.jobs.registry import WORK, Asked, Later
from otklik.web.jobs.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = "ticket,opened,closed\n1,2026-03-02,2026-03-03\n2,2026-03-05,2026-03-06\n"


@pytest.fixture
def records(tmp_path: Path) -> Records:
    (tmp_path / "shop.csv").write_text(ROWS, "utf-8")
    return Records((str(tmp_path / "shop.csv"),))


def test_files_and_logs_come_in_once_under_a_name(records: Records, company: Company) -> None:
    first = importing.bring_files("upload 1", records)
    again = importing.bring_in("upload 1", lambda: pytest.fail("it is not read again"))
    assert first == again
    assert first.count.kept == 2
    other = importing.bring_in("push 1", lambda: import_log(records))
    assert (other.import_id, other.count.duplicate) == (None, 2)


def test_the_trail_the_facts_and_the_programs_hear_of_it(records: Records, company: Company) -> None:
    found = importing.bring_files("upload 1", records)
    importing.came_in(None, "shop.csv", found, files=1)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.about, entry.facts["kept"], entry.facts["sources"]) == (
        "records.imported", "shop.csv", 2, ["shop"],
    )  # fmt: skip
    assert set(Job.objects.values_list("kind", flat=True)) == {"refresh-facts", "announce"}


@pytest.fixture
def locked() -> Any:
    settings.DATA.log.mkdir(parents=True)
    with (settings.DATA.log / "writer.lock").open("a+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        yield lambda: fcntl.flock(other, fcntl.LOCK_UN)


def test_while_another_process_writes_the_work_waits_and_has_not_failed(
    records: Records, company: Company, locked: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "import_once", _hurried(importing.import_once))
    worker = Worker()

    def bring(_asked: Asked) -> dict[str, Any]:
        return {"kept": importing.bring_in("upload 1", lambda: import_log(records)).count.kept}

    monkeypatch.setitem(WORK, "bring", bring)
    job = Job.add("bring", key="bring")
    for _ in range(7):
        assert worker.one()
        job.refresh_from_db()
        assert (job.state, job.attempts) == (Job.QUEUED, 0), "waiting does not wear it out"
        assert job.run_at > timezone.now()
        Job.objects.update(run_at=timezone.now())
    locked()
    assert worker.one()
    job.refresh_from_db()
    assert (job.state, job.result) == (Job.DONE, {"kept": 2})


def _hurried(import_once: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *given: import_once(*given, wait_s=0.05)


def test_work_put_off_gives_way_to_its_twin_that_waits(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    def later(_asked: Asked) -> None:
        Job.add("later", key="same")
        raise Later

    worker = Worker()
    monkeypatch.setitem(WORK, "later", later)
    first = Job.add("later", key="same")
    assert worker.one()
    first.refresh_from_db()
    assert first.state == Job.DONE
    assert Job.objects.filter(key="same", state=Job.QUEUED).count() == 1


def test_other_errors_are_told() -> None:
    def broken() -> None:
        raise UserError

    with pytest.raises(UserError):
        importing.unless_busy(broken)


def test_the_child_gets_what_the_installation_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "READING_MEMORY_MIB", 7)
    assert importing.child_limits().memory_bytes == 7 * 2**20
    assert importing.child_limits().workspace == settings.DATA.uploads / "unpacked"
