"""D4-D6: sound records, honest words, no gaming."""

from datetime import date, timedelta

import pytest

from otklik.goals.coach.examples import START, sound_cycle, sound_objective
from otklik.goals.coach.linting import lint_cycle
from otklik.goals.coach.rule import Around
from otklik.schemas.coach import GamingSign, LogSays, SaidAtCheckIn

ON = date(2026, 2, 16)


def keys(on: date = ON, **log) -> list[str]:
    around = Around(log={"early": LogSays(on=on, **log)})
    return [one.key for one in lint_cycle(sound_cycle(sound_objective("en")), around=around, kinds=("data",))]


def said(*pairs: tuple[float | None, float | None]) -> tuple[SaidAtCheckIn, ...]:
    return tuple(
        SaidAtCheckIn(day=ON - timedelta(days=7 * (len(pairs) - n)), confidence=confidence, probability=probability)
        for n, (confidence, probability) in enumerate(pairs)
    )


def test_unsound_records() -> None:
    assert keys(last_record_age_days=2, unusable_share=0.05) == []
    assert keys(last_record_age_days=2.1) == ["d4.late"]
    assert keys(unusable_share=0.051, missing_channels=("phone",)) == ["d4.unusable", "d4.missing"]


@pytest.mark.parametrize(
    ("check_ins", "found"),
    [
        ([(0.7, 0.2), (0.8, 0.1)], True),
        ([(0.8, 0.1), (0.7, 0.3)], False),
        ([(0.5, 0.1), (0.8, 0.1)], False),
        ([(0.8, 0.1)], False),
        ([(None, 0.1), (0.8, None)], False),
        ([(0.8, 0.1), (0.9, 0.1), (0.2, 0.1)], False),
    ],
)
def test_sure_while_the_data_doubt_it_twice_running(check_ins: list, found: bool) -> None:
    assert ("d5.sure-but-unlikely" in keys(check_ins=said(*check_ins))) == found
    assert ("d5.sure-but-unlikely" in keys(check_ins=said(*check_ins)[::-1])) == found


@pytest.mark.parametrize(("days", "found"), [(10, False), (11, True)])
def test_green_while_nobody_looks(days: int, found: bool) -> None:
    last = ON - timedelta(days=days)
    assert (keys(status="green", last_check_in=last) == ["d5.silent-green"]) == found
    assert keys(status="red", last_check_in=last) == []


def test_without_any_check_in_the_days_count_from_the_start() -> None:
    assert keys(status="green", on=START + timedelta(days=10)) == []
    assert keys(status="green", on=START + timedelta(days=11)) == ["d5.silent-green"]


def test_a_confidence_that_never_moves() -> None:
    assert keys(check_ins=said(*[(0.5, None)] * 4)) == ["d5.unchanged"]
    assert keys(check_ins=said((0.4, None), *[(0.5, None)] * 3)) == []
    assert keys(check_ins=said(*[(None, None)] * 4)) == []


@pytest.mark.parametrize(
    ("kind", "now", "before", "found"),
    [
        ("pile_up", 6, 1.2, True), ("pile_up", 2.3, 1.2, False),
        ("pile_up", 3, None, True), ("pile_up", 2.9, None, False),
        ("reopened", 0.09, 0.06, True), ("reopened", 0.08, 0.06, False), ("reopened", 0.01, 0.0, False),
        ("merged", 0.03, None, True), ("on_hold", 0.2, 0.1, True), ("excluded", 0.04, 0.02, True),
        ("auto_reply", 0.33, 0.02, True), ("auto_reply", 0.05, 0.0, False), ("auto_reply", 0.33, 0.3, False),
        ("mix", 0.5, None, True), ("mix", 0.49, None, False),
    ],
)  # fmt: skip
def test_signs_of_gaming(kind, now: float, before: float | None, found: bool) -> None:
    assert keys(gaming=(GamingSign(kind=kind, now=now, before=before),)) == ([f"d6.{kind}"] if found else [])


def test_before_the_start_nothing_is_gamed() -> None:
    assert keys(on=START, gaming=(GamingSign(kind="mix", now=1),)) == []
