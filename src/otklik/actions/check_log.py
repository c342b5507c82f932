"""Look whether a kept log is whole: every file, every account, events for every request, no time below zero."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from otklik.actions.measure_speed import Yardstick
from otklik.base.errors import UserError
from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_

if TYPE_CHECKING:
    from otklik.schemas.imports import ImportRecord
    from otklik.store import Keys, ServiceStore, Snapshot

MOST_NAMED: Final = 5


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong: `message` says what, `hint` what to try; both are catalogue keys filled from `facts`."""

    code: str
    message: str
    hint: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class Checked:
    """What was looked at, counted, and what is wrong; nothing wrong = all is well. `noticed` is odd but may be so."""

    wrong: list[Trouble] = field(default_factory=list)
    noticed: list[Trouble] = field(default_factory=list)
    looked_at: dict[str, int] = field(default_factory=dict)


def check_log(folder: Path, yardstick: Yardstick, progress: Progress = no_progress) -> Checked:
    """Look at the whole log and at the facts by these calendars; a folder without a log is well."""
    from otklik.store import ServiceStore

    store = ServiceStore(folder)
    checked = Checked()
    if not store.exists():
        return checked
    snapshot = store.snapshot()
    progress(N_("Looking at the files of the log"), 0, None)
    missing = list(_missing(snapshot))
    checked.looked_at["log_files"] = sum(1 for _ in _files(snapshot))
    if missing:  # nothing else can be read
        checked.wrong.append(_files_are_gone(missing))
        return checked
    checked.looked_at["imports"] = len(snapshot.imports)
    checked.wrong += _accounts(snapshot.imports)
    progress(N_("Looking at every request"), 0, None)
    described, silent = _without_events(snapshot)
    checked.looked_at["requests"] = described
    if len(silent):
        checked.noticed.append(_are_silent(silent))  # all their rows may have been set aside
    progress(N_("Looking at the facts"), 0, None)
    checked.wrong += _facts(store, yardstick)
    return checked


def does_not_add_up(read: int, kept: int, quarantined: int, duplicate: int) -> bool:
    """Say whether rows of an import have got lost on the way, or came from nowhere."""
    return read != kept + quarantined + duplicate or min(read, kept, quarantined, duplicate) < 0


def _files(snapshot: "Snapshot") -> Iterator[tuple[Path, int]]:
    from otklik.store.tables import SCHEMAS

    for table in SCHEMAS:
        for file in snapshot.whole.files(table):
            yield file.folder / file.name, file.size


def _missing(snapshot: "Snapshot") -> Iterator[Path]:
    """Files that are gone, or have another length than was written."""
    for path, size in _files(snapshot):
        if not path.is_file() or path.stat().st_size != size:
            yield path


def _files_are_gone(missing: list[Path]) -> Trouble:
    return Trouble(
        "log-files",
        N_("%(n)s files of the log are missing or cut short: %(names)s."),
        N_("Restore a backup into a new folder and import what came after it."),
        {"n": len(missing), "names": _named(str(path) for path in missing)},
    )


def _accounts(imports: Iterable["ImportRecord"]) -> Iterator[Trouble]:
    for record in imports:
        count = record.count
        if does_not_add_up(count.read, count.kept, count.quarantined, count.duplicate):
            yield Trouble(
                "account",
                N_("The account of import %(import)s does not add up: %(account)s."),
                N_("Undo that import and bring its files in again."),
                {"import": record.import_id, "account": _account(count.model_dump())},
            )


def _account(count: dict[str, int]) -> str:
    return ", ".join(f"{name} {n}" for name, n in count.items())


def _without_events(snapshot: "Snapshot") -> tuple[int, "Keys"]:
    """How many requests are described, and those of which nothing ever happened."""
    import pyarrow as pa

    from otklik.store import Keys

    described, silent = 0, []
    for bucket in snapshot.buckets:
        parts = [
            Keys.of(pa.Table.from_batches([b])) for b in snapshot.batches(bucket, columns=("source", "request", "at"))
        ]
        happened = Keys.joined(parts)
        told = Keys.of(snapshot.descriptions.read(["source", "request"], bucket=bucket))
        described += len(told)
        silent.append(told.where(~happened.has(told)))
    return described, Keys.joined(silent)


def _are_silent(silent: "Keys") -> Trouble:
    return Trouble(
        "no-events",
        N_("%(n)s requests have a description but no event: %(names)s."),
        N_("Their rows may have been set aside: look at the rows of their import that were not taken."),
        {"n": len(silent), "names": _named(silent.request[:MOST_NAMED].to_pylist())},
    )


def _facts(store: "ServiceStore", yardstick: Yardstick) -> Iterator[Trouble]:
    from otklik.actions.refresh_facts import facts_keep

    try:
        kept = facts_keep(store, yardstick.book()).newest()
        if kept is None:
            return
        for table, columns in (("facts", None), ("waits", ("wait_s", "wait_business_s"))):
            below = _below_zero(kept, table, columns)
            if below:
                yield Trouble(
                    "negative-time",
                    N_("Some lengths of time are below zero: %(names)s."),
                    N_("Delete the folder %(folder)s; the facts are measured again by themselves."),
                    {"names": _named(below), "folder": str(store.folder / "kept")},
                )
    except (UserError, OSError, ValueError) as error:
        yield Trouble(
            "facts-unreadable",
            N_("The facts cannot be read: %(reason)s."),
            N_("Delete the folder %(folder)s; the facts are measured again by themselves."),
            {"reason": str(error)[:200], "folder": str(store.folder / "kept")},
        )


def _below_zero(kept: Any, table: str, columns: tuple[str, ...] | None) -> list[str]:
    """Columns of seconds that hold something negative; one column after another, so that large logs fit."""
    import pyarrow.compute as pc

    names = columns or [name for name in kept.files(table).schema.names if name.endswith("_s")]
    found = []
    for name in names:
        low = pc.min(kept.read(table, ["source", "request", name], in_order=False)[name]).as_py()
        if low is not None and low < 0:
            found.append(name)
    return found


def _named(names: Iterable[str]) -> str:
    return ", ".join(list(names)[:MOST_NAMED])
