"""Zammad: articles by sender, the history as trail, calls, merges, and answers with assets."""

import pytest

from otklik.intake.sources.zammad.reader import Zammad
from otklik.intake.sources.zammad.tickets import status_of
from otklik.schemas.events import Can
from tests.intake.sources.desk_reading import read_with


@pytest.fixture
def read(tmp_path):
    return lambda options=None, **files: read_with(Zammad(), tmp_path, options, **files)


def at(clock):
    return f"2024-03-04T{clock}:00.000Z"


def ticket(number=1, **told):
    return {
        "id": number,
        "number": f"2200{number}",
        "title": "Help",
        "group_id": 1,
        "group": "Service",
        "state": "open",
        "customer_id": 11,
        "customer": "ola@mail.example",
        "owner_id": 1,
        "owner": "-",
        "created_by_id": 11,
        "create_article_type": "email",
        "create_article_sender": "Customer",
        "created_at": at("10:00"),
        "updated_at": at("12:00"),
        **told,
    }


def article(clock, sender="Customer", kind="email", who=11, number=1, **told):
    return {
        "id": int(clock.replace(":", "")),
        "ticket_id": number,
        "type": kind,
        "sender": sender,
        "internal": False,
        "created_by_id": who,
        "created_at": at(clock),
        "preferences": {},
        **told,
    }


def entry(clock, name, before, after, who=3, number=1, **told):
    return {
        "id": int(clock.replace(":", "")),
        "type": "updated",
        "object": "Ticket",
        "attribute": name,
        "o_id": number,
        "value_from": before,
        "value_to": after,
        "created_by_id": who,
        "created_at": at(clock),
        **told,
    }


def test_a_ticket_bundled_with_articles_and_history(read):
    """
    10:00 customer writes   10:01 auto-reply   10:10 taken   10:20 answered, pending   10:50 customer   11:00 closed
    """
    bundle = ticket(
        articles=[
            article("10:00"),
            article("10:01", "System", who=1),
            article("10:15", "Agent", "note", 3, internal=True),
            article("10:20", "Agent", who=3),
            article("10:50"),
        ],
        history=[
            entry("10:10", "owner", "-", "Agnes"),
            entry("10:20", "state", "new", "pending reminder"),
            entry("10:50", "state", "pending reminder", "open", who=11),
            entry("11:00", "state", "open", "closed"),
            entry("11:01", "priority", "1", "2"),
        ],
    )
    found = read(**{"t.json": [bundle]})
    assert found.story("22001") == [
        "created customer new",
        "message rule",
        "assigned agent",
        "note agent",
        "message agent",
        "status agent waiting_customer",
        "message customer",
        "status customer open",
        "status agent closed",
    ]
    assert found.facts.mode == "events"
    assert found.built.records == 1 + 5 + 4


def test_the_story_in_order_of_time(read):
    history = [entry("10:10", "owner", "-", "Agnes"), entry("11:00", "state", "new", "closed")]
    log = read(**{"t.json": [ticket(articles=[article("10:00")], history=history)]})
    assert log.story("22001") == ["created customer new", "assigned agent", "status agent closed"]
    assert [one.get("assignee") for one in log.events()] == [None, "Agnes", "Agnes"]
    assert {one["team"] for one in log.events()} == {"Service"}


def test_articles_and_history_may_come_apart(read):
    found = read(
        **{
            "a.json": [article("10:00"), article("10:30", "Agent", who=3)],
            "h.json": {
                "history": [entry("10:30", "state", "new", "closed")],
                "assets": {"User": {"3": {"id": 3, "firstname": "Agnes", "lastname": "Thal"}}},
            },
            "t.json": [ticket()],
        }
    )
    assert found.story("22001") == ["created customer new", "message agent", "status agent closed"]
    assert found.events()[1]["actor"] == "Agnes Thal"


