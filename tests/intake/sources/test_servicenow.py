"""ServiceNow: rows as snapshots, one row a ticket, and the audit, journal and metric tables beside them."""

import pytest

from otklik.intake import ReadOptions
from otklik.intake.source import Input
from otklik.intake.sources.servicenow.reader import ServiceNow, table_of
from otklik.intake.sources.servicenow.rows import Dates, day_comes_first, field_name
from otklik.intake.sources.servicenow.states import state_of
from otklik.schemas.events import Can
from tests.intake.sources.desk_reading import read_with

HEAD = "number,sys_id,state,hold_reason,opened_at,sys_created_on,sys_updated_on,sys_updated_by,caller_id,assignment_group,assigned_to,resolved_at,closed_at\n"  # noqa: E501


@pytest.fixture
def read(tmp_path):
    return lambda options=None, **files: read_with(ServiceNow(), tmp_path, options, **files)


def row(
    state, clock, *, number="INC1", by="tom.ek", hold="", group="Desk", who="", resolved="", closed="", opened="10:00"
):
    day = "2024-03-04 "
    ends = [day + end + ":00" if end else "" for end in (resolved, closed)]
    cells = [
        number,
        "s" + number,
        state,
        hold,
        day + opened + ":00",
        day + opened + ":00",
        day + clock + ":00",
        by,
        "Mara Lind",
        group,
        who,
        *ends,
    ]
    return ",".join(cells) + "\n"


def test_rows_of_one_number_are_the_states_it_went_through(read):
    """
    10:00 new   10:10 Tom takes it   10:20 on hold for the caller   10:40 Mara comes back   11:00 resolved, closed later
    """
    rows = [
        row("New", "10:00", by="mara.lind"),
        row("In Progress", "10:10", who="Tom Ek"),
        row("On Hold", "10:20", who="Tom Ek", hold="Awaiting Caller"),
        row("In Progress", "10:40", who="Tom Ek", by="mara.lind"),
        row("Resolved", "11:00", who="Tom Ek", resolved="11:00"),
        row("Closed", "11:30", who="Tom Ek", by="system", resolved="11:00", closed="11:30"),
    ]
    found = read(**{"i.csv": HEAD + "".join(reversed(rows))})
    assert found.story("INC1") == [
        "created customer new",
        "assigned agent",
        "status agent open In Progress",
        "status agent waiting_customer On Hold",
        "status customer open In Progress",
        "status agent resolved Resolved",
        "status system closed Closed",
    ]
    assert found.facts.can == Can.status | Can.resolution | Can.assignee | Can.team
    assert found.events()[1]["assignee"] == "Tom Ek"


def test_one_row_a_ticket_tells_its_dates_only(read):
    rows = [
        row("Closed", "12:00", resolved="11:00", closed="12:00"),
        row("New", "10:00", number="INC2"),
        row("On Hold", "10:30", number="INC3", hold="Awaiting Vendor"),
        row("Canceled", "10:45", number="INC4"),
    ]
    found = read(**{"i.csv": HEAD + "".join(rows)})
    assert found.story("INC1") == ["created customer new", "status agent resolved", "status system closed"]
    assert found.story("INC2") == ["created customer new"]
    assert found.story("INC3") == ["created customer new", "status system waiting_third_party"]
    assert found.story("INC4") == ["created customer new", "cancelled agent Canceled"]
    assert (found.facts.mode, found.facts.can) == ("dates", Can.resolution)


def test_closed_straight_away_takes_the_solving_from_its_date(read):
    rows = [row("New", "10:00"), row("Closed", "11:30", resolved="11:10", closed="11:30")]
    assert read(**{"i.csv": HEAD + "".join(rows)}).story("INC1")[1:] == [
        "status agent resolved",
        "status agent closed Closed",
    ]


def test_answers_of_the_table_interface_with_values_and_labels(read):
    def pair(value, shown):
        return {"value": value, "display_value": shown}

    answer = {
        "result": [
            {
                "number": pair("INC7", "INC7"),
                "sys_id": pair("s7", "s7"),
                "state": pair("6", "Resolved"),
                "opened_at": pair("2024-03-04 10:00:00", "04-03-2024 12:00:00"),
                "sys_updated_on": "2024-03-04 11:00:00",
                "resolved_at": "2024-03-04 11:00:00",
                "assignment_group": {"link": "https://x", "display_value": "Desk"},
                "caller_id": "",
                "priority": "2 - High",
            }
        ]
    }
    found = read(**{"a.json": answer})
    assert found.story("INC7") == ["created customer new", "status agent resolved"]
    assert found.events()[0]["at"].hour == 10
    assert found.events()[0]["team"] == "Desk"
    assert found.request("INC7")["priority"] == "2 - High"


def test_labels_of_a_list_export_will_do(read):
    text = "Number;Opened;State;Assignment group;Caller;Updated;Resolved\n" + (
        "INC1;29.02.2024 10:00:00;Resolved;Desk;Mara;29.02.2024 12:00:00;29.02.2024 11:00:00\n"
    )
    found = read(**{"list.csv": text})
    assert [one["at"].day for one in found.events()] == [29, 29]
    assert {guess.what: guess.value for guess in found.built.guesses}["date order"] == "day first"


def test_the_audit_tells_the_trail_of_a_single_row(read):
    audit = "documentkey,fieldname,oldvalue,newvalue,sys_created_on,user\n" + (
        "sINC1,state,1,2,2024-03-04 10:10:00,tom.ek\n"
        "sINC1,assigned_to,,u5,2024-03-04 10:10:00,tom.ek\n"
        "sINC1,state,2,6,2024-03-04 11:00:00,tom.ek\n"
        "sINC1,urgency,1,2,2024-03-04 11:00:00,tom.ek\n"
    )
    users = "sys_id,user_name,name\nu5,tom.ek,Tom Ek\n"
    found = read(**{"i.csv": HEAD + row("Resolved", "11:00"), "sys_audit.csv": audit, "sys_user.csv": users})
    assert found.story("INC1") == [
        "created customer new",
        "assigned agent",
        "status agent open 2",
        "status agent resolved 6",
    ]
    assert found.events()[1]["assignee"] == "Tom Ek"
    assert Can.status in found.facts.can


