"""Read what strangers wrote in a process of its own: limited in memory and time, without network and secrets."""

import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from otklik.actions.import_log import Records, import_log, paths_of, read_options
from otklik.base.progress import Progress, no_progress
from otklik.schemas.events import EVENTS, QUARANTINE, REQUESTS, Can
from otklik.schemas.log import Guess, ImportCount, ServiceLog, SourceFacts
from otklik.schemas.previews import Look

if TYPE_CHECKING:
    from otklik.intake.sandbox import Tell

ROWS_AT_ONCE = 250_000
FIGURES_UP_TO = 200_000
"""Events that are measured for a look; more than these are measured when they are in the log."""
_SCHEMAS = {"events": EVENTS, "requests": REQUESTS, "quarantine": QUARANTINE}
_RECORD = "record"


@dataclass(frozen=True)
class ChildLimits:
    """What reading may take: memory beyond the start, processor seconds for any record and for each MiB of it."""

    memory_bytes: int = 4 * 2**30
    cpu_s: int = 600
    cpu_s_per_mib: int = 4
    workspace: Path | None = None
    """Where files may be unpacked; None = where the system keeps what is temporary."""


def read_in_child(records: Records, progress: Progress = no_progress, limits: ChildLimits | None = None) -> ServiceLog:
    """Do what `import_log` does; raise its UserError, or one that says the child was stopped."""
    tables: dict[str, list[pa.Table]] = {name: [schema.empty_table()] for name, schema in _SCHEMAS.items()}
    numbers: list[pa.Table] = []
    told: dict[str, Any] = {}
    for name, value in _run("read", records, progress, limits or ChildLimits()):
        if name == _RECORD:
            numbers.append(value)
        elif isinstance(value, pa.Table):
            tables[name].append(value)
        else:
            told[name] = value
    return ServiceLog(
        **{name: pa.concat_tables(parts) for name, parts in tables.items()},
        sources=tuple(_facts(one) for one in told["sources"]),
        count=ImportCount.model_validate(told["count"]),
        guesses=tuple(Guess.model_validate(one) for one in told["guesses"]),
        records=pa.concat_tables(numbers)[_RECORD] if numbers else None,
    )


def look_in_child(records: Records, progress: Progress = no_progress, limits: ChildLimits | None = None) -> Look:
    """Do what `preview_records` does, and measure what was seen of a record that is not too long."""
    found = dict(_run("look", records, progress, limits or ChildLimits()))
    return Look.model_validate(found["look"])


def _run(what: str, records: Records, progress: Progress, limits: ChildLimits) -> Iterator[tuple[str, Any]]:
    from otklik.intake.sandbox import Call, Limits, run_child

    size = sum(Path(name).stat().st_size for name in records.files if Path(name).is_file())
    caps = Limits(limits.memory_bytes, limits.cpu_s + limits.cpu_s_per_mib * (size >> 20))
    if limits.workspace is not None:
        limits.workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="reading-", dir=limits.workspace) as folder:
        call = Call(f"{__name__}:{what}_here", (records, folder))
        yield from run_child(call, ", ".join(records.names or records.files)[:200], caps, progress)


def read_here(tell: "Tell", records: Records, folder: str) -> None:
    """Read inside the child, and hand the log over piece by piece."""
    log = import_log(records, _settle(tell, folder))
    for name in _SCHEMAS:
        _tell_table(tell, name, getattr(log, name))
    if log.records is not None:
        _tell_table(tell, _RECORD, pa.table({_RECORD: log.records}))
    tell("sources", [asdict(one) | {"can": int(one.can), "horizon": one.horizon.isoformat()} for one in log.sources])
    tell("count", log.count.model_dump())
    tell("guesses", [guess.model_dump() for guess in log.guesses])


def look_here(tell: "Tell", records: Records, folder: str) -> None:
    """Look inside the child."""
    from otklik.intake.previewing import look

    preview, log = look(paths_of(records), read_options(records, _settle(tell, folder)), format=records.format)
    seen = Look(
        preview=preview,
        sources=tuple(one.source for one in log.sources),
        is_process=bool(log.sources) and all(one.is_process for one in log.sources),
        time_zone=next((one.time_zone for one in log.sources if one.time_zone), None),
        figures=_figures(log),
    )
    tell("look", seen.model_dump(mode="json"))


def _figures(log: ServiceLog) -> dict[str, Any]:
    """How fast it was, in a few measures; nothing where that would take long."""
    if not 0 < log.events.num_rows <= FIGURES_UP_TO:
        return {}
    from otklik.findings.evidence import Evidence
    from otklik.findings.speed import speed
    from otklik.measures import measure_log

    found = speed(Evidence(log, measure_log(log, None, engine="plain")))
    return {name: result for name, result in found.items() if name in Look.MEASURES}


def _settle(tell: "Tell", folder: str) -> Progress:
    tempfile.tempdir = folder
    return lambda what, done, of: tell("progress", [what, done, of])


def _tell_table(tell: "Tell", name: str, table: pa.Table) -> None:
    for start in range(0, table.num_rows, ROWS_AT_ONCE):
        tell(name, table.slice(start, ROWS_AT_ONCE).combine_chunks())


def _facts(told: dict[str, Any]) -> SourceFacts:
    own = {"can": Can(told["can"]), "horizon": datetime.fromisoformat(told["horizon"]), "files": tuple(told["files"])}
    return SourceFacts(**{**told, **own})
