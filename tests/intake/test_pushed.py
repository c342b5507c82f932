import gzip
import json
from pathlib import Path

from otklik.intake.building import LogBuilder
from otklik.intake.pushed import LONGEST_LINE, Pushed, read_pushed

EVENT = {"request": "R1", "at": "2026-03-02T09:00:00Z", "kind": "note", "by": "agent"}


def read(tmp_path: Path, body: bytes, form="ndjson", *, zipped: bool = False) -> Pushed:
    path = tmp_path / "body"
    path.write_bytes(body)
    pushed = Pushed(LogBuilder("desk"), "push 1")
    read_pushed(path, form, pushed, zipped=zipped)
    return pushed


def lines(*rows) -> bytes:
    return b"\n".join(json.dumps(row).encode() for row in rows)


def aside(pushed: Pushed) -> list[tuple[int, str]]:
    table = pushed.out.table("quarantine")
    return list(zip(table["row"].to_pylist(), table["reason"].to_pylist(), strict=True))


def test_each_line_stands_for_itself(tmp_path: Path) -> None:
    long = b'{"request":"' + b"x" * LONGEST_LINE + b'"}'
    deep = b"[" * 200_000
    body = b"\n".join(
        [lines(EVENT), b"{", b"", b"[1]", b"\xff\xfe", long, deep, b"NaN", lines({**EVENT, "by": "x"}), lines(EVENT)]
    )
    pushed = read(tmp_path, body)
    assert pushed.out.table("events").num_rows == 2
    assert aside(pushed) == [
        (2, "not-json"), (4, "unreadable-record"), (5, "not-text"), (6, "line-too-long"), (7, "not-json"),
        (8, "unreadable-record"), (9, "bad-by"),
    ]  # fmt: skip
    assert pushed.out.records == 9


def test_events_of_one_instant_come_in_the_order_of_their_seq(tmp_path: Path) -> None:
    pushed = read(tmp_path, lines(*({**EVENT, "seq": n, "actor": str(n)} for n in (2, 0, 1))))
    assert pushed.out.table("events")["actor"].to_pylist() == ["0", "1", "2"]


def test_without_seq_they_stay_as_they_came(tmp_path: Path) -> None:
    pushed = read(tmp_path, lines(*({**EVENT, "actor": str(n)} for n in (2, 0, 1))))
    assert pushed.out.table("events")["actor"].to_pylist() == ["2", "0", "1"]


def test_a_later_description_wins_where_it_tells_something(tmp_path: Path) -> None:
    pushed = read(tmp_path, lines(
        {"request": "R1", "subject": "Cup", "priority": "low", "attributes": {"a": "1", "b": "1"}},
        {"request": "R1", "priority": "high", "subject": None, "attributes": {"b": "2"}},
        {"request": "R0"},
    ))  # fmt: skip
    rows = pushed.requests().to_pylist()
    assert [row["request"] for row in rows] == ["R0", "R1"]
    assert (rows[1]["subject"], rows[1]["priority"]) == ("Cup", "high")
    assert dict(rows[1]["attributes"]) == {"a": "1", "b": "2"}


def test_csv_holds_the_same(tmp_path: Path) -> None:
    body = (
        "\ufeffrequest,at,kind,by,public,seq,actor,subject,attributes.shop\r\n"
        'R1,2026-03-02T09:00:00Z,message,customer,true,1,"Anna ""A"" B","\'=1+1",7\r\n'
        "R1,2026-03-02T09:00:00Z,created,customer,,0,,,\r\n"
        "R2,2026-03-02T09:00:00Z,note\r\n"
        "R3,2026-03-02T09:00:00Z,note,agent,perhaps,,,,\r\n"
        "R4,,,,,,,Only told,\r\n"
    ).encode()
    pushed = read(tmp_path, body, "csv")
    events = pushed.out.table("events").to_pylist()
    assert [(row["kind"], row["public"], row["actor"]) for row in events] == [
        ("created", False, None),
        ("message", True, 'Anna "A" B'),
    ]
    assert aside(pushed) == [(4, "ragged-row"), (5, "unreadable-record")]
    told = {row["request"]: row for row in pushed.requests().to_pylist()}
    assert told["R1"]["subject"] == "=1+1"
    assert told["R1"]["attributes"] == [("shop", "7")]
    assert told["R4"]["subject"] == "Only told"


def test_csv_that_is_no_text_is_set_aside_row_by_row(tmp_path: Path) -> None:
    body = b"request,at,kind,by,actor\nR1,2026-03-02T09:00:00Z,note,agent,\xff\nR2,2026-03-02T09:00:00Z,note,agent,x\n"
    pushed = read(tmp_path, body, "csv")
    assert aside(pushed) == [(2, "not-text")]
    assert pushed.out.table("events")["request"].to_pylist() == ["R2"]


def test_an_unknown_heading_is_told_with_every_row(tmp_path: Path) -> None:
    assert aside(read(tmp_path, b'request,"""); DROP TABLE x"\nR1,1\n', "csv")) == [(2, "unreadable-record")]


def test_zipped_is_read_as_zipped_and_never_by_guess(tmp_path: Path) -> None:
    zipped = gzip.compress(lines(EVENT))
    assert read(tmp_path, zipped, zipped=True).out.table("events").num_rows == 1
    assert read(tmp_path, zipped).out.table("events").num_rows == 0


def test_nothing_is_nothing(tmp_path: Path) -> None:
    for form in ("ndjson", "csv"):
        pushed = read(tmp_path, b"", form)
        assert (pushed.out.records, pushed.out.table("events").num_rows, pushed.requests().num_rows) == (0, 0, 0)
