"""All requests of a view, piece by piece."""

from otklik.actions.cut_log import Shelf
from otklik.actions.list_requests import list_requests
from otklik.actions.measure_speed import Yardstick
from otklik.actions.walk_requests import MOST, walk_requests
from otklik.schemas.log import ServiceLog
from otklik.schemas.requests import ListedRequest
from otklik.schemas.views import View

Kept = tuple[Shelf, ServiceLog, Yardstick]


def test_pieces_follow_each_other_without_gap_or_double(kept: Kept) -> None:
    shelf, log, _ = kept
    found, after, pieces = [], None, 0
    while pieces == 0 or after is not None:
        piece = walk_requests(shelf, View(), after=after, most=37)
        found += [(row["source"], row["request"]) for row in piece.rows.to_pylist()]
        after, pieces = piece.after, pieces + 1
    assert found == sorted(zip(*(log.requests[name].to_pylist() for name in ("source", "request")), strict=True))
    assert pieces == -(-len(found) // 37)


def test_a_row_says_what_a_list_says(kept: Kept) -> None:
    shelf = kept[0]
    rows = {row["request"]: ListedRequest.model_validate(row) for row in walk_requests(shelf, View()).rows.to_pylist()}
    listed = [one for one in list_requests(shelf, View(), size=200).rows if one.request in rows]
    assert listed
    assert all(rows[one.request] == one for one in listed)


def test_filters_and_teams_hold(kept: Kept) -> None:
    shelf = kept[0]
    team = next(row.team for row in list_requests(shelf, View()).rows if row.team)
    chosen = walk_requests(shelf, View(team=(team,))).rows
    assert chosen.num_rows == list_requests(shelf, View(team=(team,))).n > 0
    assert walk_requests(shelf, View(), teams=[team]).rows.num_rows == list_requests(shelf, View(), teams=[team]).n
    assert walk_requests(shelf, View(), teams=[]).rows.num_rows == 0


def test_what_somebody_wrote_stays_a_value(kept: Kept) -> None:
    shelf = kept[0]
    nasty = "' or 1=1; drop table x --"
    assert walk_requests(shelf, View(channel=(nasty,))).rows.num_rows == 0
    assert walk_requests(shelf, View(), after=(nasty, nasty)).rows.num_rows >= 0


def test_nobody_gets_everything_at_once(kept: Kept) -> None:
    piece = walk_requests(kept[0], View(), most=10**9)
    assert piece.rows.num_rows <= MOST
