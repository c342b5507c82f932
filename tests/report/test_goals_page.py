import re

import pytest

from otklik.report.goals_page import render_goals_html
from tests.report.told_cycles import closed, story


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_is_one_file_that_asks_for_nothing(language: str) -> None:
    page = render_goals_html(story(), language)
    assert f'<html lang="{language}">' in page and "default-src 'none'" in page
    assert not re.findall(r'(?:src|href)="(?!#|data:)[^"]+"', page) and "<script" not in page


def test_what_people_wrote_is_never_markup() -> None:
    page = render_goals_html(story(), "en")
    assert "<b>soon</b>" not in page and "&lt;b&gt;soon" in page


def test_the_picture_has_words_and_its_numbers() -> None:
    page = render_goals_html(story(), "en")
    assert page.count('role="img"') == 1 and "The fan of futures ends between" in page
    assert "The numbers" in page and "foretold" in page


def test_a_closed_cycle_tells_grades_and_reasons_and_nobody() -> None:
    page = render_goals_html(closed(), "ru")
    assert "The outage of May" in page and "Записанные оценки" in page and "Чему мы научились" in page
    assert "example.org" not in page


def test_made_up_records_say_so() -> None:
    assert "no such company exists" in render_goals_html(story(is_simulated=True), "en")
    assert "no such company exists" not in render_goals_html(story(), "en")


def test_ids_are_there_once() -> None:
    ids = re.findall(r' id="([^"]+)"', render_goals_html(closed(), "en"))
    assert len(ids) == len(set(ids))
