"""Zendesk: what audits, events, metrics and tables tell, and that each says only what it can."""

import json

import pytest

from otklik.base.errors import FileError
from otklik.intake import ReadOptions, read_log
from otklik.intake.sources.zendesk.json_shapes import channel_of, rule_of
from otklik.intake.sources.zendesk.reader import Zendesk
from otklik.intake.sources.zendesk.tables import table_of
from otklik.schemas.events import Can
from tests.intake.sources.desk_reading import read_with
from tests.shared_data import DATA, needs_shared

USERS = [{"id": 5, "name": "Anna", "role": "agent"}, {"id": 90, "name": "Ola", "role": "end-user"}]
FULL_TRAIL = Can.status | Can.resolution | Can.assignee | Can.team


@pytest.fixture
def read(tmp_path):
    return lambda options=None, **files: read_with(Zendesk(), tmp_path, options, **files)


def ticket(number=1, **told):
    return {
        "id": number, "created_at": "2024-03-04T10:00:00Z", "updated_at": "2024-03-04T12:00:00Z", "status": "open",
        "requester_id": 90, "submitter_id": 90, "via": {"channel": "email"}, "subject": "Parcel", **told,
    }  # fmt: skip


def audit(*events, at="2024-03-04T10:00:00Z", author=90, number=1, via="web", ticket_id=1):
    events = [{"id": number * 100 + place, **event} for place, event in enumerate(events)]
    return {
        "id": number, "ticket_id": ticket_id, "created_at": at, "author_id": author, "via": {"channel": via},
        "events": events,
    }  # fmt: skip


def comment(author=90, public=True, **told):
    return {"type": "Comment", "author_id": author, "public": public, **told}


def change(name, before, after):
    return {"type": "Change", "field_name": name, "previous_value": before, "value": after}


def page(*tickets, **more):
    return {"tickets": list(tickets) or [ticket()], "users": USERS, "groups": [{"id": 7, "name": "Desk"}], **more}


def test_the_first_comment_is_what_the_ticket_was_opened_with(read):
    """
    10:00 customer writes (audit 1: comment, status new)
    10:30 Anna answers and sets pending
    """
    audits = [
        audit(comment(), {"type": "Create", "field_name": "status", "value": "new"}),
        audit(comment(5), change("status", "new", "pending"), at="2024-03-04T10:30:00Z", author=5, number=2),
    ]
    found = read(**{"t.json": page(), "a.json": {"audits": audits}})
    assert found.story("1") == [
        "created customer new",
        "message agent",
        "status agent waiting_customer",
        "status system open",
    ]
    assert found.facts.mode == "events"
    assert FULL_TRAIL | Can.messages | Can.acknowledgement in found.facts.can


@pytest.mark.parametrize(
    ("told", "status"),
    [("new", "new"), ("open", "open"), ("pending", "waiting_customer"), ("hold", "waiting_third_party"),
     ("on-hold", "waiting_third_party"), ("solved", "resolved"), ("closed", "closed")],
)  # fmt: skip
def test_every_status_has_its_word(read, told, status):
    audits = [audit(comment(), change("status", "x", told))]
    found = read(**{"t.json": page(ticket(status=told)), "a.json": {"audits": audits}})
    assert [one["status"] for one in found.events() if one["kind"] == "status"] == [status]


def test_a_status_from_elsewhere_in_a_priority_row_changes_nothing(read):
    audits = [audit(comment(), change("priority", "low", "solved"))]
    found = read(**{"t.json": page(ticket(status="new")), "a.json": {"audits": audits}})
    assert found.story("1") == ["created customer"]


def test_a_private_comment_is_a_note_and_a_rule_is_no_person(read):
    rule = {"channel": "rule", "source": {"rel": "trigger", "from": {"title": "Route"}}}
    audits = [
        audit(comment()),
        audit(comment(5, public=False), at="2024-03-04T10:05:00Z", author=5, number=2),
        audit({**change("group_id", None, "7"), "via": rule}, at="2024-03-04T10:06:00Z", author=-1, number=3),
        audit(comment(5, via=rule), at="2024-03-04T10:07:00Z", author=5, number=4),
    ]
    found = read(**{"t.json": page(ticket(status="new")), "a.json": {"audits": audits}})
    assert found.story("1")[1:] == ["note agent", "assigned rule", "message rule"]
    assert found.events()[2]["team"] == "Desk"


