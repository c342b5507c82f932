"""The events and objects of an OCEL file, and which type of object is the request."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from otklik.intake.json_fields import objects, text
from otklik.intake.process_words import plain

RESOURCES: Final = frozenset(
    [
        "employee",
        "employees",
        "resource",
        "resources",
        "user",
        "users",
        "agent",
        "agents",
        "worker",
        "person",
        "сотрудник",
    ]
)
CUSTOMERS: Final = frozenset(["customer", "customers", "client", "clients", "клиент", "покупатель"])
THINGS: Final = frozenset(["product", "products", "machine", "machines", "system", "systems", "warehouse", "material"])


@dataclass(slots=True)
class Happening:
    """One event: `related` are ids of objects."""

    row: int
    activity: str | None
    time: str | None
    attributes: dict[str, str]
    related: tuple[str, ...]


@dataclass(slots=True)
class Objects:
    """Everything in the files, as far as requests need it."""

    type_of: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    related: dict[str, tuple[str, ...]] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)

    def add_object(self, value: Mapping[str, Any]) -> None:
        """Note one object; of an attribute that changed the last value counts."""
        id_, kind = text(value.get("id")), text(value.get("type"))
        if id_ is not None and kind is not None:
            self.type_of[id_] = kind
            self.attributes[id_] = _attributes(value, by_time=True)
            self.related[id_] = _related(value)

    def add_event(self, value: Mapping[str, Any], row: int) -> None:
        """Note one event."""
        self.happenings.append(
            Happening(
                row,
                text(value.get("type")),
                text(value.get("time")),
                _attributes(value, by_time=False),
                _related(value),
            )
        )

    def of_type(self, happening: Happening, kinds: frozenset[str] | set[str]) -> Iterator[str]:
        """The objects of an event whose type, in plain words, is among `kinds`."""
        return (one for one in happening.related if plain(self.type_of.get(one, "")) in kinds)

    def coverage(self) -> list[tuple[str, int]]:
        """How many events concern an object of each type, most first; people and things are no requests."""
        events: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for happening in self.happenings:
            kinds = [self.type_of[one] for one in happening.related if one in self.type_of]
            pairs.update(kinds)
            events.update(set(kinds))
        others = RESOURCES | CUSTOMERS | THINGS
        fit = [kind for kind in events if plain(kind) not in others] or list(events)
        return [(kind, events[kind]) for kind in sorted(fit, key=lambda one: (-events[one], pairs[one], one))]


def _attributes(value: Mapping[str, Any], *, by_time: bool) -> dict[str, str]:
    rows = objects(value.get("attributes"))
    if by_time:
        rows = sorted(rows, key=lambda row: text(row.get("time")) or "")
    told = ((text(row.get("name")), text(row.get("value"))) for row in rows)
    return {name: word for name, word in told if name is not None and word is not None}


def _related(value: Mapping[str, Any]) -> tuple[str, ...]:
    ids = (text(row.get("objectId")) for row in objects(value.get("relationships")))
    return tuple(dict.fromkeys(one for one in ids if one is not None))
