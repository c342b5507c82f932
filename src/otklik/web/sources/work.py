"""What the worker does for this app: look, import, take back, clear away."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from otklik.actions import keep_log
from otklik.base.crash_points import crash_point
from otklik.base.errors import UserError
from otklik.schemas.imports import ImportRecord
from otklik.web.accounts.models import User
from otklik.web.importing import bring_files, came_in, log_changed, unless_busy
from otklik.web.jobs.registry import Asked, every, work
from otklik.web.sources import arriving, inbox
from otklik.web.sources.models import Upload
from otklik.web.sources.understanding import forget, records_of, remember, understand

ALREADY_GONE = ("already-undone", "unknown-import", "unknown-source", "not-a-store")
"""Errors that say: the work was done before it broke off."""


@work("look-at-upload")
def look_at_upload(asked: Asked) -> dict[str, Any] | None:
    """Detect what the files are."""
    upload = Upload.objects.filter(pk=asked.arguments["upload"], ended_at=None).first()
    if upload is None:
        return None
    understand(upload, asked.progress)
    return {"next": reverse("upload", args=(upload.pk,))}


@work("import-upload")
def import_upload(asked: Asked) -> dict[str, Any] | None:
    """Bring the files into the log, once."""
    upload = Upload.objects.filter(pk=asked.arguments["upload"]).first()
    if upload is None or upload.state == Upload.DROPPED:
        return None
    if upload.state != Upload.IMPORTED:
        try:
            _import(upload, asked)
        except UserError as error:
            if upload.inbox:
                inbox.fail(upload, error)
            raise
    crash_point("import-before-clearing")
    if upload.inbox:
        inbox.lay_down(upload)
    else:
        arriving.put_away(upload)
    return {"next": reverse("upload", args=(upload.pk,))}


def _import(upload: Upload, asked: Asked) -> None:
    if upload.inbox:
        inbox.check(upload)
    if not upload.look:
        understand(upload, asked.progress)
    found = bring_files(upload.import_name, records_of(upload), asked.progress)
    crash_point("import-before-account")
    _account(upload, found, User.objects.filter(pk=asked.asked_by_id).first())
    crash_point("import-after-account")


def _account(upload: Upload, found: ImportRecord, user: User | None) -> None:
    """Write what came of it, the trail and what was learnt, all or nothing; once."""
    with transaction.atomic():
        mine = Upload.objects.filter(pk=upload.pk, ended_at=None).update(
            state=Upload.IMPORTED, ended_at=timezone.now(), outcome=found.model_dump(mode="json")
        )
        if not mine:
            return
        sources = {one.source for one in found.sources}
        if upload.remember and len(sources) == 1:
            remember(upload, *sources)
        files = upload.names()
        came_in(user, ", ".join(files)[:200], found, files=len(files), inbox=bool(upload.inbox))


@work("undo-import")
def undo_import(asked: Asked) -> dict[str, Any]:
    """Make the log as if an import had never been."""
    import_id = int(asked.arguments["import_id"])
    _change(lambda: keep_log.undo_import(settings.DATA.log, import_id))
    return {"next": reverse("import_account", args=(import_id,))}


@work("delete-source")
def delete_source(asked: Asked) -> dict[str, Any]:
    """Take a source out of the log for good, with what was learnt about its files."""
    source = str(asked.arguments["source"])
    _change(lambda: keep_log.delete_source(settings.DATA.log, source))
    forget(source)
    return {"next": reverse("sources")}


def _change(change: Any) -> None:
    try:
        unless_busy(change)
    except UserError as error:
        if error.code not in ALREADY_GONE:
            raise
    log_changed()


@every(seconds=20)
def look_into_inbox() -> None:
    """Import what was laid into the inbox."""
    inbox.look_into()


@every(minutes=30)
def clear_away() -> None:
    """Delete files that wait for nobody."""
    arriving.sweep()
