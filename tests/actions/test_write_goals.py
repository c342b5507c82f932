"""What is written is read back, whatever the format; no text becomes a formula."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from otklik.actions.read_goals import read_goals
from otklik.actions.write_goals import FORMATS, UnknownGoalsFormat, goals_json, goals_toml, write_goals
from otklik.schemas.goals import (
    Bound,
    Checkpoint,
    Cycle,
    Health,
    KeyResult,
    Manual,
    Need,
    Objective,
    Pushed,
    Slice,
    Step,
    Waiver,
)

WORDS = st.text(
    alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S"), include_characters=" "),
    min_size=1,
    max_size=20,
).map(lambda text: text.strip() or "x")
MAYBE = st.one_of(st.just(""), WORDS)
NUMBERS = st.integers(-10_000, 10_000).map(lambda n: n / 8)
DAYS = st.dates(date(2026, 3, 1), date(2026, 5, 31))
"""Inside every cycle that is made here."""
STARTS, ENDS = st.dates(date(2025, 12, 1), date(2026, 3, 1)), st.dates(date(2026, 5, 31), date(2026, 12, 1))
LISTS = st.lists(WORDS, max_size=3).map(tuple)
BOUNDS = st.builds(
    Bound, measure=WORDS, clock=st.sampled_from(["elapsed", "business"]), calendar=MAYBE,
    statistic=st.sampled_from(["share", "quantile", "count"]), within_s=st.none() | NUMBERS,
    quantile=st.none() | st.just(0.9), which=st.builds(Slice, channel=LISTS, team=LISTS),
    window_days=st.none() | st.integers(1, 90), weekly=st.booleans(),
)  # fmt: skip
SOURCES = st.one_of(st.just(Manual()), st.builds(Pushed, series=WORDS), BOUNDS)
WAIVERS = st.lists(
    st.builds(Waiver, rule=WORDS, reason=WORDS, at=st.none() | st.just(datetime(2026, 1, 2, 3, 4, tzinfo=UTC))),
    max_size=2,
).map(tuple)
OF_ONE = st.builds(Bound, measure=WORDS, which=st.builds(Slice, assignee=LISTS, team=LISTS))
"""Only personal goals hold it."""
KEY_RESULTS = st.builds(
    KeyResult, id=MAYBE, title=WORDS, direction=st.sampled_from(["raise", "lower", "keep_below", "milestone"]),
    commitment=st.sampled_from([None, "committed", "aspirational"]), unit=MAYBE, baseline=st.none() | NUMBERS,
    target=st.none() | NUMBERS, due=st.none() | DAYS, weight=st.sampled_from([1.0, 0.5, 3.0]), owners=LISTS,
    leading=st.sampled_from([None, True, False]), source=SOURCES,
    steps=st.lists(st.builds(Step, title=WORDS, due=st.none() | DAYS, done=st.booleans()), max_size=2).map(tuple),
    checkpoints=st.lists(st.builds(Checkpoint, day=DAYS, value=NUMBERS), max_size=2).map(tuple),
)  # fmt: skip
NEEDS = st.lists(
    st.builds(
        Need, team=WORDS.map("Team {}".format), what=WORDS, due=DAYS, key_result=MAYBE, note=MAYBE, answered_by=MAYBE,
        answer=st.sampled_from([None, "confirmed", "declined"]), answered_on=st.none() | DAYS, risk_owner=MAYBE,
    ), max_size=2,
).map(tuple)  # fmt: skip


def without_needs_of_its_own(one: Objective) -> Objective:
    """A personal goal has none."""
    return one.model_copy(update={"needs": ()}) if one.level == "personal" else one


OBJECTIVES = st.builds(
    Objective, title=MAYBE, why=MAYBE, level=st.sampled_from(["company", "team", "personal"]), team=MAYBE, owner=MAYBE,
    contributes_to=LISTS, key_results=st.lists(KEY_RESULTS, max_size=3).map(tuple), waivers=WAIVERS,
    health=st.lists(st.builds(Health, title=WORDS, high=st.none() | NUMBERS, source=SOURCES), max_size=2).map(tuple),
    needs=NEEDS,
).map(without_needs_of_its_own)  # fmt: skip
PERSONAL = st.builds(
    Objective, title=MAYBE, level=st.just("personal"), owner=MAYBE,
    key_results=st.lists(st.builds(KeyResult, title=WORDS, source=OF_ONE), max_size=2).map(tuple),
    health=st.lists(st.builds(Health, title=WORDS, source=OF_ONE), max_size=1).map(tuple),
)  # fmt: skip
CYCLES = st.builds(
    Cycle, id=MAYBE, title=WORDS, start=STARTS, end=ENDS, stage=st.sampled_from(["draft", "active"]),
    mid_review=st.none() | DAYS, check_in_days=st.integers(1, 30), not_now=LISTS, waivers=WAIVERS,
    objectives=st.lists(OBJECTIVES | PERSONAL, max_size=3).map(tuple),
)  # fmt: skip


@pytest.mark.parametrize("format", ["json", "toml", "csv"])
@given(cycle=CYCLES)
@settings(max_examples=40)
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, format: str, cycle: Cycle) -> None:
    path = tmp_path_factory.mktemp("goals") / f"goals.{format}"
    write_goals(cycle, path)
    assert read_goals(path) == cycle


RICH = Cycle(
    id="q1", title="=Q1", start=date(2026, 1, 1), end=date(2026, 3, 31), not_now=("a;b", "c"),
    waivers=(Waiver(rule="S1", reason="agreed"),),
    objectives=(
        Objective(title="@nobody waits", why="+1", health=(Health(title="NPS", low=30, source=Pushed(series="nps")),)),
        Objective(
            title="@nobody waits",
            key_results=(
                KeyResult(title="-p90\nof replies", baseline=62.5, target=20, unit="min", owners=("Анна",),
                          source=Bound(measure="first_reply", statistic="quantile", quantile=0.9, window_days=None)),
                KeyResult(title="'=quoted", checkpoints=(Checkpoint(day=date(2026, 2, 1), value=0.1),)),
            ),
        ),
    ),
)  # fmt: skip


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_format_keeps_everything(tmp_path: Path, format: str, language: str) -> None:
    path = tmp_path / f"goals.{format}"
    write_goals(RICH, path, language=language)
    assert read_goals(path) == RICH


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    write_goals(RICH, tmp_path / "goals.csv")
    write_goals(RICH, tmp_path / "goals.xlsx")
    assert '"\'=Q1"' in (tmp_path / "goals.csv").read_text("utf-8")
    sheet = load_workbook(tmp_path / "goals.xlsx").active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s", "n"}


def test_headings_are_in_the_language_of_the_reader(tmp_path: Path) -> None:
    write_goals(RICH, tmp_path / "goals.csv", language="ru")
    assert '"Ключевой результат"' in (tmp_path / "goals.csv").read_text("utf-8").splitlines()[0]


def test_toml_is_toml_and_json_leaves_defaults_out() -> None:
    told = tomllib.loads(goals_toml(RICH))
    assert told["objectives"][1]["key_results"][0]["source"]["how"] == "measure"
    assert "null" not in goals_json(RICH).replace('"window_days": null', "")


def test_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownGoalsFormat):
        write_goals(RICH, tmp_path / "goals.docx")
