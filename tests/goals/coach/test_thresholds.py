"""The limits follow the canon."""

from otklik.goals.coach.thresholds import Settings, Thresholds, Weights, thresholds_of
from otklik.goals.profiles import GOOGLE, WODTKE


def test_the_limits_of_the_canon() -> None:
    limits = Thresholds()
    assert (limits.objectives_warn, limits.objectives_max) == (3, 5)
    assert (limits.key_results_min, limits.key_results_max) == (2, 5)
    assert (limits.objective_words_min, limits.objective_words_max) == (4, 18)
    assert Settings().thresholds == limits and not Settings().off


def test_graver_costs_more() -> None:
    weights = Weights()
    assert weights.error > weights.warning > weights.hint > 0


def test_a_profile_brings_its_numbers_and_leaves_the_rest() -> None:
    assert thresholds_of(GOOGLE) == Thresholds()
    strict = thresholds_of(WODTKE, Thresholds(late_days=1))
    assert (strict.objectives_warn, strict.key_results_max, strict.late_days) == (1, 3, 1)