def test_a_notice_to_whoever_asked_is_an_automatic_answer(read):
    notice = {"type": "Notification", "recipients": [90], "via": {"channel": "rule"}}
    audits = [audit(comment(), notice), audit(comment(5), notice, at="2024-03-04T11:00:00Z", author=5, number=2)]
    found = read(**{"t.json": page(ticket(status="new")), "a.json": {"audits": audits}})
    assert found.story("1") == ["created customer", "message rule", "message agent"]


def test_a_notice_to_a_colleague_is_no_answer(read):
    audits = [audit(comment(), {"type": "Notification", "recipients": [5], "via": {"channel": "rule"}})]
    found = read(**{"t.json": page(ticket(status="new")), "a.json": {"audits": audits}})
    assert found.story("1") == ["created customer"]


def test_opened_by_an_agent_for_a_customer_is_opened_by_us(read):
    audits = [audit(comment(5), author=5)]
    found = read(**{"t.json": page(ticket(status="new", submitter_id=5)), "a.json": {"audits": audits}})
    assert found.story("1") == ["created agent"]


def test_an_end_user_told_to_be_ours_is_one_of_us(read):
    """A light agent or a partner may answer under an end-user's account."""
    users = [*USERS, {"id": 91, "name": "Partner", "role": "end-user", "email": "p@lampa.example"}]
    audits = [audit(comment()), audit(comment(91), at="2024-03-04T11:00:00Z", author=91, number=2)]
    files = {"t.json": {**page(ticket(status="new")), "users": users}, "a.json": {"audits": audits}}
    assert read(**files).story("1")[1] == "message customer"
    assert read(ReadOptions(our_addresses=("lampa.example",)), **files).story("1")[1] == "message agent"


def test_an_agent_who_asks_is_the_customer_of_that_ticket(read):
    found = read(**{"t.json": page(ticket(status="new", requester_id=5, submitter_id=5))})
    assert found.story("1") == ["created customer"]


def test_a_ticket_merged_into_another_names_it(read):
    """The loser's last comment says where it went; the winner's says where it came from."""
    merge = {"channel": "web", "source": {"rel": "merge", "from": {"ticket_ids": [2]}, "to": {}}}
    audits = [
        audit(comment()),
        audit(comment(5, via=merge), at="2024-03-04T11:00:00Z", author=5, number=2),
        audit(comment(), ticket_id=2, number=3),
        audit(change("status", "new", "closed"), change("tags", [], ["closed_by_merge"]), at="2024-03-04T11:00:00Z",
              author=5, number=4, ticket_id=2),
    ]  # fmt: skip
    files = {"t.json": page(ticket(status="new"), ticket(2, status="closed")), "a.json": {"audits": audits}}
    found = read(**files)
    assert found.story("2")[-1] == "merged agent 1"
    assert found.story("1")[-1] == "message rule"


def test_a_merge_by_tag_alone_has_no_known_target(read):
    found = read(**{"t.json": page(ticket(2, status="closed", tags=["closed_by_merge"]))})
    assert found.story("2") == ["created customer", "merged agent"]


def test_a_deleted_ticket_ends_as_deleted(read):
    found = read(**{"t.json": page(ticket(status="deleted"))})
    assert found.story("1") == ["created customer", "deleted system"]


def test_ticket_events_say_the_same_as_audits(read):
    events = [
        {"id": 1, "ticket_id": 1, "timestamp": 1709546400, "updater_id": 90, "via": "Mail", "event_type": "Audit",
         "child_events": [{"id": 2, "event_type": "Comment", "comment_public": True, "via": "Mail"},
                          {"id": 3, "event_type": "Create", "status": "new", "via": "Mail"}]},
        {"id": 4, "ticket_id": 1, "timestamp": 1709548200, "updater_id": 5, "via": "Web form", "event_type": "Audit",
         "child_events": [{"id": 5, "event_type": "Comment", "comment_public": True, "via": "Web form"},
                          {"id": 6, "event_type": "Change", "status": "solved", "previous_value": "new",
                           "via": "Rule"}]},
    ]  # fmt: skip
    found = read(**{"t.json": page(ticket(status="solved")), "e.json": {"ticket_events": events}})
    assert found.story("1") == ["created customer new", "message agent", "status rule resolved"]


