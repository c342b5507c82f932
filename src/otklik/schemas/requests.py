"""One request as pages show it: in a list, and told from its first event to its last."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from otklik.schemas.results import Explanation


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ListedRequest(_Told):
    """A request in a list; seconds in both clocks, states as in the facts."""

    source: str
    request: str
    subject: str | None
    opened_at: datetime
    ended_at: datetime | None
    channel: str | None
    team: str | None
    assignee: str | None
    category: str | None
    priority: str | None
    segment: str | None
    first_reply_s: float | None
    first_reply_business_s: float | None
    first_reply_state: str
    longest_wait_s: float | None
    longest_wait_business_s: float | None
    longest_wait_state: str
    resolution_s: float | None
    resolution_business_s: float | None
    resolution_state: str


class RequestPage(_Told):
    """A page of a list: `n` requests in all, on `pages` pages."""

    n: int
    page: int
    pages: int
    rows: list[ListedRequest]


class ToldEvent(_Told):
    """One event of a request."""

    at: datetime
    kind: str
    by: str
    actor: str | None
    team: str | None
    assignee: str | None
    public: bool
    channel: str | None
    status: str | None
    activity: str | None


class ToldRequest(_Told):
    """A request from its first event to its last, and every measure of it explained."""

    source: str
    request: str
    subject: str | None
    customer: str | None
    channel: str | None
    category: str | None
    priority: str | None
    segment: str | None
    team: str | None
    attributes: dict[str, str]
    events: list[ToldEvent]
    explanations: list[Explanation]
