import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from otklik.stats import benjamini_hochberg
from tests.stats.oracle import from_r


def test_it_agrees_with_r():
    r = from_r()["bh"]
    np.testing.assert_allclose(benjamini_hochberg(r["p"]), r["adjusted"])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_it_agrees_with_statsmodels(p):
    np.testing.assert_allclose(benjamini_hochberg(p), multipletests(p, method="fdr_bh")[1], atol=1e-12)


def test_no_question_no_answer():
    assert benjamini_hochberg([]).size == 0
