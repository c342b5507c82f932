"""What a number can be bound to: every measure there is, the company's calendars, what its records tell apart."""

import hashlib
import json
from typing import Final

from django.conf import settings

from otklik.actions.cut_log import Shelf
from otklik.actions.known_values import known_values
from otklik.actions.list_measures import list_measures
from otklik.actions.read_calendar import read_calendar
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.views import TOLD_APART_BY
from otklik.web.calendars import current
from otklik.web.calendars.models import State
from otklik.web.remembering import remembered
from otklik.web.words import language, say

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, str | Choices]]
SHOWN_VALUES: Final = 8
"""So many values of a column stand below its field, the most frequent first."""
_KINDS: Final = {"s": N_("Times"), "count": N_("Counts")}


def measure_choices(stored: str = "") -> Grouped:
    """Every measure: times, then counts; what the records cannot tell says so. What is stored is among them."""
    has_log = settings.DATA.log.exists()
    told = list_measures(settings.DATA.log if has_log else None, language())
    found: Grouped = []
    for kind, title in _KINDS.items():
        names = [(one.id, _named(one.title, bool(one.available_in) or not has_log)) for one in told if one.unit == kind]
        found.append((say(title), names))
    return found if stored in ("", *(one.id for one in told)) else [*found, (stored, stored)]


def counts(measure: str) -> bool:
    """Whether a measure counts something, such as reopenings; all others take time."""
    return any(one.id == measure and one.unit == "count" for one in list_measures())


def calendar_choices(stored: str = "") -> Choices:
    """The company's own hours as they are, or one of its calendars for everybody; what is stored is among them."""
    state = State.newest(State.HOURS)
    book = read_calendar(state.text if state else "")
    found = [("", say(N_("The company's own")))]
    found += [(name, versions[-1].name or name) for name, versions in book.versions.items()]
    return found if any(stored == name for name, _ in found) else [*found, (stored, stored)]


def values_on_record() -> dict[str, list[str]]:
    """The most frequent values of each column that requests are told apart by; nothing where there are no facts yet."""
    if not settings.DATA.log.exists():
        return {}
    try:
        shelf = Shelf.of(settings.DATA.log, current.yardstick())
    except UserError:
        return {}

    def make() -> str:
        found = known_values(shelf, TOLD_APART_BY, SHOWN_VALUES + 1)
        found["source"] = [one.source for one in shelf.snapshot.sources][: SHOWN_VALUES + 1]
        return json.dumps(found)

    key = hashlib.sha256(f"values-of-goals {shelf.state}".encode()).hexdigest()
    return dict(json.loads(remembered(key, make)))


def _named(title: str, is_on_record: bool) -> str:
    return title if is_on_record else say(N_("%(measure)s (your records cannot tell it)"), measure=title)
