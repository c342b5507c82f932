import gzip
from pathlib import Path

from defusedxml.ElementTree import parse

from otklik.intake import ReadOptions, read_log
from otklik.store import ServiceStore
from tests.store.logs import description, event, log_of, minute

NS = "{http://www.xes-standard.org/}"


def exported(folder: Path, *events: dict[str, object], name: str = "out.xes", told: list | None = None) -> Path:
    store = ServiceStore(folder / "log")
    store.import_log(log_of(list(events), told))
    (path,) = store.export(folder / name)
    return path


def values(element) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {part.get("key"): part.get("value") for part in element if part.get("key")}


def test_a_trace_a_request_an_event_an_event(tmp_path: Path) -> None:
    path = exported(
        tmp_path,
        event("R1", minute(0), "created"),
        event("R1", minute(5), "step", "agent", actor="Anna", team="north", activity="Check"),
        event("R2", minute(7), "status", "agent", status="closed"),
        told=[description("R1", subject="Door", attributes=[("floor", "2")]), description("R2")],
    )
    root = parse(path).getroot()
    assert (root.tag, root.get("xes.version")) == (f"{NS}log", "1849.2016")
    traces = root.findall(f"{NS}trace")
    assert [values(trace)["concept:name"] for trace in traces] == ["R1", "R2"]
    assert values(traces[0]) == {"concept:name": "R1", "source": "desk", "subject": "Door", "floor": "2"}
    events = [values(event) for trace in traces for event in trace.findall(f"{NS}event")]
    assert [one["concept:name"] for one in events] == ["created", "Check", "closed"]
    assert events[1]["time:timestamp"] == "2025-03-03T10:05:00.000000+00:00"
    assert (events[1]["org:resource"], events[1]["org:group"]) == ("Anna", "north")


def test_the_parts_of_the_log_stand_in_the_order_of_the_standard(tmp_path: Path) -> None:
    root = parse(exported(tmp_path, event("R1", minute(0)))).getroot()
    names = [element.tag.removeprefix(NS) for element in root]
    order = ["extension", "global", "classifier", "trace"]
    assert [order.index(name) for name in names] == sorted(order.index(name) for name in names)


def test_signs_that_xml_cannot_hold_do_not_break_it(tmp_path: Path) -> None:
    path = exported(tmp_path, event('<R&"1>', minute(0), actor="a\0b\x0b\ud7ff\uffff\tc"))
    trace = parse(path).getroot().find(f"{NS}trace")
    assert values(trace)["concept:name"] == '<R&"1>'
    assert values(trace.find(f"{NS}event"))["org:resource"] == "a\ufffdb\ufffd\ud7ff\ufffd\tc"


def test_what_was_exported_can_be_imported(tmp_path: Path) -> None:
    rows = [event(f"R{n}", minute(at), "step", "agent", activity=f"Step {at}") for n in range(3) for at in range(4)]
    for name in ("out.xes", "out.xes.gz"):
        log = read_log([exported(tmp_path / name, *rows, name=name)], ReadOptions())
        assert log.events.num_rows == 12
        assert log.events["at"].to_pylist() == [row["at"] for row in rows]
        assert log.events["activity"].to_pylist() == [row["activity"] for row in rows]


def test_an_ending_in_gz_is_zipped(tmp_path: Path) -> None:
    path = exported(tmp_path, event("R1", minute(0)), name="out.xes.gz")
    assert gzip.decompress(path.read_bytes()).startswith(b"<?xml")


def test_requests_of_several_sources_keep_apart(tmp_path: Path) -> None:
    path = exported(tmp_path, event("R1", minute(0)), event("R1", minute(0), source="shop"))
    traces = parse(path).getroot().findall(f"{NS}trace")
    assert sorted(values(trace)["concept:name"] for trace in traces) == ["desk:R1", "shop:R1"]
