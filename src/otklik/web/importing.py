"""From files, or from a log somebody has read, into the log of the company: the one way in for pages and programs.

Whoever brings records in has a row of his own that says what he wants. He calls `bring_in` (or `bring_files`) with a
name that is the row's for ever, writes what came of it, and calls `came_in` in the same transaction. Killed anywhere
and begun again, it comes to the same: the log holds the records once, the trail tells of them once.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings

from otklik.actions.import_log import Records
from otklik.actions.import_once import BUSY, import_once
from otklik.actions.read_in_child import ChildLimits, read_in_child
from otklik.base.crash_points import crash_point
from otklik.base.errors import UserError
from otklik.base.progress import Progress, no_progress
from otklik.schemas.imports import ImportRecord
from otklik.schemas.log import ServiceLog
from otklik.web.accounts.audit import record
from otklik.web.announcing import announce
from otklik.web.jobs.models import Job
from otklik.web.jobs.registry import Later

MIB = 2**20
Result = TypeVar("Result")


def bring_in(name: str, read: Callable[[], ServiceLog], progress: Progress = no_progress) -> ImportRecord:
    """Import what `read` gives, once for ever under this name; raise Later where another process writes just now."""
    return unless_busy(lambda: import_once(settings.DATA.log, name, read, progress))


def bring_files(name: str, records: Records, progress: Progress = no_progress) -> ImportRecord:
    """Import files that strangers wrote: they are read in a child process with limits."""

    def read() -> ServiceLog:
        def mid(what: str, done: int, of: int | None) -> None:
            crash_point("import-mid")
            progress(what, done, of)

        return read_in_child(records, mid, child_limits())

    return bring_in(name, read, progress)


def unless_busy(change: Callable[[], Result]) -> Result:
    """Change the log; raise Later where another process writes just now."""
    try:
        return change()
    except UserError as error:
        if error.code == BUSY:
            raise Later(3.0) from error
        raise


def came_in(who: Any, about: str, found: ImportRecord, **facts: Any) -> None:
    """Write it into the trail, have the facts made fresh, tell the programs outside; in the caller's transaction."""
    account = account_of(found)
    sources = [one.source for one in found.sources]
    record(who, "records.imported", about, sources=sources, **account, **facts)
    announce("import.finished", source=", ".join(sources), **account)
    log_changed()


def account_of(found: ImportRecord) -> dict[str, Any]:
    """Read, kept, set aside, doubled; and the name of the import."""
    return {**found.count.model_dump(), "import_id": found.import_id}


def log_changed() -> None:
    """Have the facts made fresh; call it after every change of the log."""
    Job.add("refresh-facts", {}, key="refresh-facts")


def child_limits() -> ChildLimits:
    """What reading may take, as the installation says."""
    return ChildLimits(
        memory_bytes=settings.READING_MEMORY_MIB * MIB,
        cpu_s=settings.READING_CPU_S,
        workspace=settings.DATA.uploads / "unpacked",
    )
