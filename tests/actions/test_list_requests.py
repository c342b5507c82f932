"""Lists of requests, page by page."""

import pytest

from otklik.actions.cut_log import Shelf
from otklik.actions.list_requests import UnknownOrder, list_requests
from otklik.actions.measure_speed import Yardstick
from otklik.schemas.log import ServiceLog
from otklik.schemas.views import View


def test_pages_follow_each_other_without_gap_or_double(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, log, _ = kept
    first, second = (list_requests(shelf, View(), page=page, size=20) for page in (1, 2))
    waits = [row.longest_wait_s or 0 for row in (*first.rows, *second.rows)]
    assert waits == sorted(waits, reverse=True)
    assert len({row.request for row in (*first.rows, *second.rows)}) == 40
    assert (first.n, first.pages) == (log.requests.num_rows, -(-log.requests.num_rows // 20))


def test_who_waits_now_is_a_part_of_who_is_open(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, _, _ = kept
    waiting = list_requests(shelf, View(), waiting=True)
    assert waiting.n > 0
    assert all(row.longest_wait_state == "running" for row in waiting.rows)


def test_a_member_sees_the_requests_of_the_own_teams_only(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    shelf, _, _ = kept
    team = next(row.team for row in list_requests(shelf, View()).rows if row.team)
    own = list_requests(shelf, View(), teams=[team])
    assert 0 < own.n < list_requests(shelf, View()).n
    assert {row.team for row in own.rows} == {team}
    assert list_requests(shelf, View(), teams=[]).n == 0


def test_an_order_nobody_knows_is_refused(kept: tuple[Shelf, ServiceLog, Yardstick]) -> None:
    with pytest.raises(UnknownOrder):
        list_requests(kept[0], View(), order="request; drop table x")
