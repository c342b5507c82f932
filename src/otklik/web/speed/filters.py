"""The filters of a page: everything sits in its address, so that a view can be shared and kept."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from otklik.actions.list_values import list_values
from otklik.base.text import N_
from otklik.schemas.views import COHORTS, NOTHING, TOLD_APART_BY, View
from otklik.web.calendars import current
from otklik.web.looking import Looking
from otklik.web.words import say, speech

SPANS: Final = ((7, N_("7 days")), (30, N_("30 days")), (90, N_("90 days")), (365, N_("a year")))
CLOCKS: Final = {"elapsed": N_("as the customer feels it"), "business": N_("in working hours")}
MEASURES: Final = ("first_reply", "waits", "longest_wait", "acknowledgement", "resolution", "first_resolution")


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its value in the address, its name, whether it is chosen."""

    value: str
    name: str
    chosen: bool = False


@dataclass(frozen=True)
class Field:
    """A column to pick requests by: what there is, and what is picked."""

    name: str
    title: str
    choices: Sequence[Choice]
    chosen: Sequence[str]


@dataclass(frozen=True)
class Chip:
    """A filter that holds, and the address without it."""

    text: str
    without: str


@dataclass(frozen=True)
class Filters:
    """Everything the bar of filters shows."""

    view: View
    fields: Sequence[Field]
    spans: Sequence[tuple[str, str, bool]]
    chips: Sequence[Chip]
    cohorts: Sequence[Choice]
    clocks: Sequence[Choice]
    measures: Sequence[Choice]
    bys: Sequence[Choice]

    @classmethod
    def of(cls, looking: Looking) -> "Filters":
        """Lay the choices of a look out."""
        view, words = looking.view, speech(looking.zone)
        values: dict[str, list[list[Any]]] = json.loads(
            looking.with_view(View(calendar=view.calendar)).once("values", [], lambda: _values(looking))
        )
        return cls(
            view=view,
            fields=[_field(view, name, values[name]) for name in TOLD_APART_BY if name in values],
            spans=_spans(looking),
            chips=_chips(view),
            cohorts=[Choice(code, say(name), view.cohort == code) for code, name in COHORTS.items()],
            clocks=[Choice(code, say(name), view.clock == code) for code, name in CLOCKS.items()],
            measures=[Choice(code, words.measure(code), view.measure == code) for code in MEASURES],
            bys=[Choice(name, words.slice(name), view.by == name) for name in values if name != "source"],
        )


def query(view: View, **changed: Any) -> str:
    """The address part of a view: '?channel=email' or nothing."""
    pairs = view.pairs(**changed)
    return f"?{urlencode(pairs)}" if pairs else "?"


def _values(looking: Looking) -> str:
    return json.dumps(list_values(looking.shelf), ensure_ascii=False)


def _field(view: View, name: str, values: list[list[Any]]) -> Field:
    words, chosen = speech(), getattr(view, name)
    choices = [Choice(value, f"{_named(value)} · {words.format.number(n)}", value in chosen) for value, n in values]
    return Field(name, words.slice(name), choices, chosen)


def _named(value: str) -> str:
    return say(N_("not stated")) if value == NOTHING else value


def _spans(looking: Looking) -> list[tuple[str, str, bool]]:
    """The last days up to the end of the record, and everything."""
    view, last = looking.view, _last_day(looking)
    found = [(query(view, start=None, end=None), say(N_("everything")), view.start is None and view.end is None)]
    for days, name in SPANS:
        start = last - timedelta(days=days - 1)
        found.append((query(view, start=start, end=last), say(name), (view.start, view.end) == (start, last)))
    return found


def _last_day(looking: Looking) -> date:
    as_of = looking.as_of
    return as_of.astimezone(ZoneInfo(looking.zone)).date() if as_of else current.today()


def _chips(view: View) -> list[Chip]:
    words = speech()
    chips = []
    for name, chosen in view.chosen.items():
        for value in chosen:
            rest = tuple(one for one in chosen if one != value)
            chips.append(Chip(f"{words.slice(name)}: {_named(value)}", query(view, **{name: rest})))
    return chips
