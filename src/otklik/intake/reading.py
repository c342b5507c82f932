"""Any record in, the service log out."""

import re
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from otklik.base.errors import FileError, UserError
from otklik.intake.building import LogBuilder
from otklik.intake.errors import EmptyRecord, NoEvents, NoEventsInTable, UnknownFormat
from otklik.intake.finishing import Part, finish, join_parts
from otklik.intake.inputs import gather
from otklik.intake.recognition import Claim, sort_out, unknown
from otklik.intake.sandbox import read_in_child
from otklik.intake.source import Input, Named, ReadOptions
from otklik.schemas.events import QUARANTINE
from otklik.schemas.log import Guess, ServiceLog, SourceFacts
from otklik.schemas.reasons import REASONS

_DATES_AND_NUMBERS = re.compile(r"(?<![^\W_])\d+(?![^\W_])|\(\d+\)|(?<=\d)t\d+(?![^\W_])", re.IGNORECASE)
_NOT_SLUG = re.compile(r"[^\w]+")


def read_log(
    paths: Sequence[str | Path | Named],
    options: ReadOptions | None = None,
    *,
    as_of: datetime | None = None,
    format: str | None = None,  # the word users say
) -> ServiceLog:
    """Read files, folders, archives or the pipe ('-') into one log: recognised, mapped, checked, accounted for.

    `as_of` sets the horizon; `format` names the reader instead of recognising it. A file that cannot be read is set
    aside when others can; raises its UserError when none can.
    """
    options = options or ReadOptions()
    with tempfile.TemporaryDirectory(prefix="otklik-") as folder:
        claims, unclaimed = sort_out(gather(paths, Path(folder)), format)
        lost: list[tuple[Input, UserError]] = [(item, unknown(item)) for item in unclaimed]
        parts: list[Part] = []
        names: set[str] = set()
        for claim in claims:
            source = free_name(options.source or source_name(claim), names)
            part = read_claim(claim, source, options, lost, as_of)
            if part is not None:
                parts.append(part)
    if not parts:
        raise next((error for _, error in lost if not isinstance(error, UnknownFormat)), lost[0][1])
    return join_parts(parts, lost_rows(lost), recognised(claims))


def read_claim(
    claim: Claim, source: str, options: ReadOptions, lost: list[tuple[Input, UserError]], as_of: datetime | None
) -> Part | None:
    """Read one reader's files; a file it cannot read goes to `lost` and the rest is read again without it."""
    inputs = claim.inputs
    while inputs:
        try:
            built, facts = _read(claim, source, inputs, options)
        except FileError as error:
            guilty = [item for item in inputs if item.name == error.facts.get("file")] or list(inputs)
            lost.extend((item, error) for item in guilty)
            inputs = tuple(item for item in inputs if item not in guilty)
            continue
        part = finish(built, facts, inputs, reader=claim.source.name, as_of=as_of)
        if part.events.num_rows:
            return part
        lost.extend((item, _no_events(part, inputs)) for item in inputs)
        break
    return None


def _read(claim: Claim, source: str, inputs: Sequence[Input], options: ReadOptions) -> tuple[LogBuilder, SourceFacts]:
    built = LogBuilder(source)
    if getattr(claim.source, "sandboxed", False):
        return built, read_in_child(claim.source, inputs, options, built)
    return built, claim.source.read(inputs, options, built)


def source_name(claim: Claim) -> str:
    """Name a source after its product; a mere format after its file, without the dates and numbers of an export."""
    if not getattr(claim.source, "named_by_file", False):
        return claim.source.name
    stem = Path(claim.inputs[0].name).name.split(".")[0]
    slug = _NOT_SLUG.sub("-", _DATES_AND_NUMBERS.sub(" ", stem).replace("_", " ").strip().lower())
    return slug.strip("-") or claim.source.name


def free_name(name: str, taken: set[str]) -> str:
    """Number a source whose name another one has, and note it as taken."""
    number = 1
    free = name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


def _no_events(part: Part, inputs: Sequence[Input]) -> FileError:
    files = ", ".join(item.name for item in inputs)
    if not part.quarantine.num_rows:
        return EmptyRecord(file=files)
    reasons = part.quarantine["reason"].value_counts().to_pylist()
    most = max(reasons, key=lambda row: row["counts"])["values"]
    kind = NoEventsInTable if part.facts.reader == "table" else NoEvents
    return kind(file=files, quarantined=part.count.quarantined, reason=REASONS.get(most, most))


def lost_rows(lost: Sequence[tuple[Input, UserError]]) -> pa.Table:
    """Files that could not be read, as rows of the quarantine."""
    rows = [{"file": item.name, "row": None, "reason": error.code, "detail": str(error)} for item, error in lost]
    return pa.Table.from_pylist(rows, schema=QUARANTINE)


def recognised(claims: Sequence[Claim]) -> list[Guess]:
    """Say whose record each was taken for, and why."""
    return [
        Guess(
            what="format",
            value=claim.source.name,
            reason=claim.recognition.reason,
            facts={**claim.recognition.facts, "file": claim.inputs[0].name, "files": str(len(claim.inputs))},
        )
        for claim in claims
        if claim.recognition is not None
    ]
