import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.goals.gaming import Counted
from otklik.goals.mystery_visits import visits_against_log

NO_LOG = Counted(0, 0)


def test_visits_alone_say_little():
    """8 of 10 in time: 0.50 to 0.96; 27 of 30: 0.76 to 0.97."""
    few, more = visits_against_log(Counted(8, 10), NO_LOG, 0.9), visits_against_log(Counted(27, 30), NO_LOG, 0.9)
    assert (few.low, few.high) == pytest.approx((0.50, 0.96), abs=0.01)
    assert (more.low, more.high) == pytest.approx((0.76, 0.97), abs=0.01)
    assert few.agrees


def test_a_customer_lives_something_else_than_the_log_says():
    found = visits_against_log(Counted(4, 15), Counted(900, 1000), 0.9)
    assert not found.agrees
    assert found.chance < 0.01


def test_visits_that_fit_the_log_make_it_surer():
    alone = visits_against_log(Counted(9, 10), NO_LOG, 0.8)
    together = visits_against_log(Counted(9, 10), Counted(900, 1000), 0.8)
    assert together.agrees
    assert together.chance > alone.chance
    assert together.high - together.low < alone.high - alone.low


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 50), st.integers(0, 50), st.floats(0.05, 0.95))
def test_one_more_good_visit_never_makes_it_less_likely(good, bad, hits, misses, wanted):
    log = Counted(hits, hits + misses)
    before = visits_against_log(Counted(good, good + bad), log, wanted)
    after = visits_against_log(Counted(good + 1, good + bad + 1), log, wanted)
    assert after.chance >= before.chance - 1e-9
    assert 0 <= before.low <= before.share <= before.high <= 1
    assert 0 <= before.disagreement <= 1
