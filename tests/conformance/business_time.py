"""Answers to the business-time cases: the product's clock, and on top of it the rules by which peers differ.

A rule counts when a case names it. Rules known by name stand in `peer_rules`; an unknown name is understood from
the words of its name and of its explanation in the file.
"""

from datetime import UTC, datetime
from itertools import islice

from otklik.clock import BusinessClock
from tests.conformance import peer_rules
from tests.conformance.calendars import read_calendar
from tests.conformance.slot_by_slot import SlotBySlot

PERIODS = 32


def answer(case, vectors):
    """Answer one case in the form of its `expected`."""
    text = vectors["calendars"][case["calendar"]] if isinstance(case["calendar"], str) else case["calendar"]
    id_ = case["calendar"] if isinstance(case["calendar"], str) else "inline"
    start = next(
        (instant(case[key]) for key in ("start", "at", "end") if key in case), datetime(2020, 1, 1, tzinfo=UTC)
    )
    rules = peer_rules.of_case(case, vectors.get("semantics", {}))
    clock = (SlotBySlot if rules.slots_apart else BusinessClock)([read_calendar(id_, text)], start)
    return written(OPS[case["op"]](clock, case, rules))


def elapsed(clock, case, rules):
    start, end = instant(case["start"]), instant(case["end"])
    if end < start and rules.reversed_is_negative:
        return -rules.elapsed(clock, end, start)
    if end < start and rules.reversed_is_absolute:
        return rules.elapsed(clock, end, start)
    return rules.elapsed(clock, start, end)


def add(clock, case, rules):
    return rules.add(clock, instant(case["start"]), case["seconds"])


def add_business_days(clock, case, rules):
    return rules.add_business_days(clock, instant(case["start"]), case["days"])


def periods_after(clock, case, rules):
    return list(islice(clock.periods_after(instant(case["at"])), wanted(case)))


def periods_before(clock, case, rules):
    return list(islice(clock.periods_before(instant(case["at"])), wanted(case)))


def local_to_utc(clock, case, rules):
    return rules.instant_of(clock, datetime.fromisoformat(case["local"]))


def at_moment(name):
    return lambda clock, case, rules: getattr(clock, name)(instant(case["at"]))


OPS = {
    "elapsed": elapsed,
    "add": add,
    "add_business_days": add_business_days,
    "periods_after": periods_after,
    "periods_before": periods_before,
    "local_to_utc": local_to_utc,
    "is_open": lambda clock, case, rules: rules.is_open(clock, instant(case["at"])),
    **{
        name: at_moment(name)
        for name in (
            "next_open_moment",
            "prev_open_moment",
            "next_close",
            "next_opening",
            "prev_opening",
            "prev_close",
        )
    },
}


def wanted(case):
    return next((case[key] for key in ("count", "limit", "n", "take") if key in case), PERIODS)


def instant(text):
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def written(value):
    """Write instants and amounts as the files do."""
    if isinstance(value, datetime):
        spec = "microseconds" if value.microsecond else "seconds"
        text = value.astimezone(UTC).isoformat(timespec=spec).removesuffix("+00:00")
        return (text.rstrip("0") if value.microsecond else text) + "Z"
    if isinstance(value, (list, tuple)):
        return [written(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
