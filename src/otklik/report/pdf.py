"""The report on paper: drawn from data, every text as it is, with nothing read from a disk or a network."""

import json
import re
import tempfile
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

from otklik.charts import Picture, Sentence, Speech
from otklik.charts.formats import Figure as Bold
from otklik.charts.palette import LIGHT
from otklik.charts.printable import printable
from otklik.report.blocks import Block, Card, Cards, Cell, Figure, Grid, Listing, Notice, Section, Story
from otklik.report.glossary import file_names, glossary, method
from otklik.report.page import period
from otklik.report.sections.summary import headline, summary
from otklik.report.whole import sections
from otklik.schemas.results import Report

_FONT: Final = "Libertinus Serif"
"""The one family with Cyrillic that the drawing engine brings along in all weights, whatever the machine has."""
_LARGER: Final = 1.12
"""Its small letters are lower than those the pictures were laid out for."""
_SIZE = re.compile(r'font-size="([\d.]+)px"')
_FAMILY = re.compile(r'font-family="[^"]*"')


def render_pdf(report: Report, language: str) -> bytes:
    """Draw the whole report as PDF in 'en' or 'ru': tagged, with the alternative text of every picture."""
    return drawn(paper(report, language), report)


def drawn(told: dict[str, Any], report: Report) -> bytes:
    """Draw what `paper` gave; the same report gives the same bytes."""
    return draw(told, report.log.horizon or report.log.last_event_at)


def draw(told: dict[str, Any], at: datetime | None) -> bytes:
    """Draw any paper of this layout as of an instant; the same paper gives the same bytes."""
    import typst

    with tempfile.TemporaryDirectory(prefix="otklik-pdf-") as empty:
        compiler = typst.Compiler(
            template(), root=empty, package_path=empty, package_cache_path=empty, ignore_system_fonts=True,
            sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
        )  # fmt: skip
        made_at = int(at.timestamp()) if at else 0
        pdf = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=made_at)
    assert isinstance(pdf, bytes)
    return pdf


@cache
def template() -> bytes:
    """The layout; it holds no word of any report."""
    return files("otklik.report").joinpath("templates/report.typ").read_bytes()


def paper(report: Report, language: str) -> dict[str, Any]:
    """Everything the layout needs, as plain data."""
    speech = Speech.about(report, language)
    title = headline(report, speech)
    return {
        "language": speech.language,
        "colours": LIGHT,
        "title": plain(title),
        "running_title": plain(f"Otklik · {title}"),
        "kicker": plain(f"Otklik · {file_names(report, speech)}"),
        "simulated": plain(speech.say("These records are simulated; no such company exists."))
        if report.log.simulated
        else "",
        "period": plain(period(report, speech)),
        "cards": [_card(card) for card in summary(report, speech)],
        "sections": [section_told(part) for part in sections(report, speech)],
        "words_title": plain(speech.say("What the words mean")),
        "words": [[plain(term), plain(meaning)] for term, meaning in glossary(speech)],
        "method_title": plain(speech.say("How this was measured")),
        "method": [[plain(term), plain(meaning)] for term, meaning in method(report, speech)],
    }


def plain(text: str) -> str:
    """A text without the characters that nobody can see or print."""
    return printable(str(text))


def runs(text: str) -> list[list[str | bool]]:
    """A sentence in pieces, each with whether it is bold: its figures are.

    >>> runs("as it is")
    [['as it is', False]]
    """
    if not isinstance(text, Sentence) or not text.facts:
        return [[plain(text), False]]
    marked = {name: f"\x02{fact}\x03" if isinstance(fact, Bold) else fact for name, fact in text.facts.items()}
    filled = str(Sentence.of(text.template, marked))
    pieces = re.split("\x02([^\x03]*)\x03", filled)
    return [[plain(piece), place % 2 == 1] for place, piece in enumerate(pieces) if piece]


def section_told(section: Section) -> dict[str, Any]:
    """A section as plain data for the layout."""
    blocks = [block_told(block) for block in section.blocks]
    return {"id": section.id, "title": plain(section.title), "lead": [runs(line) for line in section.lead],
            "blocks": blocks}  # fmt: skip


def block_told(block: Block) -> dict[str, Any]:
    """A block as plain data for the layout."""
    match block:
        case Figure():
            return {"kind": block.kind, "title": plain(block.picture.title), **_picture(block.picture)}
        case Cards():
            return {"kind": block.kind, "cards": [_card(card) for card in block.cards]}
        case Grid():
            return _grid(block)
        case Notice():
            return {"kind": block.kind, "text": runs(block.text), "tone": block.tone}
        case Listing():
            items = [{"text": runs(item), "remark": plain(remark)} for item, remark in block.items]
            return {"kind": block.kind, "title": plain(block.title), "items": items}
        case Story():
            return {
                "kind": block.kind, "title": plain(block.title), "remark": plain(block.remark),
                "value": plain(block.value), "sentences": [runs(one) for one in block.sentences],
                **_picture(block.figure.picture),
            }  # fmt: skip


def _card(card: Card) -> dict[str, str]:
    return {"value": plain(card.value), "label": plain(card.label), "note": plain(card.note), "tone": card.tone}


def _grid(grid: Grid) -> dict[str, Any]:
    rows = [[_cell(cell) for cell in row] for row in grid.rows]
    return {"kind": grid.kind, "caption": plain(grid.caption), "columns": [plain(name) for name in grid.columns],
            "rows": rows}  # fmt: skip


def _cell(cell: Cell) -> dict[str, Any]:
    return {"text": plain(cell.text), "note": plain(cell.note), "numeric": cell.numeric}


def _picture(picture: Picture) -> dict[str, str]:
    alt = ". ".join(part for part in (plain(picture.title), plain(picture.alt)) if part)
    svg = _FAMILY.sub(f'font-family="{_FONT}"', replace(picture, title="").svg())
    return {"svg": _SIZE.sub(lambda size: f'font-size="{float(size[1]) * _LARGER:.4g}px"', svg), "alt": alt}
