"""When a request of a process log has ended, and what its steps become."""

import re
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from otklik.intake.process import CASES, STEPS, process_events
from otklik.schemas.events import Can


def log_of(text, cases=()):
    """Read lines of 'date time request step [@who] [~transition] [#team]' and (request, start, end) triples."""
    rows = []
    for number, line in enumerate(text.strip().splitlines(), start=1):
        day, clock, request, rest = line.split(maxsplit=3)
        marks = {mark: word for mark, word in re.findall(r"([@~#])(\S+)", rest)}
        rows.append(
            {
                "request": request,
                "at": at(f"{day} {clock}"),
                "record": number,
                "activity": re.sub(r"\s*[@~#]\S+", "", rest).strip(),
                "resource": marks.get("@"),
                "transition": marks.get("~"),
                "team": marks.get("#"),
            }
        )
    steps = pa.Table.from_pylist(rows, schema=STEPS)
    dated = [{"request": r, "started_at": at(s), "ended_at": at(e)} for r, s, e in cases]
    return process_events("permits", steps, pa.Table.from_pylist(dated, schema=CASES) if cases else None)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def states(found, request="A"):
    events = [event for event in found.events.to_pylist() if event["request"] == request]
    events.sort(key=lambda event: event["at"])
    return [event["status"] or event["kind"] for event in events]


def test_a_step_called_closed_closes():
    found = log_of(
        """
        2025-03-03 10:00 A Register
        2025-03-04 10:00 A Check
        2025-03-05 10:00 A Closed
        """
    )
    assert states(found) == ["step", "step", "closed"]
    assert found.ending == "activity"
    assert found.can & Can.status and found.can & Can.resolution and found.can & Can.steps


def test_work_after_the_end_reopens_when_the_end_has_to_be_reached_again():
    found = log_of(
        """
        2025-03-03 10:00 A Register
        2025-03-04 10:00 A Resolve ticket
        2025-03-05 10:00 A Ask the supplier
        2025-03-06 10:00 A Check
        2025-03-07 10:00 A Resolve ticket
        """
    )
    assert states(found) == ["step", "resolved", "open", "step", "resolved"]


def test_a_survey_between_resolved_and_closed_reopens_nothing():
    found = log_of(
        """
        2025-03-03 10:00 A Register
        2025-03-04 10:00 A Resolve ticket
        2025-03-05 10:00 A Send survey
        2025-03-07 10:00 A Closed
        """
    )
    assert states(found) == ["step", "resolved", "step", "closed"]


def test_taking_it_in_charge_again_reopens():
    found = log_of(
        """
        2025-03-03 10:00 A Register
        2025-03-04 10:00 A Resolve ticket
        2025-03-05 10:00 A Take in charge ticket
        """
    )
    assert states(found) == ["step", "resolved", "open"]


def test_a_word_of_ending_in_the_middle_of_cases_is_no_end():
    """
    'Completed' is here the form, not the request.
    """
    steps = ["Completed", "Check", "Ask", "Visit", "Decide", "Send decision"]
    text = "\n".join(f"2025-03-0{day + 1} 10:00 A {step}" for day, step in enumerate(steps))
    found = log_of(text)
    assert states(found) == ["step"] * 6
    assert found.ending == "none" and not found.can & Can.resolution


def test_a_cancellation_is_an_end_only_as_the_last_step():
    found = log_of(
        """
        2025-03-03 10:00 A Register
        2025-03-04 10:00 A Withdrawn
        2025-03-03 10:00 B Withdrawn
        2025-03-04 10:00 B Register
        """
    )
    assert states(found, "A") == ["step", "cancelled"]
    assert states(found, "B") == ["step", "step"]


def test_the_case_itself_says_when_it_began_and_ended():
    found = log_of(
        """
        2025-03-03 10:00 A Receipt @anna
        2025-03-04 10:00 A Closed @boris
        2025-03-03 10:00 B Receipt @anna
        """,
        cases=[("A", "2025-03-01 09:00", "2025-03-20 17:00"), ("B", "2025-03-03 10:00", None)],
    )
    assert found.ending == "attribute"
    assert states(found, "A") == ["created", "step", "step", "closed"]
    assert states(found, "B") == ["step"], "no end date: still open, whatever its steps are called"
    last = max(found.events.to_pylist(), key=lambda event: event["at"])
    assert (last["at"], last["by"], last["record"]) == (at("2025-03-20 17:00"), "system", 2)
    assert last["assignee"] == "boris", "whoever held it goes on holding it"


