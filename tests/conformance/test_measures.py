"""Facts about measures from other projects' test suites, and the plain rules by cases of our own."""

import json

import pytest

from tests.conformance.measures import answer
from tests.shared_data import VECTORS, needs_shared

ROUND_THE_CLOCK = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
CALENDARS = {
    "24x7": {"time_zone": "UTC", "weekly": ROUND_THE_CLOCK},
    "morning": {"time_zone": "UTC", "weekly": {day: [["08:00", "12:00"]] for day in ROUND_THE_CLOCK}},
}


def case(*events, targets=(None, None, None), as_of="12:00", calendar="24x7", semantics=(), **more):
    named = dict(zip(("first_response", "next_response", "resolution"), targets, strict=True))
    return {
        "calendar": calendar,
        "targets_s": named,
        "pause_states": ["pending"],
        "closed_states": ["closed"],
        "as_of": f"2024-02-05T{as_of}:00Z",
        "semantics": list(semantics),
        "events": [
            dict(zip(("at", "kind", "state"), (f"2024-02-05T{at}:00Z", *what), strict=False)) for at, *what in events
        ],
        **more,
    }


def answered(asked, explained=None):
    return answer(asked, {"calendars": CALENDARS, "semantics": explained or {}})


def same(ours, wanted):
    if isinstance(wanted, list):
        return len(ours) == len(wanted) and all(map(same, ours, wanted))
    return (
        ours == pytest.approx(wanted)
        if isinstance(wanted, float | int) and not isinstance(wanted, bool)
        else ours == wanted
    )


def sample():
    path = VECTORS / "measures_sample.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {"cases": []}


@pytest.mark.parametrize("asked", sample()["cases"], ids=lambda asked: asked["id"])
@needs_shared[0]
@needs_shared[1]
def test_the_facts_of_other_projects(asked):
    ours = answer({key: value for key, value in asked.items() if key != "expected"}, sample())
    wrong = {key: (ours[key], value) for key, value in asked["expected"].items() if not same(ours[key], value)}
    assert not wrong


def test_a_pause_moves_every_deadline_and_hides_it_while_it_lasts():
    events = [("09:00", "created", "open"), ("09:30", "state", "pending"), ("10:00", "state", "open")]
    ours = answered(case(*events, targets=(7200, None, 14400), as_of="10:00"))
    assert ours["first_response_due_at"] == "2024-02-05T11:30:00Z"
    assert ours["resolution_due_at"] == "2024-02-05T13:30:00Z"
    assert (ours["next_due_at"], ours["paused_s"]) == ("2024-02-05T11:30:00Z", 1800)
    paused = answered(case(*events[:2], targets=(7200, None, 14400), as_of="09:45"))
    assert (paused["first_response_due_at"], paused["next_due_at"], paused["paused_s"]) == (None, None, 0)


def test_a_note_is_no_response_and_the_longest_exchange_counts():
    ours = answered(
        case(
            ("09:00", "created", "open"),
            ("09:00", "customer_message"),
            ("09:05", "agent_note"),
            ("09:20", "agent_reply"),
            ("10:00", "customer_message"),
            ("10:10", "agent_reply"),
            targets=(600, 3600, None),
        )
    )
    assert (ours["first_response_s"], ours["first_response_slack_s"]) == (1200, -600)
    assert (ours["next_response_s"], ours["next_response_slack_s"], ours["next_response_due_at"]) == (1200, 2400, None)
    assert ours["time_between_updates_s"] == [1200, 3000]
    assert ours["time_between_updates_total_s"] == 4200
    assert ours["breached"] is True


def test_the_last_hand_over_by_a_bot_starts_the_first_response():
    ours = answered(
        case(("09:00", "created", "open"), ("09:20", "bot_handoff"), ("09:30", "bot_handoff"), ("09:41", "agent_reply"))
    )
    assert ours["first_response_s"] == 660


def test_what_a_bot_resolved_and_was_reopened_starts_anew():
    events = [
        ("09:00", "created", "open"),
        ("09:10", "bot_resolved"),
        ("10:00", "state", "open"),
        ("10:05", "agent_reply"),
    ]
    assert answered(case(*events))["first_response_s"] == 300


def test_another_schedule_counts_from_its_moment():
    switch = {"at": "2024-02-05T11:00:00Z", "kind": "schedule", "calendar": "24x7"}
    asked = case(("09:00", "created", "open"), as_of="14:00", calendar="morning", targets=(5 * 3600, None, None))
    asked["events"].append(switch)
    assert answered(asked)["first_response_due_at"] == "2024-02-05T14:00:00Z"


