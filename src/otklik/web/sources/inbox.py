"""Files laid into the inbox folder are imported by themselves; afterwards they lie in `done` or in `failed`."""

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from otklik.base.crash_points import crash_point
from otklik.base.errors import UserError
from otklik.base.text import N_, Words
from otklik.web.accounts.models import Company
from otklik.web.receiving import clean_name
from otklik.web.sources.arriving import start
from otklik.web.sources.models import InboxEntry, Upload, UploadedFile

DONE, FAILED = "done", "failed"
REASON = ".reason.txt"
STILL_FOR = timedelta(seconds=20)
"""A file that has not changed for so long is complete."""


class NothingInside(UserError):
    """An entry without a file to read: facts `file`."""

    code = "nothing-inside"
    message = N_("%(file)s holds no file that can be read.")
    hint = N_("Links and hidden files are left out; lay the files themselves into the inbox.")


class BrokeOff(UserError):
    """The import of an entry did not end: facts `file`."""

    code = "broke-off"
    message = N_("The import of %(file)s broke off by a mistake of ours.")
    hint = N_("Lay the file into the inbox again; if it breaks off again, tell your administrator.")


def look_into() -> None:
    """Ask for the import of whatever has stopped growing; forget what is no longer there."""
    entries = {entry.name: entry for entry in _entries()}
    InboxEntry.objects.exclude(name__in=entries).delete()
    for name, path in entries.items():
        known, new = InboxEntry.objects.get_or_create(name=name, defaults={"seen": _seen(path)})
        if new:
            continue
        if known.seen != (seen := _seen(path)):
            InboxEntry.objects.filter(name=name).update(seen=seen, at=timezone.now())
        elif known.at <= timezone.now() - STILL_FOR:
            _take(name, path)
    _settle_broken()


def _entries() -> Iterator[Path]:
    for path in sorted(settings.DATA.inbox.iterdir()):
        if path.name not in (DONE, FAILED) and not path.name.startswith(".") and len(path.name) <= 200:
            yield path


def _seen(path: Path) -> str:
    """How much there is and how new: as long as this changes, somebody is still writing."""
    stats = [file.lstat() for file in (path, *(path.rglob("*") if _is_folder(path) else ()))]
    return f"{len(stats)} {sum(stat.st_size for stat in stats)} {max(stat.st_mtime_ns for stat in stats)}"


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _take(name: str, path: Path) -> None:
    if Upload.objects.filter(inbox=name, ended_at=None).exists():
        return
    try:
        with transaction.atomic():
            upload = Upload.objects.create(inbox=name)
            UploadedFile.objects.bulk_create(_files(upload, path))
            start(upload, "import-upload", None)
    except IntegrityError:  # another worker took it
        return


def _files(upload: Upload, path: Path) -> Iterator[UploadedFile]:
    """Every file of an entry; links lead elsewhere and are left out."""
    root = settings.DATA.inbox
    for folder, folders, names in os.walk(path) if _is_folder(path) else [(str(root), [], [path.name])]:
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder) / name
            if name.startswith(".") or file.is_symlink() or not file.is_file():
                continue
            inside = str(file.relative_to(root))
            yield UploadedFile(upload=upload, stored=inside, name=clean_name(inside), size=file.stat().st_size)


def check(upload: Upload) -> None:
    """Say so where an entry holds nothing to read."""
    if not upload.files.exists():
        raise NothingInside(file=upload.inbox)


def lay_down(upload: Upload, error: UserError | None = None) -> None:
    """Move an entry to where done ones lie, or to the failed ones with the reason beside it."""
    entry = settings.DATA.inbox / upload.inbox
    folder = settings.DATA.inbox / (DONE if error is None else FAILED)
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"{upload.at:%Y%m%d-%H%M%S}-{upload.pk} {upload.inbox}"
    if error is not None:
        reason = Words(Company.ours().language).error(error)
        target.with_name(target.name + REASON).write_text(reason + "\n", "utf-8")
    crash_point("inbox-before-move")
    if os.path.lexists(entry) and not os.path.lexists(target):
        shutil.move(entry, target)
    InboxEntry.objects.filter(name=upload.inbox).delete()


def _settle_broken() -> None:
    """Entries whose work ended without an outcome (a mistake, or killed again and again) go to the failed ones."""
    for upload in Upload.objects.exclude(inbox="").filter(ended_at=None).select_related("job"):
        if upload.job is None or upload.job.is_over:
            fail(upload, BrokeOff(file=upload.inbox))


def fail(upload: Upload, error: UserError) -> None:
    """Give an entry up; should this break off in the middle, the entry is simply taken up again."""
    Upload.objects.filter(pk=upload.pk, ended_at=None).update(state=Upload.DROPPED, ended_at=timezone.now())
    lay_down(upload, error)
