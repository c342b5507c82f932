"""Files come in, are waited for, and are put away."""

import shutil
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from otklik.base.crash_points import crash_point
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.web.jobs.models import Job
from otklik.web.receiving import Stored, clean_name
from otklik.web.sources.models import Upload, UploadedFile

KEPT_FOR = timedelta(hours=24)
"""How long files wait for somebody to import them."""
MOST_FILES = 20_000
UNPACKED = "unpacked"


class TooManyFiles(UserError):
    """More files than one upload may hold: facts `most`."""

    code = "too-many-files"
    message = N_("These are too many files: one upload holds %(most)s at most.")
    hint = N_("Pack them into a ZIP archive, or bring them in a folder at a time.")


class NothingSent(UserError):
    """No file was chosen."""

    code = "nothing-sent"
    message = N_("No file came with it.")
    hint = N_("Choose one or more files, or drag them onto the page.")


def take_in(upload: Upload, sent: Sequence[Stored], paths: Sequence[str]) -> list[Path]:
    """Add files to an upload; return where the wanted ones lie. `paths` are their names with folders, where told."""
    names = [clean_name(path) for path in paths] if len(paths) == len(sent) else [clean_name(str(f.name)) for f in sent]
    wanted = [(file, name) for file, name in zip(sent, names, strict=True) if not _is_hidden(name)]
    if upload.files.count() + len(wanted) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    UploadedFile.objects.bulk_create(
        UploadedFile(upload=upload, stored=file.path.name, name=name, size=file.size) for file, name in wanted
    )
    return [file.path for file, _ in wanted]


def _is_hidden(name: str) -> bool:
    """What systems lay into folders by themselves."""
    parts = name.split("/")
    return any(part.startswith(".") or part == "__MACOSX" for part in parts) or parts[-1] == "Thumbs.db"


def start(upload: Upload, kind: str, user: Any) -> Job:
    """Ask for a look or an import; what is asked for and running already is not asked for again."""
    if upload.job is not None and not upload.job.is_over and upload.job.kind == kind:
        return upload.job
    with transaction.atomic():
        upload.job = Job.add(kind, {"upload": upload.pk}, asked_by=user, key=f"{kind} {upload.pk}")
        upload.save(update_fields=["job"])
    return upload.job


def put_away(upload: Upload) -> None:
    """Delete the files of an upload that is done with."""
    for file in upload.files.all():
        crash_point("upload-before-unlink")
        file.path.unlink(missing_ok=True)


def drop(upload: Upload) -> None:
    """Throw an upload away that nobody wants in the log."""
    if Upload.objects.filter(pk=upload.pk, ended_at=None).update(state=Upload.DROPPED, ended_at=timezone.now()):
        put_away(upload)


def sweep() -> None:
    """Delete what was left lying: uploads nobody imported within a day, files nobody knows, what a crash left."""
    before = timezone.now() - KEPT_FOR
    for upload in Upload.objects.filter(ended_at=None, inbox="", at__lt=before).select_related("job"):
        if upload.job is None or upload.job.is_over:
            drop(upload)
    ended = UploadedFile.objects.exclude(upload__ended_at=None).filter(upload__inbox="", upload__ended_at__gt=before)
    _unlink(file.path for file in ended.select_related("upload"))
    known = set(UploadedFile.objects.filter(upload__ended_at=None).values_list("stored", flat=True))
    old_s = time.time() - KEPT_FOR.total_seconds()
    ours = (path for path in settings.DATA.uploads.iterdir() if _is_ours(path) and path.name not in known)
    _unlink(path for path in ours if path.stat().st_mtime < old_s)
    for path in (settings.DATA.uploads / UNPACKED).glob("*"):
        if path.stat().st_mtime < old_s:
            shutil.rmtree(path, ignore_errors=True)


def _is_ours(path: Path) -> bool:
    return path.is_file() and len(path.name) == 32 and set(path.name) <= set("0123456789abcdef")


def _unlink(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
