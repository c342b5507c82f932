"""JSON of any wrapping: the same records come out; broken files say where; nothing makes it crash or hang."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.base.errors import FileError
from otklik.intake import json_records
from otklik.intake.json_records import BrokenJson, is_lines, key_paths, read_records, shape_of
from otklik.intake.registry import load_source
from otklik.intake.source import Input
from tests.shared_data import BADINPUT, needs_shared

TICKETS = [{"id": number, "via": {"channel": "web"}, "tags": ["a", "b"]} for number in range(3)]
WRAPPINGS = {
    "a list": json.dumps(TICKETS),
    "a list over lines": json.dumps(TICKETS, indent=2),
    "a page": json.dumps({"tickets": TICKETS, "next_page": None}),
    "a page with its list last": json.dumps({"count": 3, "tickets": TICKETS}),
    "lines": "\n".join(json.dumps(ticket) for ticket in TICKETS),
    "lines of pages": "\n".join(json.dumps({"tickets": [ticket]}) for ticket in TICKETS),
    "a list of pages": json.dumps([{"tickets": TICKETS[:2]}, {"tickets": TICKETS[2:]}]),
    "a list of lists": json.dumps([TICKETS[:1], TICKETS[1:]]),
    "one after another": "".join(json.dumps(ticket, indent=1) for ticket in TICKETS),
    "single objects": "\n".join(json.dumps({"ticket": ticket}) for ticket in TICKETS),
    "wrapped twice": json.dumps({"data": {"meta": {}, "tickets": TICKETS}}),
}
LISTS = ("tickets", "ticket", "data")


@pytest.fixture
def records(tmp_path):
    """Read a text as one file; gives the records and what was set aside."""

    def reading(content, name="export.json"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        bad: list[tuple[int, str]] = []
        found = list(read_records(Input.of(path), LISTS, lambda row, reason, raw: bad.append((row, reason))))
        return found, bad

    return reading


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_every_wrapping_gives_the_same_records(records, wrapping):
    found, bad = records(WRAPPINGS[wrapping])
    assert [record.value for record in found] == TICKETS
    assert [record.row for record in found] == [1, 2, 3]
    assert not bad


@pytest.mark.parametrize("size", [1, 7, 64])
def test_the_window_may_end_anywhere(records, monkeypatch, size):
    monkeypatch.setattr(json_records, "CHUNK_BYTES", size)
    for content in WRAPPINGS.values():
        assert [record.value for record in records(content)[0]] == TICKETS


def test_it_reads_gzip_and_utf_16_and_a_byte_order_mark(records):
    text = json.dumps([{"id": 1, "subject": "Где заказ?"}], ensure_ascii=False)
    for content in (gzip.compress(text.encode()), text.encode("utf-16"), b"\xef\xbb\xbf" + text.encode()):
        found, _ = records(content)
        assert found[0].value["subject"] == "Где заказ?"


def test_a_list_inside_a_record_is_no_page(records):
    found, _ = records([b'{"id": 1, "ticket": {"a": 2}}', b'{"id": 2, "tickets": [{"id": 3}]}'][1])
    assert [record.value["id"] for record in found] == [2]


def test_what_stands_before_the_list_comes_with_it(records):
    found, _ = records('{"ticket_id": 7, "tickets": [{"body": "x"}], "count": 1}')
    assert (found[0].under, found[0].page["ticket_id"]) == ("tickets", 7)


def test_a_bad_line_among_lines_is_set_aside_and_the_rest_is_read(records):
    found, bad = records('{"id": 1}\n{"id": 2, "subj\n{"id": 3}\n7\n{"id": 4}')
    assert [record.value["id"] for record in found] == [1, 3, 4]
    assert bad == [(2, "not-json"), (4, "unreadable-record")]


def test_a_line_too_long_is_set_aside(records, monkeypatch):
    monkeypatch.setattr(json_records, "RECORD_LIMIT", 100)
    found, bad = records('{"id": 1}\n{"id": 2, "x": "' + "y" * 500 + '"}\n{"id": 3}\n')
    assert [record.value["id"] for record in found] == [1, 3]
    assert bad == [(2, "line-too-long")]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ('[{"id": 1}, {"id": 2}, {"id": 3, "sub', 2),
        ('{"tickets": [{"id": 1}', 1),
        ('[{"id": 1}, {"id": oops}]', 1),
        ('[{"id": 1}] trailing', 1),
        ("", 0),
        ("42", 0),
        ("[" * 100_000, 0),
        ('[{"id": 1' + "0" * 5000 + "}]", 0),
        ('{"tickets" [1]}', 0),
        ("{1: 2}", 0),
    ],
)
def test_a_broken_document_says_how_far_it_was_whole(records, content, rows):
    with pytest.raises(BrokenJson) as caught:
        records(content)
    assert caught.value.facts["row"] == rows
    assert caught.value.facts["file"]


def test_a_record_longer_than_any_honest_one_is_refused(records, monkeypatch):
    monkeypatch.setattr(json_records, "RECORD_LIMIT", 1000)
    monkeypatch.setattr(json_records, "CHUNK_BYTES", 100)
    with pytest.raises(BrokenJson):
        records('[{"id": 1, "body": "' + "x" * 5000)


def test_key_paths_are_the_same_for_every_wrapping():
    paths = {"id", "via", "via.channel", "tags"}
    assert key_paths(WRAPPINGS["a list"].encode()) == paths
    assert key_paths(WRAPPINGS["lines"].encode()) == paths
    assert key_paths(WRAPPINGS["a page"].encode()) >= {"tickets[].id", "tickets[].via.channel", "next_page"}


def test_key_paths_come_from_a_head_that_is_cut_off():
    head = b'{"issues": [{"key": "A-1", "fields": {"created": "2024-03-04T10:00:00.000+0000", "summary": "Wh'
    assert shape_of(head, {"other": ("tickets[].id",), "issues": ("issues[].fields.created",)}) == "issues"


@pytest.mark.parametrize("head", [b"", b"a,b\n1,2\n", b"<xml/>", b"\xff\xfe\x00", b"[" * 70_000, b'"' * 70_000])
def test_key_paths_of_anything_else_are_few(head):
    assert key_paths(head) == frozenset()


def test_lines_are_told_from_a_document_over_lines():
    assert is_lines(WRAPPINGS["lines"].encode())
    assert not is_lines(WRAPPINGS["a list over lines"].encode())
    assert not is_lines(b'{"tickets": [\n{"id": 1},\n{"id": 2}\n]}\n')


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "tickets", "a"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(value=st.lists(st.dictionaries(st.sampled_from(["id", "tickets", "a"]), JSON, max_size=3), max_size=4))
def test_any_objects_come_out_or_are_set_aside(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("any") / "x.json"
    path.write_text(json.dumps(value))
    bad: list[int] = []
    found = list(read_records(Input.of(path), ("tickets",), lambda row, *_: bad.append(row)))
    assert sorted([record.row for record in found] + bad) == list(range(1, len(found) + len(bad) + 1))


DESKS = ("zendesk", "jira", "servicenow", "github", "chatwoot", "zammad")


class TestJsonTestSuite:
    """Every file of a parser's test suite: recognised by nobody, read to the end or refused in words."""

    pytestmark = needs_shared

    def test_no_file_makes_recognition_crash(self):
        inputs = [Input.of(path) for path in sorted((BADINPUT / "json" / "jsontestsuite").iterdir())]
        assert len(inputs) > 300
        for desk in DESKS:
            assert load_source(desk).recognise(inputs) is None
            for item in inputs:
                assert load_source(desk).recognise([item]) is None

    def test_every_file_is_read_or_refused_in_words(self):
        for path in sorted((BADINPUT / "json" / "jsontestsuite").iterdir()):
            valid = path.name.startswith("y_") and Path(path).read_bytes().lstrip()[:1] in (b"[", b"{")
            try:
                list(read_records(Input.of(path), ("a",), lambda *_: None))
            except FileError as error:
                assert not valid, f"{path.name}: {error}"

    def test_every_broken_document_is_refused(self):
        passed = []
        for path in sorted((BADINPUT / "json" / "jsontestsuite").glob("n_*")):
            bad: list[str] = []
            try:
                list(read_records(Input.of(path), ("a",), lambda row, reason, raw, bad=bad: bad.append(reason)))
            except FileError:
                continue
            if not bad:
                passed.append(path.name)
        assert passed == ["n_structure_double_array.json"]  # two documents in a row are two pages to us