def test_an_end_before_the_beginning_falls_on_the_last_step():
    found = log_of(
        """
        2025-03-03 10:00 A Receipt
        2025-03-04 10:00 A Check
        """,
        cases=[("A", "2025-03-02 10:00", "2025-03-01 10:00")],
    )
    closed = [event for event in found.events.to_pylist() if event["status"] == "closed"]
    assert [event["at"] for event in closed] == [at("2025-03-04 10:00")]


@pytest.mark.parametrize("never", ["9999-12-31 00:00", "1970-01-01 00:00"])
def test_a_placeholder_is_no_end_date(never):
    text = "2025-03-03 10:00 A Receipt\n2025-03-03 10:00 B Receipt"
    found = log_of(text, cases=[("A", never, never), ("B", None, "2025-03-05 10:00")])
    assert states(found, "A") == ["step"]
    assert states(found, "B") == ["step", "closed"]


def test_where_no_name_tells_the_usual_last_step_ends_a_case():
    ended = "\n".join(f"2025-03-0{n} 10:00 C{n} Create fine\n2025-03-0{n} 12:00 C{n} Payment" for n in range(1, 7))
    found = log_of(ended + "\n2025-03-07 10:00 A Create fine\n2025-03-07 11:00 A Send fine")
    assert found.ending == "last"
    assert states(found, "C1") == ["step", "closed"]
    assert states(found, "A") == ["step", "step"]
    assert [guess.value for guess in found.guesses] == ["Payment"]
    assert found.can & Can.resolution and not found.can & Can.status


def test_four_cases_are_too_few_to_say_what_is_usual():
    found = log_of("\n".join(f"2025-03-0{n} 10:00 C{n} Ask\n2025-03-0{n} 12:00 C{n} Pay" for n in range(1, 5)))
    assert found.ending == "none"


def test_a_wait_that_many_cases_are_in_is_no_end():
    text = "\n".join(f"2025-03-0{n} 10:00 C{n} Ask\n2025-03-0{n} 12:00 C{n} Waiting for customer" for n in range(1, 9))
    assert log_of(text).ending == "none"


def test_the_start_of_a_step_is_no_further_step():
    found = log_of(
        """
        2025-03-03 10:00 A Register ~complete
        2025-03-03 11:00 A Visit ~start
        2025-03-03 12:00 A Visit ~reassign
        2025-03-03 13:00 A Visit ~complete
        """
    )
    assert found.events["kind"].to_pylist() == ["step", "note", "assigned", "step"]


def test_a_sub_state_joins_the_state_and_tells_more():
    """
    As in the log of Volvo IT: the state is the step, the sub-state stands where the lifecycle should.
    """
    found = log_of(
        """
        2025-03-03 10:00 A Queued ~Awaiting
        2025-03-03 11:00 A Accepted ~Wait
        2025-03-03 12:00 A Completed ~Closed
        2025-03-03 10:00 B Completed ~Cancelled
        """
    )
    assert found.events["activity"].to_pylist()[2] == "Completed / Closed"
    assert states(found) == ["open", "open", "closed"]
    assert states(found, "B") == ["cancelled"]


def test_the_order_of_the_record_does_not_matter():
    found = log_of("2025-03-05 10:00 A Closed\n2025-03-03 10:00 A Register\n2025-03-04 10:00 A Check")
    assert states(found) == ["step", "step", "closed"]


def test_holders_go_on_holding_but_not_into_another_request():
    found = log_of(
        """
        2025-03-03 10:00 A Register #front @anna
        2025-03-03 11:00 A Payment
        2025-03-03 12:00 B Payment
        2025-03-03 13:00 B Check #experts @boris
        """
    )
    assert found.events["team"].to_pylist() == ["front", "front", None, "experts"]
    assert found.events["by"].to_pylist() == ["agent", "system", "system", "agent"]
    assert found.can & Can.team and found.can & Can.assignee


def test_a_resource_on_few_steps_cannot_tell_who_held_it():
    found = log_of("2025-03-03 10:00 A Create @1\n2025-03-04 10:00 A Send\n2025-03-05 10:00 A Pay")
    assert not found.can & Can.assignee


def test_an_empty_log_stays_empty():
    found = process_events("permits", STEPS.empty_table())
    assert found.events.num_rows == 0 and found.ending == "none"
