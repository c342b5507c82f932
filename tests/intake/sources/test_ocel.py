"""OCEL: which objects are the requests, and what concerns them."""

import json

import pytest

from otklik.base.errors import FileError
from otklik.intake.building import LogBuilder
from otklik.intake.source import Input, ReadOptions
from otklik.intake.sources.ocel.reader import NoSuchType, OcelLog
from otklik.schemas.events import Can


def thing(id_, kind, related=(), **attributes):
    rows = [{"name": name, "time": "2025-01-01T00:00:00Z", "value": value} for name, value in attributes.items()]
    return {"id": id_, "type": kind, "attributes": rows, "relationships": links(related)}


def event(clock, activity, *related, **attributes):
    told = [{"name": name, "value": value} for name, value in attributes.items()]
    time = f"2025-03-03T{clock}:00Z" if len(clock) == 5 else clock
    return {"id": activity + clock, "type": activity, "time": time, "attributes": told, "relationships": links(related)}


def links(related):
    return [{"objectId": one, "qualifier": ""} for one in related]


@pytest.fixture
def read(tmp_path):
    def reading(objects, events, **options):
        path = tmp_path / "log.json"
        types = [{"name": kind, "attributes": []} for kind in {one["type"] for one in objects}]
        path.write_text(json.dumps({"objectTypes": types, "eventTypes": [], "objects": objects, "events": events}))
        built = LogBuilder("ocel")
        item = Input.of(path)
        assert OcelLog().recognise([item])
        built.facts = OcelLog().read([item], ReadOptions(**options), built)
        return built

    return reading


ORDERS = [
    thing("o1", "order", ["olga"], channel="site"),
    thing("o2", "order", priority="high", total=12),
    thing("i1", "item"),
    thing("olga", "customer"),
    thing("anna", "employee"),
]
EVENTS = [
    event("10:00", "Register", "o1", "anna", team="front"),
    event("10:30", "Register", "o2", "anna", resource="Boris"),
    event("11:00", "Pick", "o1", "i1"),
    event("12:00", "Close order", "o1", "anna"),
]


def told(built):
    return [
        f"{e['request']} {e['at']:%H:%M} {e['activity']} {e['status'] or '-'}"
        for e in built.table("events").to_pylist()
    ]


def test_the_type_that_most_events_concern_is_the_request_but_not_people(read):
    built = read(ORDERS, EVENTS)
    assert told(built) == [
        "o1 10:00 Register -", "o2 10:30 Register -", "o1 11:00 Pick -", "o1 12:00 Close order closed",
    ]  # fmt: skip
    assert next(guess for guess in built.guesses if guess.what == "request").value == "order"
    assert built.facts.is_process and built.facts.can & Can.resolution


def test_who_and_which_team(read):
    events = read(ORDERS, EVENTS).table("events").to_pylist()
    assert [e["actor"] for e in events] == ["anna", "Boris", None, "anna"]
    assert events[0]["team"] == "front"


def test_a_request_is_described_by_its_own_attributes_and_its_customer(read):
    one, two = read(ORDERS, EVENTS).table("requests").to_pylist()
    assert (one["customer"], one["channel"]) == ("olga", "site")
    assert (two["priority"], two["attributes"]) == ("high", [("total", "12")])


@pytest.mark.parametrize("options", [{"roles": {"item": "request"}}, {"mapping": {"object_type": "item"}}])
def test_another_type_can_be_told(read, options):
    built = read(ORDERS, EVENTS, **options)
    assert told(built) == ["i1 11:00 Pick -"] and built.records == 1


def test_a_type_that_is_not_there_is_refused_with_those_that_are(read):
    with pytest.raises(NoSuchType, match="customer, employee, item, order"):
        read(ORDERS, EVENTS, roles={"parcel": "request"})


def test_an_event_of_two_requests_is_a_step_of_both(read):
    built = read(ORDERS, [event("10:00", "Pack", "o1", "o2")])
    assert told(built) == ["o1 10:00 Pack -", "o2 10:00 Pack -"] and built.records == 1


def test_dates_of_the_object_say_when_it_began_and_ended(read):
    order = thing("o1", "order", created_at="2025-03-03T09:00:00Z", enddate="2025-03-03T18:00:00Z")
    built = read([order], [event("10:00", "Pack", "o1")])
    assert [line.split()[1] for line in told(built)] == ["09:00", "10:00", "18:00"]


@pytest.mark.parametrize("time", ["soon", ""])
def test_an_event_without_a_readable_instant_is_set_aside(read, time):
    built = read(ORDERS, [*EVENTS, {**event("10:00", "Pack", "o1"), "time": time}])
    assert [row["row"] for row in built.table("quarantine").to_pylist()] == [5]


def test_a_file_without_related_objects_is_refused(read):
    with pytest.raises(FileError, match="none of its events"):
        read([thing("a", "x")], [event("10:00", "Pack")])


@pytest.mark.parametrize("head", [b'{"events": [], "objects": []}', b"[]", b'{"objectTypes": []}', b""])
def test_it_leaves_other_files_alone(tmp_path, head):
    assert OcelLog().recognise([Input("x.json", tmp_path, head)]) is None
