"""What programs may write of goals: a cycle as a draft, and what was said at a check-in."""

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from ninja import Path, Router
from pydantic import Field

from otklik.actions.read_goals import check_goals
from otklik.schemas import goals as told
from otklik.schemas.results import Result
from otklik.web.access import Right, may
from otklik.web.accounts.audit import record
from otklik.web.goals import rights
from otklik.web.goals.changing import hold
from otklik.web.goals.converting import add_cycle
from otklik.web.goals.models import ACTIVE, CLOSING, CheckIn, KeyResult
from otklik.web.goals.numbers import MOST
from otklik.web.goals.problems import TypedByNobody, WrongTime
from otklik.web.moments import now, today

Row = Annotated[int, Path(ge=1, le=2**31 - 1)]
Words = Annotated[str, Field(max_length=4_000)]


class CycleMade(Result):
    """The draft that was made."""

    id: int
    title: str


class CheckInSent(Result):
    """What is said of a key result today: how sure (0..1), what happened, what is in the way, what is decided.

    A value is for key results whose number people type.
    """

    value: Annotated[float, Field(allow_inf_nan=False, ge=-MOST, le=MOST)] | None = None
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    note: Words = ""
    obstacle: Words = ""
    decision: Words = ""


class CheckInKept(Result):
    """What stands now; `added` is false where the same was said already today."""

    id: int
    day: date
    added: bool


def add_writing(router: Router, push: Any, problem: Any, documented: Any) -> None:
    """Add to the interface of goals what writes: `push` checks who calls."""
    bad = {documented(400, 404, 422): problem}

    @router.post("/cycles", auth=push, response={200: CycleMade, documented(400, 422): problem},
                 operation_id="push_goal_cycle", summary="Bring a cycle in as a draft")  # fmt: skip
    def push_goal_cycle(request: HttpRequest, sent: told.Cycle) -> Any:
        """Keep a cycle that a file would hold as well (`/cycles/{id}/file`); it is a draft whatever stage it tells."""
        if not may(request.user, Right.GOALS):
            raise PermissionDenied
        made = add_cycle(check_goals(sent, "JSON"), request.user)
        record(request, "cycle.made", made)
        return CycleMade(id=made.pk, title=made.title)

    @router.post("/key-results/{key_result_id}/check-ins", auth=push, response={200: CheckInKept, **bad},
                 operation_id="push_goal_check_in", summary="Say how a key result stands")  # fmt: skip
    def push_goal_check_in(request: HttpRequest, key_result_id: Row, sent: CheckInSent) -> Any:
        """Write down what is said today; the same said twice is kept once."""
        return check_in(request.user, key_result_id, sent)


def check_in(person: Any, key_result_id: int, sent: CheckInSent) -> CheckInKept:
    """Keep what a person says of a key result; raises Http404, PermissionDenied, WrongTime and TypedByNobody."""
    with transaction.atomic():
        rows = KeyResult.objects.select_related("objective__cycle")
        row = rows.one_for(person, pk=key_result_id)
        cycle = hold(row.objective.cycle)
        if not rights.may_say(person, row):
            raise PermissionDenied
        if cycle.stage not in (ACTIVE, CLOSING) or row.stopped_on is not None:
            raise WrongTime(cycle=cycle.title)
        if sent.value is not None and not (row.read_source().how == "manual" and row.direction != "milestone"):
            raise TypedByNobody(goal=row.title)
        facts = sent.model_dump() | {"by": person, "day": today()}
        last = CheckIn.objects.filter(key_result=row, by=person, day=facts["day"]).order_by("-id").first()
        if last is not None and all(getattr(last, name) == value for name, value in facts.items()):
            return CheckInKept(id=last.pk, day=last.day, added=False)
        made = CheckIn(key_result=row, at=now(), **facts)
        made.save()
        return CheckInKept(id=made.pk, day=made.day, added=True)
