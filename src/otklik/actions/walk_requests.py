"""Walk through all requests of a view, piece by piece, in the order of their keys: for programs that want them all."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from otklik.actions.cut_log import Asked, Shelf
from otklik.schemas.requests import ListedRequest
from otklik.schemas.views import View

MOST: Final = 1_000
"""Requests of one piece."""
COLUMNS: Final = tuple(name for name in ListedRequest.model_fields if name != "subject")
_TEXTS: Final = tuple(name for name in COLUMNS if not name.endswith(("_s", "_at")))


@dataclass(frozen=True)
class Piece:
    """Some requests, and the key after which to go on; None = that was all."""

    rows: pa.Table
    after: tuple[str, str] | None


def walk_requests(
    shelf: Shelf,
    view: View,
    *,
    zone: str = "UTC",
    after: tuple[str, str] | None = None,
    most: int = MOST,
    teams: Collection[str] | None = None,
) -> Piece:
    """The next requests by (source, request), with their facts; `teams`: only theirs (None = all)."""
    from otklik.store.engine import open_engine

    asked = Asked.of(view, zone, shelf.as_of, shelf.kept.sql("waits"))
    values = dict(asked.values)
    conditions = [asked.text]
    if after is not None:
        values["after_source"], values["after_request"] = after
        conditions.append("(source, request) > ($after_source, $after_request)")
    if teams is not None:
        values["own_teams"] = list(teams)
        conditions.append("list_contains($own_teams, cast(team as varchar))")
    most = max(1, min(most, MOST))
    columns = ", ".join(f"cast({name} as varchar) as {name}" if name in _TEXTS else name for name in COLUMNS)
    with open_engine() as sql:
        rows = sql.execute(
            f"select {columns} from ({shelf.kept.sql('facts')}) where {' and '.join(conditions)} "
            f"order by source, request limit {most + 1}",
            values,
        ).to_arrow_table()
    more = rows.num_rows > most
    rows = _with_subjects(shelf, rows.slice(0, most))
    last = rows.slice(rows.num_rows - 1).to_pylist()[0] if more else {}
    return Piece(rows, (last["source"], last["request"]) if more else None)


def _with_subjects(shelf: Shelf, rows: pa.Table) -> pa.Table:
    from otklik.store import Keys

    told = shelf.snapshot.requests(Keys.of(rows)).to_pylist() if rows.num_rows else []
    subject = {(row["source"], row["request"]): row["subject"] for row in told}
    keys = zip(rows["source"].to_pylist(), rows["request"].to_pylist(), strict=True)
    subjects = pa.array([subject.get(key) for key in keys], pa.string())
    return rows.append_column("subject", subjects).select(list(ListedRequest.model_fields))
