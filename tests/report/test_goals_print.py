import json

import pytest

from otklik.report.goals_print import render_story_pdf, story_paper
from tests.report.told_cycles import closed, story


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_cycle_becomes_a_tagged_pdf_and_always_the_same(language: str) -> None:
    pdf = render_story_pdf(closed(), language)
    assert pdf.startswith(b"%PDF-1.7") and b"/MarkInfo" in pdf
    assert f"/Lang({language})".encode() in pdf.replace(b" ", b"")
    assert pdf == render_story_pdf(closed(), language)


def test_a_cycle_without_goals_is_drawn_too() -> None:
    empty = story()
    empty = empty.model_copy(update={"now": empty.now.model_copy(update={"objectives": ()})})
    assert render_story_pdf(empty, "en").startswith(b"%PDF")


def test_the_paper_says_what_the_page_says() -> None:
    told = story_paper(closed(), "en")
    assert (told["title"], told["kicker"]) == ("Q2 2026", "Otklik · Shop · Closed")
    kinds = [block["kind"] for part in told["sections"] for block in part["blocks"]]
    assert {"grid", "figure", "listing", "notice"} <= set(kinds)
    assert [card["value"] for card in told["cards"]] == ["1", "2", "1", "1"]
    assert "example.org" not in json.dumps(told)
