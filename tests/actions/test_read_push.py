"""What a program pushes comes into the log once, in whatever order and however often."""

import itertools
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from otklik.actions.import_once import import_once
from otklik.actions.keep_log import describe_log, read_kept_log
from otklik.actions.measure_speed import Yardstick
from otklik.actions.read_push import TELLS, Push, read_push
from otklik.actions.refresh_facts import refresh_facts
from otklik.schemas.events import Can
from otklik.schemas.imports import ImportRecord
from otklik.store import ServiceStore

OPENED = {"request": "R1", "at": "2026-03-02T09:00:00Z", "kind": "created", "by": "customer", "channel": "chat"}
ASKED = {"request": "R1", "at": "2026-03-02T09:00:00Z", "kind": "message", "by": "customer", "public": True, "seq": 1}
ANSWERED = {"request": "R1", "at": "2026-03-02T09:10:00Z", "kind": "message", "by": "agent", "public": True}
TOLD = {"request": "R1", "subject": "Cup", "priority": "high"}


def push(tmp_path: Path, name: str, *rows: dict, **more) -> Push:
    path = tmp_path / name
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return Push(name, path, "ndjson", "desk", **more)


def take(tmp_path: Path, body: Push) -> ImportRecord:
    return import_once(tmp_path / "log", body.name, lambda: read_push(body))


def test_rows_are_accounted_for(tmp_path: Path) -> None:
    body = push(tmp_path, "p1", OPENED, ASKED, ASKED, TOLD, {**ASKED, "by": "x"})
    count = take(tmp_path, body).count
    assert (count.read, count.kept, count.quarantined, count.duplicate) == (5, 3, 1, 1)
    aside = read_push(body).quarantine.to_pylist()
    assert [(row["file"], row["row"], row["reason"]) for row in aside] == [("p1", 5, "bad-by")]
    log = read_kept_log(tmp_path / "log")
    assert log.events["kind"].to_pylist() == ["created", "message"]
    assert log.requests.to_pylist()[0]["subject"] == "Cup"


def test_a_body_taken_already_is_only_accounted_for(tmp_path: Path) -> None:
    body = push(tmp_path, "p1", OPENED, ASKED, {**ASKED, "by": "x"})
    first = take(tmp_path, body)
    assert take(tmp_path, body) == first
    assert len(describe_log(tmp_path / "log")[1]) == 1


def test_the_same_events_in_another_body_change_nothing(tmp_path: Path) -> None:
    take(tmp_path, push(tmp_path, "p1", OPENED, ASKED))
    record = take(tmp_path, push(tmp_path, "p2", OPENED, ASKED))
    assert (record.import_id, record.count.duplicate) == (None, 2)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::5], ids=str)
def test_the_order_of_bodies_does_not_matter(tmp_path: Path, order: tuple[int, ...]) -> None:
    rows = (OPENED, ASKED, ANSWERED, TOLD)
    for place, which in enumerate(order):
        take(tmp_path, push(tmp_path, f"p{place}", rows[which]))
    store = ServiceStore(tmp_path / "log")
    log = store.log()
    assert log.events["kind"].to_pylist() == ["created", "message", "message"]
    told = log.requests.to_pylist()
    assert [(row["subject"], row["priority"], row["channel"]) for row in told] == [("Cup", "high", "chat")]
    assert told[0]["opened_at"] == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert log.sources[0].horizon == datetime(2026, 3, 2, 9, 10, tzinfo=UTC)
    facts = refresh_facts(store, Yardstick()).kept.read("facts").to_pylist()
    assert [row["first_reply_s"] for row in facts] == [600]


def test_nothing_but_broken_rows_is_an_empty_log(tmp_path: Path) -> None:
    log = read_push(push(tmp_path, "p1", {"request": ""}))
    assert (log.events.num_rows, log.requests.num_rows, log.count.quarantined) == (0, 0, 1)


def test_a_feed_says_what_it_can_tell_and_until_when(tmp_path: Path) -> None:
    at = datetime(2026, 3, 3, tzinfo=UTC)
    facts = read_push(push(tmp_path, "p", ASKED, tells=("messages", "first_reply"), as_of=at)).sources[0]
    assert (facts.can, facts.horizon) == (Can.messages | Can.first_reply, at)
    everything = read_push(push(tmp_path, "p", ASKED)).sources[0].can
    assert everything == Can((1 << len(TELLS)) - 1)
