"""A journal of what people say, beside a file of goals."""

import threading
from datetime import date
from pathlib import Path

import pytest

from otklik.actions.check_in import (
    UnknownKeyResult,
    UnreadableJournal,
    UnreadableNumber,
    check_in,
    find_key_result,
    journal_of,
    read_check_ins,
    read_number,
    today,
    with_ids,
)
from otklik.base.units import UnreadableDuration
from otklik.schemas.goal_results import CheckIn
from otklik.schemas.goals import Cycle, Health, KeyResult, Objective

CYCLE = with_ids(
    Cycle(
        title="Q", start=date(2026, 1, 1), end=date(2026, 3, 31),
        objectives=(
            Objective(title="a", key_results=(KeyResult(title="x"), KeyResult(id="nps", title="y")),
                      health=(Health(title="h"),)),
            Objective(id="own", title="b", key_results=(KeyResult(title="z"),)),
        ),
    )
)  # fmt: skip


def test_what_has_no_id_is_named_by_its_place() -> None:
    assert [one.id for one in CYCLE.objectives] == ["1", "own"]
    assert [kr.id for one in CYCLE.objectives for kr in one.key_results] == ["1.1", "nps", "2.1"]
    assert CYCLE.objectives[0].health[0].id == "1.h1"
    assert find_key_result(CYCLE, "2.1").title == "z"


def test_a_journal_only_grows_and_reads_back(tmp_path: Path) -> None:
    file = tmp_path / "goals.toml"
    assert read_check_ins(file) == {}
    first = CheckIn(key_result="nps", day=date(2026, 1, 12), value=33.5, confidence=0.5, note="двое в отпуске")
    second = CheckIn(key_result="1.1", day=date(2026, 1, 12), confidence=0.7)
    third = first.model_copy(update={"day": date(2026, 1, 19), "value": 34.0})
    before = ""
    for one in (first, second, third):
        assert check_in(file, CYCLE, one) == journal_of(file)
        assert journal_of(file).read_text("utf-8").startswith(before)
        before = journal_of(file).read_text("utf-8")
    assert read_check_ins(file) == {"nps": [first, third], "1.1": [second]}
    assert journal_of(file).name == "goals.toml.check-ins.jsonl"


def test_many_may_say_something_at_once(tmp_path: Path) -> None:
    file = tmp_path / "goals.toml"
    said = [CheckIn(key_result="nps", day=date(2026, 1, 1), value=i, note="я" * 500) for i in range(40)]
    threads = [threading.Thread(target=check_in, args=(file, CYCLE, one)) for one in said]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.value or 0.0 for one in read_check_ins(file)["nps"]) == list(range(40))


def test_an_unknown_key_result_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(UnknownKeyResult) as told:
        check_in(tmp_path / "goals.toml", CYCLE, CheckIn(key_result="?", day=date(2026, 1, 1)))
    assert told.value.facts["known"] == "1.1, nps, 2.1"
    assert not journal_of(tmp_path / "goals.toml").exists()


@pytest.mark.parametrize("line", ["{", '{"key_result": "a"}', '{"key_result": "a", "day": "2026-01-01", "sure": 1}'])
def test_a_line_that_is_no_check_in_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    file = tmp_path / "goals.toml"
    check_in(file, CYCLE, CheckIn(key_result="nps", day=date(2026, 1, 1)))
    with journal_of(file).open("a", encoding="utf-8") as stream:
        stream.write("\n" + line + "\n")
    with pytest.raises(UnreadableJournal) as told:
        read_check_ins(file)
    assert told.value.facts["row"] == 3


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [("48 %", "share", 0.48), ("0,48", "share", 0.48), ("1h30m", "s", 5400.0), ("45 мин", "s", 2700.0),
     ("5400", "s", 5400.0), ("1 240,5", "points", 1240.5), ("−3", "points", -3.0), ("12%", "", 12.0)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, unit: str, number: float) -> None:
    assert read_number(text, unit) == number


def test_what_is_no_number_is_refused() -> None:
    for text, unit in (("many", "points"), ("", "share"), ("1..2", "")):
        with pytest.raises(UnreadableNumber):
            read_number(text, unit)
    with pytest.raises(UnreadableDuration):
        read_number("soon", "s")
    assert isinstance(today(), date)