def test_the_journal_tells_messages_and_notes(read):
    journal = "element_id,element,name,value,sys_created_on,sys_created_by\n" + (
        "sINC1,comments,incident,any news?,2024-03-04 10:30:00,mara.lind\n"
        "sINC1,work_notes,incident,call back,2024-03-04 10:35:00,tom.ek\n"
        "sINC1,comments,incident,done,2024-03-04 10:50:00,tom.ek\n"
        "sINC9,comments,incident,stray,2024-03-04 10:50:00,tom.ek\n"
    )
    found = read(**{"i.csv": HEAD + row("Resolved", "11:00", resolved="11:00"), "sys_journal_field.csv": journal})
    assert found.story("INC1")[1:4] == ["message customer", "note agent", "message agent"]
    assert Can.messages in found.facts.can
    assert found.reasons() == ["no-request"]


def test_metric_rows_tell_when_a_state_or_group_began(read):
    metric = "inc_number,mi_definition,mi_value,mi_start,mi_end\n" + (
        "INC1,Incident State Duration,In Progress,2024-03-04 10:15:00,2024-03-04 11:00:00\n"
        "INC1,Assignment Group,Network,2024-03-04 10:20:00,\n"
        "INC1,Create to Resolve Duration,,2024-03-04 10:00:00,\n"
    )
    found = read(**{"i.csv": HEAD + row("In Progress", "11:00"), "m.csv": metric})
    assert found.story("INC1")[:3] == ["created customer new", "status system open In Progress", "assigned system"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row("New", "10:00", number=""), "no-id"),
        ("INC2,s,New,,x,y,,,,,,,\n", "bad-date"),
        ("INC2,s,New,,,,,,,,,,\n", "no-date"),
        ("INC2,s,New\n", "ragged-row"),
    ],
)
def test_a_broken_row_is_set_aside(read, bad, reason):
    found = read(**{"i.csv": HEAD + row("New", "10:00") + bad})
    assert found.reasons() == [reason]
    assert found.story("INC1") == ["created customer new"]


def test_question_marks_stand_for_nothing(read):
    text = (
        "number,incident_state,sys_mod_count,reopen_count,caller_id,opened_at,sys_updated_at,assignment_group,resolved_at\n"
        + (
            "INC1,New,0,0,Caller 7,29/2/2024 01:16,29/2/2024 01:23,Group 56,?\n"
            "INC1,Awaiting User Info,1,0,Caller 7,29/2/2024 01:16,29/2/2024 08:53,?,?\n"
            "INC1,-100,2,0,Caller 7,29/2/2024 01:16,29/2/2024 09:53,?,?\n"
        )
    )
    found = read(**{"log.csv": text})
    assert found.story("INC1") == [
        "created customer new",
        "assigned agent",
        "status agent new New",
        "assigned agent",
        "status agent waiting_customer Awaiting User Info",
    ]


def test_times_are_in_the_zone_told(read):
    found = read(ReadOptions(time_zone="Europe/Moscow"), **{"i.csv": HEAD + row("New", "10:00")})
    assert found.events()[0]["at"].hour == 7


@pytest.mark.parametrize(
    ("label", "number", "hold", "meant"),
    [
        ("1", "INC1", "", "new"),
        ("2", "INC1", "", "open"),
        ("3", "INC1", "1", "waiting_customer"),
        ("3", "INC1", "4", "waiting_third_party"),
        ("6", "INC1", "", "resolved"),
        ("8", "INC1", "", "cancelled"),
        ("3", "SCTASK1", "", "closed"),
        ("-5", "TASK1", "", "waiting_third_party"),
        ("Awaiting Caller", "INC1", "", "waiting_customer"),
        ("Closed Complete", "TASK1", "", "closed"),
        ("Решено", "INC1", "", "resolved"),
        ("", "INC1", "", None),
    ],
)
def test_what_a_state_means(label, number, hold, meant):
    assert state_of(label, number, hold) == meant


def test_the_order_of_day_and_month_shows_in_some_number():
    assert day_comes_first(["01/02/2024 10:00", "13/02/2024 10:00"]) is True
    assert day_comes_first(["01/02/2024 10:00", "02/13/2024 10:00"]) is False
    assert day_comes_first(["2024-03-04 10:00:00", "01/02/2024 10:00"]) is None


def test_an_american_date_with_am_and_pm():
    from datetime import UTC

    dates = Dates(UTC, day_first=False)
    assert dates.us("03/04/2024 12:05 AM") == dates.us("2024-03-04 00:05:00")
    assert dates.us("03/04/2024 01:05:09 PM") == dates.us("2024-03-04 13:05:09")
    assert dates.us("31/31/2024 10:00") is None


def test_headings_and_labels_are_one(tmp_path):
    names = {"Assignment group": "assignment_group", "inc_number": "number", "Opened": "opened_at", "SYS_ID": "sys_id"}
    assert {heading: field_name(heading) for heading in names} == names


@pytest.mark.parametrize("text", ["number,price\n1,2\n", "", "<xml/>", "{}", "[" * 500, '{"number": 1}'])
def test_other_tables_are_left_to_others(tmp_path, text):
    path = tmp_path / "x"
    path.write_text(text)
    assert table_of(Input.of(path)) is None
