"""From cells taken apart to instants: which number is the day, which zone the clock on the wall was in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.intake.coded import is_null
from otklik.intake.sources.table.moments import DAY_S, NO_OFFSET, Bools, Ints, Pieces, days_from_civil, take_apart
from otklik.schemas.events import UTC_US

Order = Literal["dmy", "mdy"]
ORDERS: Final[tuple[Order, Order]] = ("dmy", "mdy")
_DAY_US: Final = DAY_S * 1_000_000
_CLEARLY: Final = 0.1
_FAR_US: Final = 4 * 10**18


class UnknownTimeZone(UserError):
    """A zone nobody knows: facts `zone`."""

    code = "unknown-time-zone"
    message = N_("There is no time zone %(zone)s.")
    hint = N_("Write it like Europe/Moscow or Asia/Yekaterinburg.")


@dataclass(frozen=True)
class Choice:
    """A date order and why: `reason` a catalogue key."""

    order: Order
    reason: str
    facts: dict[str, str]


@dataclass(frozen=True)
class Instants:
    """A column of instants (null where empty or unreadable) and which cells were filled but unreadable."""

    at: pa.Array
    bad: Bools


def check_zone(zone: str | None) -> str | None:
    """Return the zone as it is, or raise UnknownTimeZone."""
    if zone is None:
        return None
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise UnknownTimeZone(zone=zone) from None
    return zone


def choose_order(columns: Sequence[Pieces], *, is_russian: bool = False) -> Choice | None:
    """Decide over all dates of a table whether the day or the month stands first; None when none leaves it open."""
    a = np.concatenate([pieces.a[pieces.ok & (pieces.a > 0)] for pieces in columns] or [np.zeros(0, np.int64)])
    b = np.concatenate([pieces.b[pieces.ok & (pieces.a > 0)] for pieces in columns] or [np.zeros(0, np.int64)])
    if not len(a):
        return None
    days_first, months_first = int((a > 12).sum()), int((b > 12).sum())
    if days_first or months_first:
        return _by_values(days_first, months_first)
    styles = {style for pieces in columns for style in pieces.styles}
    if "half-day" in styles:
        return Choice("mdy", N_("no value tells; clocks with AM and PM write the month first"), {})
    if "a.b" in styles:
        return Choice("dmy", N_("no value tells; dates with dots write the day first"), {})
    return _by_sequence(columns) or _by_custom(is_russian)


def _by_values(days_first: int, months_first: int) -> Choice:
    if days_first >= months_first:
        facts = {"n": str(days_first), "other": str(months_first)}
        return Choice("dmy", N_("%(n)s values can only have the day first, %(other)s only the month"), facts)
    facts = {"n": str(months_first), "other": str(days_first)}
    return Choice("mdy", N_("%(n)s values can only have the month first, %(other)s only the day"), facts)


def _by_sequence(columns: Sequence[Pieces]) -> Choice | None:
    """Rows are mostly kept in the order of time: the right reading rises (or falls) more steadily."""
    steadiness = {order: max(_steadiness(_local_us(pieces, order)[0]) for pieces in columns) for order in ORDERS}
    best = max(ORDERS, key=lambda order: steadiness[order])
    other = next(order for order in ORDERS if order != best)
    if steadiness[best] - steadiness[other] < _CLEARLY:
        return None
    return Choice(best, N_("no value tells; read so, the rows stand in the order of time"), {})


def _steadiness(local_us: Ints) -> float:
    steps = np.sign(np.diff(local_us))
    return 0.0 if not len(steps) else float(max((steps >= 0).mean(), (steps <= 0).mean()))


def _by_custom(is_russian: bool) -> Choice:
    if is_russian:
        return Choice("dmy", N_("no value tells; the headings are Russian"), {})
    return Choice("dmy", N_("no value tells; most of the world writes the day first: check it"), {})


def _local_us(pieces: Pieces, order: Order) -> tuple[Ints, Bools]:
    """Microseconds as the wall clock shows them, and which cells are moments read so."""
    is_open = pieces.a > 0
    day, ok = pieces.day.copy(), pieces.ok.copy()
    if is_open.any():
        days, months = (pieces.a, pieces.b) if order == "dmy" else (pieces.b, pieces.a)
        open_day, valid = days_from_civil(pieces.year[is_open], months[is_open], days[is_open])
        day[is_open] = open_day
        ok[is_open] &= valid
    return day * _DAY_US + pieces.second_us, ok


def to_instants(column: pa.Array, pieces: Pieces, order: Order | None, zone: str | None) -> Instants:
    """Turn a column into UTC: by each cell's own offset, else by `zone` (None = UTC).

    A repeated autumn hour counts as its first run; an hour that spring skips moves on by what was skipped.
    """
    local_us, ok = _local_us(pieces, order or "dmy")
    ok &= np.abs(local_us) < _FAR_US
    local_us = np.where(ok, local_us, 0)
    has_offset = pieces.offset_s != NO_OFFSET
    at_us = local_us - np.where(has_offset, pieces.offset_s, 0) * 1_000_000
    naive = ok & ~has_offset
    if zone is not None and zone != "UTC" and naive.any():
        at_us[naive] = _from_wall(local_us[naive], zone)
    at: Any = pa.array(at_us, mask=~ok).cast(UTC_US)
    return Instants(at, ~is_null(column) & ~ok)


def _from_wall(local_us: Ints, zone: str) -> Ints:
    wall = pa.array(local_us).cast(pa.timestamp("us"))
    aware = pc.assume_timezone(wall, zone, ambiguous="earliest", nonexistent="latest")
    skipped = pc.not_equal(pc.local_timestamp(aware), wall)
    moved: Ints = aware.cast(pa.int64()).to_numpy().copy()
    if pc.any(skipped).as_py():
        before = pc.assume_timezone(wall, zone, ambiguous="earliest", nonexistent="earliest")
        where = np.flatnonzero(skipped.to_numpy(zero_copy_only=False))
        shown = pc.local_timestamp(before).cast(pa.int64()).to_numpy()
        moved[where] = before.cast(pa.int64()).to_numpy()[where] + (local_us - shown)[where]
    return moved


def typed_instants(column: pa.Array, zone: str | None) -> Instants:
    """Instants of a column that a typed file (Parquet) already keeps as timestamps or dates."""
    wall = column.cast(pa.timestamp("us", tz=getattr(column.type, "tz", None)), safe=False)
    if wall.type.tz is None:
        shown = pc.fill_null(wall.cast(pa.int64()), 0).to_numpy()
        at_us = _from_wall(shown, zone) if zone not in {None, "UTC"} else shown
        wall = pa.array(at_us, mask=wall.is_null().to_numpy(zero_copy_only=False))
    return Instants(wall.cast(UTC_US), np.zeros(len(column), dtype=bool))


def count_offsets(columns: Sequence[Pieces]) -> tuple[int, int]:
    """How many moments name their zone and how many do not."""
    named = sum(int((pieces.ok & (pieces.offset_s != NO_OFFSET)).sum()) for pieces in columns)
    return named, sum(int(pieces.ok.sum()) for pieces in columns) - named


__all__ = [
    "Choice", "Instants", "Order", "Pieces", "UnknownTimeZone", "check_zone", "choose_order", "count_offsets",
    "take_apart", "to_instants", "typed_instants",
]  # fmt: skip
