import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conformance.business_time import answer
from tests.shared_data import VECTORS, needs_shared

ROOT = Path(__file__).resolve().parents[2]


def same(result, expected):
    """A list of periods is compared as far as the peer listed them; the clock would go on."""
    return result[: len(expected)] == expected if isinstance(expected, list) else result == expected


@needs_shared[0]
@needs_shared[1]
def test_the_sample_cases_of_other_projects():
    path = VECTORS / "business_time_sample.json"
    command = [sys.executable, "-m", "tests.conformance.solve", "business_time", str(path)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.splitlines()
    answers = {line["id"]: line for line in map(json.loads, lines)}
    for case in json.loads(path.read_text("utf-8"))["cases"]:
        assert same(answers[case["id"]].get("result"), case["expected"]), (case, answers[case["id"]])


OFFICE = {"time_zone": "UTC", "weekly": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}}


def answered(op, rule="", words="", calendar=OFFICE, **more):
    case = {"id": "x", "op": op, "calendar": calendar, "semantics": [rule] if rule else [], **more}
    return answer(case, {"calendars": {}, "semantics": {rule: words}})


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("", "2014-04-07T09:00:00Z"),
        ("days_keep_wall_time_then_next_open_moment", "2014-04-07T09:00:00Z"),
        ("zero_days_roll_forward", "2014-04-07T09:00:00Z"),
        ("days_keep_wall_time", "2014-04-05T12:00:00Z"),
        ("zero_days_stay", "2014-04-05T12:00:00Z"),
    ],
)
def test_no_day_added_to_a_saturday(rule, expected):
    assert answered("add_business_days", rule, start="2014-04-05T12:00:00Z", days=0) == expected


def test_no_day_added_to_an_open_moment_changes_nothing():
    assert answered("add_business_days", start="2014-04-07T12:00:00Z", days=0) == "2014-04-07T12:00:00Z"


@pytest.mark.parametrize(
    ("rule", "words", "expected"),
    [
        ("rounds_to_whole_seconds", "", "2014-04-07T13:01:01Z"),
        ("whole_seconds", "times are rounded to whole seconds", "2014-04-07T13:01:01Z"),
        ("whole_seconds", "fractions of a second are truncated to whole seconds", "2014-04-07T13:01:00Z"),
    ],
)
def test_whole_seconds_are_the_nearest_unless_they_are_cut(rule, words, expected):
    assert answered("add", rule, words, start="2014-04-07T13:00:00.6Z", seconds=60) == expected


def test_a_clock_that_never_opens_never_gets_there():
    never = {"time_zone": "UTC", "weekly": {}}
    assert answered("add", calendar=never, start="2014-04-07T13:00:00Z", seconds=60) is None
