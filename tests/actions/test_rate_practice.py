"""The figure of the practice stays between its ends, rises with each part, and is not told of one part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.actions.rate_practice import COIN, rate_practice, share_foretold

SHARES = st.floats(0, 1)
PARTS = st.lists(st.none() | SHARES, max_size=6)


def test_it_is_the_plain_mean_of_what_can_be_told() -> None:
    assert rate_practice([1.0, 0.5, 0.66]) == 72
    assert rate_practice([1.0, None, 0.5, None]) == 75, "what cannot be told is not nothing"
    assert (rate_practice([0.0, 0.0]), rate_practice([1.0, 1.0])) == (0, 100)


@pytest.mark.parametrize("parts", [[], [None, None], [1.0], [None, 0.4, None]])
def test_of_one_part_there_is_no_figure(parts: list[float | None]) -> None:
    assert rate_practice(parts) is None


@given(PARTS)
def test_it_stays_between_its_ends_and_knows_no_order(parts: list[float | None]) -> None:
    found = rate_practice(parts)
    assert (found is None) == (sum(one is not None for one in parts) < 2)
    assert found is None or 0 <= found <= 100
    assert rate_practice(parts[::-1]) == found


@given(PARTS, st.data())
def test_it_never_falls_where_a_part_rises(parts: list[float | None], data: st.DataObject) -> None:
    before = rate_practice(parts)
    if before is None:
        return
    at = data.draw(st.sampled_from([n for n, one in enumerate(parts) if one is not None]))
    better = [*parts[:at], data.draw(st.floats(parts[at] or 0.0, 1)), *parts[at + 1 :]]
    after = rate_practice(better)
    assert after is not None and after >= before


@given(SHARES)
def test_all_that_it_tells_lies_between_the_least_and_the_best_part(other: float) -> None:
    found = rate_practice([0.25, other])
    assert found is not None and round(100 * min(0.25, other)) <= found <= round(100 * max(0.25, other))


@given(SHARES, SHARES)
def test_who_is_less_wrong_has_foretold_more(one: float, other: float) -> None:
    better, worse = sorted((one, other))
    assert 0 <= share_foretold(worse) <= share_foretold(better) <= 1


def test_a_coin_has_foretold_nothing() -> None:
    assert (share_foretold(COIN), share_foretold(1.0), share_foretold(0.0)) == (0, 0, 1)
    assert share_foretold(0.1) == pytest.approx(0.6)
