"""Which measured numbers another calendar would move: medians and kept promises in working time, before and after."""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from otklik.actions.measure_speed import Yardstick
from otklik.base.progress import Progress, no_progress
from otklik.schemas.calendar_views import Moved
from otklik.schemas.targets import Target

if TYPE_CHECKING:
    from otklik.findings import Evidence
    from otklik.store import ServiceStore

MEASURES: Final = ("first_reply", "longest_wait", "resolution")
Figures = dict[tuple[str, str], tuple[int, float | None]]


@dataclass(frozen=True)
class SpeedComparison:
    """The figures, of how many requests, and from when to when these came."""

    moved: tuple[Moved, ...]
    requests: int
    first: date | None
    last: date | None


def compare_speed(
    folder: Path, before: Yardstick, after: Yardstick, targets: Sequence[Target] = (), progress: Progress = no_progress
) -> SpeedComparison:
    """Measure a kept log by two calendars; promises in calendar time do not move and are left out.

    The facts by the other calendar stay kept beside those by the first: where it comes into force they are ready.
    """
    from otklik.store import ServiceStore

    store = ServiceStore(folder)
    promises = [target for target in targets if target.clock == "business"]
    old = _figures(store, before, promises, progress)
    _hold(store, before)
    new = _figures(store, after, promises, progress)
    first, last = _range(store)
    moved = []
    for measure in MEASURES:
        for figure in ("median", "p90"):
            n, was, becomes = _pair(old, new, (measure, figure))
            if n:
                moved.append(Moved(measure=measure, figure=figure, n=n, before=was, after=becomes))
    for place, target in enumerate(promises):
        n, was, becomes = _pair(old, new, ("target", str(place)))
        moved.append(
            Moved(
                measure=target.measure, figure="target", n=n, before=was, after=becomes,
                within_s=target.within_s, share=target.share, only=target.only,
            )
        )  # fmt: skip
    return SpeedComparison(tuple(moved), max(old.requests, new.requests), first, last)


@dataclass(frozen=True)
class _Figures:
    values: Figures
    requests: int


def _pair(old: _Figures, new: _Figures, key: tuple[str, str]) -> tuple[int, float | None, float | None]:
    n_old, was = old.values.get(key, (0, None))
    n_new, becomes = new.values.get(key, (0, None))
    return max(n_old, n_new), was, becomes


def _figures(store: "ServiceStore", yardstick: Yardstick, targets: Sequence[Target], progress: Progress) -> _Figures:
    """What is said by one calendar; nothing where there is none."""
    if yardstick.calendar is None:
        return _Figures({}, 0)
    evidence = _evidence(store, yardstick, {*MEASURES, *(target.measure for target in targets)}, progress)
    found: Figures = {}
    for measure in MEASURES:
        durations = evidence.durations(measure, "business")
        for name, p in (("median", 0.5), ("p90", 0.9)):
            found[measure, name] = (durations.n, durations.quantile(p).value if durations.n else None)
    for place, target in enumerate(targets):
        found["target", str(place)] = _kept(evidence, target)
    return _Figures(found, evidence.n)


def _kept(evidence: "Evidence", target: Target) -> tuple[int, float | None]:
    from otklik.findings import UnknownColumn, UnknownMeasure
    from otklik.findings.targets import target_results

    try:
        result = target_results(evidence, [target])[0]
    except (UnknownColumn, UnknownMeasure):  # a promise for a channel that nobody has written by yet
        return 0, None
    return result.n, result.share


def _evidence(store: "ServiceStore", yardstick: Yardstick, measures: Collection[str], progress: Progress) -> "Evidence":
    """The facts by one calendar, brought up to the newest import; of them only what is asked for."""
    from otklik.actions.refresh_facts import TOLD_APART_BY, refresh_facts
    from otklik.findings import Evidence
    from otklik.measures import Measured, facts_schema, waits_schema
    from otklik.schemas.events import EVENTS, QUARANTINE, REQUESTS
    from otklik.schemas.log import ImportCount, ServiceLog

    kept = refresh_facts(store, yardstick, progress=progress).kept
    sources = store.snapshot().sources
    wanted = {"source", "request", "opened_at", "ended_at"}
    wanted |= {f"{measure}_{part}" for measure in measures for part in ("business_s", "state")}
    columns = [name for name in facts_schema().names if name in wanted]
    waits = kept.read("waits") if "waits" in measures else waits_schema().empty_table()
    horizon = {facts.source: facts.horizon for facts in sources}
    measured = Measured(kept.read("facts", [*columns, *TOLD_APART_BY]), waits, horizon, yardstick.book())
    empty = [schema.empty_table() for schema in (EVENTS, REQUESTS, QUARANTINE)]
    return Evidence(ServiceLog(empty[0], empty[1], sources, empty[2], ImportCount()), measured)


def _hold(store: "ServiceStore", yardstick: Yardstick) -> None:
    """Keep the facts in use: of all others the store keeps the youngest only."""
    from otklik.actions.refresh_facts import facts_keep

    folder = facts_keep(store, yardstick.book()).folder
    if folder.exists():
        os.utime(folder)


def _range(store: "ServiceStore") -> tuple[date | None, date | None]:
    info = store.info()
    begins, ends = info.first_event_at, info.last_event_at
    return (begins.date() if begins else None), (ends.date() if ends else None)