def test_reopened_is_not_resolved_and_closed_again_is():
    events = [("09:00", "created", "open"), ("10:00", "state", "closed"), ("11:00", "state", "open")]
    assert answered(case(*events))["resolution_s"] is None
    assert answered(case(*events, ("11:30", "state", "closed")))["resolution_s"] == 9000
    paused = {"closed_time_is_paused_time": "time spent closed before a reopening does not count"}
    again = case(*events, ("11:30", "state", "closed"), semantics=paused)
    assert answered(again, paused)["resolution_s"] == 5400


def test_deadlines_go_with_closing_unless_a_rule_keeps_them():
    events = [("09:00", "created", "open"), ("10:00", "state", "closed")]
    assert answered(case(*events, targets=(7200, None, 7200)))["first_response_due_at"] is None
    kept = {"due_kept_after_close": "deadlines stay after closing"}
    ours = answered(case(*events, targets=(7200, None, 7200), semantics=kept), kept)
    assert (ours["first_response_due_at"], ours["next_due_at"]) == ("2024-02-05T11:00:00Z", None)


@pytest.mark.parametrize(("closed", "breached"), [("09:30", False), ("10:00", False), ("10:30", True)])
def test_what_was_not_answered_by_closing_counts_up_to_it(closed, breached):
    """An hour for the first response, or for the next one; closed without any; asked again hours later."""
    events = [("09:00", "created", "open"), (closed, "state", "closed")]
    assert answered(case(*events, targets=(3600, None, None), as_of="23:00"))["breached"] is breached
    events = [("08:00", "created", "open"), ("08:30", "agent_reply"), ("09:00", "customer_message")]
    later = [(closed, "state", "closed"), ("22:00", "customer_message")]
    assert answered(case(*events, *later, targets=(None, 3600, None), as_of="23:00"))["breached"] is breached


def test_what_is_open_again_runs_on():
    events = [("09:00", "created", "open"), ("09:30", "state", "closed"), ("09:40", "state", "open")]
    assert answered(case(*events, targets=(3600, None, None), as_of="11:00"))["breached"] is True


def test_a_window_is_cut_to_the_life_and_leaves_pauses_out():
    events = [("09:00", "created", "open"), ("10:00", "state", "pending"), ("10:30", "state", "closed")]
    window = {"start": "2024-01-01T00:00:00Z", "end": "2024-03-01T00:00:00Z"}
    assert answered(case(*events, unpaused_window=window))["unpaused_s"] == 3600


def test_seconds_are_cut_where_a_rule_says_so():
    seconds_ = [{"at": "2024-02-05T09:00:20Z", "kind": "created", "state": "open"}]
    seconds_.append({"at": "2024-02-05T09:01:50Z", "kind": "agent_reply"})
    asked = {**case(targets=(3600, None, None), as_of="12:00"), "events": seconds_}
    assert answered(asked)["first_response_s"] == 90
    rule = {"whole_minutes": "time taken is told in whole minutes, the rest is cut off"}
    by_minute = answered({**asked, "semantics": list(rule)}, rule)
    assert (by_minute["first_response_s"], by_minute["first_response_slack_s"]) == (60, 3540)
    paused = {"pause_bounds_cut_to_the_minute": "a pause begins and ends on the minute"}
    seconds_[1] = {"at": "2024-02-05T09:10:40Z", "kind": "state", "state": "pending"}
    seconds_.append({"at": "2024-02-05T09:20:50Z", "kind": "state", "state": "open"})
    due = answered({**asked, "events": seconds_, "semantics": list(paused)}, paused)["first_response_due_at"]
    assert due == "2024-02-05T10:10:20Z"


def test_a_case_may_bring_its_own_calendar_or_none():
    own = {"time_zone": "UTC", "weekly": {"mon": [["09:00", "10:00"]]}}
    events = [("08:00", "created", "open"), ("12:00", "agent_reply")]
    assert answered(case(*events, calendar=own))["first_response_s"] == 3600
    assert answered(case(*events, calendar=None))["first_response_s"] == 4 * 3600


def test_what_comes_after_now_is_not_known():
    asked = case(("09:00", "created", "open"), ("11:00", "agent_reply"), as_of="10:00", targets=(1800, None, None))
    assert (answered(asked)["first_response_s"], answered(asked)["breached"]) == (None, True)
