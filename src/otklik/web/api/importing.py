"""From a body on the disk into the log; begun again after a crash it comes to the same."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from otklik.actions.read_push import Push as Told
from otklik.actions.read_push import read_push
from otklik.base.crash_points import crash_point
from otklik.base.errors import UserError
from otklik.base.progress import Progress
from otklik.schemas.imports import ImportRecord
from otklik.schemas.log import ServiceLog
from otklik.web.api.models.pushes import MOST_SHOWN, Push
from otklik.web.importing import account_of, bring_in, came_in
from otklik.web.jobs.models import Job
from otklik.web.jobs.registry import Later
from otklik.web.jobs.worker import told

KEPT_FOR = timedelta(days=30)
LOST_AFTER = timedelta(minutes=10)
ORPHAN_AFTER = timedelta(days=1)


def import_push(number: str, progress: Progress) -> None:
    """Import one push, unless that is done; raise Later where another process writes just now."""
    push = Push.objects.filter(number=number, state=Push.WAITING).first()
    if push is None:
        return
    try:
        log = read_push(_as_told(push), progress)
        record = _brought(push, log, progress)
    except UserError as error:
        _end(push, Push.FAILED, error=told(error))
        raise
    except (Later, OperationalError):
        raise
    except Exception:
        _end(push, Push.FAILED, error={"code": "broken"})
        raise
    crash_point("push-before-account")
    with transaction.atomic():
        if _end(push, Push.DONE, account=account_of(record), set_aside=_shown(log)):
            came_in(push.sent_by, push.name, record)
    crash_point("push-before-unlink")
    push.path.unlink(missing_ok=True)


def _brought(push: Push, log: ServiceLog, progress: Progress) -> ImportRecord:
    """Bring the log in; a body of which no row could be taken is only accounted for."""
    if not log.events.num_rows and not log.requests.num_rows:
        return ImportRecord(import_id=None, imported_at=timezone.now(), sources=(), count=log.count)
    return bring_in(push.name, lambda: log, progress)


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


def _as_told(push: Push) -> Told:
    return Told(
        push.name, push.path, "csv" if push.form == "csv" else "ndjson", push.source,
        zipped=push.zipped, as_of=push.as_of, tells=tuple(push.tells), is_process=push.is_process,
    )  # fmt: skip


def _shown(log: ServiceLog) -> list[dict[str, Any]]:
    first = log.quarantine.slice(0, MOST_SHOWN).select(["row", "reason", "detail"])
    return [dict(row) for row in first.to_pylist()]


def _end(push: Push, state: str, **told: Any) -> bool:
    mine = Push.objects.filter(pk=push.pk, state=Push.WAITING)
    return bool(mine.update(state=state, ended_at=timezone.now(), **told))
