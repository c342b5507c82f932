from tests.conformance.business_time import answer
from tests.conformance.solve import solve

WEEK = ("mon", "tue", "wed", "thu", "fri")
OFFICE = {"time_zone": "UTC", "weekly": {day: [["09:00", "17:00"]] for day in WEEK}}
BERLIN = {"time_zone": "Europe/Berlin", "weekly": {}}


def asked(op, rules=(), explained=None, calendar=OFFICE, **inputs):
    case = {"id": "x", "op": op, "calendar": "c", "semantics": list(rules), **inputs}
    return answer(case, {"calendars": {"c": calendar}, "semantics": explained or {}})


def test_an_unknown_op_is_an_error_of_its_case_only():
    vectors = {"calendars": {"c": OFFICE}, "cases": [{"id": "a", "op": "?", "calendar": "c"}]}
    assert [set(line) for line in solve("business_time", vectors)] == [{"id", "error"}]


def test_what_a_case_expects_is_never_seen():
    case = {"id": "a", "op": "is_open", "calendar": "c", "at": "2025-03-03T09:00:00Z", "expected": "nonsense"}
    assert list(solve("business_time", {"calendars": {"c": OFFICE}, "cases": [case]})) == [{"id": "a", "result": True}]


def test_fractions_are_written_only_where_they_matter():
    assert asked("add", start="2025-03-03T09:00:00.25Z", seconds=0.5) == "2025-03-03T09:00:00.75Z"
    assert asked("elapsed", start="2025-03-03T09:00:00Z", end="2025-03-03T09:00:01.5Z") == 1.5


def test_the_reversed_rule():
    monday = {"start": "2025-03-03T15:00:00Z", "end": "2025-03-03T10:00:00Z"}
    assert asked("elapsed", **monday) == 0
    assert asked("elapsed", ["reversed_is_negative"], **monday) == -18000


def test_deadlines_at_closing():
    closing = {"start": "2025-03-03T16:00:00Z", "seconds": 3600}
    assert asked("add", ["deadline_at_close_stays"], **closing) == "2025-03-03T17:00:00Z"
    assert asked("add", ["deadline_at_close_moves_to_opening"], **closing) == "2025-03-04T09:00:00Z"


def test_local_times_shown_twice_or_never():
    autumn, spring = {"local": "2024-10-27T02:30"}, {"local": "2024-03-31T02:30"}
    assert asked("local_to_utc", calendar=BERLIN, **autumn) == "2024-10-27T00:30:00Z"
    assert asked("local_to_utc", ["dst_overlap_second_occurrence"], calendar=BERLIN, **autumn) == "2024-10-27T01:30:00Z"
    assert asked("local_to_utc", calendar=BERLIN, **spring) == "2024-03-31T01:30:00Z"
    assert asked("local_to_utc", ["dst_gap_first_valid_instant"], calendar=BERLIN, **spring) == "2024-03-31T01:00:00Z"


def test_precision():
    odd = {"start": "2025-03-03T09:10:00Z", "end": "2025-03-03T10:50:00Z", "precision_seconds": 3600}
    assert asked("elapsed", ["rounded_down_to_precision"], **odd) == 3600
    assert asked("elapsed", ["counted_in_steps"], {"counted_in_steps": "in whole steps from the start"}, **odd) == 7200


def test_steps_of_an_hour_run_over_the_closing():
    late = {"start": "2025-03-03T16:30:00Z", "seconds": 3600, "precision_seconds": 3600}
    assert asked("add", ["counted_in_steps"], **late) == "2025-03-03T17:30:00Z"
    assert asked("add", **late) == "2025-03-04T09:30:00Z"


def test_slots_that_touch():
    split = {"time_zone": "UTC", "weekly": {"mon": [["09:00", "12:00"], ["12:00", "17:00"]]}}
    monday = {"at": "2025-03-03T10:00:00Z", "calendar": split}
    assert asked("next_close", **monday) == "2025-03-03T17:00:00Z"
    assert asked("next_close", ["touching_slots_not_merged"], **monday) == "2025-03-03T12:00:00Z"
    assert asked("next_opening", ["touching_slots_not_merged"], **monday) == "2025-03-03T12:00:00Z"
    later = {"at": "2025-03-03T13:00:00Z", "calendar": split}
    assert asked("periods_before", ["touching_slots_not_merged"], **later)[:2] == [
        ["2025-03-03T12:00:00Z", "2025-03-03T13:00:00Z"],
        ["2025-03-03T09:00:00Z", "2025-03-03T12:00:00Z"],
    ]


def test_the_instant_of_closing():
    closing = {"at": "2025-03-03T17:00:00Z"}
    assert asked("is_open", **closing) is False
    assert asked("is_open", ["closing_instant_is_open"], **closing) is True
    assert asked("is_open", ["closing_rule"], {"closing_rule": "the closing instant is not open"}, **closing) is False


def test_nothing_added():
    closed = {"start": "2025-03-03T20:00:00Z", "seconds": 0}
    assert asked("add", **closed) == "2025-03-03T20:00:00Z"
    assert asked("add", ["zero_moves_to_next_opening"], **closed) == "2025-03-04T09:00:00Z"


def test_a_closed_day_left_first():
    saturday = {"start": "2025-03-08T12:00:00Z", "days": 1}
    assert asked("add_business_days", **saturday) == "2025-03-10T12:00:00Z"
    assert asked("add_business_days", ["closed_day_first_moved_on"], **saturday) == "2025-03-11T12:00:00Z"
    assert asked("add_business_days", ["day_is_its_length"], **saturday) == "2025-03-10T17:00:00Z"


def test_business_days_keep_the_time_of_day():
    assert asked("add_business_days", start="2025-03-07T12:00:00Z", days=1) == "2025-03-10T12:00:00Z"
    assert asked("add_business_days", start="2025-03-10T12:00:00Z", days=-1) == "2025-03-07T12:00:00Z"
    rules = ["then_next_opening"]
    assert asked("add_business_days", rules, start="2025-03-07T20:00:00Z", days=1) == "2025-03-11T09:00:00Z"
