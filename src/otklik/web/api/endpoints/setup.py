"""By what is measured, and what the log is made of."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from otklik.actions.keep_log import describe_log
from otklik.actions.list_measures import list_measures
from otklik.schemas.imports import ImportRecord, LogInfo
from otklik.schemas.measures import MeasureTold
from otklik.schemas.results import Result
from otklik.schemas.targets import Target
from otklik.web.access import Right, may
from otklik.web.api.bearer import READ
from otklik.web.api.problems import TOLD, Problem, Refusal, documented
from otklik.web.calendars import current
from otklik.web.calendars.models import State
from otklik.web.words import language

router = Router(tags=["set-up"])


class Hours(Result):
    """One state of the working hours: calendars as TOML; the first is in force."""

    number: int
    at: datetime
    text: str


class SourceTold(Result):
    """One source of the log, and until when it is complete."""

    source: str
    mode: str
    horizon: datetime
    imports: int


class LogTold(Result):
    """The log in a few numbers, and its sources."""

    requests: int
    events: int
    first_event_at: datetime | None
    last_event_at: datetime | None
    quarantined: int
    sources: list[SourceTold]


class ImportTold(Result):
    """One import: read = kept + quarantined + duplicate."""

    import_id: int | None
    imported_at: datetime
    undone_at: datetime | None
    sources: list[str]
    read: int
    kept: int
    quarantined: int
    duplicate: int
    events_added: int
    requests_added: int


def _offer(path: str, answer: Any, operation_id: str, summary: str) -> Any:
    return router.get(
        path, auth=READ, response={200: answer, documented(422): Problem}, operation_id=operation_id, summary=summary
    )


@_offer("/measures", list[MeasureTold], "measures", "What can be measured")
def measures(request: HttpRequest) -> list[MeasureTold]:
    """Every measure, what it means, and which sources can tell it."""
    return list_measures(settings.DATA.log, language())


@_offer("/targets", list[Target], "targets", "What is promised today")
def targets(request: HttpRequest) -> list[Target]:
    """The targets in force."""
    return list(current.targets())


@_offer("/calendars", list[Hours], "calendars", "By which hours is measured")
def calendars(request: HttpRequest) -> list[Hours]:
    """The working hours in force, and every state before them."""
    found = State.objects.for_user(request.user).filter(kind=State.HOURS).order_by("-number")[:100]
    return [Hours(number=state.number, at=state.at, text=state.text) for state in found]


@_offer("/sources", LogTold, "sources", "What the log is made of")
def sources(request: HttpRequest) -> LogTold:
    """The sources, and until when each is complete."""
    info, _ = _log()
    if info is None:
        return LogTold(requests=0, events=0, first_event_at=None, last_event_at=None, quarantined=0, sources=[])
    told = [SourceTold(**one.model_dump()) for one in info.sources]
    return LogTold(**info.model_dump(include=set(LogTold.model_fields) - {"sources"}), sources=told)


@_offer("/imports", list[ImportTold], "imports", "What was brought in")
def imports(request: HttpRequest) -> list[ImportTold]:
    """The last thousand imports, newest first."""
    if not may(request.user, Right.BRING):
        raise Refusal(403, "not-allowed", TOLD[403])
    _, found = _log()
    return [_told(record) for record in reversed(found[-1_000:])]


def _log() -> tuple[LogInfo | None, tuple[ImportRecord, ...]]:
    return describe_log(settings.DATA.log) if settings.DATA.log.exists() else (None, ())


def _told(record: ImportRecord) -> ImportTold:
    return ImportTold(
        import_id=record.import_id, imported_at=record.imported_at, undone_at=record.undone_at,
        sources=[one.source for one in record.sources], **record.count.model_dump(),
        events_added=record.events_added, requests_added=record.requests_added,
    )  # fmt: skip
