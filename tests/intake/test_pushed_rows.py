import pytest

from otklik.intake.pushed_rows import KNOWN, Broken, Row, row_of
from otklik.schemas.events import EVENTS, REQUESTS

SOUND = {"request": "R1", "at": "2026-03-02T09:00:00+03:00", "kind": "message", "by": "customer", "public": True}


def test_a_sound_row_is_an_event_of_its_request() -> None:
    row = row_of({**SOUND, "team": "First line", "subject": "Broken cup", "attributes": {"shop": "7"}}, "desk")
    assert isinstance(row, Row)
    assert row.event == {
        "source": "desk", "request": "R1", "at": 1_772_431_200_000_000, "seq": 0, "kind": "message", "by": "customer",
        "public": True, "status": None, "actor": None, "team": "First line", "assignee": None, "channel": None,
        "activity": None,
    }  # fmt: skip
    assert (row.told, row.attributes) == ({"subject": "Broken cup"}, {"shop": "7"})


def test_every_name_of_the_contract_is_known_and_no_other() -> None:
    assert set(EVENTS.names) | set(REQUESTS.names) == KNOWN


def test_a_row_without_at_and_kind_only_describes() -> None:
    row = row_of({"request": "R1", "priority": "high", "channel": "chat"}, "desk")
    assert isinstance(row, Row)
    assert row.event is None
    assert row.told == {"priority": "high", "channel": "chat"}


def test_the_creation_says_when_and_how_a_request_was_opened() -> None:
    row = row_of({**SOUND, "kind": "created", "channel": "email"}, "desk")
    assert isinstance(row, Row)
    assert row.told == {"opened_at": 1_772_431_200_000_000, "channel": "email"}


BROKEN = [
    ({"request": None}, "no-id", "missing"),
    ({"request": ""}, "no-id", "missing"),
    ({"request": 7}, "unreadable-record", "no text"),
    ({"request": "x" * 301}, "unreadable-record", "longer"),
    ({"at": None}, "no-date", "missing"),
    ({"at": "2026-03-02T09:00:00"}, "bad-date", "no time zone"),
    ({"at": "yesterday"}, "bad-date", "not like"),
    ({"at": 1_772_000_000}, "bad-date", "no text"),
    ({"at": "0001-01-01T00:00:00Z"}, "bad-date", "out of range"),
    ({"at": "0001-01-01T00:00:00+23:59"}, "bad-date", "out of range"),
    ({"at": "9999-12-31T23:59:59Z"}, "bad-date", "out of range"),
    ({"kind": "exploded"}, "bad-kind", "one of"),
    ({"kind": None}, "bad-kind", "one of"),
    ({"by": "nobody"}, "bad-by", "one of"),
    ({"by": ["agent"]}, "bad-by", "one of"),
    ({"status": "lost"}, "bad-status", "one of"),
    ({"public": "yes"}, "unreadable-record", "neither"),
    ({"seq": -1}, "unreadable-record", "seq"),
    ({"seq": True}, "unreadable-record", "seq"),
    ({"seq": 2**31}, "unreadable-record", "seq"),
    ({"team": {"name": "x"}}, "unreadable-record", "no text"),
    ({"actor": "a\0b"}, "not-text", "actor"),
    ({"actor": "\ud800"}, "not-text", "actor"),
    ({"source": "other"}, "unreadable-record", "this push is for desk"),
    ({"password": "x"}, "unreadable-record", "unknown: password"),
    ({"import_id": 1}, "unreadable-record", "unknown: import_id"),
    ({"attributes": "x"}, "unreadable-record", "attributes"),
    ({"attributes": {"a": 1}}, "unreadable-record", "a is no text"),
    ({"attributes": {str(n): "x" for n in range(101)}}, "unreadable-record", "at most"),
    ({"opened_at": "soon"}, "bad-date", "opened_at"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "reason", "detail"), BROKEN, ids=[str(c)[:40] for c, _, _ in BROKEN])
def test_a_row_that_breaks_the_contract_says_how(change, reason: str, detail: str) -> None:
    row = row_of({**SOUND, **change}, "desk")
    assert isinstance(row, Broken)
    assert row.reason == reason
    assert detail in row.detail
    assert row.raw is not None
    row.raw.encode("utf-8")
