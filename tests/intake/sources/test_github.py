"""GitHub: issues, comments and events from REST, GraphQL and gh; who is one of us; pull requests stay out."""

import pytest

from otklik.intake import ReadOptions, read_log
from otklik.intake.sources.github.issues import key_in, label_status, person
from otklik.intake.sources.github.reader import GitHub
from otklik.schemas.events import Can
from tests.intake.sources.desk_reading import read_with
from tests.shared_data import DATA, needs_shared

REPO = "https://api.github.com/repos/tiny/shop"


@pytest.fixture
def read(tmp_path):
    return lambda options=None, **files: read_with(GitHub(), tmp_path, options, **files)


def at(clock):
    return f"2024-03-04T{clock}:00Z"


def issue(number=1, who="wanda", standing="NONE", **told):
    return {
        "url": f"{REPO}/issues/{number}",
        "comments_url": f"{REPO}/issues/{number}/comments",
        "id": 100 + number,
        "html_url": f"https://github.com/tiny/shop/issues/{number}",
        "number": number,
        "title": "Help",
        "user": {"login": who},
        "author_association": standing,
        "state": "open",
        "comments": 0,
        "created_at": at("10:00"),
        "updated_at": at("12:00"),
        "closed_at": None,
        "labels": [],
        **told,
    }


def comment(clock, who, standing="NONE", number=1, **told):
    return {
        "id": hash(clock) % 10**6,
        "issue_url": f"{REPO}/issues/{number}",
        "html_url": f"https://github.com/tiny/shop/issues/{number}#c",
        "user": {"login": who, **told},
        "author_association": standing,
        "created_at": at(clock),
        "body": "x",
    }


def event(clock, what, who="maya", number=1, **told):
    return {
        "id": hash((clock, what)) % 10**6,
        "event": what,
        "actor": {"login": who},
        "created_at": at(clock),
        "issue": {"url": f"{REPO}/issues/{number}"},
        **told,
    }


def test_an_issue_asked_answered_and_closed(read):
    found = read(
        **{
            "i.json": [issue(comments=2, state="closed", closed_at=at("11:00"))],
            "c.json": [comment("10:20", "maya", "OWNER"), comment("10:40", "wanda")],
            "e.json": [event("10:10", "assigned", assignee={"login": "maya"}), event("11:00", "closed")],
        }
    )
    assert found.story("tiny/shop#1") == [
        "created customer new",
        "assigned agent",
        "message agent",
        "message customer",
        "status agent resolved",
    ]
    assert found.events()[2]["assignee"] == "maya"
    assert (
        found.facts.can
        == Can.messages | Can.first_reply | Can.acknowledgement | Can.resolution | Can.status | Can.assignee
    )


def test_reopened_and_closed_again(read):
    events = [event("10:30", "closed"), event("10:40", "reopened", "wanda"), event("11:00", "closed")]
    found = read(**{"i.json": [issue()], "e.json": events})
    assert [one["status"] for one in found.events()] == ["new", "resolved", "open", "resolved"]
    assert found.events()[2]["by"] == "customer"


def test_a_bot_is_a_bot_by_type_or_by_name(read):
    said = [comment("10:01", "helper", type="Bot"), comment("10:02", "stale[bot]"), comment("10:03", "gone")]
    said[2]["user"] = None
    found = read(**{"i.json": [issue(comments=3)], "c.json": said})
    assert found.story("tiny/shop#1")[1:] == ["message bot", "message bot", "message system"]


def test_whoever_may_label_is_one_of_us_and_strangers_are_customers(read):
    said = [comment("10:20", "leo"), comment("10:30", "passer-by")]
    found = read(
        **{
            "i.json": [issue(comments=2)],
            "c.json": said,
            "e.json": [event("10:05", "labeled", "leo", label={"name": "bug"})],
        }
    )
    assert found.story("tiny/shop#1")[1:] == ["message agent", "message customer"]


def test_our_own_plans_are_opened_by_us(read):
    assert read(**{"i.json": [issue(who="maya", standing="MEMBER")]}).story("tiny/shop#1") == ["created agent new"]
    options = ReadOptions(our_addresses=("wanda",))
    assert read(options, **{"i.json": [issue()]}).story("tiny/shop#1") == ["created agent new"]


def test_labels_that_speak_of_waiting_are_pauses(read):
    label = {"label": {"name": "waiting for author"}}
    found = read(
        **{"i.json": [issue()], "e.json": [event("10:20", "labeled", **label), event("10:50", "unlabeled", **label)]}
    )
    assert [one.get("status") for one in found.events()] == ["new", "waiting_customer", "open"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("needs more info", "waiting_customer"),
        ("awaiting-response", "waiting_customer"),
        ("status: waiting for user", "waiting_customer"),
        ("more-information-needed", "waiting_customer"),
        ("blocked", "waiting_third_party"),
        ("upstream", "waiting_third_party"),
        ("bug", None),
        ("enhancement", None),
        (None, None),
    ],
)
def test_what_a_label_means(name, meant):
    assert label_status(name) == meant


