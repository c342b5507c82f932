"""Jira: issues, comments and changes in pages of any order; whose turn a status means; what stays unknown."""

import json

import pytest

from otklik.base.errors import FileError
from otklik.intake import ReadOptions, read_log
from otklik.intake.sources.jira.reader import Jira
from otklik.intake.sources.jira.statuses import is_cancelled, status_of
from otklik.schemas.events import Can
from tests.intake.sources.desk_reading import read_with
from tests.shared_data import DATA, needs_shared

MARA = {"accountId": "c1", "displayName": "Mara", "accountType": "customer"}
ANN = {"accountId": "a1", "displayName": "Ann", "accountType": "atlassian", "emailAddress": "ann@shop.example"}
ROBOT = {"accountId": "r1", "displayName": "Automation", "accountType": "app"}


@pytest.fixture
def read(tmp_path):
    return lambda options=None, **files: read_with(Jira(), tmp_path, options, **files)


def at(clock):
    return f"2024-03-04T{clock}:00.000+0000"


def status(name, category="indeterminate", number="1"):
    return {"id": number, "name": name, "statusCategory": {"key": category}}


def issue(key="A-1", number="1", changelog=None, comments=None, **fields):
    told = {
        "created": at("10:00"),
        "updated": at("12:00"),
        "status": status("To Do", "new"),
        "reporter": MARA,
        "creator": MARA,
        "summary": "Help",
        "issuetype": {"name": "Task"},
        **fields,
    }
    if comments is not None:
        told["comment"] = {"comments": comments, "total": len(comments)}
    made = {"id": number, "key": key, "self": f"https://x.example/rest/api/2/issue/{number}", "fields": told}
    if changelog is not None:
        made["changelog"] = {"histories": changelog, "total": len(changelog)}
    return made


def comment(clock, who, number="9", **told):
    url = f"https://x.example/rest/api/2/issue/1/comment/{number}"
    return {"id": number, "self": url, "author": who, "updateAuthor": who, "created": at(clock), "body": "x", **told}


def entry(clock, who, name, before, after, number="h"):
    item = {"field": name, "from": before[0], "fromString": before[1], "to": after[0], "toString": after[1]}
    return {"id": number, "author": who, "created": at(clock), "items": [item, {"field": "labels"}]}


def test_a_service_desk_issue_from_asking_to_solved(read):
    """
    10:00 Mara asks    10:10 Ann takes it    10:20 Ann answers, waiting for customer    11:00 resolved
    """
    log = [
        entry("10:10", ANN, "assignee", (None, None), ("a1", "Ann"), "h1"),
        entry("10:20", ANN, "status", ("1", "To Do"), ("2", "Waiting for customer"), "h2"),
        entry("11:00", ANN, "status", ("2", "Waiting for customer"), ("3", "Done"), "h3"),
    ]
    found = read(**{"i.json": {"issues": [issue(changelog=log, comments=[comment("10:20", ANN)])]}})
    assert found.story("A-1") == [
        "created customer new",
        "assigned agent",
        "message agent",
        "status agent waiting_customer Waiting for customer",
        "status agent resolved Done",
    ]
    assert [one.get("assignee") for one in found.events()] == [None, "Ann", "Ann", "Ann", "Ann"]
    assert found.facts.mode == "events"


def test_internal_comments_are_notes(read):
    hidden = [
        comment("10:01", ANN, "1", jsdPublic=False),
        comment("10:02", ANN, "2", visibility={"type": "role", "value": "Agents"}),
        comment("10:03", ANN, "3", properties=[{"key": "sd.public.comment", "value": {"internal": True}}]),
        comment("10:04", ANN, "4", jsdPublic=True),
        comment("10:05", ROBOT, "5"),
    ]
    found = read(**{"i.json": {"issues": [issue(changelog=[], comments=hidden)]}})
    assert found.story("A-1")[1:] == ["note agent"] * 3 + ["message agent", "message bot"]


def test_raised_by_an_agent_for_a_customer_is_opened_by_us(read):
    assert read(**{"i.json": [issue(creator=ANN)]}).story("A-1")[0] == "created agent"


def test_raised_by_an_app_for_a_customer_is_the_customers(read):
    assert read(**{"i.json": [issue(creator=ROBOT)]}).story("A-1")[0] == "created customer"


def test_a_reporter_told_to_be_ours_is_one_of_us(read):
    options = ReadOptions(our_addresses=("shop.example",))
    assert read(options, **{"i.json": [issue(reporter=ANN, creator=ANN)]}).story("A-1")[0] == "created agent"


def test_comments_and_changes_may_come_in_pages_before_their_issue(read):
    found = read(
        **{
            "a_comments.json": {"comments": [comment("10:20", ANN)], "startAt": 0, "maxResults": 50, "total": 1},
            "b_changes.json": {
                "self": "https://x.example/rest/api/2/issue/1/changelog",
                "values": [entry("10:30", ANN, "status", ("1", "To Do"), ("3", "Done"))],
            },
            "c_issues.json": {"issues": [issue()]},
        }
    )
    assert found.story("A-1") == ["created customer new", "message agent", "status agent resolved Done"]
    assert Can.messages | Can.status in found.facts.can


