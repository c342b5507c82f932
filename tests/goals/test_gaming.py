import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.goals.gaming import (
    Channel,
    Counted,
    chance_of_as_many,
    grown_share,
    grown_time,
    look_for_gaming,
    mix_shift,
    pile_up,
    share_as_mixed_before,
    signs_of,
)
from otklik.stats.distributions import binomial_cdf


def test_replies_pile_up_just_below_the_limit():
    """18 % of replies at 14:30-15:00, 3 % at 15:00-15:30; before it was 6 and 5 %."""
    found = pile_up(180, 30, 60, 50)
    assert found.suspicious
    assert found.now == pytest.approx(5.9, abs=0.05)
    assert found.before == pytest.approx(1.2, abs=0.01)
    assert found.chance < 1e-6


def test_a_slope_that_was_there_before_is_no_sign():
    assert not pile_up(300, 200, 290, 210).suspicious
    assert not pile_up(30, 20, 290, 210).suspicious


def test_a_handful_close_to_the_limit_tells_nothing():
    found = pile_up(12, 0, 100, 90)
    assert (found.told, found.suspicious, found.now) == (False, False, None)


def test_honest_work_is_rarely_suspected():
    rng = np.random.default_rng(8)
    suspected = 0
    for _ in range(400):
        (below0, above0), (below, above) = rng.multinomial(300, [0.55, 0.45]), rng.multinomial(150, [0.55, 0.45])
        suspected += pile_up(int(below), int(above), int(below0), int(above0)).suspicious
    assert suspected <= 8


def test_more_reopened_than_before():
    found = grown_share("reopened", Counted(30, 300), Counted(12, 300))
    assert (found.suspicious, found.now, found.before) == (True, 0.1, 0.04)
    assert not grown_share("reopened", Counted(16, 300), Counted(12, 300)).suspicious
    assert not grown_share("reopened", Counted(12, 300), Counted(30, 300)).suspicious
    assert not grown_share("excluded", Counted(5, 10), Counted(0, 300)).told


def test_a_rise_too_small_to_matter_is_no_sign_however_sure():
    found = grown_share("auto_reply", Counted(2_600, 100_000), Counted(2_000, 100_000))
    assert found.chance < 1e-6
    assert not found.suspicious


def test_time_on_hold():
    assert grown_time(0.40, 0.20).suspicious
    assert not grown_time(0.22, 0.20).suspicious
    assert not grown_time(0.04, 0.01).suspicious
    assert not grown_time(None, 0.2).told


EASY_GREW = [Channel("chat", 100, 90, 300, 270), Channel("email", 300, 150, 100, 50)]


def test_a_gain_that_is_only_another_mix_of_channels():
    """Chat and e-mail are served as before; chat just brings more of the requests."""
    found = mix_shift(EASY_GREW)
    assert (found.suspicious, found.now) == (True, pytest.approx(1.0))
    assert share_as_mixed_before(EASY_GREW) == pytest.approx(0.6)


def test_a_gain_within_each_channel_stands():
    served_better = [Channel("chat", 100, 80, 100, 95), Channel("email", 300, 150, 310, 220)]
    assert not mix_shift(served_better).suspicious
    look = look_for_gaming([pile_up(60, 50, 60, 50)], served_better)
    assert look.verdict == "stands"
    assert look.share_as_mixed_before == pytest.approx(look.share_now, abs=0.01)
    assert signs_of(look) == ()


def test_where_lower_is_better_a_gain_is_a_fall():
    more_of_the_slow = [Channel("chat", 300, 270, 100, 90), Channel("email", 100, 50, 300, 150)]
    assert mix_shift(more_of_the_slow).now == 0
    assert mix_shift(more_of_the_slow, lower_is_better=True).suspicious


def test_look_here_first():
    checks = [
        grown_share("excluded", Counted(1, 5), Counted(1, 5)),
        grown_share("reopened", Counted(12, 300), Counted(12, 300)),
        pile_up(180, 30, 60, 50),
    ]
    look = look_for_gaming(checks, EASY_GREW)
    assert look.verdict == "look"
    assert [check.kind for check in look.checks] == ["pile_up", "mix", "reopened", "excluded"]
    assert (look.share_before, look.share_now) == (0.6, 0.8)
    assert [sign.kind for sign in signs_of(look)] == ["pile_up", "mix"]


def test_nothing_looked_at_stands():
    look = look_for_gaming([])
    assert (look.verdict, look.share_now, look.share_as_mixed_before) == ("stands", None, None)
    assert not mix_shift([Channel("chat", 1, 1, 1, 1)]).told


def test_channels_that_came_or_went_are_left_out_of_the_old_mix():
    assert share_as_mixed_before([Channel("new", 0, 0, 50, 50), Channel("old", 50, 40, 50, 30)]) == 0.6
    assert share_as_mixed_before([Channel("new", 0, 0, 50, 50)]) is None


@given(st.integers(0, 60), st.integers(0, 60))
def test_with_much_seen_before_it_is_the_binomial_test(hits, misses):
    n = hits + misses
    found = chance_of_as_many(Counted(hits, n), Counted(600_000, 1_000_000))
    assert found == pytest.approx(1 - binomial_cdf(hits - 1, n, 0.6), abs=2e-3)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_more_hits_are_never_likelier(hits, misses, hits0, misses0):
    before, n = Counted(hits0, hits0 + misses0), hits + misses + 1
    fewer, more = (chance_of_as_many(Counted(k, n), before) for k in (hits, hits + 1))
    assert 0 <= more <= fewer <= 1 + 1e-9


@pytest.mark.parametrize(("hits", "n_before"), [(70, 2_040), (130, 2_040), (105, 50_000), (100, 300)])
def test_thousands_are_judged_as_if_added_up_one_by_one(hits: int, n_before: int, monkeypatch: pytest.MonkeyPatch):
    now, before = Counted(hits, 2_001), Counted(n_before // 20, n_before)
    quick = chance_of_as_many(now, before)
    monkeypatch.setattr("otklik.goals.gaming.ONE_BY_ONE", 10_000)
    assert quick == pytest.approx(chance_of_as_many(now, before), abs=0.02)


def test_millions_take_no_time():
    assert chance_of_as_many(Counted(51_000, 1_000_000), Counted(50_000, 1_000_000)) < 0.01
    assert chance_of_as_many(Counted(50_050, 1_000_000), Counted(50_000, 1_000_000)) > 0.3
