"""Look whether an installation is whole: database, log, accounts of imports, files on their way, work that waits.

Nothing is changed. Each thing that is wrong is said in words, with what to try.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from otklik.actions.check_log import Checked, Trouble, check_log, does_not_add_up
from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_
from otklik.web.api.models import Push
from otklik.web.calendars.current import yardstick
from otklik.web.jobs.models import Job
from otklik.web.sources.models import Upload, UploadedFile

SWEPT_AFTER: Final = timedelta(hours=25)
"""Files nobody knows are deleted after a day; those that still lie there after it are stuck."""
LATE: Final = timedelta(minutes=15)
MOST_NAMED: Final = 5
_OURS = re.compile(r"[0-9a-f]{32}|push-[\w-]+")
_NO_WORKER: Final = N_("Look whether `otklik serve` or `otklik worker` runs, and at its last lines.")

Check = Callable[[Checked], Iterator[Trouble]]


def examine(progress: Progress = no_progress) -> Checked:
    """Look at everything; call it after `serve.set_up`."""
    told = Checked()
    for check in (_database, _keys, _accounts, _files, _queue):
        told.wrong += check(told)
    log = check_log(settings.DATA.log, yardstick(), progress)
    told.wrong += log.wrong
    told.noticed += log.noticed
    told.looked_at |= log.looked_at
    return told


def _database(told: Checked) -> Iterator[Trouble]:
    """Ask the database itself; PostgreSQL keeps its own promises and is only reached."""
    if connection.vendor != "sqlite":
        connection.ensure_connection()
        return
    with connection.cursor() as cursor:
        cursor.execute("pragma integrity_check(5)")
        damage = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
        if damage:
            yield Trouble(
                "database",
                N_("The database is damaged: %(damage)s."),
                N_("Stop Otklik, keep a copy of the folder, and restore the last backup into a new folder."),
                {"damage": "; ".join(damage)[:300]},
            )
            return
        cursor.execute("pragma foreign_key_check")
        orphans = sorted({row[0] for row in cursor.fetchall()})
    if orphans:
        yield Trouble(
            "foreign-keys",
            N_("Rows of the database point to rows that are gone: %(tables)s."),
            N_("Restore the last backup into a new folder, or send the tables named here to whoever helps you."),
            {"tables": ", ".join(orphans)},
        )


def _keys(told: Checked) -> Iterator[Trouble]:
    """The keys are for the owner's eyes only."""
    for name in ("secret.key", "vault.key"):
        path: Path = settings.DATA.path / name
        if path.exists() and path.stat().st_mode & 0o077:
            yield Trouble(
                "keys-open",
                N_("Others on this machine can read %(file)s."),
                N_("Run: chmod 600 %(file)s"),
                {"file": str(path)},
            )


def _accounts(told: Checked) -> Iterator[Trouble]:
    """What a page or a program was told of an import adds up."""
    done = [(f"upload {one.pk}", one.outcome.get("count", {})) for one in Upload.objects.filter(state=Upload.IMPORTED)]
    done += [(one.name, one.account) for one in Push.objects.filter(state=Push.DONE)]
    told.looked_at["accounts"] = len(done)
    for name, account in done:
        counts = {key: int(account.get(key, -1)) for key in ("read", "kept", "quarantined", "duplicate")}
        if does_not_add_up(**counts):
            yield Trouble(
                "account-told",
                N_("What was told of %(name)s does not add up: %(account)s."),
                N_("Undo that import and bring its files in again."),
                {"name": name, "account": ", ".join(f"{key} {n}" for key, n in counts.items())},
            )


def _files(told: Checked) -> Iterator[Trouble]:
    """Files on their way: each row has its file, each file its row."""
    waiting = UploadedFile.objects.filter(upload__ended_at=None, upload__inbox="").select_related("upload")
    pushed = Push.objects.filter(state=Push.WAITING)
    wanted = {file.path: file.name for file in waiting} | {push.path: push.name for push in pushed}
    told.looked_at["files_on_their_way"] = len(wanted)
    gone = [name for path, name in wanted.items() if not path.exists()]
    if gone:
        yield _files_trouble(
            "files-gone",
            N_("%(n)s files that wait to be brought in are gone: %(names)s."),
            N_("Throw these uploads away and send the files again."),
            gone,
        )
    before = (timezone.now() - SWEPT_AFTER).timestamp()
    known = set(wanted) | {push.path for push in Push.objects.exclude(state=Push.DONE)}
    orphans = [
        path.name
        for path in settings.DATA.uploads.iterdir()
        if path.is_file() and _OURS.fullmatch(path.name) and path not in known and path.stat().st_mtime < before
    ]
    if orphans:
        yield _files_trouble(
            "files-left", N_("%(n)s files lie in uploads that belong to nothing: %(names)s."), _NO_WORKER, orphans
        )


def _files_trouble(code: str, message: str, hint: str, names: list[str]) -> Trouble:
    return Trouble(code, message, hint, {"n": len(names), "names": ", ".join(sorted(names)[:MOST_NAMED])})


def _queue(told: Checked) -> Iterator[Trouble]:
    """Work that is due is begun, and work that is begun is kept up."""
    late = timezone.now() - LATE
    told.looked_at["jobs"] = Job.objects.count()
    stuck: tuple[tuple[str, str, Any], ...] = (
        ("work-waits", N_("%(n)s pieces of work have waited too long: %(names)s."),
         Q(state=Job.QUEUED, run_at__lt=late)),
        ("work-silent", N_("%(n)s pieces of work were begun and nobody goes on with them: %(names)s."),
         Q(state=Job.RUNNING, lease_until__lt=late) | Q(state=Job.RUNNING, lease_until=None)),
    )  # fmt: skip
    for code, message, which in stuck:
        kinds = [f"{job.kind} ({job.pk})" for job in Job.objects.filter(which)]
        if kinds:
            yield _files_trouble(code, message, _NO_WORKER, kinds)
