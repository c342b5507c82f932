import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.stats import aalen_johansen, headline_curve, kaplan_meier

HORIZON = 100
REQUEST = st.tuples(st.integers(0, HORIZON), st.integers(0, HORIZON), st.sampled_from(["done", "never", "running"]))


def _columns(requests):
    """Every request came `age` before the horizon and waited no longer than that."""
    time = [min(wait, age) if state != "running" else age for wait, age, state in requests]
    states = [state for _, _, state in requests]
    return time, [s == "done" for s in states], [s == "never" for s in states], [age for _, age, _ in requests]


def test_a_chat_that_gave_up_counts_as_unanswered():
    """Ten chats: five answered in a minute, five left after two. Plain censoring would say 'all within a minute'."""
    time, done = [60] * 5 + [120] * 5, [1] * 5 + [0] * 5
    curve = headline_curve(time, done, [not d for d in done], [9000] * 10)
    assert curve.share_within(3600).value == pytest.approx(0.5)


def test_without_anyone_who_gave_up_it_is_kaplan_meier():
    time, done = [5, 8, 8, 12, 30], [1, 1, 0, 1, 0]
    plain, headline = kaplan_meier(time, done), headline_curve(time, done, [0] * 5, [99] * 5)
    np.testing.assert_array_equal(plain.survival, headline.survival)


def test_followed_to_the_end_it_is_the_incidence_of_rival_outcomes():
    time, outcome = [10, 20, 30, 40, 50, 60], [1, 2, 1, 2, 1, 2]
    rivals = aalen_johansen(time, outcome)
    curve = headline_curve(time, np.equal(outcome, 1), np.equal(outcome, 2), [100] * 6)
    for t in (15, 35, 60):
        assert curve.share_within(t).value == pytest.approx(rivals.share_within(1, t).value)


@given(st.lists(REQUEST, min_size=1, max_size=40), REQUEST.filter(lambda r: r[2] != "done"))
def test_one_more_unanswered_request_never_improves_a_figure(requests, one_more):
    without, with_it = headline_curve(*_columns(requests)), headline_curve(*_columns([*requests, one_more]))
    for t in range(0, HORIZON, 9):
        before, after = without.share_within(t).value, with_it.share_within(t).value
        assert before is None or after is None or after <= before + 1e-12
    for p in (0.1, 0.5, 0.9):
        before, after = without.quantile(p).value, with_it.quantile(p).value
        assert after is None or (before is not None and after >= before)


@given(st.lists(REQUEST, min_size=1, max_size=40))
def test_giving_up_instead_of_waiting_never_improves_a_figure(requests):
    gave_up = [(w, a, "never" if s == "running" else s) for w, a, s in requests]
    waiting, gone = headline_curve(*_columns(requests)), headline_curve(*_columns(gave_up))
    np.testing.assert_array_equal(waiting.survival, gone.survival)


def test_done_and_never_at_once_is_refused():
    with pytest.raises(ValueError, match="both"):
        headline_curve([1], [1], [1], [9])


def test_half_gave_up_before_the_other_half_was_answered():
    """Plain Kaplan-Meier says everybody within 2 minutes: as if those gone would have been answered like the others."""
    time, done = [60] * 50 + [120] * 50, [0] * 50 + [1] * 50
    assert kaplan_meier(time, done).share_within(120).value == pytest.approx(1.0)
    assert headline_curve(time, done, [not d for d in done], [9000] * 100).share_within(120).value == pytest.approx(0.5)
