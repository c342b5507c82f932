import re

import pytest

from otklik.report import render_text
from otklik.report.summary_text import clean
from tests.report.fabricated import NASTY, every, speed


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
        "It has become faster",
        "5,168 read = 5,000 kept + 129 set aside + 39 there twice",
    ):
        assert said in text.replace("\n  ", " ")


def test_colour_only_where_asked_for():
    shop = every()["shop"]
    assert "\x1b[" not in render_text(shop, "ru")
    assert "\x1b[1m" in render_text(shop, "ru", colour=True)


def test_a_record_cannot_steer_the_terminal():
    assert all(c.isprintable() or c == " " for c in clean("".join(NASTY)))


def test_each_interval_stands_beside_its_own_figure():
    text = render_text(every()["shop"], "en", width=400).replace("\u00a0", " ")
    assert re.search(r"half within 2 h 34 min \(95% sure: between .*?\), nine in ten within 1 day 7 h \(95% sure", text)


@pytest.mark.parametrize(("language", "said"), [("en", "nine in ten: not yet"), ("ru", "девять из десяти пока не")])
def test_a_tail_out_of_reach_is_a_sentence_in_both_languages(language: str, said: str):
    report = every()["shop"]
    slow = speed(400, 3600, 1.2, ceiling=0.8)
    first = report.measures["first_reply"].model_copy(update={"elapsed": slow})
    text = render_text(report.model_copy(update={"measures": {**report.measures, "first_reply": first}}), language)
    assert said in text.replace("\n", " ") and "within not" not in text and "за пока" not in text


def test_three_requests_get_no_bars_and_no_half():
    text = render_text(every()["tiny"], "en")
    assert "█" not in text and "half" not in text.lower().replace("half of", "")


def test_the_bars_reach_the_median_and_the_tail():
    """A log in which months pass shows months, not six minutes of 2 %."""
    slow = speed(5000, 86_400.0 * 3, 1.2, ceiling=1.0)
    report = every()["shop"]
    first = report.measures["first_reply"].model_copy(update={"elapsed": slow})
    text = render_text(report.model_copy(update={"measures": {**report.measures, "first_reply": first}}), "en")
    assert "within 3 days" in text and "within 7 days" in text


def test_where_nobody_was_answered_no_line_is_empty():
    report = every()["shop"]
    slow = speed(58, 3600, 1.2, ceiling=0.0, running=58)
    first = report.measures["first_reply"].model_copy(update={"elapsed": slow, "business": None})
    text = render_text(report.model_copy(update={"measures": {**report.measures, "first_reply": first}}), "en")
    assert "\n\n\n" not in text and "not yet" not in text
