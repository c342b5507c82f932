"""What was undone: desks whose requests are merged away, or reopened sooner or later than a week after."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from otklik.actions.count_undone import count_merged, count_reopened
from otklik.actions.cut_log import Shelf
from otklik.actions.look_for_gaming import look_for_gaming
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.measure_speed import Yardstick
from otklik.actions.read_push import Push, read_push
from otklik.actions.refresh_facts import refresh_facts
from otklik.schemas.goals import Bound, Slice
from otklik.store import ServiceStore

BEGIN, START, UNTIL = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 4, 6))
PERIOD = (BEGIN, START, UNTIL)


def ruler_of(folder: Path, rows: list[dict[str, Any]]) -> GoalRuler:
    body = folder / "body"
    body.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    store = ServiceStore(folder / "log")
    store.import_log(read_push(Push("body", body, "ndjson", "desk", as_of=UNTIL)))
    refresh_facts(store, Yardstick())
    return GoalRuler(Shelf.of(folder / "log", Yardstick()))


def life(
    name: str, opened: datetime, *after: tuple[float, str], channel: str = "chat", who: str | None = None
) -> list[dict[str, Any]]:
    """A request that is asked, answered in a minute and resolved in an hour; then what comes days after that."""
    done = opened + timedelta(hours=1)
    rows = [
        {"at": opened, "kind": "created", "by": "customer"},
        {"at": opened, "kind": "message", "by": "customer", "public": True},
        {"at": opened + timedelta(minutes=1), "kind": "message", "by": "agent", "public": True},
        {"at": done, "kind": "status", "by": "agent", "status": "resolved"},
    ]
    for days, what in after:
        event = (
            {"kind": "merged", "by": "agent"} if what == "merged" else {"kind": "status", "by": "agent", "status": what}
        )
        rows.append({"at": done + timedelta(days=days), **event})
    if who is not None:
        rows.insert(2, {"at": opened, "kind": "assigned", "by": "agent", "assignee": who})
    return [{**row, "at": row["at"].isoformat(), "request": name, "channel": channel} for row in rows]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> GoalRuler:
    """Fifty quiet requests before and since; of twenty-five later ones some come back or are merged away."""
    rows = [row for n in range(50) for row in life(f"Q{n}", BEGIN + timedelta(days=n))]
    rows += [row for n in range(50) for row in life(f"S{n}", START + timedelta(hours=n))]
    rows += [
        row for n in range(10) for row in life(f"soon{n}", START + timedelta(days=n), (2, "open"), (3, "resolved"))
    ]
    rows += [row for n in range(5) for row in life(f"late{n}", START + timedelta(days=n), (9, "open"), (10, "closed"))]
    rows += life("closed-first", START, (6, "closed"), (8, "open"))
    rows += life("twice", START, (9, "open"), (10, "resolved"), (12, "open"))
    rows += life("too-new", UNTIL - timedelta(days=3), (1, "open"))
    rows += [row for n in range(14) for row in life(f"gone{n}", START + timedelta(days=n), (0.1, "merged"))]
    rows += life("other", START, (1, "open"), channel="email")
    return ruler_of(tmp_path_factory.mktemp("undone"), rows)


def test_reopened_soon_is_within_a_week_of_being_called_done(desk: GoalRuler) -> None:
    told = count_reopened(desk, Slice(channel=("chat",)), *PERIOD)
    assert told[False] == (0, 50)
    hits, n = told[True]
    assert hits == 11, "ten soon, one that came back soon the second time; not those called closed eight days before"
    assert 67 <= n <= 81, "one that was resolved three days ago cannot tell yet"
    assert count_reopened(desk, Slice(channel=("email",)), *PERIOD) == {True: (1, 1)}


def test_merged_requests_are_those_that_left(desk: GoalRuler) -> None:
    told = count_merged(desk, Slice(), *PERIOD)
    assert told[False] == (0, 50)
    assert told[True] == (14, 50 + 10 + 5 + 3 + 14 + 1)


def test_both_are_signs_beside_the_grade(desk: GoalRuler) -> None:
    bound = Bound(measure="first_reply", within_s=1800)
    told = look_for_gaming(desk, bound, start=date(2026, 4, 1), last=date(2026, 5, 31), within_s=1800.0)
    assert told is not None and told.verdict == "look"
    suspicious = {check.kind for check in told.checks if check.suspicious}
    assert {"merged", "reopened"} <= suspicious


def test_an_empty_log_counts_nobody(tmp_path: Path) -> None:
    ruler = ruler_of(tmp_path, life("one", START))
    assert count_merged(ruler, Slice(channel=("phone",)), *PERIOD) == {}
    assert count_reopened(ruler, Slice(channel=("phone",)), *PERIOD) == {}


def test_of_one_person_only_those_the_person_held_last_are_counted(tmp_path: Path) -> None:
    anna = [row for n in range(6) for row in life(f"a{n}", START + timedelta(days=n), (2, "open"), who="Anna")]
    boris = [row for n in range(4) for row in life(f"b{n}", START + timedelta(days=n), (0.1, "merged"), who="Boris")]
    ruler = ruler_of(tmp_path, [*anna, *boris, *life("c", START)])
    own, other = Slice(assignee=("Anna",)), Slice(assignee=("Boris", "nobody here"))
    assert count_reopened(ruler, own, *PERIOD) == {True: (6, 6)}
    assert count_merged(ruler, own, *PERIOD) == {True: (0, 6)}
    assert count_merged(ruler, other, *PERIOD) == {True: (4, 4)}
    assert count_merged(ruler, Slice(assignee=("—",)), *PERIOD) == {True: (0, 1)}
