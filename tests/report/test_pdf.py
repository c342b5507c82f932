import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typst

from otklik.charts import Speech
from otklik.report.pdf import drawn, paper, plain, render_pdf, runs, template
from otklik.schemas.results import Report
from tests.report.fabricated import every, nasty

EVIL = (
    '#read("/etc/passwd") #image("canary.png") #import "@preview/x:0.1.0" $x$ *b* _i_ ]#[ \\ // /* file:///etc/passwd'
)


def headings_of(told: object, root: Path) -> list[str]:
    """Every heading of what is drawn, as the drawing engine understood it."""
    inputs = {"told": json.dumps(told)}
    compiler = typst.Compiler(template(), root=str(root), ignore_system_fonts=True, sys_inputs=inputs)
    return list(texts_in(json.loads(compiler.query("heading"))))


def texts_in(found: object) -> Iterator[str]:
    if isinstance(found, dict):
        yield from (text for name, text in found.items() if name == "text" and isinstance(text, str))
        yield from (text for part in found.values() for text in texts_in(part))
    if isinstance(found, list):
        yield from (text for part in found for text in texts_in(part))


@pytest.mark.parametrize(("name", "language"), [("shop", "ru"), ("office", "en"), ("tiny", "en"), ("nasty", "en")])
def test_every_report_becomes_a_pdf_that_readers_of_screens_can_use(name: str, language: str) -> None:
    pdf = render_pdf(every()[name], language)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in pdf and f"/Lang({language})".encode() in pdf.replace(b" ", b"")


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_pdf(every()["tiny"], "en") == render_pdf(every()["tiny"], "en")


def test_a_text_of_the_record_is_never_read_as_markup(tmp_path: Path) -> None:
    told = paper(every()["tiny"], "en")
    told["title"] = told["kicker"] = told["period"] = EVIL
    told["sections"][0]["title"] = EVIL
    told["sections"][0]["blocks"].append(
        {"kind": "story", "title": EVIL, "remark": EVIL, "value": EVIL, "sentences": [[[EVIL, True]]],
         "svg": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "alt": EVIL}
    )  # fmt: skip
    assert headings_of(told, tmp_path).count(EVIL) == 2
    assert drawn(told, every()["tiny"]).startswith(b"%PDF")


@pytest.mark.parametrize(
    "href", ["{canary}", "file://{canary}", "../canary.svg", "canary.svg", "http://127.0.0.1:9/x.svg"]
)
def test_a_picture_that_points_elsewhere_is_refused(href: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary.svg"
    canary.write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    picture = f"<image href='{href.format(canary=canary)}'/>"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{picture}</svg>"
    told = paper(every()["tiny"], "en")
    told["sections"] = [
        {"id": "x", "title": "x", "lead": [], "blocks": [{"kind": "figure", "title": "", "svg": svg, "alt": "x"}]}
    ]
    with pytest.raises(typst.TypstError, match="failed to load linked image"):
        drawn(told, every()["tiny"])


def test_the_layout_reads_no_file_and_asks_for_no_package() -> None:
    layout = template().decode()
    assert not re.search(r"\b(read|include|import|eval|csv|yaml|toml|xml|plugin|bibliography)\s*[(\"]", layout)
    assert re.findall(r"image\(([^,]+),", layout) == ["bytes(block_.svg)"]
    assert re.findall(r"json\(([^)]+\))", layout) == ["bytes(sys.inputs.told)"]


def test_figures_in_sentences_are_bold_and_the_words_are_not() -> None:
    speech = Speech("en")
    sentence = speech.say("Half of the customers have an answer within %(time)s.", time=speech.format.duration(120))
    assert runs(sentence) == [
        ["Half of the customers have an answer within ", False], ["2\u00a0min", True], [".", False]
    ]  # fmt: skip


def test_nothing_unseen_is_printed() -> None:
    assert plain("a\x00b\u202ec\x02") == "abc"
    told = json.dumps(paper(nasty(), "en"), ensure_ascii=False)
    assert not re.search("[\\x00-\\x08\\x0b-\\x1f\u202e\ufeff]", told)


def test_the_russian_paper_speaks_russian_and_has_letters_for_it() -> None:
    report: Report = every()["shop"]
    told = paper(report, "ru")
    assert told["method_title"] == "Как это измерено"
    assert all("Libertinus Serif" in block["svg"] or "<text" not in block["svg"]
               for part in told["sections"] for block in part["blocks"] if "svg" in block)  # fmt: skip
    assert b"LibertinusSerif" in render_pdf(report, "ru")
    assert render_pdf(report, "ru") != render_pdf(report, "en")