def test_numbers_instead_of_names_are_looked_up(read):
    bare = {
        name: told
        for name, told in ticket(state_id=4, create_article_type_id=5, create_article_sender_id=2).items()
        if name not in ("state", "group", "customer", "owner", "create_article_type", "create_article_sender")
    }
    said = [{**article("10:40"), "sender_id": 1, "type_id": 1}]
    for one in said:
        del one["sender"], one["type"]
    assets = {
        "Ticket": {"1": bare},
        "Group": {"1": {"id": 1, "name": "Service"}},
        "TicketState": {"4": {"id": 4, "name": "closed"}},
    }
    found = read(**{"s.json": {"tickets": [1], "tickets_count": 1, "assets": assets}, "a.json": said})
    assert found.story("22001") == ["created customer new", "message agent", "status system closed"]
    assert found.events()[0]["channel"] == "phone"
    assert found.reasons() == []


def test_a_call_taken_by_an_agent_was_served_on_the_spot(read):
    found = read(**{"t.json": [ticket(created_by_id=3, articles=[article("10:00", kind="phone", who=3)], history=[])]})
    assert (found.story("22001"), found.events()[0]["channel"]) == (["created agent new"], "phone")


def test_a_call_noted_later_is_both_sides_speaking(read):
    calls = [article("10:00"), article("10:30", kind="phone", who=3)]
    assert read(**{"t.json": [ticket(articles=calls, history=[])]}).story("22001")[1:] == [
        "message customer",
        "message agent",
    ]


def test_the_customers_mailbox_answering_by_itself_is_a_note(read):
    said = [article("10:00"), article("10:30", preferences={"is-auto-response": True})]
    found = read(**{"t.json": [ticket(articles=said, history=[])]})
    assert found.story("22001")[1:] == ["note rule"]


def test_opened_by_us(read):
    mail = ticket(
        created_by_id=3, create_article_sender="Agent", articles=[article("10:00", "Agent", who=3)], history=[]
    )
    assert read(**{"t.json": [mail]}).story("22001") == ["created agent new"]


def test_a_merged_ticket_names_its_target_and_keeps_nothing_said(read):
    """Zammad moves the articles to the target, so there is nothing to copy."""
    merge = {**entry("10:30", None, None, None, number=2), "type": "merged_into", "id_to": 1}
    loser = ticket(2, state="merged", articles=[article("10:30", "Agent", "note", 3, number=2)], history=[merge])
    found = read(**{"t.json": [ticket(articles=[article("10:00"), article("10:05")], history=[]), loser]})
    assert found.story("22002") == ["created customer new", "note agent", "merged agent 22001"]
    assert "public" not in found.events("22002")[0]
    assert found.story("22001")[1:] == ["message customer"]


def test_without_articles_and_history_only_dates_are_known(read):
    dated = ticket(state="closed", first_response_at=at("10:25"), close_at=at("11:00"))
    found = read(**{"t.json": [dated, ticket(2, state="new")]})
    assert found.story("22001") == ["created customer new", "message agent", "status system closed"]
    assert found.story("22002") == ["created customer new"]
    assert (found.facts.mode, found.facts.can) == ("dates", Can.first_reply | Can.resolution)


def test_articles_of_some_tickets_are_not_taken_for_all(read):
    found = read(**{"t.json": [ticket(n) for n in range(1, 5)], "a.json": [article("10:00")]})
    assert Can.messages not in found.facts.can
    assert found.built.guesses[0].facts == {"told": "1", "of": "4"}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("new", "new"),
        ("open", "open"),
        ("pending reminder", "waiting_customer"),
        ("pending close", "waiting_customer"),
        ("waiting for vendor", "waiting_third_party"),
        ("closed", "closed"),
        ("solved", "closed"),
        ("merged", None),
        ("in repair", "open"),
        (None, None),
    ],
)
def test_what_a_state_means(name, meant):
    assert status_of(name) == meant


@pytest.mark.parametrize(
    ("broken", "reason"), [({"id": None}, "no-id"), ({"created_at": None}, "no-date"), ({"created_at": []}, "no-date")]
)
def test_a_broken_ticket_is_set_aside(read, broken, reason):
    found = read(**{"t.json": [ticket(), {**ticket(2), **broken}]})
    assert found.reasons() == [reason]


def test_wrong_types_anywhere_do_no_harm(read):
    odd = ticket(state=[], group={}, owner=7, article_count="x", articles=[3, {"created_at": "x"}], history="y")
    stray = article("10:00", number=99)
    found = read(**{"t.json": [odd], "a.json": [stray]})
    assert found.story("22001") == ["created customer new"]
    assert sorted(found.reasons()) == ["bad-date", "no-request"]