def test_pull_requests_are_left_out_and_said_so(read):
    found = read(
        **{"i.json": [issue(), issue(2, pull_request={"url": "x"})], "c.json": [comment("10:20", "maya", number=2)]}
    )
    assert {one["request"] for one in found.events()} == {"tiny/shop#1"}
    assert [(guess.what, guess.facts["n"]) for guess in found.built.guesses] == [("pull requests", "1")]
    assert found.reasons() == []


def test_without_events_only_the_last_closing_is_known(read):
    found = read(**{"i.json": [issue(state="closed", closed_at=at("11:00"), state_reason="not_planned")]})
    assert found.story("tiny/shop#1") == ["created customer new", "status system resolved not_planned"]
    assert (found.facts.mode, Can.status in found.facts.can) == ("messages", False)


def test_missing_comments_are_noticed_by_their_number(read):
    found = read(**{"i.json": [issue(comments=5)], "c.json": [comment("10:20", "maya", "OWNER")]})
    assert Can.messages not in found.facts.can
    assert found.built.guesses[0].what == "comments"


def test_what_gh_prints(read):
    printed = [
        {
            "number": 3,
            "title": "Crash",
            "state": "CLOSED",
            "author": {"login": "viktor", "is_bot": False},
            "createdAt": at("10:00"),
            "updatedAt": at("11:00"),
            "closedAt": at("11:00"),
            "labels": [{"name": "bug"}],
            "url": "https://github.com/tiny/shop/issues/3",
            "comments": [
                {"id": "IC_1", "author": {"login": "maya"}, "authorAssociation": "OWNER", "createdAt": at("10:30")}
            ],
        }
    ]
    found = read(**{"gh.json": printed})
    assert found.story("tiny/shop#3") == ["created customer new", "message agent", "status system resolved"]
    assert Can.messages | Can.resolution in found.facts.can


def test_a_graphql_answer_with_issues_comments_and_timeline(read):
    answer = {
        "data": {
            "repository": {
                "issues": {
                    "nodes": [
                        {
                            "number": 4,
                            "title": "x",
                            "url": "https://github.com/tiny/shop/issues/4",
                            "createdAt": at("10:00"),
                            "state": "CLOSED",
                            "author": {"login": "yara"},
                            "authorAssociation": "NONE",
                            "comments": {
                                "nodes": [
                                    {
                                        "id": "1",
                                        "author": {"login": "leo"},
                                        "authorAssociation": "MEMBER",
                                        "createdAt": at("10:10"),
                                    }
                                ]
                            },
                            "timelineItems": {
                                "nodes": [
                                    {
                                        "__typename": "AssignedEvent",
                                        "actor": {"login": "leo"},
                                        "assignee": {"login": "leo"},
                                        "createdAt": at("10:05"),
                                    },
                                    {
                                        "__typename": "ClosedEvent",
                                        "actor": {"login": "leo"},
                                        "createdAt": at("10:20"),
                                        "stateReason": "COMPLETED",
                                    },
                                ]
                            },
                        }
                    ]
                }
            }
        }
    }
    assert read(**{"q.json": answer}).story("tiny/shop#4") == [
        "created customer new",
        "assigned agent",
        "message agent",
        "status agent resolved completed",
    ]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"number": None, "html_url": "x", "url": "y"}, "no-id"),
        ({"created_at": None}, "no-date"),
        ({"created_at": "x"}, "bad-date"),
    ],
)
def test_a_broken_issue_is_set_aside(read, broken, reason):
    found = read(**{"i.json": [issue(), {**issue(2), **broken}]})
    assert found.reasons() == [reason]


def test_wrong_types_anywhere_do_no_harm(read):
    odd = issue(user="x", labels=7, assignee=[], comments="many", milestone=3)
    found = read(
        **{
            "i.json": [odd],
            "c.json": [{**comment("10:20", "maya"), "issue_url": 5, "html_url": None, "user": []}],
            "e.json": [{**event("10:20", "closed"), "issue": [], "actor": 4}],
        }
    )
    assert found.story("tiny/shop#1") == ["created system new"]
    assert found.reasons() == ["no-id"]


def test_an_address_names_repository_and_number():
    assert key_in({"html_url": "https://github.com/a/b/issues/12#issuecomment-1"}) == ("a/b", "12")
    assert key_in({"url": "https://example.com"}) is None
    assert person({"login": "x", "type": "Bot"}, "NONE").is_bot


class TestRealPages:
    pytestmark = needs_shared

    def test_pages_of_a_real_repository_without_suffixes(self):
        """One issue with a comment older than itself; issue 1 is a pull request in truth."""
        log = read_log([DATA / "vendor" / "github"], ReadOptions(), format="github")
        events = log.events.to_pylist()
        assert [(row["request"], row["kind"], row["by"]) for row in events] == [
            ("zhquan_example/repo#2", "message", "agent"),
            ("zhquan_example/repo#2", "created", "agent"),
            ("zhquan_example/repo#2", "status", "system"),
        ]
