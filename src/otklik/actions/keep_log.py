"""Keep a log that grows in a folder: add records, look, hand out, take back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from otklik.actions.measure_speed import Yardstick
from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_
from otklik.schemas.imports import ImportRecord, LogInfo
from otklik.schemas.log import ServiceLog


def add_to_log(folder: Path, log: ServiceLog, progress: Progress = no_progress) -> ImportRecord:
    """Add what was read; what is there already changes nothing."""
    from otklik.store import ServiceStore

    progress(N_("Writing the log"), 0, None)
    return ServiceStore(folder).import_log(log)


def describe_log(folder: Path) -> tuple[LogInfo, tuple[ImportRecord, ...]]:
    """The log in a few numbers, and every import, oldest first."""
    from otklik.store import ServiceStore

    store = ServiceStore(folder)
    return store.info(), store.imports()


def export_log(folder: Path, path: Path, format_: str | None = None) -> list[Path]:
    """Write the log as Parquet, CSV, XLSX or XES; return the files written."""
    from otklik.store import ServiceStore

    return ServiceStore(folder).export(path, format_)


def undo_import(folder: Path, import_id: int) -> ImportRecord:
    """Make the log as if that import had never been."""
    from otklik.store import ServiceStore

    return ServiceStore(folder).undo(import_id)


def delete_source(folder: Path, source: str) -> None:
    """Take a source out of the log for good."""
    from otklik.store import ServiceStore

    ServiceStore(folder).delete_source(source)


def read_kept_log(folder: Path) -> ServiceLog:
    """The whole kept log in memory."""
    from otklik.store import ServiceStore

    return ServiceStore(folder).log()


def measure_kept_log(folder: Path, yardstick: Yardstick, progress: Progress = no_progress) -> int:
    """Bring the facts of the kept log up to its newest import; say how many requests were measured (-1 = all)."""
    from otklik.actions.refresh_facts import refresh_facts
    from otklik.store import ServiceStore

    return refresh_facts(ServiceStore(folder), yardstick, progress=progress).computed


@contextmanager
def log_held(folder: Path, wait_s: float = 60.0) -> Iterator[None]:
    """Keep everybody else from writing to the log meanwhile; readers go on."""
    from otklik.store.lock import writing

    with writing(folder, wait_s):
        yield
