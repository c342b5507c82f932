"""Cut the kept log to a view: the facts of the requests it asks for, straight from the files."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import pyarrow as pa

from otklik.actions.measure_speed import Yardstick
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.views import NOTHING, View

if TYPE_CHECKING:
    from otklik.measures import Measured
    from otklik.store import ServiceStore, Snapshot
    from otklik.store.kept import Kept

MOST_FACTS: Final = 2_000_000
"""More requests than this are looked at through a part of them, drawn by hash."""
MOST_WITH_EVENTS: Final = 60_000
"""The same where every event is looked at."""
WORDS: Final = ("source", "request")


class NotMeasuredYet(UserError):
    """The facts by these calendars are not kept yet: they are being measured, or will be by the next refresh."""

    code = "not-measured-yet"
    message = N_("The records are still being measured.")
    hint = N_("Look again in a moment.")


@dataclass(frozen=True)
class Shelf:
    """One state of the kept log and its facts: nothing written later changes what it shows."""

    store: "ServiceStore"
    snapshot: "Snapshot"
    kept: "Kept"
    yardstick: Yardstick

    @classmethod
    def of(cls, folder: Path, yardstick: Yardstick) -> "Shelf":
        """The newest state; raise NotAStore where there is no log, NotMeasuredYet where there are no facts of it."""
        from otklik.actions.refresh_facts import facts_keep
        from otklik.store import ServiceStore

        store = ServiceStore(folder)
        snapshot = store.snapshot()
        kept = facts_keep(store, yardstick.book()).newest()
        if kept is None:
            raise NotMeasuredYet
        return cls(store, snapshot, kept, yardstick)

    @property
    def state(self) -> str:
        """Name this state: what was worked out from it holds as long as the name is the same."""
        head = self.kept.head
        return f"{head.home.folder.parent.name}-{head.version}-{self.snapshot.step}"

    @cached_property
    def horizon(self) -> dict[str, datetime]:
        """Up to when each source was measured."""
        from otklik.base.units import from_us

        told = {one.source: self.kept.number(f"horizon {one.source}") for one in self.snapshot.sources}
        return {
            one.source: from_us(at) if (at := told[one.source]) is not None else one.horizon
            for one in self.snapshot.sources
        }

    @property
    def as_of(self) -> datetime | None:
        """The latest horizon."""
        return max(self.horizon.values(), default=None)


@dataclass(frozen=True)
class Asked:
    """The condition of a view in SQL: only names of ours in `text`, everything a person wrote in `values`."""

    text: str
    values: Mapping[str, Any]

    @classmethod
    def of(cls, view: View, zone: str, as_of: datetime | None, waits: str, held_by: Collection[str] = ()) -> "Asked":
        """Say which requests a view means; days are those of `zone`, `waits` is a query of the kept waits.

        `held_by` leaves those that one person held last: no view picks by it, only that person's own goals do.
        """
        begin, end = bounds(view, zone)
        values: dict[str, Any] = {}
        conditions = ["true"]
        held = {"assignee": held_by} if held_by else {}
        for name, chosen in (dict(view.chosen) | held).items():
            values[name] = [one for one in chosen if one != NOTHING]
            nothing = f" or {name} is null" if NOTHING in chosen else ""
            conditions.append(f"(list_contains(${name}, cast({name} as varchar)){nothing})")
        for instant, told in (("begin", begin), ("until", end)):
            if told is not None:
                values[instant] = told
        column = {"arrived": "opened_at", "resolved": "ended_at", "open": "opened_at"}.get(view.cohort)
        if view.cohort == "open":
            values["until"] = end or as_of
            conditions.append("opened_at < $until and (ended_at is null or ended_at >= $until)")
            values.pop("begin", None)
        elif column is not None:
            conditions += [f"{column} {sign} ${name}" for name, sign in _SIDES if name in values]
            conditions += ["ended_at is not null"] if view.cohort == "resolved" else []
        else:
            sides = [f'"end" {sign} ${name}' for name, sign in _SIDES if name in values]
            inside = " and ".join(["state = 'done'", *sides])
            conditions.append(f"(source, request) in (select (source, request) from ({waits}) where {inside})")
        return cls(" and ".join(conditions), values)


_SIDES: Final = (("begin", ">="), ("until", "<"))


def bounds(view: View, zone: str) -> tuple[datetime | None, datetime | None]:
    """Begin and end of the days of a view, as instants."""

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(zone))

    return (
        None if view.start is None else midnight(view.start),
        None if view.end is None else midnight(view.end + timedelta(days=1)),
    )


@dataclass(frozen=True)
class Cut:
    """The requests of a view: how many there are, and the facts of all of them or of a part."""

    shelf: Shelf
    n: int
    running: int
    facts: pa.Table
    waits: pa.Table

    @property
    def sampled(self) -> int | None:
        """How many requests the facts are of, where they are not of all."""
        return None if self.facts.num_rows == self.n else self.facts.num_rows

    @property
    def measured(self) -> "Measured":
        """The facts as the findings want them."""
        from otklik.measures import Measured

        return Measured(self.facts, self.waits, self.shelf.horizon, self.shelf.yardstick.book())


def cut_log(
    shelf: Shelf,
    view: View,
    zone: str,
    *,
    most: int = MOST_FACTS,
    columns: Collection[str] | None = None,
    held_by: Collection[str] = (),
) -> Cut:
    """Cut the log to a view; of more than `most` requests, a part drawn by the hash of their names is told.

    With some `columns` only, the rows come in any order: sorting a million names takes as long as reading them.
    """
    from otklik.store.engine import open_engine

    facts, waits = shelf.kept.sql("facts"), shelf.kept.sql("waits")
    asked = Asked.of(view, zone, shelf.as_of, waits, held_by)
    with open_engine() as sql:
        n, running = sql.execute(
            f"select count(*), count(*) filter (where ended_at is null) from ({facts}) where {asked.text}",
            dict(asked.values),
        ).fetchone() or (0, 0)
        part = "" if n <= most else f" and hash(source, request) % {_PARTS} < {max(1, most * _PARTS // n)}"
        order = "" if columns else " order by source, request"
        names = ", ".join(f'"{name}"' for name in (columns or _names(shelf, "facts")))
        found = sql.execute(
            f"select {names} from ({facts}) where {asked.text}{part}{order}", dict(asked.values)
        ).to_arrow_table()
        sql.register("chosen", found.select(list(WORDS)))
        whole = n == found.num_rows and asked.text == "true"
        semi = "" if whole else " semi join chosen using (source, request)"
        waited = sql.execute(f"select w.* from ({waits}) w{semi}").to_arrow_table()
    return Cut(shelf, n, running, _fitting(shelf, "facts", found), _fitting(shelf, "waits", waited))


_PARTS: Final = 1_000_000


def _names(shelf: Shelf, table: str) -> list[str]:
    from otklik.actions.refresh_facts import kept_schemas

    return list(kept_schemas()[table].names)


def _fitting(shelf: Shelf, table: str, found: pa.Table) -> pa.Table:
    from otklik.actions.refresh_facts import kept_schemas

    schema = kept_schemas()[table]
    columns = {}
    for name in found.column_names:
        wanted, column = schema.field(name).type, found[name]
        if pa.types.is_dictionary(wanted) and not pa.types.is_dictionary(column.type):
            column = column.cast(pa.string()).dictionary_encode()
        columns[name] = column.unify_dictionaries() if pa.types.is_dictionary(column.type) else column
        columns[name] = columns[name].combine_chunks() if not pa.types.is_dictionary(wanted) else columns[name]
        if not pa.types.is_dictionary(wanted):
            columns[name] = columns[name].cast(wanted)
    return pa.table(columns)