def test_metric_events_tell_replies_pauses_and_solving_without_a_single_comment(read):
    def clock(number, metric, kind, minute, instance=1):
        at = f"2024-03-04T10:{minute:02}:00Z"
        return {"id": number, "ticket_id": 1, "metric": metric, "instance_id": instance, "type": kind, "time": at}

    events = [
        clock(1, "reply_time", "activate", 0),
        clock(2, "requester_wait_time", "activate", 0),
        clock(3, "reply_time", "fulfill", 10),
        clock(4, "requester_wait_time", "pause", 10),
        clock(5, "reply_time", "activate", 30, 2),
        clock(6, "requester_wait_time", "activate", 30),
        clock(7, "reply_time", "fulfill", 40, 2),
        clock(8, "resolution_time", "fulfill", 40),
    ]
    found = read(**{"t.json": page(ticket(status="solved")), "m.json": {"ticket_metric_events": events}})
    assert found.story("1") == [
        "created customer", "message agent", "status agent waiting_customer", "message customer", "status agent open",
        "message agent", "status agent resolved",
    ]  # fmt: skip
    assert found.facts.can == Can.first_reply | Can.resolution


def test_the_metric_set_tells_the_first_reply_to_the_minute(read):
    metrics = {"ticket_id": 1, "created_at": "2024-03-04T10:00:00Z", "reply_time_in_minutes": {"calendar": 25},
               "solved_at": "2024-03-04T11:00:00Z"}  # fmt: skip
    found = read(**{"t.json": page(ticket(status="solved")), "m.json": {"ticket_metrics": [metrics]}})
    assert found.story("1") == ["created customer", "message agent", "status agent resolved"]
    assert (found.facts.mode, found.facts.can) == ("dates", Can.first_reply | Can.resolution)


def test_comments_of_a_few_tickets_are_not_taken_for_all(read):
    tickets = [ticket(number, status="new") for number in range(1, 6)]
    tickets[0]["comments"] = [{"id": 1, "author_id": 90, "public": True, "created_at": "2024-03-04T10:00:00Z"}]
    found = read(**{"t.json": page(*tickets)})
    assert found.facts.can == Can(0)
    assert found.built.guesses[0].facts == {"told": "1", "of": "5"}


def test_what_belongs_to_no_ticket_of_the_export_is_set_aside_once_a_record(read):
    found = read(
        **{"t.json": page(ticket(status="new")), "a.json": {"audits": [audit(comment(), comment(), ticket_id=9)]}}
    )
    assert found.reasons() == ["no-request"]
    assert found.built.records == 2


@pytest.mark.parametrize(
    ("broken", "reason"),
    [({"id": None}, "no-id"), ({"created_at": None}, "no-date"), ({"created_at": "soon"}, "bad-date"),
     ({"created_at": 10**30}, "bad-date"), ({"id": {"a": []}}, "no-id")],
)  # fmt: skip
def test_a_broken_ticket_is_set_aside_with_a_reason(read, broken, reason):
    found = read(**{"t.json": page(ticket(status="new"), {**ticket(2), **broken})})
    assert found.reasons() == [reason]
    assert found.story("1") == ["created customer"]


def test_wrong_types_anywhere_do_no_harm(read):
    odd = ticket(2, via="email", tags="x", subject=["a"], requester_id=[], merged_ticket_ids=None, comments={"a": 1})
    odd_audit = {"id": [], "ticket_id": 2, "created_at": "2024-03-04T10:00:00Z", "events": [1, None, {"type": []}, {}]}
    found = read(**{"t.json": page(ticket(), odd), "a.json": {"audits": [odd_audit, {"ticket_id": 1, "events": []}]}})
    assert found.story("2")[0].startswith("created")
    assert found.reasons() == ["no-date"]


def test_a_truncated_export_is_refused(read, tmp_path):
    with pytest.raises(FileError, match="after 1 whole records"):
        read(**{"t.json": json.dumps(page(ticket(), ticket(2)))[:330]})


