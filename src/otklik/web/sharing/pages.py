"""Which pages can be kept, shared and mailed, and which questions of the report each answers."""

from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.urls import NoReverseMatch, reverse

from otklik.base.text import N_
from otklik.report.sections.more_measures import first_measures
from otklik.schemas.views import View

PAGES: Final = {
    "now": (N_("Who waits now"), ("waiting",)),
    "how_fast": (N_("How fast"), ("fast", "change")),
    "where_time_goes": (N_("Where the time goes"), ("where", "barriers")),
    "when": (N_("When"), ("when",)),
    "who_waits": (N_("Who waits most"), ("who",)),
    "record_quality": (N_("Quality of the record"), ("quality",)),
    "reports": (N_("Reports and tables"), ()),
}
"""Name of the view: its title, and the sections that tell nothing of single requests."""
SHAREABLE: Final = ("how_fast", "where_time_goes", "when", "who_waits", "now")
PARTS: Final[dict[str, frozenset[str]]] = {
    "fast": frozenset({"measures", "targets"}),
    "waiting": frozenset({"waiting"}),
    "where": frozenset({"where"}),
    "when": frozenset({"when"}),
    "who": frozenset({"slices"}),
    "change": frozenset({"trend"}),
    "barriers": frozenset({"barriers"}),
    "longest": frozenset({"longest"}),
    "quality": frozenset({"quality"}),
}
"""Parts of the report that a section reads."""
QUESTION_NAMES: Final = {
    "fast": N_("How fast do we answer?"),
    "waiting": N_("Who is waiting now?"),
    "where": N_("Where does the time go?"),
    "when": N_("When do customers come, and when do they wait?"),
    "who": N_("Who waits most?"),
    "change": N_("Is it changing?"),
    "barriers": N_("What stands in the way?"),
    "longest": N_("The longest waits, explained"),
}
"""Sections that have pictures."""
EVERYTHING: Final = frozenset[str]().union(*PARTS.values())


def view_of(query: str) -> View:
    """Read a kept query; raises UnreadableView."""
    return View.of_pairs(parse_qsl(query.lstrip("?"), keep_blank_values=False))


def query_of(view: View) -> str:
    """Write a view as it is kept: the shortest form, in a fixed order, without '?'."""
    return urlencode(view.pairs())


def address(page: str, query: str) -> str:
    """The page with its filters; the start where the page does not stand."""
    try:
        at = reverse(page if page in PAGES else "home")
    except NoReverseMatch:
        at = reverse("home")
    return f"{at}?{query}" if query else at


def counted(question: str, view: View) -> frozenset[str] | None:
    """The measures that the pictures and sentences of a section are about; None where it is told by all or by none."""
    return first_measures(view.measure) if question == "fast" else None
