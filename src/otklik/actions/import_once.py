"""Add records to the kept log once, however often the work is begun again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from otklik.base.crash_points import crash_point
from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_
from otklik.schemas.imports import ImportRecord
from otklik.schemas.log import ServiceLog, SourceFacts

MARK = "import:"
"""How the name of a piece of work begins where it stands among the files of its import."""
BUSY = "store-busy"
"""Code of the error that passes by itself: another process is writing."""


def import_once(
    folder: Path, name: str, read: Callable[[], ServiceLog], progress: Progress = no_progress, *, wait_s: float = 2.0
) -> ImportRecord:
    """Import what `read` gives, unless an import of that name stands in the log; return its account.

    `name` is the work's own for ever. Nothing is read again where the work broke off after the log was written.
    Raises StoreBusy where another process writes for longer than `wait_s`.
    """
    from otklik.store import ServiceStore

    before = import_named(folder, name)
    if before is not None:
        return before
    log = read()
    crash_point("import-before-commit")
    progress(N_("Writing the log"), 0, None)
    sources = tuple(_marked(one, name) for one in log.sources)
    record = ServiceStore(folder, wait_s=wait_s).import_log(replace(log, sources=sources))
    crash_point("import-after-commit")
    if record.import_id is None:  # nothing new: perhaps because a twin of this work was a little faster
        return import_named(folder, name) or record
    return record


def import_named(folder: Path, name: str) -> ImportRecord | None:
    """Find the import a piece of work made; None where it made none (or one that changed nothing)."""
    from otklik.store import ServiceStore

    store = ServiceStore(folder)
    if not store.exists():
        return None
    return next((one for one in store.imports() if any(MARK + name in source.files for source in one.sources)), None)


def files_of(record: ImportRecord) -> tuple[str, ...]:
    """The files of an import as their user knows them."""
    names = (name for source in record.sources for name in source.files if not name.startswith(MARK))
    return tuple(dict.fromkeys(names))


def _marked(facts: SourceFacts, name: str) -> SourceFacts:
    return replace(facts, files=(*facts.files, MARK + name))
