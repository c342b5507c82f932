"""Changes of numbers in words: by how much, better or worse, or an honest "cannot tell"."""

from dataclasses import dataclass

from otklik.actions.find_drivers import HOURS
from otklik.base.text import N_
from otklik.schemas.goal_changes import BYS, PARTS, SPLITS, Change, Driver, Drivers, Part, Split, Window
from otklik.web.goals.numbers import SHARE, TIME, shown
from otklik.web.goals.telling import date_text
from otklik.web.words import say, speech

MINUS = "\u2212"


@dataclass(frozen=True)
class ToldChange:
    """A change as a page shows it; `kind` is good, bad or empty."""

    before: str
    after: str
    difference: str
    verdict: str
    kind: str
    days: str


def told_change(change: Change, unit: str, *, is_lower_better: bool) -> ToldChange:
    """A change of a number in its unit."""
    way = change.direction * (-1 if is_lower_better else 1)
    verdict = {1: N_("better"), -1: N_("worse"), 0: N_("cannot tell")}[way]
    return ToldChange(
        before=_window(change.before, unit), after=_window(change.after, unit),
        difference=difference_told(change, unit), verdict=say(verdict), kind={1: "good", -1: "bad", 0: ""}[way],
        days=f"{days_told(change.before)} → {days_told(change.after)}",
    )  # fmt: skip


def difference_told(change: Change, unit: str) -> str:
    """The difference with its interval: +12.5 points [5.1; 19.8]."""
    found = change.difference
    if found.value is None:
        return say(N_("not known"))
    low, high = ("…" if end is None else _signed(end, unit) for end in (found.low, found.high))
    name = f" {say(N_('percentage points'))}" if unit == SHARE else ""
    return f"{_signed(found.value, unit)}{name} [{low}; {high}]"


def days_told(window: Window) -> str:
    """Its days."""
    return f"{date_text(window.first)} – {date_text(window.last)}"


@dataclass(frozen=True)
class ToldDriver:
    """A group of misses as a page shows it."""

    value: str
    share: str
    of_all: str
    width: float
    is_heavy: bool
    """It holds clearly more of the misses than of the requests."""


def told_drivers(found: Drivers) -> list[tuple[str, list[ToldDriver]]]:
    """The groups by kind, each with its share of the misses beside its share of all requests."""
    told: dict[str, list[ToldDriver]] = {}
    for one in found.groups:
        told.setdefault(say(BYS[one.by]), []).append(_driver(one, found))
    return list(told.items())


@dataclass(frozen=True)
class ToldPart:
    """A part of the waiting as a page shows it; `of_others` is empty where there is no such waiting."""

    name: str
    share: str
    of_others: str
    width: float
    is_heavy: bool
    """It holds clearly more of the waiting of the misses than of that of the others."""


@dataclass(frozen=True)
class ToldSplit:
    """The waiting in parts; `known` says of how many misses the parts are on record, where not of all."""

    title: str
    known: str
    parts: list[ToldPart]


def told_splits(found: Drivers) -> list[ToldSplit]:
    """Where the waiting of the misses went, each part beside its share of the waiting of the others."""
    return [_split(one, found.misses) for one in found.splits]


def _split(split: Split, misses: int) -> ToldSplit:
    known = say(N_("known of %(n)s of %(all)s"), n=split.misses, all=misses) if split.misses < misses else ""
    return ToldSplit(say(SPLITS[split.by]), known, [_part(one, split) for one in split.parts])


def _part(one: Part, split: Split) -> ToldPart:
    share, others = split.share(one), split.share_of_others(one)
    return ToldPart(
        name=say(PARTS[one.part]), share=shown(share, SHARE), of_others="" if others is None else shown(others, SHARE),
        width=round(share * 100, 1), is_heavy=others is not None and share > 1.2 * others,
    )  # fmt: skip


def _driver(one: Driver, found: Drivers) -> ToldDriver:
    of_misses, of_all = one.misses / found.misses, one.n / found.n
    return ToldDriver(
        value=_value(one), share=shown(of_misses, SHARE), of_all=shown(of_all, SHARE), width=round(of_misses * 100, 1),
        is_heavy=of_misses > 1.2 * of_all,
    )  # fmt: skip


def _value(one: Driver) -> str:
    if one.by == "weekday":
        return str(speech().format.weekday(int(one.value), short=False))
    if one.by == "hour":
        start = int(one.value)
        return f"{start:02d}:00–{start + HOURS:02d}:00"
    return one.value or say(N_("not told"))


def _window(window: Window, unit: str) -> str:
    number = window.number
    told = shown(number.value, unit)
    if number.low is None or number.high is None:
        return told
    return f"{told} [{shown(number.low, unit)}; {shown(number.high, unit)}]"


def _signed(value: float, unit: str) -> str:
    size = abs(value)
    of_hundred = size * 100 if unit == SHARE else size
    plain = shown(size, unit) if unit == TIME else str(speech().format.number(of_hundred, 1))
    return f"{'+' if value > 0 else MINUS if value < 0 else ''}{plain}"
