"""The simulated company has what it promises, and is the same every time."""

from collections import Counter
from datetime import date

import pytest

from otklik.scenarios import Company, simulate_company
from otklik.scenarios.company import COLUMNS
from otklik.scenarios.habits import OUTAGE


@pytest.fixture(scope="module")
def company() -> Company:
    return simulate_company(4000, seed=5, still_open=40)


def column(company: Company, name: str) -> list[str]:
    return [row[COLUMNS.index(name)] for row in company.rows]


def test_the_same_seed_gives_the_same_company() -> None:
    assert simulate_company(300, seed=1, still_open=5).rows == simulate_company(300, seed=1, still_open=5).rows
    assert simulate_company(300, seed=1, still_open=5).rows != simulate_company(300, seed=2, still_open=5).rows


def test_it_has_as_many_requests_as_asked_for(company: Company) -> None:
    assert len(set(column(company, "request"))) == 4000
    assert Counter(column(company, "kind"))["created"] == 4000


def test_exactly_so_many_are_still_open(company: Company) -> None:
    state: dict[str, str] = {}
    for request, kind, status in zip(*(column(company, n) for n in ("request", "kind", "status")), strict=True):
        state[request] = kind if kind in ("cancelled", "deleted") else status or state.get(request, "")
    assert sum(last not in ("resolved", "closed", "cancelled", "deleted") for last in state.values()) == 40


def test_every_row_has_every_column(company: Company) -> None:
    assert {len(row) for row in company.rows} == {len(COLUMNS)}


def test_a_request_lives_in_order_and_ends_by_the_horizon(company: Company) -> None:
    last: dict[str, str] = {}
    for request, at in zip(column(company, "request"), column(company, "at"), strict=True):
        assert last.get(request, "") <= at
        last[request] = at
    assert max(last.values()) <= company.horizon.isoformat()


def test_five_channels_and_four_teams(company: Company) -> None:
    assert set(column(company, "channel")) == {"email", "chat", "messenger", "phone", "form"}
    assert set(column(company, "team")) == {"First line", "Orders", "Technical", "Returns"}


def test_the_outage_brings_more_requests_than_usual(company: Company) -> None:
    kinds, ats = column(company, "kind"), column(company, "at")
    days = Counter(date.fromisoformat(at[:10]) for kind, at in zip(kinds, ats, strict=True) if kind == "created")
    usual = 4000 / 365
    assert days[OUTAGE[0]] > 2 * usual


def test_it_is_written_as_a_log_and_its_calendars(company: Company, tmp_path) -> None:
    log, calendars = company.write(tmp_path)
    assert log.read_text("utf-8").splitlines()[0] == ",".join(COLUMNS)
    assert "simulated" in log.name and "[calendars.ural]" in calendars.read_text("utf-8")
