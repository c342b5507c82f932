"""Every column has its own name in each language, and every field of a cycle has a column."""

import pytest

from otklik.actions.goal_columns import BY_CODE, COLUMNS, choice_named, column_named
from otklik.base.text import LANGUAGES, Words
from otklik.schemas.goals import Bound, Cycle, KeyResult, Objective, Slice


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_unique_and_lead_back(language: str) -> None:
    headings = [Words(language).say(column.heading) for column in COLUMNS]
    assert len(set(headings)) == len(COLUMNS) == len(BY_CODE)
    assert [column_named(f" {heading.upper()}  ") for heading in headings] == list(COLUMNS)


def test_a_code_or_a_stranger() -> None:
    assert column_named("key_result") is column_named("Key Result") is BY_CODE["key_result"]
    assert column_named("mood") is None


@pytest.mark.parametrize(
    ("part", "model", "elsewhere"),
    [
        ("cycle", Cycle, {"objectives"}), ("objective", Objective, {"key_results"}),
        ("key_result", KeyResult, {"source"}),
        ("source", Bound, {"which"}), ("which", Slice, set()),
    ],
)  # fmt: skip
def test_every_field_has_a_column(part: str, model: type, elsewhere: set[str]) -> None:
    fields = {column.field for column in COLUMNS if column.part == part}
    assert model.model_fields.keys() - elsewhere <= fields


def test_choices_are_known_by_code_and_in_each_language() -> None:
    column = BY_CODE["commitment"]
    for text in ("committed", "Committed", Words("ru").say("Committed")):
        assert choice_named(column, text) == "committed"
    assert choice_named(column, "maybe") is None
