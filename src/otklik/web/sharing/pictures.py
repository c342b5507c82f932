"""The pictures of a section, one by one: `picture(question, uid)` of the view in the address, as PNG or SVG."""

from collections.abc import Iterator
from typing import Final

from otklik.charts import Picture
from otklik.report import section
from otklik.report.blocks import Figure, Section, Story
from otklik.web.looking import Looking
from otklik.web.sharing.pages import PARTS, counted
from otklik.web.sharing.seeing import Sight
from otklik.web.words import language

KINDS: Final = {"png": "image/png", "svg": "image/svg+xml; charset=utf-8"}
TITLES: Final = tuple(PARTS)


def pictures(looking: Looking, question: str, sight: Sight) -> Iterator[tuple[str, Picture]]:
    """Name and picture, in the order of the section; those of single requests only for who may see all of them."""
    for block in _section(looking, question, sight).blocks:
        figure = block.figure if isinstance(block, Story) else block
        if isinstance(figure, Figure):
            yield figure.uid, figure.picture


def title(looking: Looking, question: str, sight: Sight) -> str:
    """The question as the report asks it."""
    return str(_section(looking, question, sight).title)


def _section(looking: Looking, question: str, sight: Sight) -> Section:
    """The section without the tables that no picture is of."""
    report = sight.report(looking, PARTS[question], counted(question, looking.view))
    return section(report, question, language())
