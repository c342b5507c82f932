"""A look at a record before it is kept: what was detected, on its first rows, and what would not work."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from otklik.base.errors import UserError
from otklik.intake.finishing import Part, join_parts
from otklik.intake.inputs import gather
from otklik.intake.mapping import mapping_of
from otklik.intake.reading import free_name, lost_rows, read_claim, recognised, source_name
from otklik.intake.recognition import Claim, sort_out, unknown
from otklik.intake.source import Beginning, Input, Named, ReadOptions
from otklik.intake.sources.table.plan import MODES
from otklik.intake.sources.table.roles import known_roles
from otklik.schemas.log import ServiceLog
from otklik.schemas.previews import PREVIEW_ROWS, Preview, PreviewColumn, PreviewPart, Problem, SetAside

_SHOWN = ("request", "at", "kind", "by", "public", "actor", "channel", "status", "team", "assignee", "activity")


@dataclass(frozen=True)
class _Look:
    claim: Claim
    shown: tuple[PreviewPart, ...]
    part: Part | None
    is_whole: bool


def preview(
    paths: Sequence[str | Path | Named],
    options: ReadOptions | None = None,
    *,
    format: str | None = None,  # the word users say
) -> Preview:
    """Detect, map and read for a look only, as `look` does."""
    return look(paths, options, format=format)[0]


def look(
    paths: Sequence[str | Path | Named],
    options: ReadOptions | None = None,
    *,
    format: str | None = None,  # the word users say
) -> tuple[Preview, ServiceLog]:
    """Detect, map and read for a look only: long tables by their beginning, everything else whole.

    What cannot be read is told in `problems`, beside the rows it is about; raises UserError only where there is
    nothing to show (no such file, an empty one, a kind nobody knows). The log read for the look comes with it.
    """
    options = options or ReadOptions()
    with tempfile.TemporaryDirectory(prefix="otklik-") as folder:
        claims, unclaimed = sort_out(gather(paths, Path(folder)), format)
        lost: list[tuple[Input, UserError]] = [(item, unknown(item)) for item in unclaimed]
        if not claims:
            raise lost[0][1]
        names: set[str] = set()
        looks = [
            _look(claim, free_name(options.source or source_name(claim), names), options, Path(folder), lost)
            for claim in claims
        ]
    return _preview(looks, lost)


def _look(claim: Claim, name: str, options: ReadOptions, folder: Path, lost: list[tuple[Input, UserError]]) -> _Look:
    begin = getattr(claim.source, "begin", None)
    start = Beginning((), claim.inputs, True) if begin is None else begin(claim.inputs, options, folder)
    shorter = Claim(claim.source, start.inputs, claim.recognition)
    try:
        part = read_claim(shorter, name, options, lost, None)
    except UserError as error:
        lost.append((claim.inputs[0], error))
        part = None
    shown = start.parts or (() if part is None else (_first_events(claim, part),))
    return _Look(claim, shown, part, start.is_whole)


def _first_events(claim: Claim, part: Part) -> PreviewPart:
    return PreviewPart(
        reader=claim.source.name,
        is_table=False,
        files=part.facts.files,
        mode=part.facts.mode,
        columns=tuple(PreviewColumn(heading=name) for name in _SHOWN),
        rows=tuple(tuple(_told(row[name]) for name in _SHOWN) for row in _rows(part.events)),
    )


def _rows(table: pa.Table) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = table.slice(0, PREVIEW_ROWS).to_pylist()
    return rows


def _told(value: object) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _preview(looks: Sequence[_Look], lost: Sequence[tuple[Input, UserError]]) -> tuple[Preview, ServiceLog]:
    log = join_parts([look.part for look in looks if look.part], lost_rows(lost), recognised([l.claim for l in looks]))
    told = Preview(
        parts=tuple(shown for look in looks for shown in look.shown),
        guesses=log.guesses,
        problems=tuple(_problems(error for _, error in lost)),
        count=log.count,
        requests=log.requests.num_rows,
        events=log.events.num_rows,
        set_aside=tuple(SetAside(**row) for row in log.quarantine.slice(0, PREVIEW_ROWS).to_pylist()),
        is_whole=all(look.is_whole for look in looks),
        mapping=mapping_of(log.guesses),
        known_roles=known_roles(),
        known_modes=MODES,
    )
    return told, log


def _problems(errors: Iterable[UserError]) -> list[Problem]:
    """Each problem once: several files may share one."""
    problems: list[Problem] = []
    for error in errors:
        if (problem := Problem.of(error)) not in problems:
            problems.append(problem)
    return problems
