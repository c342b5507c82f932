"""Findings in words: units people read, places, underlined texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.text import Words
from otklik.goals.coach.examples import sound_cycle, sound_objective
from otklik.report.told_findings import place_of, remark_of, text_at, underlined
from otklik.schemas.goals import Finding

EN, RU = Words("en"), Words("ru")


def test_shares_and_seconds_are_told_as_people_write_them() -> None:
    facts = {"value": 0.24, "low": 0.22, "high": 0.27, "target": 0.3, "unit": "share"}
    assert remark_of("d1.reached", facts, EN).startswith("Before the start 24% [22%; 27%]")
    facts = {"typed": 5400, "value": 3720, "low": 3300, "high": 4260, "unit": "s"}
    assert remark_of("d3.other-start", facts, RU).replace("\u00a0", " ").startswith("Начальным записано 1 ч 30 мин")
    assert "8%" in remark_of("d5.sure-but-unlikely", {"confidence": 0.9, "probability": 0.08, "times": 2}, EN)
    assert "1.5 points" in remark_of(
        "d3.other-start", {"typed": 1.5, "value": 1, "low": 0, "high": 1, "unit": "points"}, EN
    )


def test_what_has_no_end_is_told_so() -> None:
    facts = {"value": float("inf"), "low": 12, "high": float("inf"), "typed": float("nan"), "unit": "s"}
    said = remark_of("d3.other-start", facts, EN).replace("\u00a0", " ")
    assert said == "? is written as the start, but ∞ [12 s; ∞] was measured."


def test_places_in_words() -> None:
    assert place_of("objective:2/kr:1", EN) == "Objective 2, Key result 1"
    assert place_of("objective:2/why", RU) == "Цель 2, Зачем это нужно"
    assert place_of("cycle", RU) == "Цикл"


def test_the_text_a_finding_is_about() -> None:
    cycle = sound_cycle(sound_objective("en"))
    texts = [text_at(cycle, place) for place in ("objective:1", "objective:1/why", "objective:1/kr:2", "cycle")]
    objective = cycle.objectives[0]
    assert texts == [objective.title, objective.why, objective.key_results[1].title, ""]


def finding(span: tuple[int, int] | None) -> Finding:
    return Finding(rule="O1", severity="warning", place="objective:1", key="o1.ships", span=span)


@pytest.mark.parametrize(
    ("text", "span", "lines"),
    [
        ("Launch a bot", (0, 6), ["Launch a bot", "^^^^^^"]),
        ("Launch\ta bot", (7, 8), ["Launch a bot", "       ^"]),
        ("Launch a bot", None, ["Launch a bot"]),
    ],
)
def test_what_is_at_fault_is_underlined(text: str, span: tuple[int, int] | None, lines: list[str]) -> None:
    assert list(underlined(finding(span), text)) == lines


@given(st.text(alphabet="ab ", min_size=1, max_size=400), st.data())
def test_a_long_text_is_shown_around_what_is_at_fault(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 40)))
    shown, mark = underlined(finding((start, end)), text)
    assert len(shown) <= 102
    assert shown[mark.index("^") : len(mark)] == text[start:end]
