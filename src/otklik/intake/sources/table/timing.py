"""The dates of a table, all of its columns together: one order of day and month, one zone, said aloud."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pyarrow as pa

from otklik.base.text import N_
from otklik.intake.building import LogBuilder
from otklik.intake.coded import is_text
from otklik.intake.source import ReadOptions
from otklik.intake.sources.table.instants import (
    ORDERS,
    Choice,
    Instants,
    Pieces,
    check_zone,
    choose_order,
    count_offsets,
    take_apart,
    to_instants,
    typed_instants,
)
from otklik.intake.sources.table.plan import Plan
from otklik.intake.sources.table.roles import DATE_ROLES

_CYRILLIC: Final = re.compile("[а-яё]", re.IGNORECASE)
_NUMBERS: Final = {
    "unix-s": N_("seconds since 1970"), "unix-ms": N_("milliseconds since 1970"),
    "unix-us": N_("microseconds since 1970"), "excel": N_("day numbers as Excel keeps them"),
}  # fmt: skip


def instants_of(plan: Plan, options: ReadOptions, out: LogBuilder) -> dict[str, Instants]:
    """Read every date column that has a role; says order and zone as guesses."""
    zone = check_zone(options.time_zone or _told(options, "time_zone"))
    columns = {role: plan.moments(role) for role in DATE_ROLES if role in plan.roles}
    typed = {role: cells for role, cells in columns.items() if cells is not None and not is_text(cells.type)}
    texts = {role: cells for role, cells in columns.items() if cells is not None and role not in typed}
    with ThreadPoolExecutor(pa.cpu_count()) as pool:  # numpy lets go of the interpreter
        taken = pool.map(lambda cells: take_apart(cells, numbers=True), texts.values())
        pieces = dict(zip(texts, taken, strict=True))
    choice = _order(plan, options, list(pieces.values()))
    if choice is not None:
        out.guess("date_order", choice.order, choice.reason, **choice.facts)
    _say_zone(list(pieces.values()), zone, out, any(_is_naive(cells) for cells in typed.values()))
    _say_numbers(list(pieces.values()), out)
    found = {role: typed_instants(cells, zone) for role, cells in typed.items()}
    order = choice.order if choice else None
    return found | {role: to_instants(texts[role], pieces[role], order, zone) for role in texts}


def _told(options: ReadOptions, name: str) -> str | None:
    value = options.mapping.get(name)
    return str(value) if value else None


def _is_naive(cells: pa.Array) -> bool:
    return getattr(cells.type, "tz", None) is None


def _order(plan: Plan, options: ReadOptions, pieces: list[Pieces]) -> Choice | None:
    told = _told(options, "date_order")
    for order in ORDERS:
        if told == order:
            return Choice(order, N_("it was told"), {})
    is_russian = any(_CYRILLIC.search(name) for name in plan.grid.names)
    return choose_order(pieces, is_russian=is_russian)


def _say_zone(pieces: list[Pieces], zone: str | None, out: LogBuilder, has_typed_naive: bool) -> None:
    named, naive = count_offsets(pieces)
    if named and naive:
        reason = N_("%(named)s times name their zone; the other %(naive)s are taken to be in this one")
        out.guess("time_zone", zone or "UTC", reason, named=str(named), naive=str(naive))
    elif naive or has_typed_naive:
        told = N_("it was told; the times name none")
        out.guess("time_zone", zone or "UTC", told if zone else N_("the times name no zone: set yours with --tz"))
    elif named:
        out.guess("time_zone", "UTC", N_("every time names its own zone"))


def _say_numbers(pieces: list[Pieces], out: LogBuilder) -> None:
    for style, meaning in _NUMBERS.items():
        if any(style in one.styles for one in pieces):
            out.guess("date_style", style, meaning)
