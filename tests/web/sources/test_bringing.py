"""Files come in, are looked at, corrected, imported, and accounted for."""

import csv
import io
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from otklik.actions import keep_log
from otklik.web.accounts.models import AuditEntry
from otklik.web.jobs.models import Job
from otklik.web.sources.models import SavedMapping, Upload
from tests.web.sources.conftest import BROKEN, SHOP, correction


def test_from_a_file_to_the_account(owner: Client, send: Callable[..., Upload], work: Callable[[], None]) -> None:
    upload = send(owner, ("=shop.csv", BROKEN))
    work()
    page = owner.get(reverse("upload", args=(upload.pk,)))
    text = page.content.decode()
    assert page.status_code == 200
    assert "0017" in text and "2026-03-02 09:30" in text, "its own rows are shown"
    assert "Name of the source" in text
    upload.refresh_from_db()
    response = owner.post(reverse("upload_next", args=(upload.pk,)), {**correction(upload), "do": "import"})
    assert response.status_code == 302
    work()
    account = owner.get(reverse("upload", args=(upload.pk,)), follow=True)
    text = account.content.decode()
    assert "6 = 5 + 1 + 0" in text
    info, imports = keep_log.describe_log(settings.DATA.log)
    assert (info.requests, imports[0].count.kept) == (5, 5)
    assert not list(settings.DATA.uploads.glob("????????????????????????????????")), "files are deleted"
    assert AuditEntry.objects.filter(verb="records.imported").count() == 1
    assert Job.objects.filter(kind="refresh-facts").count() == 1
    bad = owner.get(reverse("bad_rows"), {"import": imports[0].import_id})
    assert bad.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(b"".join(bad).decode())))  # type: ignore[arg-type]
    assert len(rows) == 1
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in rows[0].values())
    assert "=shop.csv" in rows[0]["file"]


def test_what_a_person_corrects_is_read_so_and_remembered(
    owner: Client, send: Callable[..., Upload], work: Callable[[], None]
) -> None:
    upload = send(owner, ("shop.csv", SHOP))
    work()
    upload.refresh_from_db()
    told = correction(upload, **{"correction-source": "orders desk", "role-0-6": "category",
                                 "correction-time_zone": "Asia/Tokyo"})  # fmt: skip
    owner.post(reverse("upload_next", args=(upload.pk,)), {**told, "do": "look"})
    work()
    upload.refresh_from_db()
    assert upload.look["preview"]["parts"][0]["columns"][6]["role"] == "category"
    owner.post(reverse("upload_next", args=(upload.pk,)), {**correction(upload), "do": "import"})
    work()
    log = keep_log.read_kept_log(settings.DATA.log)
    assert set(log.requests["category"].to_pylist()) == {"First line", "Orders"}
    assert log.sources[0].source == "orders desk"
    assert min(log.events["at"].to_pylist()).isoformat() == "2026-03-02T00:00:00+00:00", "09:00 in Tokyo"
    assert SavedMapping.objects.get().source == "orders desk"
    later = SHOP.replace("17,2026-03-02 10:00", "99,2026-03-02 10:00")
    second = send(owner, ("april.csv", later))
    work()
    second.refresh_from_db()
    assert second.like == "orders desk"
    assert second.told["source"] == "orders desk"
    assert second.told["time_zone"] == "Asia/Tokyo"
    assert second.look["preview"]["parts"][0]["columns"][6]["role"] == "category"
    assert (
        "Understood like the last files of orders desk"
        in owner.get(reverse("upload", args=(second.pk,))).content.decode()
    )
    owner.post(reverse("upload_next", args=(second.pk,)), {"do": "afresh"})
    work()
    assert Upload.objects.get(pk=second.pk).look["preview"]["parts"][0]["columns"][6]["role"] == "team"


def test_the_same_file_twice_changes_nothing(
    owner: Client, send: Callable[..., Upload], work: Callable[[], None]
) -> None:
    for _ in range(2):
        upload = send(owner, ("shop.csv", BROKEN))
        work()
        upload.refresh_from_db()
        owner.post(reverse("upload_next", args=(upload.pk,)), {**correction(upload), "do": "import"})
        work()
    text = owner.get(reverse("upload", args=(upload.pk,))).content.decode()
    assert "6 = 0 + 1 + 5" in text
    assert "was in the log already" in text


def test_two_columns_cannot_be_the_same(owner: Client, send: Callable[..., Upload], work: Callable[[], None]) -> None:
    upload = send(owner, ("shop.csv", SHOP))
    work()
    upload.refresh_from_db()
    told = correction(upload, **{"role-0-5": "segment", "role-0-6": "segment"})
    response = owner.post(reverse("upload_next", args=(upload.pk,)), {**told, "do": "look"})
    assert response.status_code == 422
    assert "Two columns cannot both be" in response.content.decode()
    assert Job.objects.filter(kind="look-at-upload", state=Job.QUEUED).count() == 0


@pytest.mark.parametrize(("field", "value"), [("time_zone", "Mars/Base"), ("source", "../../etc"), ("format", "exe")])
def test_what_makes_no_sense_is_said_beside_the_field(
    owner: Client, send: Callable[..., Upload], work: Callable[[], None], field: str, value: str
) -> None:
    upload = send(owner, ("shop.csv", SHOP))
    work()
    upload.refresh_from_db()
    told = correction(upload, **{f"correction-{field}": value})
    response = owner.post(reverse("upload_next", args=(upload.pk,)), {**told, "do": "import"})
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode()


def test_a_file_nobody_can_read_says_why_and_can_be_told(
    owner: Client, send: Callable[..., Upload], work: Callable[[], None]
) -> None:
    upload = send(owner, ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0"))
    work()
    text = owner.get(reverse("upload", args=(upload.pk,))).content.decode()
    assert "picture.png looks like no record Otklik knows" in text
    assert "Tell what it is" in text
    owner.post(reverse("upload_next", args=(upload.pk,)), {"do": "drop"})
    assert not list(settings.DATA.uploads.glob("????????????????????????????????"))
    assert owner.get(reverse("upload", args=(upload.pk,))).status_code == 410
