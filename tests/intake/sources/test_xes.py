"""XES: what comes out of a log of steps, and that a damaged or hostile one is refused in words."""

import gzip
import tracemalloc
from collections import Counter

import defusedxml.ElementTree as ET
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.errors import FileError
from otklik.intake import ReadOptions, read_log
from otklik.intake.building import LogBuilder
from otklik.intake.source import Input
from otklik.intake.sources.xes import blocks
from otklik.intake.sources.xes.blocks import BrokenXes
from otklik.intake.sources.xes.reader import XesLog

EVENT = '<event><string key="concept:name" value="{}"/><date key="time:timestamp" value="{}"/></event>'
OPEN = EVENT.format("Open", "2025-03-03T10:00:00Z")


@pytest.fixture
def read(tmp_path):
    """Read a text or bytes as one XES file; gives the builder."""

    def reading(content, name="log.xes", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        built = LogBuilder("log")
        built.facts = XesLog().read([Input(name, path, b"")], ReadOptions(**options), built)
        return built

    return reading


def log(*cases, root="log"):
    return f"<{root}>" + "".join(f"<trace>{case}</trace>" for case in cases) + f"</{root}>"


def named(name, *parts):
    return f'<string key="concept:name" value="{name}"/>' + "".join(parts)


def steps(built):
    return [(e["request"], e["at"].isoformat(), e["activity"]) for e in built.table("events").to_pylist()]


def test_a_case_is_a_request_and_an_event_a_step(read):
    built = read(log(named("1", OPEN)))
    assert steps(built) == [("1", "2025-03-03T10:00:00+00:00", "Open")]
    assert built.facts.is_process and built.facts.mode == "events"


def test_attributes_of_the_case_and_of_its_last_event_describe_the_request(read):
    case = named(
        "1",
        '<string key="channel" value="Internet"/><string key="district" value="North"/>',
        '<event><string key="priority" value="low"/><string key="concept:name" value="a"/>'
        '<date key="time:timestamp" value="2025-03-03T10:00:00Z"/></event>',
        '<event><string key="priority" value="high"/><string key="concept:name" value="b"/>'
        '<date key="time:timestamp" value="2025-03-03T11:00:00Z"/><int key="cost" value="7"/></event>',
    )
    (request,) = read(log(case)).table("requests").to_pylist()
    assert (request["channel"], request["priority"]) == ("Internet", "high")
    assert dict(request["attributes"]) == {"district": "North", "cost": "7"}


def test_an_attribute_can_be_told_what_it_is(read):
    event = OPEN.replace("</event>", '<string key="workgroup" value="Blue"/></event>')
    built = read(
        log(named("1", '<string key="kind" value="loan"/>', event)), roles={"workgroup": "team", "kind": "category"}
    )
    assert built.table("events")["team"].to_pylist() == ["Blue"]
    assert built.table("requests")["category"].to_pylist() == ["loan"]


def test_the_dates_of_a_case_say_when_it_began_and_ended(read):
    dates = (
        '<date key="startdate" value="2025-03-01T09:00:00+03:00"/><date key="enddate" value="2025-03-05T09:00:00Z"/>'
    )
    built = read(log(named("1", dates, OPEN), named("2", OPEN)))
    kinds = Counter((e["request"], e["kind"], e["status"]) for e in built.table("events").to_pylist())
    assert kinds == {
        ("1", "created", None): 1,
        ("1", "step", None): 1,
        ("1", "status", "closed"): 1,
        ("2", "step", None): 1,
    }


def test_nested_attributes_globals_and_log_attributes_are_not_events(read):
    text = (
        '<log><global scope="event"><string key="concept:name" value="UNKNOWN"/></global>'
        '<string key="origin" value="csv"><string key="concept:name" value="inner"/></string><trace>'
        '<string key="concept:name" value="1"><string key="concept:name" value="nested"/></string>'
        '<list key="l"><values><event/></values></list>'
        f"{OPEN}</trace></log>"
    )
    assert [step[0] for step in steps(read(text))] == ["1"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025-03-03T10:00:00+03:00", "2025-03-03T07:00:00+00:00"),
        ("2025-03-03T10:00:00.250-05:00", "2025-03-03T15:00:00.250000+00:00"),
        ("2025-03-03T10:00:00.123456789Z", "2025-03-03T10:00:00.123456+00:00"),
        ("2025-03-03 10:00:00+0100", "2025-03-03T09:00:00+00:00"),
        ("20250303T100000Z", "2025-03-03T10:00:00+00:00"),
    ],
)
def test_instants_in_every_spelling(read, written, meant):
    assert steps(read(log(named("1", EVENT.format("a", written)))))[0][1] == meant


