"""What the table source makes of tables of every mode."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from otklik.intake import ReadOptions, read_log
from otklik.intake.sources.table.instants import UnknownTimeZone
from otklik.intake.sources.table.plan import NoRequests
from otklik.intake.sources.table.roles import UnknownColumn, UnknownRole
from otklik.schemas.events import Can
from tests.intake.sources.table_reading import desk, guessed, instants, set_aside, story

__all__ = ["desk"]

DATES = """ticket id,created at,first reply at,resolved at,closed at,status,channel,team,subject
1,2024-03-04 10:00,2024-03-04 10:30,2024-03-04 12:00,2024-03-05 12:00,closed,email,Alpha,printer
2,2024-03-04 11:00,,,,open,chat,Beta,scanner
"""


def test_one_row_a_request_with_its_dates(desk):
    log = desk.read(DATES)
    assert story(log) == [
        "2024-03-04 10:00:00 1 created customer",
        "2024-03-04 10:30:00 1 message agent",
        "2024-03-04 12:00:00 1 status agent resolved",
        "2024-03-05 12:00:00 1 status agent closed",
        "2024-03-04 11:00:00 2 created customer",
    ]
    assert log.sources[0].can == Can.first_reply | Can.resolution
    assert log.requests["subject"].to_pylist() == ["printer", "scanner"]
    assert dict(log.requests["attributes"][0].as_py()) == {"status": "closed"}


def test_what_a_table_cannot_tell_is_not_claimed(desk):
    log = desk.read("id,created,closed\n1,2024-03-04 10:00,2024-03-05 10:00\n2,2024-03-04 10:00,\n")
    assert log.sources[0].can == Can.resolution
    assert log.sources[0].mode == "dates"


def test_a_state_that_says_open_outranks_an_end_date(desk):
    log = desk.read("id,created,closed,status\n1,2024-03-04 10:00,2024-03-05 10:00,reopened\n2,2024-03-04,,new\n")
    assert story(log) == ["2024-03-04 10:00:00 1 created customer", "2024-03-04 00:00:00 2 created customer"]
    assert "1" in guessed(log, "reopened")


def test_a_row_that_ended_nobody_knows_when_is_set_aside(desk):
    log = desk.read(
        "id,created,closed,status\n1,2024-03-04 10:00,,closed\n2,2024-03-04 10:00,2024-03-05 10:00,closed\n"
    )
    assert set_aside(log) == [(2, "ended-without-date")]


def test_without_end_dates_the_last_change_stands_in_and_says_so(desk):
    log = desk.read(
        "id,created,updated,status\n1,2024-03-04 10:00,2024-03-05 10:00,closed\n2,2024-03-04 11:00,2024-03-05,new\n"
    )
    assert story(log)[1] == "2024-03-05 10:00:00 1 status agent closed"
    assert "its last change stands in" in guessed(log, "closed")["updated"]


def test_cancelled_deleted_and_merged_are_no_resolutions(desk):
    rows = "".join(
        f"{n},2024-03-04 10:00,2024-03-04 11:00,{state}\n" for n, state in enumerate(["cancelled", "spam", "merged"])
    )
    log = desk.read("id,created,closed,status\n" + rows)
    assert [line.split()[3] for line in story(log)] == [
        "created",
        "cancelled",
        "created",
        "deleted",
        "created",
        "merged",
    ]


def test_ends_before_starts_are_set_aside_with_their_row(desk):
    log = desk.read("id,created,closed\n1,2024-03-04 10:00,2024-03-03 10:00\n2,2024-03-04 10:00,2024-03-05 10:00\n")
    assert set_aside(log) == [(2, "ends-before-start")]
    row = log.quarantine.to_pylist()[0]
    assert (row["detail"], row["raw"]) == ("closed", "1,2024-03-04 10:00,2024-03-03 10:00")
    assert row["file"].endswith("desk.csv")


def test_an_end_that_is_only_a_day_may_be_the_day_of_the_beginning(desk):
    log = desk.read("id,created,closed\n1,2024-03-04 10:00,2024-03-04\n2,2024-03-04 11:30,2024-03-05\n")
    assert set_aside(log) == []
    assert story(log)[1] == "2024-03-04 10:00:00 1 status agent closed"


@pytest.mark.parametrize(
    "nothing", ["9999-12-31", "9999-12-31 00:00:00", "1970-01-01", "0001-01-01", "", " ", "NULL", "-", "N/A"]
)
def test_an_end_date_that_means_none_is_none(desk, nothing):
    log = desk.read(f"id,created,closed\n1,2024-03-04 10:00,{nothing}\n2,2024-03-04 10:00,2024-03-05 10:00\n")
    assert set_aside(log) == []
    assert log.events.num_rows == 3


@pytest.mark.parametrize("absurd", ["0000-01-01", "0001-01-01", "9999-01-01 10:00", "2024-02-30", "soon"])
def test_the_years_0_and_9999_and_days_that_never_were_are_bad_dates(desk, absurd):
    log = desk.read(
        f"id,created,closed\n1,{absurd},\n" + "".join(f"{n},2024-03-04 10:00,2024-03-05 10:00\n" for n in range(2, 9))
    )
    assert set_aside(log) == [(2, "bad-date")]


def test_a_row_without_number_or_date_is_set_aside(desk):
    log = desk.read("id,created,closed\n,2024-03-04 10:00,\n2,,\n3,2024-03-04 10:00,2024-03-05 10:00\n")
    assert set_aside(log) == [(2, "no-id"), (3, "no-date")]
    assert (log.count.read, log.count.kept, log.count.quarantined) == (3, 1, 2)


def test_ids_that_differ_by_case_or_leading_zeros_stay_apart(desk):
    ids = ["7", "07", "007", "a1", "A1", "1e5", "100000", "٧"]
    log = desk.read("id,created,closed\n" + "".join(f"{one},2024-03-04 10:00,2024-03-05 10:00\n" for one in ids))
    assert sorted(log.requests["request"].to_pylist()) == sorted(ids)


def test_a_repeated_row_is_a_duplicate_and_a_later_one_replaces_it(desk):
    rows = ["1,2024-03-04 10:00,", "1,2024-03-04 10:00,2024-03-05 10:00", "2,2024-03-04 10:00,2024-03-04 11:00"]
    log = desk.read("id,created,closed\n" + "\n".join(rows) + "\n")
    assert log.count.duplicate == 1
    assert "2024-03-05 10:00:00 1 status agent closed" in story(log)


STEPS = """case:concept:name,concept:name,time:timestamp,org:resource,org:group,case:channel
c1,Register,2024-03-04T10:00:00+01:00,ann,front,desk
c1,Check,2024-03-04T11:00:00+01:00,bob,back,desk
c1,Closed,2024-03-05T11:00:00+01:00,bob,back,desk
c2,Register,2024-03-04T12:00:00+01:00,ann,front,post
"""


def test_one_row_an_event(desk):
    log = desk.read(STEPS)
    assert story(log) == [
        "2024-03-04 09:00:00 c1 step agent",
        "2024-03-04 10:00:00 c1 step agent",
        "2024-03-05 10:00:00 c1 step agent closed",
        "2024-03-04 11:00:00 c2 step agent",
    ]
    assert log.sources[0].is_process
    assert log.requests["channel"].to_pylist() == ["desk", "post"]
    assert log.events["team"].to_pylist() == ["front", "back", "back", "front"]


def test_a_case_without_an_end_date_is_still_open(desk):
    log = desk.read(
        "case id,activity,timestamp,case:startdate,case:enddate\n"
        "1,Intake,2024-03-04 10:00,2024-03-04 09:00,2024-03-06 10:00\n"
        "1,Decide,2024-03-05 10:00,2024-03-04 09:00,2024-03-06 10:00\n"
        "2,Intake,2024-03-04 10:00,2024-03-04 09:00,\n"
    )
    assert [line for line in story(log) if "closed" in line] == ["2024-03-06 10:00:00 1 status system closed"]
    assert story(log)[0] == "2024-03-04 09:00:00 1 created system"


def test_events_before_the_creation_stay(desk):
    log = desk.read(
        "request,at,kind,by,public\n1,2024-03-04 11:00,created,customer,true\n1,2024-03-04 10:00,note,agent,false\n"
    )
    assert story(log) == ["2024-03-04 10:00:00 1 note agent", "2024-03-04 11:00:00 1 created customer"]
    assert guessed(log, "mode") == {"log": "it has the columns of a service log"}


def test_steps_that_are_somebody_speaking_become_messages(desk):
    log = desk.read(
        "case id,activity,timestamp\n"
        "1,Opened,2024-03-04 10:00\n1,Agent reply,2024-03-04 10:20\n"
        "1,Customer reply,2024-03-04 10:30\n1,Closed,2024-03-04 11:00\n"
    )
    assert [line[20:] for line in story(log)] == [
        "1 created customer", "1 step system open", "1 message agent", "1 message customer", "1 step system closed",
    ]  # fmt: skip
    assert not log.sources[0].is_process
    assert log.sources[0].can & Can.messages


MESSAGES = """ticket_id,sent at,direction,author,body,public
1,2024-03-04 10:00,incoming,anna@example.com,help,true
1,2024-03-04 10:05,outgoing,bob,checking,false
1,2024-03-04 10:30,outgoing,bob,done,true
2,2024-03-04 11:00,incoming,vera@example.com,hello,true
"""


def test_one_row_a_message(desk):
    log = desk.read(MESSAGES)
    assert [line[11:] for line in story(log)] == [
        "10:00:00 1 created customer", "10:05:00 1 note agent",
        "10:30:00 1 message agent", "11:00:00 2 created customer",
    ]  # fmt: skip
    assert log.sources[0].mode == "messages"


def test_whoever_wrote_first_is_the_customer_where_nothing_tells(desk):
    said = ["1,2024-03-04 10:00,anna,hi", "1,2024-03-04 10:05,bob,hello", "1,2024-03-04 10:06,anna,so"]
    text = "chat id,time,author,message\n" + "\n".join(said) + "\n"
    assert [line.split()[4] for line in story(desk.read(text))] == ["customer", "agent", "customer"]


def test_our_addresses_tell_who_we_are(desk):
    text = "chat id,time,author,message\n1,2024-03-04 10:00,bob@shop.ru,hi\n1,2024-03-04 10:05,anna@mail.ru,hello\n"
    log = desk.read(text, our_addresses=("shop.ru",))
    assert [line.split()[4] for line in story(log)] == ["agent", "customer"]


def test_messages_and_changes_join_their_requests(desk):
    files = [
        desk.write(
            "ticket id,created at,closed at,status\n1,2024-03-04 10:00,2024-03-05 10:00,closed\n", "tickets.csv"
        ),
        desk.write(
            "ticket id,created at,author type,body\n1,2024-03-04 10:00,customer,hi\n1,2024-03-04 10:20,agent,yes\n",
            "comments.csv",
        ),
        desk.write(
            "ticket id,changed,field,new value\n1,2024-03-04 10:10,assignee,bob\n1,2024-03-04 10:40,priority,high\n",
            "changes.csv",
        ),
    ]
    log = read_log(files)
    (facts,) = log.sources
    assert facts.source == "tickets"
    assert [(e["kind"], e["by"], e["public"]) for e in log.events.to_pylist()] == [
        ("created", "customer", False),
        ("message", "customer", True),
        ("assigned", "agent", False),
        ("message", "agent", True),
        ("status", "agent", False),
    ]
    assert log.count.read == log.count.kept == 5


def test_several_rows_a_request_over_time(desk):
    log = desk.read(
        "number,updated at,state,assigned to,opened at\n"
        "I1,2024-03-04 10:00,New,,2024-03-04 09:30\n"
        "I1,2024-03-04 11:00,Active,bob,2024-03-04 09:30\n"
        "I1,2024-03-04 12:00,Awaiting User Info,bob,2024-03-04 09:30\n"
        "I1,2024-03-04 13:00,Closed,bob,2024-03-04 09:30\n"
        "I2,2024-03-04 13:00,New,,2024-03-04 12:30\n"
    )
    assert [line[11:] for line in story(log)] == [
        "09:30:00 I1 created customer",
        "10:00:00 I1 status agent new",
        "11:00:00 I1 assigned agent",
        "11:00:00 I1 status agent open",
        "12:00:00 I1 status agent waiting_customer",
        "13:00:00 I1 status agent closed",
        "12:30:00 I2 created customer",
        "13:00:00 I2 status agent new",
    ]
    assert log.sources[0].can & Can.status


def test_a_history_of_states(desk):
    log = desk.read(
        "ticket id,date,field,old value,new value,author\n"
        "1,2024-03-04 10:00,status,new,open,bob\n1,2024-03-04 11:00,status,open,solved,bob\n"
        "1,2024-03-04 11:00,group,a,b,bob\n2,2024-03-04 10:00,status,new,Спам,bob\n"
    )
    assert [line[11:] for line in story(log)] == [
        "10:00:00 1 status agent open", "11:00:00 1 status agent resolved", "11:00:00 1 assigned agent",
        "10:00:00 2 deleted agent",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("a,b\n1,2\n", "dates"),
        ("name,colour\nx,red\n", "number of a request"),
        ("id,created\n1,2024-03-04\n2,2024-03-05\n", "one date a row"),
        ("id,created,closed\n", "no rows"),
        ("id,score,answered\n1,9,2024-03-04\n2,8,2024-03-05\n", "when a request came"),
    ],
)
def test_a_table_without_a_log_says_what_is_missing_and_what_it_saw(desk, text, missing):
    with pytest.raises(NoRequests, match=missing) as refused:
        desk.read(text)
    assert text.split(",")[0] in str(refused.value)
    assert "--map" in str(refused.value)


def test_told_roles_win_and_may_leave_columns_out(desk):
    text = "a,b,c,d\nx1,2024-03-04 10:00,2024-03-05 10:00,secret\nx2,2024-03-04 10:00,,secret\n"
    log = desk.read(text, roles={"b": "created", "c": "resolved", "a": "request", "d": "ignore"})
    assert story(log)[1] == "2024-03-05 10:00:00 x1 status agent resolved"
    assert log.requests["attributes"].to_pylist() == [None, None] or not log.requests["attributes"][0].as_py()


def test_a_told_role_or_column_that_is_not_there_is_said(desk):
    with pytest.raises(UnknownRole, match="birthday"):
        desk.read(DATES, roles={"channel": "birthday"})
    with pytest.raises(UnknownColumn, match="canal"):
        desk.read(DATES, roles={"canal": "channel"})


def test_columns_by_their_values_where_headings_say_nothing(desk):
    log = desk.read(
        "x,y,z,w,v\nREQ-1,2024-03-04 10:00,2024-03-05 10:00,open,a@b.ru\n"
        "REQ-2,2024-03-04 10:00,2024-03-05 12:00,closed,c@d.ru\n"
    )
    roles = {guess.facts["column"]: guess.value for guess in log.guesses if guess.what == "column"}
    assert roles == {"x": "request", "y": "created", "z": "closed", "w": "status", "v": "customer"}


def test_russian_headings_and_states(desk):
    log = desk.read(
        "№ заявки;Дата создания;Дата закрытия;Статус;Исполнитель;Способ обращения\n"
        "1;04.03.2024 10:00;05.03.2024 10:00;Выполнена;Иванов;телефон\n2;13.03.2024 10:00;;В работе;Петров;сайт\n"
    )
    assert story(log)[1] == "2024-03-05 10:00:00 1 status agent closed"
    assert log.requests["channel"].to_pylist() == ["телефон", "сайт"]
    assert guessed(log, "state") == {
        "resolved": "these states mean it: Выполнена", "open": "these states mean it: В работе",
    }  # fmt: skip


def test_formula_looking_values_survive_as_they_are(desk):
    text = "id,created,closed,subject,customer\n" + "".join(
        f"{n},2024-03-04 10:00,2024-03-05 10:00,{value},x{n}\n"
        for n, value in enumerate(["=1+1", "@SUM(A1)", "-5", "+7 (812) 000", "'+7 (812) 111", "'tis fine"])
    )
    assert desk.read(text).requests["subject"].to_pylist() == [
        "=1+1", "@SUM(A1)", "-5", "+7 (812) 000", "+7 (812) 111", "'tis fine",
    ]  # fmt: skip


def test_a_due_date_is_an_attribute(desk):
    log = desk.read("id,created,due,closed\n1,2024-03-04 10:00,2024-03-06 10:00,2024-03-05 10:00\n")
    assert dict(log.requests["attributes"][0].as_py()) == {"due_at": "2024-03-06T10:00:00Z"}


def test_times_with_zones_without_and_mixed(desk):
    text = "id,created,closed\n1,2024-03-04 10:00+03:00,2024-03-04T09:00:00Z\n2,2024-03-04 10:00,2024-03-04 12:00 MSK\n"
    assert instants(desk.read(text, time_zone="Europe/Berlin")) == [
        "2024-03-04 07:00:00", "2024-03-04 09:00:00", "2024-03-04 09:00:00", "2024-03-04 09:00:00",
    ]  # fmt: skip
    log = desk.read(text)
    assert guessed(log, "time_zone") == {"UTC": "3 times name their zone; the other 1 are taken to be in this one"}


def test_local_times_around_the_clock_changes(desk):
    text = "id,created,closed\n1,2024-03-31 02:30,2024-03-31 03:30\n2,2024-10-27 02:30,2024-10-27 03:30\n"
    assert instants(desk.read(text, time_zone="Europe/Berlin")) == [
        "2024-03-31 01:30:00", "2024-03-31 01:30:00", "2024-10-27 00:30:00", "2024-10-27 02:30:00",
    ]  # fmt: skip


def test_an_unknown_zone_is_said(desk):
    with pytest.raises(UnknownTimeZone, match="Mars"):
        desk.read(DATES, time_zone="Mars/Olympus")


def test_seconds_milliseconds_and_excel_days(desk):
    rows = ["1,1709546400,1709550000", "2,1709546400000,1709550000123", "3,45355.5,45355.75"]
    log = desk.read("id,created at,closed at\n" + "\n".join(rows) + "\n")
    assert instants(log) == [
        "2024-03-04 10:00:00", "2024-03-04 11:00:00", "2024-03-04 10:00:00", "2024-03-04 11:00:00",
        "2024-03-04 12:00:00", "2024-03-04 18:00:00",
    ]  # fmt: skip


def test_parquet_keeps_its_instants(desk):
    at = pa.array([1709546400_000000, 1709550000_000000]).cast(pa.timestamp("us", "UTC"))
    path = desk.folder / "log.parquet"
    table = pa.table({"id": [1, 2], "created": at, "closed": pa.array([None, 1709564400_000]).cast(pa.timestamp("ms"))})
    pq.write_table(table, path)
    log = read_log([path], ReadOptions(time_zone="Europe/Moscow"))
    assert story(log) == [
        "2024-03-04 10:00:00 1 created customer",
        "2024-03-04 11:00:00 2 created customer",
        "2024-03-04 12:00:00 2 status agent closed",
    ]


def test_json_lines_and_lists_of_objects(desk):
    lines = (
        '{"id": 7, "created": "2024-03-04T10:00:00Z", "closed": null, "who": {"team": "a"}}\nbroken\n'
        '{"id": "07", "created": "2024-03-04T10:00:00Z", "closed": "2024-03-04T11:00:00Z"}\n'
    )
    log = desk.read(lines, "tickets.jsonl")
    assert log.requests["request"].to_pylist() == ["07", "7"]
    assert set_aside(log) == [(2, "not-json")]
    assert log.events["team"].to_pylist() == [None, None, "a"]
    whole = (
        '[{"id": 1, "created": "2024-03-04", "closed": "2024-03-05"}, {"id": 2, "created": "2024-03-04", "closed": ""}]'
    )
    assert desk.read(whole, "tickets.json").requests.num_rows == 2
