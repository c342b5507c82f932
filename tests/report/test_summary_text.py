import re

import pytest

from otklik.report import render_text
from otklik.report.summary_text import clean
from tests.report.fabricated import NASTY, every


@pytest.mark.parametrize("name", ["shop", "office", "tiny", "nasty"])
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("width", [60, 88])
def test_it_fits_the_terminal(name: str, language: str, width: int):
    text = render_text(every()[name], language, width=width)
    lines = text.splitlines()
    assert 3 <= len(lines) <= 34
    assert all(len(line) <= width for line in lines)
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", text)


def test_it_says_what_there_is_to_know():
    text = render_text(every()["shop"], "en")
    for said in (
        "Half of the customers have an answer within",
        "nine in ten within",
        "Waiting now: 143",
        "getting faster",
        "5,168 read = 5,000 kept + 129 set aside + 39 there twice",
    ):
        assert said in text.replace("\n  ", " ")


def test_colour_only_where_asked_for():
    shop = every()["shop"]
    assert "\x1b[" not in render_text(shop, "ru")
    assert "\x1b[1m" in render_text(shop, "ru", colour=True)


def test_a_record_cannot_steer_the_terminal():
    assert all(c.isprintable() or c == " " for c in clean("".join(NASTY)))
