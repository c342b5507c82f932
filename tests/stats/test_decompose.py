import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.stats import decompose

PART = st.tuples(st.integers(0, 50), st.floats(0, 1), st.integers(0, 50), st.floats(0, 1))


@given(st.lists(PART, min_size=1, max_size=8).filter(lambda p: sum(x[0] for x in p) > 0 and sum(x[2] for x in p) > 0))
def test_the_parts_add_up_to_the_change(parts):
    n0, r0, n1, r1 = (np.array(c, dtype=float) for c in zip(*parts, strict=True))
    result = decompose(n0, n0 * r0, n1, n1 * r1)
    assert (result.mix + result.within).sum() == pytest.approx(result.change, abs=1e-9)


def test_more_phone_calls_and_the_same_service_is_all_mix():
    result = decompose([80, 20], [72, 10], [40, 60], [36, 30])
    assert result.within == pytest.approx([0, 0])
    assert result.mix.sum() == pytest.approx(-0.16)


def test_the_same_mix_served_better_is_all_service():
    result = decompose([50, 50], [25, 40], [100, 100], [80, 80])
    assert result.mix == pytest.approx([0, 0])
    assert result.within == pytest.approx([0.15, 0.0])


def test_a_new_channel_is_all_mix():
    result = decompose([100, 0], [90, 0], [50, 50], [45, 25])
    assert result.within == pytest.approx([0, 0])
    assert result.mix.sum() == pytest.approx(result.change)


@pytest.mark.parametrize(("n1", "message"), [([5, 5], "same length"), ([0], "before and after")])
def test_what_cannot_be_compared_is_refused(n1, message):
    with pytest.raises(ValueError, match=message):
        decompose([5], [5], n1, n1)
