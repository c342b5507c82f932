import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.stats import UNKNOWN, aalen_johansen, kaplan_meier
from tests.stats.oracle import from_r

RIVALS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 2)), min_size=1, max_size=60)


def test_rivals_of_mgus2_agree_with_r():
    """Plain Kaplan-Meier would say 42 % at 360 months, where the true incidence is 13 %."""
    r = from_r()["mgus2"]
    curves = aalen_johansen(r["time"], r["outcome"])
    for i, at in enumerate(r["at"]):
        assert curves.share_within(1, at).value == pytest.approx(r["pcm"][i], abs=1e-10)
        assert curves.share_within(2, at).value == pytest.approx(r["death"][i], abs=1e-10)
        k = int(np.searchsorted(curves.at_s, at, side="right")) - 1
        assert curves.std_error[1][k] == pytest.approx(r["se_pcm"][i], rel=0.002)
        assert curves.std_error[2][k] == pytest.approx(r["se_death"][i], rel=0.002)
    naive = kaplan_meier(r["time"], np.equal(r["outcome"], 1))
    assert naive.share_within(360).value == pytest.approx(0.42, abs=0.01)


@given(RIVALS)
def test_the_shares_and_those_still_waiting_add_up_to_one(rows):
    time, outcome = (list(c) for c in zip(*rows, strict=True))
    curves = aalen_johansen(time, outcome)
    np.testing.assert_allclose(sum(curves.share.values(), curves.waiting), 1.0, atol=1e-12)


@given(RIVALS)
def test_one_outcome_alone_is_kaplan_meier(rows):
    time, outcome = [t for t, _ in rows], [min(o, 1) for _, o in rows]
    curves, plain = aalen_johansen(time, outcome), kaplan_meier(time, outcome)
    if plain.at_s.size:
        np.testing.assert_allclose(curves.share[1], 1 - plain.survival, atol=1e-12)
        inside = plain.survival > 0
        spread = plain.survival[inside] * np.sqrt(plain.hazard_sum[inside])
        np.testing.assert_allclose(curves.std_error[1][inside], spread, atol=1e-9)


def test_an_interval_surrounds_its_share():
    share, low, high = aalen_johansen([1, 2, 3, 4, 5, 6], [1, 2, 1, 0, 1, 0]).share_within(1, 4)
    assert low < share < high


def test_before_the_first_and_beyond_the_last():
    curves = aalen_johansen([10, 20, 30], [1, 2, 0])
    assert curves.share_within(1, 5) == (0.0, 0.0, 0.0)
    assert curves.share_within(1, 31) == UNKNOWN


@pytest.mark.parametrize(("time", "outcome"), [([1], [1, 2]), ([-1], [1]), ([1], [-1])])
def test_impossible_rows_are_refused(time, outcome):
    with pytest.raises(ValueError, match="must"):
        aalen_johansen(time, outcome)
