import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.goals.calibration import (
    Calibration,
    Said,
    brier,
    calibration_error,
    calibration_table,
    clipped,
    honesty,
    learn_calibration,
)


def sayings(a: float, b: float, count: int, seed: int = 3, weeks: int = 1) -> list[Said]:
    """Key results that happen with a + b times the log-odds said."""
    rng = np.random.default_rng(seed)
    said = []
    for i in range(count):
        x = rng.normal(0, 1.5)
        happened = bool(rng.random() < 1 / (1 + np.exp(-(a + b * x))))
        said += [Said(str(i), float(1 / (1 + np.exp(-x))), happened)] * weeks
    return said


def test_without_a_past_chances_stay_as_they_are():
    assert learn_calibration([]) == Calibration(0.0, 1.0, 0)
    assert Calibration().calibrated(0.3) == pytest.approx(0.3)


def test_much_past_teaches_the_truth():
    found = learn_calibration(sayings(0.6, 0.6, 4000))
    assert (found.a, found.b) == (pytest.approx(0.6, abs=0.12), pytest.approx(0.6, abs=0.1))
    assert found.key_results == 4000


def test_little_past_teaches_little():
    five = learn_calibration([Said(str(i), 0.9, False) for i in range(5)])
    assert 0.5 < five.calibrated(0.9) < 0.9
    assert five.b > 0.6


def test_weeks_of_one_key_result_weigh_as_one():
    once, often = (learn_calibration(sayings(0.6, 0.6, 60, weeks=weeks)) for weeks in (1, 12))
    assert often.a == pytest.approx(once.a)
    assert often.key_results == 60


@given(st.floats(0, 1), st.floats(0, 1), st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=20))
def test_the_order_of_chances_is_kept(one, other, past):
    learnt = learn_calibration([Said(str(i), chance, happened) for i, (chance, happened) in enumerate(past)])
    low, high = sorted((one, other))
    assert 0 < learnt.calibrated(low) <= learnt.calibrated(high) < 1 or learnt.b < 0


@given(st.floats(0, 1))
def test_nothing_surer_than_ninety_five_is_shown(chance):
    assert 0.05 <= clipped(chance) <= 0.95


def test_the_brier_score_weighs_key_results_not_weeks():
    many = [Said("a", 1.0, True)] * 9 + [Said("b", 1.0, False)]
    assert brier(many) == 0.5
    assert brier([]) is None
    assert brier([Said("a", 0.5, True)]) == 0.25


def test_a_team_learns_how_honest_its_gut_is():
    data = [Said("a", 0.3, False), Said("b", 0.7, True)]
    people = [Said("a", 0.8, False), Said("b", 0.9, True)]
    found = honesty(data, people)
    assert (found.data, found.people) == pytest.approx((0.09, 0.325))
    assert found.difference == pytest.approx(0.235)
    assert found.optimism == pytest.approx(0.35)
    assert found.key_results == 2
    assert honesty([], []) is None
    with pytest.raises(ValueError, match="one confidence"):
        honesty(data, people[:1])


def test_the_table_of_said_and_happened():
    table = calibration_table([0.1, 0.1, 0.9, 1.0], [0, 0, 1, 0])
    assert [(row.said, row.happened, row.times) for row in table] == [(0.1, 0.0, 2), (0.95, 0.5, 2)]
    assert calibration_error(table) == pytest.approx(0.275)
    assert calibration_error([]) == 0
