"""The dashboards: which sections each has, and from which parts of the report they are written."""

from dataclasses import dataclass
from typing import Final

from otklik.actions.list_measures import list_measures
from otklik.base.text import N_
from otklik.report.sections.more_measures import first_measures
from otklik.schemas.views import View

PARTS: Final[dict[str, frozenset[str]]] = {
    "waiting": frozenset({"waiting"}),
    "fast": frozenset({"measures", "targets"}),
    "more_measures": frozenset({"measures"}),
    "change": frozenset({"trend"}),
    "where": frozenset({"where"}),
    "barriers": frozenset({"barriers"}),
    "longest": frozenset({"longest"}),
    "when": frozenset({"when"}),
    "who": frozenset({"slices"}),
    "quality": frozenset({"quality"}),
}
"""Parts of the report that a section reads."""


ON_DEMAND: Final = {"more_measures": N_("More measures")}
"""Sections that are counted when somebody opens them, and what there is to open."""
ONLY_REQUESTS: Final = frozenset({"longest"})
"""Sections that speak of nothing but single requests."""


@dataclass(frozen=True)
class Dashboard:
    """A page: its name in addresses and menus, its title, its sections in the order they are read."""

    name: str
    title: str
    sections: tuple[str, ...]
    lists_requests: bool = False


DASHBOARDS: Final = {
    page.name: page
    for page in (
        Dashboard("now", N_("Who waits now"), ("waiting",), lists_requests=True),
        Dashboard("how_fast", N_("How fast"), ("fast", "more_measures", "change")),
        Dashboard("where_time_goes", N_("Where the time goes"), ("where", "barriers", "longest")),
        Dashboard("when", N_("When"), ("when",)),
        Dashboard("who_waits", N_("Who waits most"), ("who",)),
        Dashboard("record_quality", N_("Quality of the record"), ("quality",)),
    )
}
LISTING: Final = tuple(page for page in DASHBOARDS.values() if page.lists_requests)
"""Pages that list single requests below, each for those who may open it."""


def counted(section: str, view: View) -> frozenset[str] | None:
    """Which measures a section shows; None where it is not told by them, or by all."""
    first = first_measures(view.measure)
    if section == "fast":
        return first
    if section == "more_measures":
        return frozenset(measure.id for measure in list_measures() if measure.unit != "count") - first
    return None
