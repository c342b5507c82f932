"""What the dashboards show: the parts of the report about a view, as JSON or as tables in Arrow."""

from collections.abc import Callable
from typing import Annotated, Any, Final, Literal

import pyarrow as pa
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from otklik.actions.tabulate import TABLES, tabulate
from otklik.schemas.results import (
    Barriers,
    Explanation,
    MeasureResult,
    RecordQuality,
    Report,
    Result,
    Slice,
    TargetResult,
    Trend,
    Waiting,
    When,
    WhereTimeGoes,
)
from otklik.web.api.arrow import as_asked, told_as_arrow
from otklik.web.api.bearer import READ
from otklik.web.api.problems import Problem, documented
from otklik.web.api.viewing import How, looking_at, without_foreign

router = Router(tags=["figures"])
Part = Literal["measures", "targets", "waiting", "where", "when", "slices", "trend", "barriers", "longest", "quality"]
PROBLEMS: Final = documented(404, 406, 422)


class Speed(Result):
    """How fast: each measure with its curve, targets, and whether it is changing."""

    measures: dict[str, MeasureResult]
    targets: list[TargetResult]
    trend: Trend | None


class WhatOf(How):
    """Which requests, how to measure them, and which parts of the report."""

    parts: Annotated[list[Part], Field(max_length=10)] = ["measures", "targets"]


class Where(Result):
    """Where the time goes."""

    where: WhereTimeGoes | None
    barriers: Barriers | None
    longest: list[Explanation]


def _look(
    request: HttpRequest, how: How, table: str, parts: set[str], told: Callable[[Report], Any]
) -> Any:  # fmt: skip
    """Give one table as Arrow, or what `told` takes from the report as JSON."""
    looking = looking_at(request, how)

    def as_table() -> pa.Table:
        return tabulate(without_foreign(looking.report(TABLES[table].parts), request.user), table)

    return as_asked(request, as_table, lambda: told(without_foreign(looking.report(parts), request.user)))


def _offer(path: str, answer: Any, operation_id: str, summary: str) -> Callable[..., Any]:
    return router.get(
        path, auth=READ, response={200: answer, PROBLEMS: Problem}, operation_id=operation_id, summary=summary,
        openapi_extra=told_as_arrow("As JSON, or the table asked for by `table` as an Arrow stream."),
    )  # fmt: skip


@_offer("/report", Report, "report", "The whole report, or some of its parts")
def report(
    request: HttpRequest,
    how: Query[WhatOf],
    table: Literal[
        "measures", "shares", "curves", "counts", "targets", "weeks", "time", "arrivals", "wait_hours", "open_hours",
        "slices", "ages", "moves", "ways", "states", "signs",
    ] = "measures",
) -> Any:  # fmt: skip
    """Everything the pages show of a view, in one answer; the parts nobody asked for are empty."""
    return _look(request, how, table, set(how.parts), lambda found: found)


@_offer("/speed", Speed, "speed", "How fast")
def speed(
    request: HttpRequest,
    how: Query[How],
    table: Literal["measures", "shares", "curves", "counts", "targets", "weeks"] = "measures",
) -> Any:
    """First reply, every wait, resolution ...: curves with intervals, share within target, trend."""
    parts = {"measures", "targets", "trend"}
    return _look(request, how, table, parts, lambda r: Speed(measures=r.measures, targets=r.targets, trend=r.trend))


@_offer("/now", Waiting | None, "now", "Who waits now")
def now(request: HttpRequest, how: Query[How], table: Literal["ages"] = "ages") -> Any:
    """Who waits, the longest first; null where the records cannot tell."""
    return _look(request, how, table, {"waiting"}, lambda r: r.waiting)


@_offer("/where", Where, "where", "Where the time goes")
def where(request: HttpRequest, how: Query[How], table: Literal["time", "moves", "ways"] = "time") -> Any:
    """Whose turn it was, what the waiting consists of, the ways requests take."""
    parts = {"where", "barriers", "longest"}
    return _look(request, how, table, parts, lambda r: Where(where=r.where, barriers=r.barriers, longest=r.longest))


@_offer("/when", When | None, "when", "When")
def when(
    request: HttpRequest, how: Query[How], table: Literal["arrivals", "wait_hours", "open_hours"] = "arrivals"
) -> Any:
    """When requests come, how long those wait who come then, how many are open; null where the records cannot tell."""
    return _look(request, how, table, {"when"}, lambda r: r.when)


@_offer("/who", list[Slice], "who", "Who waits most")
def who(request: HttpRequest, how: Query[How], table: Literal["slices"] = "slices") -> Any:
    """Channels, teams and the rest, each against all the others."""
    return _look(request, how, table, {"slices"}, lambda r: r.slices)


@_offer("/quality", RecordQuality, "quality", "Quality of the record")
def quality(request: HttpRequest, how: Query[How], table: Literal["states", "signs"] = "states") -> Any:
    """What could not be measured, and what looks wrong."""
    return _look(request, how, table, {"quality"}, lambda r: r.quality)
