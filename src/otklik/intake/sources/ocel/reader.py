"""Reads OCEL 2.0 JSON: one type of object plays the request, the events that concern it are its steps."""

from collections.abc import Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

import pyarrow as pa

from otklik.base.errors import FileError
from otklik.base.text import N_
from otklik.intake.building import LogBuilder
from otklik.intake.json_fields import instant_us
from otklik.intake.json_records import key_paths, read_records
from otklik.intake.process import CASES, STEPS, process_events
from otklik.intake.process_words import REQUEST_ROLES, date_role, plain
from otklik.intake.source import UNTOLD, Input, ReadOptions, Recognition
from otklik.intake.sources.ocel.objects import CUSTOMERS, RESOURCES, Happening, Objects
from otklik.schemas.log import SourceFacts

_LISTS: Final = ("events", "objects", "eventTypes", "objectTypes")
_RESOURCE_KEYS: Final = RESOURCES | {"org resource"}
_TEAM_KEYS: Final = frozenset(["org group", "group", "team", "department", "отдел", "группа"])
_COLUMNS: Final = frozenset(REQUEST_ROLES.values())
TYPE_KEY: Final = "object_type"
"""Key in a saved mapping, or `--map TYPE=request`: the type of object that is the request."""


class NoSuchType(FileError):
    """The object type that was named is not in the file: facts `file`, `type`, `known`."""

    code = "no-such-object-type"
    message = N_("%(file)s holds no events of objects of the type %(type)s.")
    hint = N_("Types in it: %(known)s.")


class OcelLog:
    """An object-centric event log."""

    name = "ocel"
    named_by_file = True

    def recognise(self, inputs: Sequence[Input]) -> Recognition | None:
        """Claim JSON with object types, event types and related objects."""
        mine = tuple(item for item in inputs if _is_ocel(item.head))
        return Recognition(mine, 0.95, N_("It is JSON with events and the objects they concern.")) if mine else None

    def read(self, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
        """Read every event of the objects that play the request; raise BrokenJson, NoSuchType."""
        world = Objects()
        for item in inputs:
            _read_file(item, world, out)
            options.progress(N_("Reading events"), len(world.happenings), None)
        kind = _request_type(world, options, out, inputs[0].name)
        zone = ZoneInfo(options.time_zone or "UTC")
        steps = _steps(world, kind, zone, inputs[0].name, out)
        found = process_events(out.source, steps, _cases(world, kind, zone))
        out.add_table("events", found.events)
        out.guesses.extend(found.guesses)
        _describe(world, kind, options, out)
        return SourceFacts(out.source, "events", found.can, UNTOLD, time_zone=options.time_zone, is_process=True)


def _is_ocel(head: bytes) -> bool:
    paths = {path.replace("[]", "") for path in key_paths(head)}
    typed = bool(paths & {"objectTypes", "eventTypes"})
    return (typed and len(paths & {"objectTypes", "eventTypes", "events", "objects"}) > 1) or any(
        path.endswith("relationships.objectId") for path in paths
    )


def _read_file(item: Input, world: Objects, out: LogBuilder) -> None:
    def bad(row: int, reason: str, raw: str) -> None:
        out.record()
        out.quarantine(item.name, row, reason, raw=raw)

    row = 0
    for record in read_records(item, _LISTS, bad):
        if record.under == "events":
            row += 1
            world.add_event(record.value, row)
        elif record.under == "objects":
            world.add_object(record.value)


def _request_type(world: Objects, options: ReadOptions, out: LogBuilder, file: str) -> str:
    kinds = dict(world.coverage())
    told = options.mapping.get(TYPE_KEY) or next(
        (key for key, role in options.roles.items() if role == "request"), None
    )
    if told is not None:
        if told not in kinds and told not in world.type_of.values():
            raise NoSuchType(file=file, type=str(told), known=", ".join(sorted(set(world.type_of.values()))))
        return str(told)
    if not kinds:
        raise FileError(file=file, reason=N_("none of its events concerns an object"))
    kind, n = next(iter(kinds.items()))
    reason = N_("%(n)s of %(of)s events concern one. Other types: %(others)s. --map TYPE=request chooses.")
    others = ", ".join(list(kinds)[1:]) or "-"
    out.guess("request", kind, reason, n=str(n), of=str(len(world.happenings)), others=others)
    return kind


def _steps(world: Objects, kind: str, zone: ZoneInfo, file: str, out: LogBuilder) -> pa.Table:
    rows = []
    for happening in world.happenings:
        requests = [one for one in happening.related if world.type_of.get(one) == kind]
        if not requests:
            continue
        record = out.record()
        at_us = instant_us(happening.time, zone)
        if at_us is None:
            reason = "no-date" if happening.time is None else "bad-date"
            out.quarantine(file, happening.row, reason, happening.time, happening.activity)
            continue
        resource, team = _holders(world, happening)
        rows += [
            {
                "request": one,
                "at": at_us,
                "record": record,
                "activity": happening.activity,
                "resource": resource,
                "team": team,
            }
            for one in requests
        ]
    columns = {name: pa.array([row.get(name) for row in rows], STEPS.field(name).type) for name in STEPS.names}
    return pa.table(columns, schema=STEPS)


def _holders(world: Objects, happening: Happening) -> tuple[str | None, str | None]:
    """Who did it, and which team: attributes of the event, or a person among its objects."""
    told = {plain(name): value for name, value in happening.attributes.items()}
    resource = next((told[key] for key in told if key in _RESOURCE_KEYS), None)
    team = next((told[key] for key in told if key in _TEAM_KEYS), None)
    return resource or next(world.of_type(happening, RESOURCES), None), team


def _cases(world: Objects, kind: str, zone: ZoneInfo) -> pa.Table:
    rows = []
    for one, attributes in world.attributes.items():
        if world.type_of[one] == kind:
            dates: dict[str, int | None] = {"start": None, "end": None}
            for name, value in attributes.items():
                role = date_role(name)
                if role is not None:
                    dates[role] = instant_us(value, zone)
            rows.append({"request": one, "started_at": dates["start"], "ended_at": dates["end"]})
    return pa.Table.from_pylist(rows, schema=CASES)


def _describe(world: Objects, kind: str, options: ReadOptions, out: LogBuilder) -> None:
    """Describe each request by its own attributes and by the customer it belongs to."""
    customer_of: dict[str, str] = {}
    for happening in world.happenings:
        for customer in world.of_type(happening, CUSTOMERS):
            customer_of.update({one: customer for one in happening.related if world.type_of.get(one) == kind})
    for one, attributes in world.attributes.items():
        if world.type_of[one] == kind:
            related = next((other for other in world.related[one] if _is_customer(world, other)), None)
            _describe_one(one, attributes, related or customer_of.get(one), options, out)


def _describe_one(
    request: str, attributes: Mapping[str, str], customer: str | None, options: ReadOptions, out: LogBuilder
) -> None:
    columns: dict[str, str] = {}
    rest: dict[str, str] = {}
    for name, value in attributes.items():
        role = options.roles.get(name) or REQUEST_ROLES.get(plain(name)) or ""
        if role in _COLUMNS:
            columns[role] = value
        elif role != "ignore":
            rest[name] = value
    named = columns.pop("customer", None)
    out.request(request, customer=named or customer, attributes=rest, **columns)  # type: ignore[arg-type]


def _is_customer(world: Objects, one: str) -> bool:
    return plain(world.type_of.get(one, "")) in CUSTOMERS
