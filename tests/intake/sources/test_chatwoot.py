"""Chatwoot: messages by type, the trail from its sentences, and lists that hold the last message only."""

import pytest

from otklik.intake.sources.chatwoot.activities import Activity, read_activity
from otklik.intake.sources.chatwoot.reader import Chatwoot
from otklik.schemas.events import Can
from tests.intake.sources.desk_reading import read_with

TEN = 1709546400
VISITOR = {"id": 9, "name": "Visitor", "type": "contact"}
ANN = {"id": 1, "name": "Ann", "type": "user"}


@pytest.fixture
def read(tmp_path):
    return lambda options=None, **files: read_with(Chatwoot(), tmp_path, options, **files)


def message(minute, kind, sender=None, number=None, **told):
    return {
        "id": number or 100 + minute,
        "conversation_id": 1,
        "message_type": kind,
        "created_at": TEN + minute * 60,
        "private": False,
        "content": "x",
        "content_attributes": {},
        **({"sender": sender} if sender else {}),
        **told,
    }


def conversation(*messages, number=1, status="open", **told):
    return {
        "id": number,
        "inbox_id": 3,
        "status": status,
        "created_at": TEN,
        "last_activity_at": TEN + 3600,
        "meta": {"sender": VISITOR, "channel": "Channel::WebWidget"},
        "messages": list(messages),
        **told,
    }


def test_every_type_of_message_has_its_place(read):
    talk = conversation(
        message(0, 0, VISITOR),
        message(1, 3),
        message(2, 1, {"name": "Helper", "type": "agent_bot"}),
        message(3, 1, ANN, private=True),
        message(4, 1, ANN, content_attributes={"automation_rule_id": 5}),
        message(5, 1, ANN, status="failed"),
        message(6, 1, ANN),
        message(7, 0, VISITOR, content_attributes={"email": {"auto_reply": True}}),
        message(8, 0, VISITOR),
    )
    found = read(**{"c.json": [talk]})
    assert found.story("1") == [
        "created customer new",
        "message rule",
        "message bot",
        "note agent",
        "message rule",
        "note agent",
        "message agent",
        "note rule",
        "message customer",
    ]
    assert found.events()[0]["channel"] == "chat"


def test_types_may_be_words(read):
    talk = conversation(message(0, "incoming", VISITOR), message(5, "outgoing", sender_type="User", sender=None))
    talk["messages"][1]["sender_type"] = "User"
    assert read(**{"c.json": [talk]}).story("1") == ["created customer new", "message agent"]


def test_the_trail_is_read_from_sentences(read):
    talk = conversation(
        message(0, 0, VISITOR),
        message(1, 2, content="Assigned to Ann by Bo"),
        message(2, 2, content="Assigned to Billing by Ann"),
        message(3, 2, content="Ann added refund"),
        message(4, 2, content="Conversation was marked resolved by Ann"),
        status="resolved",
        meta={"sender": VISITOR, "channel": "Channel::Telegram", "team": {"name": "Billing"}},
    )
    found = read(**{"c.json": [talk]})
    assert found.story("1") == ["created customer new", "assigned agent", "assigned agent", "status agent resolved"]
    assert [(one.get("team"), one.get("assignee")) for one in found.events()] == [
        (None, None),
        (None, "Ann"),
        ("Billing", "Ann"),
        ("Billing", "Ann"),
    ]
    assert Can.status | Can.messages in found.facts.can


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("Conversation was marked resolved by Ann Lee", Activity("resolved", who="Ann Lee")),
        ("Conversation was resolved by Visitor", Activity("resolved", who="Visitor")),
        ("Conversation was marked resolved by system due to 15 days of inactivity", Activity("resolved", who="system")),
        ("Conversation was reopened by Ann", Activity("open", who="Ann")),
        ("System reopened the conversation due to a new incoming message.", Activity("open", who="System")),
        ("Conversation was snoozed by Ann", Activity("waiting_customer", who="Ann")),
        ("Conversation was marked as pending by Ann", Activity("open", who="Ann")),
        ("Ann self-assigned this conversation", Activity(assignee="Ann", who="Ann")),
        ("Conversation unassigned by Ann", Activity(assignee="", who="Ann")),
        ("Assigned to Bo via Billing by Ann", Activity(assignee="Bo", team="Billing", who="Ann")),
        ("Unassigned from Billing by Ann", Activity(team="", who="Ann")),
        ("Анна завершил диалог", Activity("resolved", who="Анна")),
        ("Анна открыл заново диалог", Activity("open", who="Анна")),
        ("Система переоткрыла разговор из-за нового входящего сообщения.", Activity("open", who="Система")),
        ("Анна назначил(а) разговор себе", Activity(assignee="Анна", who="Анна")),
        ("Анна назначил Борис ответственным", Activity(assignee="Борис", who="Анна")),
        ("Ответственный снят Анна", Activity(assignee="", who="Анна")),
        ("Ann added refund", None),
        ("Ann set the priority to high", None),
        ("", None),
    ],
)
def test_what_a_sentence_says(sentence, meant):
    assert read_activity(sentence) == meant


