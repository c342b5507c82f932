"""Nothing is left lying: not what nobody imports, not what a crash forgot."""

import os
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.web.jobs.models import Job
from otklik.web.sources.arriving import sweep
from otklik.web.sources.models import Upload
from tests.web.sources.conftest import SHOP

FILES = "?" * 32
DAY_S = 86_400


def test_files_nobody_imports_are_gone_after_a_day(
    owner: Client, send: Callable[..., Upload], work: Callable[[], None]
) -> None:
    old, young = send(owner, ("old.csv", SHOP)), send(owner, ("young.csv", SHOP))
    work()
    Upload.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(hours=25))
    sweep()
    assert [Upload.objects.get(pk=one.pk).state for one in (old, young)] == [Upload.DROPPED, Upload.LOOKED]
    assert [path.name for path in settings.DATA.uploads.glob(FILES)] == [young.files.get().stored]
    assert owner.get(reverse("upload", args=(old.pk,))).status_code == 410


def test_files_that_are_being_read_stay(owner: Client, send: Callable[..., Upload]) -> None:
    upload = send(owner, ("shop.csv", SHOP))
    Upload.objects.update(at=timezone.now() - timedelta(hours=25))
    Job.objects.update(state=Job.RUNNING)
    sweep()
    assert upload.files.get().path.exists()


def test_what_a_crash_left_behind_is_found(
    owner: Client, send: Callable[..., Upload], work: Callable[[], None]
) -> None:
    imported = send(owner, ("shop.csv", SHOP))
    Upload.objects.update(state=Upload.IMPORTED, ended_at=timezone.now())
    orphan, pushed = settings.DATA.uploads / ("ab" * 16), settings.DATA.uploads / "push-1"
    unpacked = settings.DATA.uploads / "unpacked" / "reading-1"
    unpacked.mkdir(parents=True)
    young = settings.DATA.uploads / ("cd" * 16)
    for path in (orphan, pushed, young):
        path.write_text("x")
    for path in (orphan, pushed, unpacked):
        os.utime(path, (time.time() - 2 * DAY_S,) * 2)
    sweep()
    assert not imported.files.get().path.exists()
    assert [path.exists() for path in (orphan, unpacked, pushed, young)] == [False, False, True, True]