def test_an_instant_without_zone_is_in_the_zone_told_and_else_named_as_a_guess(read):
    text = log(named("1", EVENT.format("a", "2025-03-03T10:00:00"), OPEN))
    assert steps(read(text, time_zone="Europe/Moscow"))[0][1] == "2025-03-03T07:00:00+00:00"
    guessed = read(text)
    assert steps(guessed)[0][1] == "2025-03-03T10:00:00+00:00"
    assert [(guess.what, guess.facts["n"]) for guess in guessed.guesses] == [("time_zone", "1")]


@pytest.mark.parametrize(("written", "reason"), [("2025-13-03T10:00:00Z", "bad-date"), ("soon", "bad-date")])
def test_an_event_without_a_readable_instant_is_set_aside(read, written, reason):
    built = read(log(named("1", OPEN, EVENT.format("b", written))))
    assert built.records == 2 and len(steps(built)) == 1
    assert [(q["row"], q["reason"], q["detail"]) for q in built.table("quarantine").to_pylist()] == [
        (2, reason, written)
    ]


def test_an_event_without_any_instant_or_case_name_is_set_aside(read):
    built = read(log(named("1", OPEN, '<event><string key="concept:name" value="b"/></event>'), OPEN))
    assert [(q["row"], q["reason"]) for q in built.table("quarantine").to_pylist()] == [(2, "no-date"), (3, "no-id")]


def test_where_no_case_has_a_name_they_are_numbered(read):
    built = read(log(OPEN, OPEN + OPEN))
    assert [step[0] for step in steps(built)] == ["1", "2", "2"]
    assert built.guesses[0].what == "request"


def test_a_case_in_two_pieces_is_one_request(tmp_path):
    path = tmp_path / "log.xes"
    path.write_text(log(named("1", OPEN), named("1", EVENT.format("Closed", "2025-03-04T10:00:00Z"))))
    assert read_log([path], format="xes").requests.num_rows == 1


def test_entities_quotes_prefixes_comments_and_character_data(read):
    text = (
        "<?xml version='1.0'?><!-- <log> \n --><xes:log xmlns:xes='http://x'><?php <log> ?><xes:trace>"
        "<xes:string value='Tom &amp; &quot;Söhne&#34; &#x41;' key='concept:name'/><![CDATA[<event>]]>"
        f"{OPEN}</xes:trace></xes:log>"
    )
    assert steps(read(text))[0][0] == 'Tom & "Söhne" A'


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1251", "koi8-r"])
def test_other_encodings(read, encoding):
    text = f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?>" + log(named("Заявка", OPEN))
    assert steps(read(text.encode(encoding)))[0][0] == "Заявка"


def test_blocks_cut_the_file_anywhere(read, monkeypatch):
    cases = [named(f"case {n}", OPEN, "<!-- a > b -->") for n in range(40)]
    whole = steps(read(log(*cases)))
    for size in (1, 7, 64, 1000):
        monkeypatch.setattr(blocks, "BLOCK_BYTES", size)
        assert steps(read(log(*cases))) == whole


def test_gz(read):
    assert len(steps(read(gzip.compress(log(named("1", OPEN)).encode()), "log.xes.gz"))) == 1


