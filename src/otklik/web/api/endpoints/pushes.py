"""Push: events come in, and what became of them."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from ninja import Header, Query, Router, Status
from pydantic import AwareDatetime

from otklik.actions.read_push import TELLS
from otklik.base.crash_points import crash_point
from otklik.base.text import N_
from otklik.schemas.results import Result
from otklik.web.accounts.models import ApiToken
from otklik.web.api.bearer import PUSH
from otklik.web.api.models.pushes import Push, new_number, path_of
from otklik.web.api.problems import TOLD, Problem, Refusal, documented
from otklik.web.api.receiving import Body, receive
from otklik.web.jobs.models import Job
from otklik.web.words import say

router = Router(tags=["push"])
FORMS: Final = {
    "application/x-ndjson": "ndjson", "application/ndjson": "ndjson", "application/jsonl": "ndjson", "text/csv": "csv",
}  # fmt: skip
ENCODINGS: Final = {"": False, "identity": False, "gzip": True}
SLUG: Final = r"^[a-z0-9][a-z0-9._-]{0,99}$"
KEY: Final = r"^[!-~]{1,255}$"
Tells = Literal[
    "messages", "first_reply", "resolution", "status", "assignee", "team", "steps", "acknowledgement"
]  # fmt: skip


class Received(Result):
    """The body is kept and will be imported; the same Idempotency-Key and body get the same answer again."""

    id: str
    source: str
    received_at: datetime
    status_url: str


class RowAside(Result):
    """A row that could not be taken."""

    row: int | None
    reason: str
    detail: str | None


class PushStatus(Result):
    """What became of a push: read = kept + quarantined + duplicate."""

    id: str
    source: str
    state: Literal["waiting", "done", "failed"]
    received_at: datetime
    ended_at: datetime | None
    read: int | None = None
    kept: int | None = None
    quarantined: int | None = None
    duplicate: int | None = None
    import_id: int | None = None
    """The import of the log, by whose number it can be undone; null where nothing was new."""
    set_aside: list[RowAside] = []
    """The first hundred rows that could not be taken."""
    error: Problem | None = None


_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "Rows of the service log: source, request, at, seq, kind, by, actor, team, assignee, public, "
        "channel, status, activity; beside them, or in rows of their own, what describes the request: customer, "
        "subject, category, priority, segment, language, opened_at, attributes. May be sent with "
        "Content-Encoding: gzip.",
        "content": {
            "application/x-ndjson": {"schema": {"type": "string"}},
            "text/csv": {"schema": {"type": "string"}},
        },
    }
}  # fmt: skip


@router.post(
    "/events",
    auth=PUSH,
    response={202: Received, documented(400, 409, 411, 413, 415, 422): Problem},
    openapi_extra=_BODY,
    operation_id="push_events",
    summary="Push events",
)
def push_events(
    request: HttpRequest,
    response: HttpResponse,
    source: Annotated[str | None, Query(pattern=SLUG, description="Which source of the log they belong to.")] = None,
    as_of: Annotated[AwareDatetime | None, Query(description="Until when the source is complete now.")] = None,
    tells: Annotated[list[Tells] | None, Query(description="What the feed can tell; everything unless said.")] = None,
    process: Annotated[bool, Query(description="A log of steps without messages of customers.")] = False,
    idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key", pattern=KEY)] = None,
) -> Any:
    """Take events as NDJSON or CSV. 202 = they are on the disk; the import follows, see `status_url`."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    push = Push(
        number=new_number(), token=token, sent_by=token.owner, key=idempotency_key, form=_form(request),
        zipped=_zipped(request), source=source or slugify(token.name)[:100] or "push",
        as_of=_in_range(as_of), tells=sorted(set(tells or TELLS)), is_process=process,
    )  # fmt: skip
    body = receive(request, push.path, zipped=push.zipped, most=settings.PUSH_BYTES)
    kept = keep(push, body)
    response["Location"] = _status_url(kept)
    told = Received(
        id=kept.number, source=kept.source, received_at=kept.received_at, status_url=_status_url(kept)
    )  # fmt: skip
    return Status(202, told)


def keep(push: Push, body: Body) -> Push:
    """Commit the row of a body that is on the disk; a repeated one gives the first, another one under its key 409."""
    push.size, push.body_hash = body.size, _fingerprint(push, body)
    try:
        with transaction.atomic():
            push.save(force_insert=True)
            Job.add("import-push", {"number": push.number})
            crash_point("push-before-commit")
    except IntegrityError:
        path_of(push.number).unlink(missing_ok=True)
        earlier = Push.objects.filter(token=push.token, key=push.key).first()
        if earlier is None:
            raise
        if earlier.body_hash != push.body_hash:
            raise Refusal(409, "key-used", TOLD[409]) from None
        return earlier
    crash_point("push-after-commit")
    return push


@router.get(
    "/pushes/{push_id}",
    auth=PUSH,
    response={200: PushStatus, documented(404, 422): Problem},
    operation_id="push_status",
    summary="What became of a push",
)
def push_status(request: HttpRequest, push_id: str) -> PushStatus:
    """Say how far a push is, and which of its rows could not be taken."""
    push = Push.objects.one_for(request.user, number=push_id)
    return PushStatus(
        id=push.number, source=push.source, state=push.state,  # type: ignore[arg-type]
         received_at=push.received_at, ended_at=push.ended_at,
        **push.account, set_aside=[RowAside(**row) for row in push.set_aside],
        error=Problem(error=push.error["code"], message=_words(push.error)) if push.error else None,
    )  # fmt: skip


def _words(error: dict[str, Any]) -> str:
    key = error.get("message") or N_("The import broke off by a mistake of ours; the body is kept. Push it again.")
    return say(key) % error.get("facts", {})


def _status_url(push: Push) -> str:
    path: str = reverse("api:push_status", kwargs={"push_id": push.number})
    return settings.BASE_URL + path


def _form(request: HttpRequest) -> str:
    kind = (request.content_type or "").lower()
    if kind not in FORMS:
        raise Refusal(415, "unknown-type", N_("Send application/x-ndjson or text/csv."))
    if (request.content_params or {}).get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise Refusal(415, "unknown-charset", N_("Send UTF-8."))
    return FORMS[kind]


def _zipped(request: HttpRequest) -> bool:
    encoding = request.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ENCODINGS:
        raise Refusal(415, "unknown-encoding", N_("Send the body as it is, or with Content-Encoding: gzip."))
    return ENCODINGS[encoding]


def _in_range(as_of: datetime | None) -> datetime | None:
    if as_of is None:
        return None
    try:
        at = as_of.astimezone(UTC)
    except OverflowError:
        at = datetime.max.replace(tzinfo=UTC)
    if not 1970 < at.year < 2100:
        raise Refusal(422, "invalid", N_("as_of is out of range."))
    return at


def _fingerprint(push: Push, body: Body) -> str:
    how = [push.source, push.form, push.zipped, push.as_of and push.as_of.isoformat(), push.tells, push.is_process]
    return hashlib.sha256(f"{body.sha256}{json.dumps(how)}".encode()).hexdigest()
