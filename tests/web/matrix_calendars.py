"""Who may what: hours and targets. All may look, three roles may change; a draft is seen by its author alone."""

from datetime import date
from typing import Any

from otklik.web.calendars.models import Draft, State
from otklik.web.calendars.promises import Promise, write_promises
from tests.web.matrix import Row, World

OFFICE = '[calendars.office]\ntime_zone = "Europe/Moscow"\nweekly = "mon-fri 9-18"\n'
LATE = OFFICE.replace("9-18", "10-19")
LOOK = "302 200 200 200 200 200"
RULE = "302 200 200 200 403 403"
DONE = "302 302 302 302 403 403"
REFUSED = "302 422 422 422 403 403"


def hours(_world: World, _role: str) -> dict[str, Any]:
    """An office in force, and before it another one."""
    State.put_in_force(State.HOURS, LATE, None, after=0)
    State.put_in_force(State.HOURS, OFFICE, None, after=1)
    return {}


def drafted(world: World, role: str) -> dict[str, Any]:
    hours(world, role)
    Draft.objects.create(by=world.of(role), text=LATE, after=2)
    return {}


def another_s(world: World, role: str) -> dict[str, Any]:
    hours(world, role)
    Draft.objects.create(by=world.other_than(role), text=LATE, after=2)
    return {}


def promised(_world: World, _role: str) -> dict[str, Any]:
    one = Promise(line=1, measure="first_reply", within_s=60, share=0.9)
    State.put_in_force(State.TARGETS, write_promises([one]), None, after=0)
    return {}


def day(world: World, role: str) -> dict[str, Any]:
    return {**hours(world, role), "day": date(2026, 6, 10)}


def version(world: World, role: str) -> dict[str, Any]:
    return {**hours(world, role), "n": 0}


def second_version(world: World, role: str) -> dict[str, Any]:
    return {**hours(world, role), "n": 1}


def state(world: World, role: str) -> dict[str, Any]:
    return {**hours(world, role), "number": 1}


def line(world: World, role: str) -> dict[str, Any]:
    return {**promised(world, role), "line": 1}


def first_targets(world: World, role: str) -> dict[str, Any]:
    return {**promised(world, role), "number": 1}


def after(number: int, **more: str):
    return lambda _world, _role: {"after": number, **more}


ROWS = [
    Row("calendars", LOOK),
    Row("calendars", LOOK, own=drafted),
    Row("calendar_day", RULE, args=day),
    Row("calendar_day", DONE, "POST", args=day, data=after(0, wish="closed")),
    Row("calendar_new", RULE),
    Row("calendar_new", DONE, "POST", data=after(0, name="A", preset="24x7")),
    Row("calendar_upload", REFUSED, "POST"),
    Row("calendar_version", RULE, args=version),
    Row("calendar_version", REFUSED, "POST", args=version, data=after(0, name="")),
    Row("calendar_version", "302 404 404 404 403 403", args=second_version),
    Row("calendar_holidays", DONE, "POST", args=version, data=after(0, country="ru")),
    Row("calendar_version_drop", DONE, "POST", args=version),
    Row("calendar_version_new", RULE, own=hours),
    Row("calendar_drop", DONE, "POST", own=hours),
    Row("calendar_teams", RULE, own=hours),
    Row("calendar_teams", DONE, "POST", own=hours, data=after(0, default="office")),
    Row("calendar_changes", RULE, own=drafted),
    Row("calendar_changes", DONE, foreign=another_s),
    Row("calendar_measure", DONE, "POST", own=drafted),
    Row("calendar_measure", DONE, "POST", foreign=another_s),
    Row("calendar_force", DONE, "POST", own=drafted, data=after(2)),
    Row("calendar_force", REFUSED, "POST", own=drafted, data=after(1)),
    Row("calendar_force", DONE, "POST", foreign=another_s, data=after(2)),
    Row("calendar_forget", DONE, "POST", own=drafted),
    Row("calendar_history", LOOK, own=hours),
    Row("calendar_state", LOOK, args=state),
    Row("calendar_file", LOOK, args=state),
    Row("calendar_back", DONE, "POST", args=state),
    Row("targets", LOOK, own=promised),
    Row("targets_kept", LOOK, own=promised),
    Row("target_new", RULE),
    Row("target_line", RULE, args=line),
    Row("target_stop", DONE, "POST", args=line, data=after(1, never="1")),
    Row("target_history", LOOK, own=promised),
    Row("target_back", DONE, "POST", args=first_targets, data=after(1)),
]