def test_changes_may_be_fetched_in_bulk(read):
    bulk = {
        "issueChangeLogs": [
            {
                "issueId": "1",
                "changeHistories": [
                    {
                        "id": "7",
                        "author": ANN,
                        "created": 1709548200000,
                        "items": [{"field": "status", "fromString": "To Do", "toString": "Done"}],
                    }
                ],
            }
        ]
    }
    assert read(**{"b.json": bulk, "i.json": [issue()]}).story("A-1")[-1] == "status agent resolved Done"


def test_without_changelog_and_comments_only_the_end_is_known(read):
    done = issue(status=status("Closed", "done"), resolutiondate=at("11:30"))
    found = read(**{"i.json": {"issues": [done, issue("A-2", "2")]}})
    assert found.story("A-1") == ["created customer", "status system closed Closed"]
    assert found.events("A-1")[1]["at"].hour == 11
    assert found.story("A-2") == ["created customer"]


def test_a_changelog_cut_short_by_the_page_is_no_trail(read):
    half = issue(changelog=[entry("10:30", ANN, "status", ("1", "To Do"), ("2", "In Progress"))], comments=[])
    half["changelog"]["total"] = 120
    half["fields"]["comment"]["total"] = 3
    found = read(**{"i.json": {"issues": [half]}})
    assert not found.facts.can & (Can.status | Can.messages)


def test_a_duplicate_goes_into_the_issue_it_duplicates(read):
    link = {"type": {"name": "Duplicate"}, "outwardIssue": {"key": "A-1"}}
    twin = issue("A-2", "2", resolution={"name": "Duplicate"}, resolutiondate=at("10:30"), issuelinks=[link])
    assert "merged agent A-1" in read(**{"i.json": {"issues": [issue(), twin]}}).story("A-2")
    assert "merged agent A-1" not in read(**{"i.json": {"issues": [twin]}}).story("A-2")


def test_called_off_is_neither_solved_nor_answered(read):
    log = [entry("10:30", MARA, "status", ("1", "To Do"), ("6", "Canceled"))]
    assert read(**{"i.json": [issue(changelog=log)]}).story("A-1")[-1] == "cancelled customer Canceled"


@pytest.mark.parametrize(
    ("name", "category", "meant"),
    [
        ("Waiting for support", "indeterminate", "open"),
        ("Waiting for customer", "indeterminate", "waiting_customer"),
        ("Ожидание ответа клиента", None, "waiting_customer"),
        ("Pending", "indeterminate", "waiting_third_party"),
        ("Blocked", "indeterminate", "waiting_third_party"),
        ("In Progress", None, "open"),
        ("В работе", None, "open"),
        ("Reopened", "new", "open"),
        ("Backlog", "new", "new"),
        ("Новая", None, "new"),
        ("Released", "done", "resolved"),
        ("Готово", None, "resolved"),
        ("Закрыт", None, "closed"),
        ("Closed", "done", "closed"),
    ],
)
def test_what_a_status_means(name, category, meant):
    assert status_of(name, category) == meant


def test_cancelled_in_two_languages():
    assert [is_cancelled(name) for name in ("Canceled", "Cancelled", "Отменён", "Done")] == [True, True, True, False]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"key": None}, "no-id"),
        ({"fields": None}, "no-date"),
        ({"fields": {"created": "x"}}, "bad-date"),
        ({"fields": 7}, "no-date"),
    ],
)
def test_a_broken_issue_is_set_aside(read, broken, reason):
    found = read(**{"i.json": {"issues": [issue(), {**issue("A-2", "2"), **broken}]}})
    assert found.reasons() == [reason]
    assert found.story("A-1") == ["created customer"]


def test_wrong_types_anywhere_do_no_harm(read):
    odd = issue(
        reporter=[], assignee="x", status=7, priority=[], components={"a": 1}, issuelinks="y", comments=[{}, {"id": []}]
    )
    odd["changelog"] = {"histories": [{"items": [None, {"field": "status"}]}, 5]}
    found = read(**{"i.json": {"issues": [odd]}})
    assert found.reasons() == ["no-date"] * 3


def test_comments_of_issues_not_here_are_set_aside(read):
    stray = comment("10:20", ANN)
    stray["self"] = "https://x.example/rest/api/2/issue/77/comment/1"
    found = read(**{"i.json": [issue()], "c.json": {"comments": [stray]}})
    assert found.reasons() == ["no-request"]
    assert found.facts.can == Can(0)


def test_a_truncated_page_is_refused(read):
    with pytest.raises(FileError, match="damaged"):
        read(**{"i.json": json.dumps({"issues": [issue(), issue("A-2", "2")]})[:-40]})


class TestRealPages:
    pytestmark = needs_shared

    def test_pages_of_two_real_sites(self):
        """Three issues of one site, comments of an issue of another; no changelog."""
        log = read_log([DATA / "vendor" / "jira"], ReadOptions(), format="jira")
        assert log.requests.column("request").to_pylist() == ["HELP-6041", "HELP-6042", "HELP-6043"]
        assert log.quarantine.column("reason").to_pylist() == ["no-request"] * 4
        assert log.sources[0].can == Can.resolution
        closed = [row for row in log.events.to_pylist() if row["status"] == "closed"]
        assert [(row["request"], row["at"].isoformat()) for row in closed] == [
            ("HELP-6042", "2016-03-03T14:30:17+00:00")
        ]
