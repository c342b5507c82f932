from otklik.intake.merging import join_merged
from tests.intake.building_blocks import built, events_of


def said_in(request, *lines):
    events = join_merged(events_of(built(*lines))).to_pylist()
    return [(e["at"].strftime("%H:%M"), e["kind"], e["by"]) for e in events if e["request"] == request]


def test_the_messages_of_a_merged_request_join_the_target():
    assert said_in(
        "B",
        "09:00 B created customer public",
        "10:00 A created customer public",
        "10:05 A message agent public",
        "10:06 A note agent",
        "11:00 A merged agent activity=B",
    ) == [("09:00", "created", "customer"), ("10:00", "message", "customer"), ("10:05", "message", "agent")]


def test_the_merged_request_keeps_its_own_events():
    assert len(said_in("A", "10:00 A created customer public", "11:00 A merged agent activity=B")) == 2


def test_a_chain_of_merges_ends_at_its_last_target():
    lines = (
        "10:00 A created customer public",
        "11:00 A merged agent activity=B",
        "10:30 B created customer public",
        "12:00 B merged agent activity=C",
    )
    assert said_in("C", *lines) == [("10:00", "message", "customer"), ("10:30", "message", "customer")]


def test_requests_merged_into_each_other_do_not_hang():
    lines = ("10:00 A created customer public", "11:00 A merged agent activity=B", "12:00 B merged agent activity=A")
    assert ("10:00", "created", "customer") in said_in("A", *lines)


def test_a_message_the_target_has_already_is_not_doubled():
    lines = (
        "10:00 A created customer public",
        "10:05 A message customer public",
        "10:05 B message customer public",
        "11:00 A merged agent activity=B",
    )
    assert len(said_in("B", *lines)) == 2


def test_a_log_without_merges_comes_back_as_it_is():
    events = events_of(built("10:00 A created customer public"))
    assert join_merged(events) is events
