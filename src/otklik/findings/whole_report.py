"""The whole report as data, section by section in the order it is read."""

from collections.abc import Collection, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import numpy as np

from otklik.base.units import from_us
from otklik.findings.barriers import barriers
from otklik.findings.calendar_summary import calendar_summary
from otklik.findings.evidence import Evidence
from otklik.findings.longest import longest
from otklik.findings.quality import quality
from otklik.findings.speed import headline_measure, speed
from otklik.findings.targets import target_results
from otklik.findings.trend import trend
from otklik.findings.waiting import waiting
from otklik.findings.when import when
from otklik.findings.where_time_goes import where_time_goes
from otklik.findings.who_waits import who_waits
from otklik.measures import Measured
from otklik.schemas.events import NONE
from otklik.schemas.log import ImportCount, ServiceLog
from otklik.schemas.results import Clock, LogSummary, RecordQuality, Report, Settings
from otklik.schemas.targets import Target

PARTS: Final = (
    "measures", "targets", "waiting", "where", "when", "slices", "trend", "barriers", "longest", "quality",
)  # fmt: skip
"""What the report is made of."""
NEED_EVENTS: Final = frozenset({"where", "barriers", "longest", "quality"})
"""Those that look at events; the others are told by the facts alone."""
NOTHING_SAID: Final = RecordQuality(
    count=ImportCount(), quarantine={}, states={}, littles_law=None, signs=[], guesses=[], missing=[]
)


def build_report(
    log: ServiceLog,
    measured: Measured,
    *,
    by: Sequence[str] = (),
    targets: Sequence[Target] = (),
    time_zone: str = "UTC",
    language: str = "en",
    calendar_name: str | None = None,
    simulated: bool = False,
    measure: str = "",
    clock: Clock = "elapsed",
    parts: Collection[str] = PARTS,
    measures: Collection[str] | None = None,
    summary: LogSummary | None = None,
) -> Report:
    """Everything that can be told about how fast customers are served.

    Input     a service log, and what was measured on it; `by`: columns to compare by; targets; the company's zone;
              `measure`, `clock`: what to compare by, where somebody asked for it; `parts`: which
              of PARTS to find out, the others stay empty; `measures`: which of them to count, all without;
              `summary`: where the log here is only a part
    Output    schemas.results.Report: facts and codes, no sentences; what does not apply is None or empty
    Unit      seconds, shares 0..1
    Open end  running requests count in every figure, up to the horizon
    Errors    UnknownColumn, UnknownMeasure, UnknownTimeZone
    Source    docs/en/method/statistics.md
    """
    evidence = Evidence(log, measured, time_zone, measure, clock)
    asked = frozenset(parts)
    return Report(
        log=summary or _summary(evidence, simulated),
        settings=Settings(
            time_zone=time_zone,
            calendar=calendar_name,
            calendar_summary=calendar_summary(measured.book),
            as_of=evidence.as_of,
            by=list(by),
            language=language,
            version=_version(),
        ),
        headline=headline_measure(evidence),
        measures=speed(evidence, measures) if "measures" in asked else {},
        targets=target_results(evidence, targets) if "targets" in asked else [],
        waiting=waiting(evidence) if "waiting" in asked else None,
        where=where_time_goes(evidence) if "where" in asked else None,
        when=when(evidence) if "when" in asked else None,
        slices=who_waits(evidence, by) if "slices" in asked else [],
        trend=trend(evidence, targets) if "trend" in asked else None,
        barriers=barriers(evidence) if "barriers" in asked else None,
        longest=longest(evidence) if "longest" in asked else [],
        quality=quality(evidence) if "quality" in asked else NOTHING_SAID,
    )


def _summary(evidence: Evidence, simulated: bool) -> LogSummary:
    log, at_us = evidence.log, evidence.trail.told_at_us
    return LogSummary(
        requests=evidence.n,
        events=int(at_us.size),
        first_event_at=from_us(int(at_us.min())) if at_us.size else None,
        last_event_at=from_us(int(at_us.max())) if at_us.size else None,
        running=int(np.count_nonzero(evidence.ended_us == NONE)),
        duplicates=log.count.duplicate,
        quarantined=log.count.quarantined,
        read=log.count.read,
        kept=log.count.kept,
        horizon=evidence.as_of,
        sources=[source.source for source in log.sources],
        files=[name for source in log.sources for name in source.files],
        is_process=evidence.is_process,
        simulated=simulated,
    )


def _version() -> str:
    try:
        return version("otklik")
    except PackageNotFoundError:
        return "0"
