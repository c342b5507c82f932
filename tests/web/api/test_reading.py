"""Everything the screens show can be had as JSON or Arrow, and no token tells more than its person may see."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from django.test import Client

from otklik.actions.list_requests import list_requests
from otklik.schemas.results import Report
from otklik.schemas.views import View
from otklik.store import ServiceStore
from otklik.web.access import Role
from otklik.web.accounts.models import Scope, User
from otklik.web.api.arrow import ARROW
from otklik.web.api.endpoints.figures import Speed
from otklik.web.calendars.models import State
from otklik.web.jobs.models import Job
from otklik.web.looking import Looking

pytestmark = pytest.mark.django_db


def table(answer: Any) -> pa.Table:
    assert answer["Content-Type"] == ARROW
    return pa.ipc.open_stream(answer.content).read_all()


@pytest.mark.usefixtures("measured")
def test_figures_are_those_of_the_screen(program: Callable[..., Client]) -> None:
    client = program(Scope.READ)
    shown = Looking.of(View()).report({"measures", "targets", "trend"})
    answer = client.get("/api/v1/speed")
    assert answer.status_code == 200
    assert Speed.model_validate(answer.json()).measures == shown.measures
    got = Report.model_validate(client.get("/api/v1/report?parts=measures&parts=when").json())
    assert (got.measures, got.when is not None, got.where) == (shown.measures, True, None)
    assert client.get("/api/v1/now").json()["n"] > 0
    assert client.get("/api/v1/where").json()["where"]["turns"]
    assert client.get("/api/v1/when").json()["arrivals"]["n"]
    assert client.get("/api/v1/who").json()
    assert client.get("/api/v1/quality").json()["count"]["read"] > 0


@pytest.mark.usefixtures("measured")
def test_filters_are_those_of_the_screen(program: Callable[..., Client]) -> None:
    client = program(Scope.READ)
    channel = client.get("/api/v1/requests?limit=1").json()["rows"][0]["channel"]
    shown = Looking.of(View(channel=(channel,), cohort="resolved")).report({"measures"})
    told = client.get("/api/v1/report", {"parts": "measures", "channel": channel, "cohort": "resolved"}).json()
    assert told["measures"]["resolution"]["elapsed"]["n"] == shown.measures["resolution"].elapsed.n > 0  # type: ignore[union-attr]
    assert client.get("/api/v1/report?channel=%27%20or%201=1").json()["log"]["requests"] == 0


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(
    ("address", "column"),
    [
        ("/api/v1/speed", "median_s"), ("/api/v1/speed?table=curves", "at_s"), ("/api/v1/now", "from_s"),
        ("/api/v1/where", "total_s"), ("/api/v1/when", "weekday"), ("/api/v1/who", "verdict"),
        ("/api/v1/quality", "state"), ("/api/v1/report?table=weeks", "start"), ("/api/v1/requests", "request"),
    ],
)  # fmt: skip
def test_tables_come_as_arrow(program: Callable[..., Client], address: str, column: str) -> None:
    answer = program(Scope.READ).get(address, headers={"accept": ARROW})
    assert answer.status_code == 200
    found = table(answer)
    assert found.num_rows > 0
    assert column in found.column_names
    assert "Accept" in answer["Vary"]


@pytest.mark.usefixtures("measured")
def test_other_forms_are_refused(program: Callable[..., Client]) -> None:
    answer = program(Scope.READ).get("/api/v1/speed", headers={"accept": "text/html"})
    assert (answer.status_code, answer.json()["error"]) == (406, "unknown-form")


@pytest.mark.parametrize("accept", ["application/json", ARROW])
def test_all_requests_can_be_walked_through(
    measured: ServiceStore, program: Callable[..., Client], accept: str
) -> None:
    client = program(Scope.READ)
    found: list[tuple[str, str]] = []
    after: str | None = ""
    while after is not None:
        answer = client.get("/api/v1/requests", {"after": after, "limit": 150}, headers={"accept": accept})
        if accept == ARROW:
            found += [(row["source"], row["request"]) for row in table(answer).to_pylist()]
            after = answer.get("Otklik-Next")
        else:
            found += [(row["source"], row["request"]) for row in answer.json()["rows"]]
            after = answer.json()["next"]
    log = measured.log().requests
    assert found == sorted(zip(log["source"].to_pylist(), log["request"].to_pylist(), strict=True))


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize("after", ["x", "é", "W10=", "WzEsMl0=", "WyJhIl0=", "=" * 50, "A" * 2_001])
def test_a_cursor_of_others_is_refused(program: Callable[..., Client], after: str) -> None:
    assert program(Scope.READ).get("/api/v1/requests", {"after": after}).status_code == 422


@pytest.mark.usefixtures("measured")
def test_one_request_is_told_with_every_number_explained(program: Callable[..., Client]) -> None:
    client = program(Scope.READ)
    row = client.get("/api/v1/requests?limit=1").json()["rows"][0]
    told = client.get(f"/api/v1/requests/{row['source']}/{row['request']}").json()
    explained = {one["measure"]: one for one in told["explanations"]}
    assert explained["resolution"]["value_s"] == row["resolution_s"]
    assert all("seconds" in piece for piece in explained["waits"]["intervals"])
    for nowhere in (f"/api/v1/requests/{row['source']}/nothing", "/api/v1/requests/x/y/z", "/api/v1/requests/%00/%00"):
        assert client.get(nowhere).status_code == 404


@pytest.mark.usefixtures("measured")
def test_the_set_up_is_told(program: Callable[..., Client]) -> None:
    client = program(Scope.READ)
    State.put_in_force(State.HOURS, "", User.objects.first(), after=0)
    assert any(one["id"] == "first_reply" and one["available_in"] for one in client.get("/api/v1/measures").json())
    log = client.get("/api/v1/sources").json()
    assert (log["requests"], len(log["sources"])) == (402, 2)
    account = client.get("/api/v1/imports").json()[0]
    assert account["read"] == account["kept"] + account["quarantined"] + account["duplicate"]
    assert client.get("/api/v1/targets").json() == []
    assert client.get("/api/v1/calendars").status_code == 200


# who may see what


@pytest.mark.usefixtures("measured")
def test_a_viewer_sees_figures_and_no_single_request(program: Callable[..., Client]) -> None:
    client = program(Scope.READ, role=Role.VIEWER)
    waiting = client.get("/api/v1/now").json()
    assert (waiting["n"] > 0, waiting["longest"]) == (True, [])
    told = client.get("/api/v1/report?parts=longest&parts=quality&parts=waiting").json()
    assert told["longest"] == told["waiting"]["longest"] == []
    assert all(sign["examples"] == [] for sign in told["quality"]["signs"])
    assert client.get("/api/v1/where").json()["longest"] == []
    for address in ("/api/v1/requests", "/api/v1/requests/a/b", "/api/v1/imports"):
        assert client.get(address).status_code == 403


@pytest.mark.usefixtures("measured")
def test_a_member_sees_the_requests_of_the_own_teams_and_no_people(
    program: Callable[..., Client], person: Callable[..., User]
) -> None:
    rows = program(Scope.READ).get("/api/v1/requests?limit=1000").json()["rows"]
    team = next(row["team"] for row in rows if row["team"])
    own, foreign = ([row for row in rows if (row["team"] == team) is is_own] for is_own in (True, False))
    person(Role.MEMBER, team)
    client = program(Scope.READ, role=Role.MEMBER)
    seen = client.get("/api/v1/requests?limit=1000").json()["rows"]
    assert [row["request"] for row in seen] == [row["request"] for row in own]
    assert {row["assignee"] for row in seen} == {None}
    told = client.get(f"/api/v1/requests/{own[0]['source']}/{own[0]['request']}").json()
    assert {(event["actor"], event["assignee"]) for event in told["events"]} == {(None, None)}
    assert told["customer"] is None
    assert client.get(f"/api/v1/requests/{foreign[0]['source']}/{foreign[0]['request']}").status_code == 404


@pytest.mark.usefixtures("measured")
def test_a_member_sees_who_of_the_own_teams_waits(program: Callable[..., Client], person: Callable[..., User]) -> None:
    everyone = program(Scope.READ).get("/api/v1/now").json()["longest"]
    assert {(one["team"], one["assignee"]) for one in everyone} == {("First line", "Boris"), ("Orders", "Boris")}
    person(Role.MEMBER, "Orders")
    seen = program(Scope.READ, role=Role.MEMBER).get("/api/v1/now").json()
    assert [(one["team"], one["assignee"]) for one in seen["longest"]] == [("Orders", None)]
    assert seen["n"] == 2, "the figures are the company's"


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize("by", ["customer", "assignee"])
def test_nobody_compares_people_without_the_right(program: Callable[..., Client], by: str) -> None:
    assert program(Scope.READ, role=Role.VIEWER).get(f"/api/v1/who?by={by}").status_code == 403


ADDRESSES = [
    "report", "speed", "now", "where", "when", "who", "quality", "requests", "requests/a/b", "measures", "targets",
    "calendars", "sources", "imports",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_wants_a_token_that_may_read(
    address: str, client: Client, owner: Client, program: Callable[..., Client]
) -> None:
    where = f"/api/v1/{address}"
    assert client.get(where).status_code == owner.get(where).status_code == 401
    assert program(Scope.PUSH).get(where).status_code == 403
    assert program(Scope.READ).post(where).status_code == 405


# what is not there yet


def test_without_records_it_is_said(program: Callable[..., Client]) -> None:
    client = program(Scope.READ)
    answer = client.get("/api/v1/speed")
    assert (answer.status_code, answer.json()["error"]) == (404, "no-log")
    assert client.get("/api/v1/imports").json() == []
    assert client.get("/api/v1/sources").json()["requests"] == 0


def test_what_is_not_measured_yet_comes_by_itself(
    measured: ServiceStore, program: Callable[..., Client], data_folder: Any
) -> None:
    data_folder.log.unlink()
    ServiceStore(data_folder.log).import_log(measured.log())
    answer = program(Scope.READ).get("/api/v1/speed")
    assert (answer.status_code, answer.json()["error"], answer["Retry-After"]) == (503, "not-measured-yet", "5")
    assert Job.objects.filter(kind="refresh-facts").exists()


WRONG = [
    "start=2026-13-01", "start=2026-02-02&end=2026-01-01", "cohort=lost", "clock=sidereal", "measure=happiness",
    "by=nothing", "chanel=email", "channel=%00", "table=secrets", "&".join(f"channel={n}" for n in range(101)),
    "calendar=-1&start=x",
]  # fmt: skip


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize("query", WRONG, ids=[query[:30] for query in WRONG])
def test_what_makes_no_sense_is_refused(program: Callable[..., Client], query: str) -> None:
    answer = program(Scope.READ).get(f"/api/v1/who?{query}")
    assert answer.status_code == 422
    assert set(answer.json()) == {"error", "message"}


@pytest.mark.usefixtures("measured")
def test_the_list_of_the_screen_and_the_interface_agree(program: Callable[..., Client]) -> None:
    looking = Looking.of(View())
    listed = {row.request: row.longest_wait_s for row in list_requests(looking.shelf, View(), size=1000).rows}
    rows = program(Scope.READ).get("/api/v1/requests?limit=1000").json()["rows"]
    assert {row["request"]: row["longest_wait_s"] for row in rows} == listed
