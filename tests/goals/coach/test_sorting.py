"""Pasted lines in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.text import Words
from otklik.goals.coach.sorting import sort_lines
from otklik.schemas.coach_words import REMARKS


@pytest.mark.parametrize(
    ("line", "kind", "key"),
    [
        ("No customer ever feels forgotten", "objective", "sort.state"),
        ("Ни один клиент не чувствует себя забытым", "objective", "sort.state"),
        ("Скорость ответа становится причиной выбрать нас", "objective", "sort.state"),
        ("Improve customer service quality", "objective", "sort.state"),
        ("p90 of first reply from 62 to 20 minutes", "key_result", "sort.from-to"),
        ("Доля ответов за 15 минут: с 48 % до 80 %", "key_result", "sort.from-to"),
        ("Снизить p90 первого ответа до 20 минут", "key_result", "sort.moves"),
        ("Raise NPS to 45 points", "key_result", "sort.moves"),
        ("Launch a chat-bot by 1 May", "task", "sort.ships"),
        ("Внедрить 3 шаблона ответов", "task", "sort.ships"),
        ("Analyse 200 delayed requests", "task", "sort.busy"),
        ("Обучить операторов новой системе", "task", "sort.busy"),
        ("Доля потерянных звонков не выше 5 %", "kpi", "sort.stays"),
        ("Share of lost calls stays under 5%", "kpi", "sort.stays"),
        ("80% of calls within 20 seconds", "kpi", "sort.level"),
        ("Average response time", "kpi", "sort.measure"),
        ("Среднее время ответа", "kpi", "sort.measure"),
        ("NPS", "kpi", "sort.measure"),
        ("KR1: Launch a chat-bot", "key_result", "sort.labelled"),
        ("Цель 2 — Запустить чат-бот", "objective", "sort.labelled"),
        ("Задача: позвонить всем", "task", "sort.labelled"),
    ],
)
def test_each_line_has_its_kind_and_reason(line: str, kind: str, key: str) -> None:
    assert [(one.kind, one.key) for one in sort_lines(line)] == [(kind, key)]


def test_bullets_numbers_and_empty_lines() -> None:
    lines = sort_lines(
        "1. Launch a bot\n\n  • No one waits in vain\n---\n[ ] KR 2.1: NPS from 31 to 45\n12.5 % of calls lost"
    )
    assert [one.text for one in lines] == [
        "Launch a bot",
        "No one waits in vain",
        "NPS from 31 to 45",
        "12.5 % of calls lost",
    ]


def test_the_word_that_decided_is_told() -> None:
    [line] = sort_lines("Мы хотим внедрить CRM")
    assert Words("ru").say(REMARKS[line.key], **line.facts).startswith("«внедрить»")


@given(st.text(max_size=200))
def test_no_text_breaks_the_sorting(text: str) -> None:
    for line in sort_lines(text):
        assert line.text.strip() and line.key in REMARKS
