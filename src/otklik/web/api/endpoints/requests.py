"""Single requests: all of a view by key, and one with every number explained."""

import base64
import binascii
import json
from typing import Annotated, Any

import pyarrow as pa
from django.http import HttpRequest
from ninja import Query, Router

from otklik.actions.tell_request import tell_request
from otklik.actions.walk_requests import MOST, walk_requests
from otklik.base.text import N_
from otklik.schemas.requests import ListedRequest, ToldRequest
from otklik.schemas.results import Result
from otklik.web.access import Right, may
from otklik.web.accounts.asking import person_in
from otklik.web.api.arrow import as_asked, told_as_arrow
from otklik.web.api.bearer import READ
from otklik.web.api.problems import Problem, Refusal, documented
from otklik.web.api.viewing import Where, looking_at, own_team_or_404

router = Router(tags=["requests"])
Cursor = Annotated[str, Query(max_length=2_000, description="Where to go on: `next` of the answer before.")]


class RequestsPiece(Result):
    """Some requests in the order of their keys; `next` leads to the following ones, null = that was all."""

    rows: list[ListedRequest]
    next: str | None


@router.get(
    "/requests",
    auth=READ,
    response={200: RequestsPiece, documented(404, 406, 422): Problem},
    operation_id="requests",
    summary="All requests of a view",
    openapi_extra=told_as_arrow("As JSON, or the rows as an Arrow stream; then `next` is the header Otklik-Next."),
)
def requests(
    request: HttpRequest,
    where: Query[Where],
    after: Cursor = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> Any:
    """Each request with its facts; of members, those of their teams."""
    _may_see(request.user)
    looking = looking_at(request, where)
    piece = walk_requests(
        looking.shelf,
        looking.view,
        zone=looking.zone,
        after=_key(after),
        most=limit,
        teams=person_in(request).sees_teams(),
    )
    rows = piece.rows
    if not may(request.user, Right.SEE_PEOPLE):
        nobody = pa.nulls(rows.num_rows, pa.string())
        rows = rows.set_column(rows.column_names.index("assignee"), "assignee", nobody)
    following = _cursor(piece.after) if piece.after else None
    answer = as_asked(
        request, lambda: rows,
        lambda: RequestsPiece(rows=[ListedRequest.model_validate(row) for row in rows.to_pylist()], next=following),
    )  # fmt: skip
    if following and not isinstance(answer, RequestsPiece):
        answer["Otklik-Next"] = following
    return answer


@router.get(
    "/requests/{source}/{path:number}",
    auth=READ,
    response={200: ToldRequest, documented(404, 422): Problem},
    operation_id="one_request",
    summary="One request, every number explained",
)
def one_request(request: HttpRequest, source: str, number: str) -> ToldRequest:
    """What happened to it, and the intervals behind each of its numbers."""
    _may_see(request.user)
    looking = looking_at(request, Where.model_validate({}))
    if "\0" in source + number:
        raise Refusal(404, "not-found", N_("There is no request %(request)s in this log."), request="?")
    told = tell_request(looking.shelf, source, number)
    own_team_or_404(told.team, request.user)
    if may(request.user, Right.SEE_PEOPLE):
        return told
    events = [event.model_copy(update={"actor": None, "assignee": None}) for event in told.events]
    return told.model_copy(update={"customer": None, "events": events})


def _may_see(user: Any) -> None:
    if not may(user, Right.SEE_REQUESTS):
        raise Refusal(403, "not-allowed", N_("The person behind this token may not see single requests."))


def _cursor(key: tuple[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(key, ensure_ascii=False).encode()).decode("ascii")


def _key(cursor: str) -> tuple[str, str] | None:
    if not cursor:
        return None
    try:
        source, request = json.loads(base64.b64decode(cursor.encode("ascii"), b"-_", validate=True))
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise Refusal(422, "invalid", N_("after is none of our cursors.")) from error
    if not isinstance(source, str) or not isinstance(request, str) or "\0" in source + request:
        raise Refusal(422, "invalid", N_("after is none of our cursors."))
    return source, request
