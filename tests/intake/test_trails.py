"""The trail of one request: put in order, each event with whoever holds the request after it."""

from datetime import UTC, datetime, timedelta

from otklik.base.units import to_us
from otklik.intake.building import LogBuilder
from otklik.intake.source import UNTOLD
from otklik.intake.trails import Happening, Trail, complete_until

NINE = to_us(datetime(2024, 3, 4, 9, tzinfo=UTC))


def at(minutes, kind="note", **said):
    return Happening(NINE + minutes * 60_000_000, kind, "agent", 1, **said)


def test_happenings_told_in_any_order_come_out_by_time():
    trail = Trail("R1")
    for minutes in (5, 1, 3):
        trail.add(at(minutes))
    assert [one.at_us - NINE for one in trail.in_order()] == [60_000_000, 180_000_000, 300_000_000]


def test_of_one_instant_the_order_told_stays():
    trail = Trail("R1")
    for kind in ("created", "assigned", "message"):
        trail.add(at(0, kind))
    assert [one.kind for one in trail.in_order()] == ["created", "assigned", "message"]


def test_whoever_holds_it_goes_on_holding_it():
    trail = Trail("R1", team="Desk")
    trail.add(at(0, "created"))
    trail.add(at(1, "assigned", assignee="Anna"))
    trail.add(at(2, "message"))
    trail.add(at(3, "assigned", assignee=None, team="Billing"))
    held = [(one.team, one.assignee) for one in trail.in_order()]
    assert held == [("Desk", None), ("Desk", "Anna"), ("Desk", "Anna"), ("Billing", None)]


def test_events_carry_their_own_record():
    out = LogBuilder("desk")
    out.record(5)
    trail = Trail("R1")
    trail.add(Happening(NINE, "created", "customer", 2, public=True, channel="email", key="k"))
    trail.write(out)
    (event,) = out.table("events").to_pylist()
    assert (event["record"], event["key"], event["public"], event["channel"]) == (2, "k", True, "email")


def test_an_export_is_complete_until_its_youngest_trace_unless_that_is_to_come():
    assert complete_until(NINE) == datetime(2024, 3, 4, 9, tzinfo=UTC)
    assert complete_until(to_us(datetime.now(UTC) + timedelta(days=2))) == UNTOLD
