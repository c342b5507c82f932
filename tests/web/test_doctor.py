"""The doctor finds each thing that can be wrong with an installation, and says what to try."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from otklik.actions.check_log import Checked
from otklik.actions.import_log import Records, import_log
from otklik.actions.keep_log import add_to_log
from otklik.cli.doctor import LOOKED_AT
from otklik.web.accounts.models import Company
from otklik.web.data_folder import DataFolder
from otklik.web.doctor import examine
from otklik.web.jobs.models import Job
from otklik.web.sources.models import Upload, UploadedFile

ROWS = "Ticket,Opened,Resolved,Status\n1,2026-03-02 09:00,2026-03-02 12:00,resolved\n"
LONG_AGO = timedelta(days=3)


@pytest.fixture(autouse=True)
def installed(company: Company, data_folder: DataFolder) -> DataFolder:
    data_folder.secret_key()
    data_folder.vault_key()
    (data_folder.path / "rows.csv").write_text(ROWS)
    add_to_log(data_folder.log, import_log(Records((str(data_folder.path / "rows.csv"),))))
    return data_folder


def said() -> list[str]:
    """What is wrong, by its codes; each comes with whole sentences."""
    told = examine()
    for one in told.wrong:
        assert one.message % one.facts and one.hint % one.facts
    return [one.code for one in told.wrong]


def test_all_is_well_and_everything_was_looked_at() -> None:
    told: Checked = examine()
    assert told.wrong == told.noticed == []
    assert told.looked_at.keys() <= LOOKED_AT.keys()
    assert (told.looked_at["requests"], told.looked_at["imports"]) == (1, 1)


def test_a_file_of_the_log_that_is_gone(installed: DataFolder) -> None:
    next((installed.log / "events").rglob("*.parquet")).unlink()
    assert said() == ["log-files"]


@pytest.mark.parametrize("name", ["secret.key", "vault.key"])
def test_keys_that_others_can_read(installed: DataFolder, name: str) -> None:
    (installed.path / name).chmod(0o644)
    assert said() == ["keys-open"]


@pytest.mark.django_db(transaction=True)
def test_rows_that_point_to_nothing() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL does not let such rows in")
    upload = Upload.objects.create(state=Upload.DROPPED, ended_at=timezone.now())
    UploadedFile.objects.create(upload=upload, stored="a" * 32, name="a.csv")
    with connection.cursor() as cursor:
        cursor.execute("pragma foreign_keys = off")
        cursor.execute("delete from sources_upload")
    try:
        assert said() == ["foreign-keys"]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("delete from sources_uploadedfile")
            cursor.execute("pragma foreign_keys = on")


def test_an_account_that_does_not_add_up() -> None:
    count = {"read": 5, "kept": 3, "quarantined": 1, "duplicate": 1}
    upload = Upload.objects.create(state=Upload.IMPORTED, ended_at=timezone.now(), outcome={"count": count})
    assert said() == []
    Upload.objects.filter(pk=upload.pk).update(outcome={"count": {**count, "kept": 2}})
    assert said() == ["account-told"]
    Upload.objects.filter(pk=upload.pk).update(outcome={})
    assert said() == ["account-told"]


def test_files_that_wait_and_are_gone_and_files_of_nobody(installed: DataFolder) -> None:
    upload = Upload.objects.create()
    file = UploadedFile.objects.create(upload=upload, stored="b" * 32, name="shop.csv")
    assert said() == ["files-gone"]
    file.path.write_text(ROWS)
    assert said() == []
    lost: Path = installed.uploads / ("c" * 32)
    lost.write_text(ROWS)
    assert said() == [], "it may just be coming in"
    long_ago = time.time() - LONG_AGO.total_seconds()
    os.utime(lost, (long_ago, long_ago))
    os.utime(file.path, (long_ago, long_ago))
    assert said() == ["files-left"]


def test_work_that_nobody_does() -> None:
    waiting = Job.add("import-upload")
    assert said() == []
    Job.objects.filter(pk=waiting.pk).update(run_at=timezone.now() - LONG_AGO)
    assert said() == ["work-waits"]
    Job.objects.filter(pk=waiting.pk).update(state=Job.RUNNING, lease_until=timezone.now() - LONG_AGO)
    assert said() == ["work-silent"]
    Job.objects.filter(pk=waiting.pk).update(lease_until=timezone.now() + timedelta(seconds=30))
    assert said() == []