def test_the_same_files_twice_give_the_same_log(tmp_path):
    audits = "".join(json.dumps(audit(comment(), number=n, ticket_id=n)) + "\n" for n in (1, 2))
    for name in ("1", "2"):
        (tmp_path / f"t{name}.json").write_text(json.dumps(page(ticket(), ticket(2))))
        (tmp_path / f"a{name}.ndjson").write_text(audits)
    twice = read_log(sorted(tmp_path.iterdir()), ReadOptions(), format="zendesk")
    once = read_log([tmp_path / "t1.json", tmp_path / "a1.ndjson"], ReadOptions(), format="zendesk")
    assert twice.events.equals(once.events)
    assert twice.count.duplicate == 2


def test_the_channel_is_told_in_the_words_of_the_log():
    words = {"web": "form", "email": "email", "voice": "phone", "chat": "chat", "whatsapp": "messenger", "fax": "fax"}
    assert {told: channel_of({"channel": told}) for told in words} == words
    assert channel_of({"channel": "rule"}) is None
    assert channel_of(None) is None


def test_a_rule_is_known_by_its_channel_or_its_source():
    assert rule_of({"channel": "rule", "source": {"rel": "trigger", "from": {"title": "Greet"}}}) == "Greet"
    assert rule_of({"channel": "web", "source": {"rel": "merge"}}) == "merge"
    assert rule_of({"channel": "web"}) is None


TICKETS_CSV = """id,created_at,updated_at,status,requester_id,submitter_id,via_channel,merged_ticket_ids
1,2024-03-04 10:00:00,2024-03-04 12:00:00,solved,90,90,web,[2]
2,2024-03-04 10:10:00,2024-03-04 10:20:00,closed,90,90,email,
"""
COMMENTS_CSV = """id,_fivetran_synced,body,created,public,ticket_id,user_id,voice_comment
11,,a,2024-03-04 10:00:00,TRUE,1,90,FALSE
12,,b,2024-03-04 10:30:00,TRUE,1,5,FALSE
13,,c,2024-03-04 10:10:00,TRUE,2,90,FALSE
"""
HISTORY_CSV = """field_name,ticket_id,updated,_fivetran_synced,user_id,value
status,1,2024-03-04 10:00:00,,90,new
assignee_id,1,2024-03-04 10:25:00,,5,5
status,1,2024-03-04 12:00:00,,5,solved
status,2,2024-03-04 10:10:00,,90,new
status,2,2024-03-04 10:20:00,,5,closed
"""
USERS_CSV = "id,_fivetran_synced,email,name,role\n5,,a@shop.example,Anna,agent\n90,,o@mail.example,Ola,end-user\n"


def tables(**more):
    return {
        "ticket.csv": TICKETS_CSV,
        "comment.csv": COMMENTS_CSV,
        "history.csv": HISTORY_CSV,
        "user.csv": USERS_CSV,
        **more,
    }


def test_tables_are_recognised_as_a_set(read):
    found = read(**tables())
    assert found.story("1")[:4] == ["created customer new", "assigned agent", "message agent", "status agent resolved"]
    assert found.story("2")[-1] == "merged agent 1"
    assert found.events("1")[3]["assignee"] == "Anna"
    assert found.facts.can & FULL_TRAIL == FULL_TRAIL


def test_a_ragged_row_and_a_bad_date_are_set_aside(read):
    found = read(**tables(**{"comment.csv": COMMENTS_CSV + "14,,d,yesterday,TRUE,1,5,FALSE\n15,,e\n"}))
    assert sorted(found.reasons()) == ["bad-date", "ragged-row"]


def test_a_table_of_the_set_that_tells_nothing_is_claimed_and_left():
    assert table_of(b"id,_fivetran_synced,end_time,start_time\n") == "other"
    assert table_of(b"id,name,price\n") is None
    assert table_of(b"") is None


class TestRealTables:
    pytestmark = needs_shared

    def test_the_public_seeds(self):
        """Ten tickets; only 11071 has a history, and every comment belongs to tickets that are not there."""
        log = read_log(sorted((DATA / "dbt_zendesk_seeds").glob("*.csv")), ReadOptions(), format="zendesk")
        assert (log.requests.num_rows, log.count.read) == (10, 10 + 20 + 38)
        assert log.count.quarantined == 39
        statuses = [row["status"] for row in log.events.to_pylist() if row["request"] == "11071" and row["status"]]
        assert statuses.count("waiting_third_party") == 3
        assert log.sources[0].can == Can(0)
