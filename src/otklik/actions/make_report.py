"""The main job: from records to the whole report as data."""

from dataclasses import dataclass

from otklik.actions.import_log import Records, import_log
from otklik.actions.measure_speed import Yardstick, measure_speed
from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_
from otklik.schemas.log import ServiceLog
from otklik.schemas.results import Report
from otklik.schemas.targets import Target

SIMULATED = "simulated"
"""How the name of a source begins that says of itself that it is made up."""


@dataclass(frozen=True)
class Questions:
    """What to ask of the log: by which columns to compare, which promises to check, in whose zone and language."""

    by: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    time_zone: str | None = None
    language: str = "en"


def make_report(
    records: Records, yardstick: Yardstick, questions: Questions, progress: Progress = no_progress
) -> tuple[Report, ServiceLog]:
    """Read, measure and find; the log comes back too, for the account of what was guessed."""
    log = import_log(records, progress)
    return report_on(log, yardstick, questions, progress), log


def report_on(log: ServiceLog, yardstick: Yardstick, questions: Questions, progress: Progress = no_progress) -> Report:
    """The report of a log that is already here."""
    from otklik.findings import build_report

    measured = measure_speed(log, yardstick, progress)
    progress(N_("Looking where customers wait"), 0, None)
    return build_report(
        log,
        measured,
        by=questions.by,
        targets=questions.targets,
        time_zone=questions.time_zone or _zone_of(log),
        language=questions.language,
        calendar_name=yardstick.calendar,
        simulated=any(source.source.startswith(SIMULATED) for source in log.sources),
    )


def _zone_of(log: ServiceLog) -> str:
    return next((source.time_zone for source in log.sources if source.time_zone), "UTC")
