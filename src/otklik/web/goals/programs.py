"""What programs may ask about goals and send for them; how they prove themselves is said by whoever mounts it."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Final

from django.db import transaction
from django.http import Http404, HttpRequest
from ninja import Path, Query, Router
from pydantic import AfterValidator, AwareDatetime, Field

from otklik.schemas import goals as told
from otklik.schemas.goal_results import CycleNow
from otklik.schemas.results import Result
from otklik.web.goals.as_of import cycle_now
from otklik.web.goals.converting import cycle_told
from otklik.web.goals.models import Cycle, SeriesValue
from otklik.web.goals.numbers import MOST
from otklik.web.goals.programs_writing import Row, add_writing
from otklik.web.moments import now

MOST_VALUES: Final = 1_000
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
Number = Annotated[float, Field(allow_inf_nan=False)]
Showable = Annotated[float, Field(allow_inf_nan=False, ge=-MOST, le=MOST)]
"""What a page can show."""
Series = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9._-]{0,79}$", description="As the key result names it.")]
Most = Annotated[int, Query(ge=1, le=MOST_VALUES)]


def _in_range(at: datetime) -> datetime:
    if not _FIRST <= at < _LAST:
        raise ValueError("between 1970 and 2100")
    return at


class CycleListed(Result):
    """One cycle of the list."""

    id: int
    title: str
    start: date
    end: date
    stage: told.Stage


class SeriesPoint(Result):
    """One number of a series: when it was so, the ends of its interval, and of how many it speaks, where known."""

    at: Annotated[AwareDatetime, AfterValidator(_in_range)]
    value: Number
    low: Number | None = None
    high: Number | None = None
    n: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None


class SeriesPointSent(SeriesPoint):
    """One number for a series."""

    value: Showable
    low: Showable | None = None
    high: Showable | None = None


class SeriesSent(Result):
    """Numbers for a series; one sent again for the same moment corrects the first."""

    values: Annotated[list[SeriesPointSent], Field(min_length=1, max_length=MOST_VALUES)]


class SeriesKept(Result):
    """What was kept: numbers for new moments, and numbers that were corrected."""

    series: str
    added: int
    corrected: int


def make_router(read: Any, push: Any, problem: Any, documented: Any) -> Router:
    """Everything about goals: `read` and `push` check who calls, `problem` is what `documented` statuses answer."""
    router = Router(tags=["goals"])
    looks: dict[str, Any] = {"auth": read}
    bad = {documented(404, 422): problem}

    @router.get("/cycles", response={200: list[CycleListed], documented(422): problem}, operation_id="goal_cycles",
                summary="Which cycles of goals there are", **looks)  # fmt: skip
    def goal_cycles(request: HttpRequest) -> Any:
        """Every cycle, the newest first."""
        rows = Cycle.objects.for_user(request.user)[:MOST_VALUES]
        return [CycleListed.model_validate(row) for row in rows.values("id", "title", "start", "end", "stage")]

    @router.get("/cycles/{cycle_id}", response={200: CycleNow, **bad}, operation_id="goal_cycle",
                summary="How the goals of a cycle stand", **looks)  # fmt: skip
    def goal_cycle(request: HttpRequest, cycle_id: Row) -> Any:
        """Goals of company and teams with numbers and grades, as of today; nobody's name stands beside a grade."""
        return cycle_now(_cycle(request, cycle_id), request.user)

    @router.get("/cycles/{cycle_id}/file", response={200: told.Cycle, **bad}, operation_id="goal_file",
                summary="The goals of a cycle as a file", **looks)  # fmt: skip
    def goal_file(request: HttpRequest, cycle_id: Row) -> Any:
        """What `otklik` reads and writes as JSON: goals, key results, people who answer; no grades."""
        return cycle_told(_cycle(request, cycle_id))

    @router.get("/series/{name}", response={200: list[SeriesPoint], documented(422): problem},
                operation_id="goal_series", summary="Numbers of a series", **looks)  # fmt: skip
    def goal_series(
        request: HttpRequest, name: Series, limit: Annotated[int, Query(ge=1, le=MOST_VALUES)] = 100
    ) -> Any:
        """The newest numbers that were sent, oldest first; empty where nobody sent any."""
        rows = SeriesValue.objects.for_user(request.user).filter(series=name).order_by("-at")[:limit]
        return [SeriesPoint(at=one.at, value=one.value, low=one.low, high=one.high, n=one.n) for one in reversed(rows)]

    @router.post("/series/{name}", auth=push, response={200: SeriesKept, documented(400, 422): problem},
                 operation_id="push_goal_series", summary="Send numbers of a series")  # fmt: skip
    def push_goal_series(request: HttpRequest, name: Series, sent: SeriesSent) -> Any:
        """Keep numbers that key results and health numbers of that series are graded by."""
        return keep(name, sent, request.user)

    add_writing(router, push, problem, documented)
    return router


def keep(name: str, sent: SeriesSent, by: Any) -> SeriesKept:
    """Write the numbers down, all or none."""
    added = 0
    with transaction.atomic():
        for point in sent.values:
            facts = point.model_dump(exclude={"at"}) | {"sent_by": by, "received_at": now()}
            _, new = SeriesValue.objects.update_or_create(series=name, at=point.at, defaults=facts)
            added += new
    return SeriesKept(series=name, added=added, corrected=len(sent.values) - added)


def _cycle(request: HttpRequest, cycle_id: int) -> Cycle:
    found = Cycle.objects.for_user(request.user).filter(pk=cycle_id).first()
    if found is None:
        raise Http404
    return found
