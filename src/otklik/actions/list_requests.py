"""List the requests of a view, page by page: who waits, who waited longest, the newest."""

from collections.abc import Collection
from typing import Final, Literal

from otklik.actions.cut_log import Asked, Shelf
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.requests import ListedRequest, RequestPage
from otklik.schemas.views import View

Order = Literal["longest", "newest", "oldest", "resolution"]
ORDERS: Final = {
    "longest": ("longest_wait_s", "desc nulls last"),
    "newest": ("opened_at", "desc"),
    "oldest": ("opened_at", "asc"),
    "resolution": ("resolution_s", "desc nulls last"),
}
PAGE: Final = 50
DEEPEST: Final = 200
"""Further pages than this are not turned to: a filter finds sooner."""


class UnknownOrder(UserError):
    """Asked for an order nobody knows: facts `order`."""

    code = "unknown-order"
    message = N_("Requests cannot be listed by %(order)s.")


def list_requests(
    shelf: Shelf,
    view: View,
    *,
    zone: str = "UTC",
    order: str = "longest",
    page: int = 1,
    waiting: bool = False,
    teams: Collection[str] | None = None,
    size: int = PAGE,
) -> RequestPage:
    """One page of requests; `waiting`: only those that wait now; `teams`: only theirs (None = all)."""
    from otklik.store.engine import open_engine

    if order not in ORDERS:
        raise UnknownOrder(order=order)
    page = max(1, min(page, DEEPEST))
    asked = Asked.of(view, zone, shelf.as_of, shelf.kept.sql("waits"))
    values = dict(asked.values)
    conditions = [asked.text]
    if waiting:
        conditions.append("longest_wait_state = 'running'" if _tells(shelf) else "ended_at is null")
    if teams is not None:
        values["own_teams"] = list(teams)
        conditions.append("list_contains($own_teams, cast(team as varchar))")
    column, way = ORDERS[order]
    facts = shelf.kept.sql("facts")
    with open_engine() as sql:
        where = " and ".join(conditions)
        n = (sql.execute(f"select count(*) from ({facts}) where {where}", values).fetchone() or (0,))[0]
        rows = sql.execute(
            f"select {', '.join(_COLUMNS)} from ({facts}) where {where} "
            f"order by {column} {way}, source, request limit {size} offset {(page - 1) * size}",
            values,
        ).to_arrow_table()
    return RequestPage(n=n, page=page, pages=max(1, -(-n // size)), rows=_told(shelf, rows.to_pylist()))


_COLUMNS: Final = (
    "source", "request", "opened_at", "ended_at", "channel", "team", "assignee", "category", "priority", "segment",
    "first_reply_s", "first_reply_business_s", "cast(first_reply_state as varchar) as first_reply_state",
    "longest_wait_s", "longest_wait_business_s", "cast(longest_wait_state as varchar) as longest_wait_state",
    "resolution_s", "resolution_business_s", "cast(resolution_state as varchar) as resolution_state",
)  # fmt: skip


def _tells(shelf: Shelf) -> bool:
    """Whether any source tells who waits for an answer; else those that are open wait for their end."""
    return any(not one.is_process for one in shelf.snapshot.sources)


def _told(shelf: Shelf, rows: list[dict[str, object]]) -> list[ListedRequest]:
    import pyarrow as pa

    from otklik.store import Keys

    if not rows:
        return []
    names = pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in ("source", "request")})
    described = shelf.snapshot.requests(Keys.of(names)).to_pylist()
    subject = {(row["source"], row["request"]): row["subject"] for row in described}
    return [
        ListedRequest.model_validate({**row, "subject": subject.get((row["source"], row["request"]))}) for row in rows
    ]
