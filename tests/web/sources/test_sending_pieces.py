"""What sources.js does: many files in several requests, with their folders, answered in JSON."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.jobs.models import Job
from otklik.web.sources import arriving
from otklik.web.sources.models import Upload


def piece(client: Client, *paths: str, **more: str) -> Any:
    files = [SimpleUploadedFile(path.rpartition("/")[2], b"id\n1\n") for path in paths]
    told = {"files": files, "paths": list(paths), **more}
    return client.post(reverse("upload_new"), told, headers={"Accept": "application/json"})


def test_a_folder_comes_in_pieces_and_is_one_upload(owner: Client) -> None:
    first = piece(owner, "desk/a.csv", "desk/.DS_Store", more="1").json()
    assert Job.objects.count() == 0, "it is looked at when all is there"
    last = piece(owner, "desk/deep/b.csv", upload=str(first["upload"])).json()
    upload = Upload.objects.get()
    assert last == {"next": reverse("upload", args=(upload.pk,))}
    assert upload.names() == ["desk/a.csv", "desk/deep/b.csv"]
    assert Job.objects.get().kind == "look-at-upload"
    assert len(list(settings.DATA.uploads.glob("?" * 32))) == 2


def test_nobody_adds_to_the_upload_of_another_or_to_one_that_is_complete(
    owner: Client, client_of: Callable[..., Client]
) -> None:
    begun = str(piece(owner, "a.csv", more="1").json()["upload"])
    assert piece(client_of(Role.ANALYST), "b.csv", upload=begun).status_code == 404
    piece(owner, "c.csv", upload=begun)
    assert piece(owner, "d.csv", upload=begun).status_code == 404
    assert Upload.objects.get().names() == ["a.csv", "c.csv"]
    assert len(list(settings.DATA.uploads.glob("?" * 32))) == 2


def test_all_pieces_together_are_no_more_than_one_upload_may_hold(
    owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "UPLOAD_MAX_BYTES", 8)
    begun = str(piece(owner, "a.csv", more="1").json()["upload"])
    refused = piece(owner, "b.csv", upload=begun)
    assert (refused.status_code, "too large" in refused.json()["error"]) == (422, True)
    monkeypatch.setattr(arriving, "MOST_FILES", 1)
    monkeypatch.setattr(settings, "UPLOAD_MAX_BYTES", 10**6)
    refused = piece(owner, "c.csv", upload=begun)
    assert (refused.status_code, "too many files" in refused.json()["error"]) == (422, True)
    assert len(list(settings.DATA.uploads.glob("?" * 32))) == 1


def test_nothing_at_all_is_said(owner: Client) -> None:
    assert piece(owner).json()["error"].startswith("No file came with it")
    assert piece(owner, ".DS_Store").status_code == 422
    assert not Upload.objects.exists()