@pytest.mark.parametrize(
    ("text", "row", "reason"),
    [
        ('<!DOCTYPE log [<!ENTITY a "b">]><log/>', 1, "document type"),
        ("<log>\n\n<!DOCTYPE log></log>", 3, "document type"),
        ('<log>\n<!ENTITY a SYSTEM "file:///etc/passwd"></log>', 2, "document type"),
        ("<log>\n<!ELEMENT a></log>", 2, "declaration"),
        (log(named("&a;", OPEN)), 1, "entity"),
        (log(named("&#0;", OPEN)), 1, "entity"),
        ("<log>\n<trace>\n</log>", 3, "does not fit"),
        ("<log><trace></event></trace></log>", 1, "does not fit"),
        ("<log></log></log>", 1, "no start tag"),
        ("<log><trace>", 1, "ends in the middle"),
        ("<log></log><log></log>", 1, "outermost"),
        ("<html><log/></html>", 1, "outermost"),
        ("<log>\n<!-- never", 2, "does not end"),
        ("<log><trace key=1/></log>", 1, "not XML"),
        ("<log><trace a='1' a='2'/></log>", 1, "twice"),
        ("<log></log a='1'>", 1, "end tag carries"),
        ("<log>\n\n<a>\x00</a></log>", 3, "control character"),
        ("some words, no log", 1, "not XML"),
        ("<log>" + "<a>" * 100 + "</a>" * 100 + "</log>", 1, "64 deep"),
        (b"<log>\n<a b='\xff\xfe'/></log>", 2, "not text"),
        (b"<?xml version='1.0' encoding='klingon'?><log/>", 1, "encoding is unknown"),
        (b"<?xml version='1.0' encoding='hex'?><log/>", 1, "encod"),
    ],
)
def test_a_damaged_or_unsafe_file_is_refused_with_its_line(read, text, row, reason):
    with pytest.raises(BrokenXes) as refused:
        read(text)
    assert refused.value.facts["row"] == row
    assert reason in str(refused.value)


def test_a_cut_gz_says_so(read):
    with pytest.raises(FileError, match="cut short"):
        read(gzip.compress(log(*[named("1", OPEN)] * 100).encode())[:-20], "log.xes.gz")


def test_a_bomb_is_defused_before_it_fills_the_memory(read, monkeypatch):
    monkeypatch.setattr(blocks, "FREE_BYTES", 1 << 20)
    bomb = gzip.compress(b"<log>" + b"<trace></trace>" * 2_000_000)
    tracemalloc.start()
    with pytest.raises(FileError, match="unpacks to far more"):
        read(bomb, "log.xes.gz")
    assert tracemalloc.get_traced_memory()[1] < 128 << 20
    tracemalloc.stop()


def test_a_case_without_end_is_refused(read, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_BYTES", 1000)
    monkeypatch.setattr(blocks, "CASE_BYTES", 5000)
    with pytest.raises(BrokenXes, match="longer than"):
        read(log(named("1", OPEN * 200)))


def test_attributes_beyond_the_hundredth_are_left_out_and_named(read):
    many = "".join(f'<string key="k{n}" value="v"/>' for n in range(150))
    built = read(log(named("1", OPEN, many)))
    assert any(guess.what == "attributes" for guess in built.guesses)
    assert len(steps(built)) == 1


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="<&\"'", exclude_categories=("Cc", "Cs")), max_size=8)
ATTRIBUTE = st.builds(
    '<{0} key="{1}" value="{2}"/>'.format, st.sampled_from(["string", "int", "id"]), st.sampled_from("abc"), TEXTS
)
ODD = st.sampled_from(
    ["<!-- x -->", "text", "<list key='l'/>", "<x/>", "<string key='a' value='1'><int key='b' value='2'/></string>"]
)
PART = st.one_of(ATTRIBUTE, ODD, st.just(OPEN))


@given(st.lists(st.lists(PART, max_size=5), max_size=4), st.data())
def test_whatever_xml_accepts_gives_what_xml_says_and_the_rest_is_refused(tmp_path_factory, cases, data):
    text = log(*(named(number, *parts) for number, parts in enumerate(cases)))
    cut = data.draw(st.integers(0, len(text)))
    drop = data.draw(st.integers(0, 3))
    text = text[:cut] + text[cut + drop :]
    path = tmp_path_factory.getbasetemp() / "any.xes"
    path.write_bytes(text.encode())
    built = LogBuilder("log")
    try:
        root = ET.fromstring(text.encode(), forbid_dtd=True)
    except (ET.ParseError, ValueError):
        root = None
    try:
        XesLog().read([Input.of(path)], ReadOptions(), built)
    except FileError:
        assert root is None or root.tag != "log"
    else:
        assert root is not None
        assert built.records == len(root.findall("trace/event"))


@pytest.mark.parametrize(
    "head", [b"<log><trace/>", b"\xef\xbb\xbf<?xml?><log xes.version='1'>", b"<!DOCTYPE log [<trace>"]
)
def test_it_recognises_a_log_by_its_root(tmp_path, head):
    assert XesLog().recognise([Input("x", tmp_path, head)])


@pytest.mark.parametrize("head", [b"<html><log>", b"id,log\n1,2", b"{}", b"<svg/>"])
def test_it_leaves_other_files_alone(tmp_path, head):
    assert XesLog().recognise([Input("x.xml", tmp_path, head)]) is None