def test_pages_of_messages_join_their_conversation(read):
    listed = {"data": {"meta": {"all_count": 1}, "payload": [conversation(message(30, 1, ANN))]}}
    pages = {"meta": {}, "payload": [message(0, 0, VISITOR), message(10, 1, ANN), message(30, 1, ANN)]}
    found = read(**{"list.json": listed, "messages.json": pages})
    assert found.story("1") == ["created customer new", "message agent", "message agent"]
    assert Can.messages in found.facts.can


def test_a_list_alone_tells_the_first_reply_only(read):
    found = read(
        **{"list.json": {"data": {"payload": [conversation(message(30, 1, ANN), first_reply_created_at=TEN + 600)]}}}
    )
    assert found.events()[1]["at"].minute == 10
    assert found.facts.can == Can.first_reply
    assert found.facts.mode == "dates"


def test_sentences_in_another_language_are_no_trail(read):
    talks = [conversation(message(0, 0, VISITOR), message(5, 2, content="Gelöst von Ann"), status="resolved")]
    found = read(**{"c.json": talks})
    assert Can.messages in found.facts.can
    assert Can.status not in found.facts.can
    assert found.built.guesses[0].what == "activities"


def test_opened_by_us_and_by_a_campaign(read):
    outbound = conversation(message(0, 1, ANN))
    campaign = conversation(message(0, 1, ANN, additional_attributes={"campaign_id": 4}), number=2)
    found = read(**{"c.json": [outbound, campaign]})
    assert found.story("1") == ["created agent new"]
    assert found.story("2") == ["created rule new"]


def test_a_rating_is_kept(read):
    answer = {"submitted_values": {"csat_survey_response": {"rating": 4}}}
    talk = conversation(message(0, 0, VISITOR), message(9, 3, content_type="input_csat", content_attributes=answer))
    assert read(**{"c.json": [talk]}).story("1")[-1] == "rated customer 4"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [({"id": None, "uuid": "u"}, "no-id"), ({"created_at": None}, "no-date"), ({"created_at": "x"}, "bad-date")],
)
def test_a_broken_conversation_is_set_aside(read, broken, reason):
    found = read(**{"c.json": [conversation(message(0, 0, VISITOR)), {**conversation(number=2), **broken}]})
    assert found.reasons() == [reason]


def test_wrong_types_anywhere_do_no_harm(read):
    odd = conversation({"message_type": [], "created_at": TEN}, {"id": 1}, 7, meta=[], labels="x", status=3)
    stray = message(0, 0, VISITOR, conversation_id=77)
    found = read(**{"c.json": [odd, conversation(message(0, 0, VISITOR), number=2)], "m.json": {"payload": [stray]}})
    assert found.reasons() == ["no-date", "no-request"]
    assert found.story("2") == ["created customer new"]
