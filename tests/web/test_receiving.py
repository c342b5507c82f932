"""Names are data; files stream to the disk under names of our own, and never more than is allowed."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from otklik.web import receiving
from otklik.web.access import Role
from otklik.web.receiving import clean_name
from otklik.web.sources.models import Upload, UploadedFile

FILES = "????????????????????????????????"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("shop.csv", "shop.csv"),
        ("March/shop 2026.csv", "March/shop 2026.csv"),
        ("../../etc/passwd", "etc/passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\exports\\shop.csv", "C:/exports/shop.csv"),
        ("/", "file"),
        ("...", "file"),
        ("", "file"),
        (".ht\u200baccess", ".htaccess"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\x00b\r\nX-Evil: 1.csv", "ab X-Evil: 1.csv"),
        ("cafe\u0301.csv", "caf\u00e9.csv"),
        ("обращения.csv", "обращения.csv"),
        ("a/b/c/d/e/f.csv", "c/d/e/f.csv"),
    ],
)
def test_a_name_is_data(given: str, kept: str) -> None:
    assert clean_name(given) == kept
    assert clean_name(clean_name(given)) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("x" * 5_000 + ".csv") == "x" * 196 + ".csv"
    assert len(clean_name("x." * 5_000)) <= receiving.LONGEST_NAME


def send(client: Client, name: str = "shop.csv", content: bytes = b"id\n1\n", **more: object) -> object:
    return client.post(reverse("upload_new"), {"files": SimpleUploadedFile(name, content), **more})


def test_a_file_lies_under_a_random_name_only_we_may_read(owner: Client) -> None:
    send(owner, ".ht\u200baccess.php", b"<?php evil();")
    assert not UploadedFile.objects.exists(), "hidden files are left out"
    assert list(settings.DATA.uploads.glob(FILES)) == []
    send(owner, "ev\u202eil\u200b.php", b"<?php evil();")
    (path,) = settings.DATA.uploads.glob(FILES)
    file = UploadedFile.objects.get()
    assert (file.name, file.stored, file.size) == ("evil.php", path.name, 13)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.suffix == ""
    assert path.read_bytes() == b"<?php evil();"


def test_too_much_is_refused_before_a_byte_is_read(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "UPLOAD_MAX_BYTES", 1000)
    reads: list[int] = []
    monkeypatch.setattr(receiving.ToDisk, "receive_data_chunk", lambda *_: reads.append(1))
    response = send(owner, content=b"x" * 3 * 2**20)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "too large" in response.content.decode()  # type: ignore[attr-defined]
    assert reads == []
    assert not Upload.objects.exists()


def test_a_length_that_lies_is_found_out_while_counting(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "UPLOAD_MAX_BYTES", 1000)
    response = send(owner, content=b"x" * 2000)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert list(settings.DATA.uploads.glob(FILES)) == []
    assert not Upload.objects.exists()


def test_a_full_disk_is_said_and_leaves_nothing(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(receiving, "write_all", full)
    response = send(owner)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "no room left" in response.content.decode()  # type: ignore[attr-defined]
    assert list(settings.DATA.uploads.glob(FILES)) == []


def test_without_the_token_nothing_stays(owner: Client, client_of: Callable[..., Client]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = owner.cookies
    response = send(strict)
    assert response.status_code == 403  # type: ignore[attr-defined]
    assert not Upload.objects.exists()
    assert list(settings.DATA.uploads.glob(FILES)) == []


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER, None])
def test_whoever_may_not_bring_in_is_refused_before_a_byte_is_read(
    client_of: Callable[..., Client], company: object, monkeypatch: pytest.MonkeyPatch, role: Role | None
) -> None:
    monkeypatch.setattr(receiving.ToDisk, "new_file", lambda *_, **__: pytest.fail("it was read"))
    client = client_of(role) if role else Client()
    assert send(client).status_code == (403 if role else 302)  # type: ignore[attr-defined]
    assert not Upload.objects.exists()


def test_other_pages_take_no_large_files(owner: Client) -> None:
    response = owner.post(reverse("language"), {"f": SimpleUploadedFile("x", b"x" * 11 * 2**20), "language": "en"})
    assert response.status_code == 400


def test_every_byte_is_written_however_few_the_system_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: really(handle, bytes(data[:3])))
    handle = os.open(tmp_path / "x", os.O_WRONLY | os.O_CREAT)
    receiving.write_all(handle, b"0123456789")
    os.close(handle)
    assert (tmp_path / "x").read_bytes() == b"0123456789"
