"""From a body on the disk into the log; begun again after a crash it comes to the same."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from otklik.actions import import_pushed as action
from otklik.base.crash_points import crash_point
from otklik.base.errors import UserError
from otklik.base.progress import Progress
from otklik.schemas.imports import ImportRecord
from otklik.schemas.previews import SetAside
from otklik.web.announcing import announce
from otklik.web.api.models.pushes import MOST_SHOWN, Push
from otklik.web.jobs.models import Job
from otklik.web.jobs.worker import told

BUSY_WAIT = timedelta(seconds=5)
KEPT_FOR = timedelta(days=30)
LOST_AFTER = timedelta(minutes=10)
ORPHAN_AFTER = timedelta(days=1)


def import_push(number: str, progress: Progress) -> None:
    """Import one push, unless that is done."""
    push = Push.objects.filter(number=number, state=Push.WAITING).first()
    if push is None:
        return
    try:
        record, aside = action.import_pushed(settings.DATA.log, _as_told(push), progress)
    except UserError as error:
        if error.code == "store-busy":
            Job.add("import-push", {"number": number}, run_at=timezone.now() + BUSY_WAIT)
            return
        _end(push, Push.FAILED, error=told(error))
        raise
    except OperationalError:
        raise
    except Exception:
        _end(push, Push.FAILED, error={"code": "broken"})
        raise
    crash_point("push-before-account")
    with transaction.atomic():
        _end(push, Push.DONE, account=_account(record), set_aside=_shown(aside))
        Job.add("refresh-facts", {}, key="refresh-facts")
        announce("import.finished", source=push.source, **_account(record))
    crash_point("push-before-unlink")
    push.path.unlink(missing_ok=True)


def sweep() -> None:
    """Put right what a crash left behind: bodies nobody knows, pushes nobody works on, rows long told."""
    now = timezone.now()
    working = Q(state=Job.QUEUED) | Q(state=Job.RUNNING)
    for push in Push.objects.filter(state=Push.WAITING, received_at__lt=now - LOST_AFTER):
        if not Job.objects.filter(working, kind="import-push", arguments__number=push.number).exists():
            _end(push, Push.FAILED, error={"code": "gave-up"})
    Push.objects.filter(received_at__lt=now - KEPT_FOR).exclude(state=Push.WAITING).delete()
    wanted = {push.path.name for push in Push.objects.exclude(state=Push.DONE).only("number")}
    for path in settings.DATA.uploads.glob("push-*"):
        is_old = path.stat().st_mtime < (now - ORPHAN_AFTER).timestamp()
        if is_old and path.name not in wanted:
            path.unlink(missing_ok=True)


def _as_told(push: Push) -> action.Push:
    return action.Push(
        push.name, push.path, "csv" if push.form == "csv" else "ndjson", push.source,
        zipped=push.zipped, as_of=push.as_of, tells=tuple(push.tells), is_process=push.is_process,
    )  # fmt: skip


def _account(record: ImportRecord) -> dict[str, Any]:
    return {**record.count.model_dump(), "import_id": record.import_id}


def _shown(aside: tuple[SetAside, ...]) -> list[dict[str, Any]]:
    return [{"row": row.row, "reason": row.reason, "detail": row.detail} for row in aside[:MOST_SHOWN]]


def _end(push: Push, state: str, **told: Any) -> None:
    Push.objects.filter(pk=push.pk, state=Push.WAITING).update(state=state, ended_at=timezone.now(), **told)
