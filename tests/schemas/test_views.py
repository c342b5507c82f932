"""A view sits in its address."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.schemas.views import TOLD_APART_BY, UnreadableView, View

names = st.lists(st.text(min_size=1, max_size=8), max_size=3, unique=True).map(tuple)
views = st.builds(
    View,
    start=st.none() | st.dates(date(2000, 1, 1), date(2020, 1, 1)),
    end=st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    cohort=st.sampled_from(["arrived", "answered", "resolved", "open"]),
    clock=st.sampled_from(["elapsed", "business"]),
    compare=st.booleans(),
    by=st.sampled_from(["", "channel", "team"]),
    **{name: names for name in TOLD_APART_BY},
)


@given(views)
def test_an_address_gives_the_view_it_was_made_from(view: View) -> None:
    assert View.of_pairs(view.pairs()) == view


def test_the_plain_view_has_an_empty_address_and_unknown_names_are_passed_over() -> None:
    assert View().pairs() == []
    assert View.of_pairs([("utm_source", "x"), ("channel", "email"), ("channel", "chat")]).channel == ("email", "chat")


@pytest.mark.parametrize(
    "pairs",
    [
        [("start", "31.03.2026")],
        [("start", "2026-04-01"), ("end", "2026-03-01")],
        [("cohort", "all")],
        [("clock", "sundial")],
        [("team", str(n)) for n in range(101)],
    ],
)
def test_what_cannot_be_read_is_said_and_never_guessed(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(UnreadableView):
        View.of_pairs(pairs)


def test_the_period_before_is_as_long_and_ends_the_day_before() -> None:
    march = View(start=date(2026, 3, 1), end=date(2026, 3, 31))
    assert (march.before(date(2026, 9, 9)).start, march.before(date(2026, 9, 9)).end) == (
        date(2026, 1, 29),
        date(2026, 2, 28),
    )
    open_ended = View().before(date(2026, 3, 30))
    assert (open_ended.start, open_ended.end) == (date(2026, 1, 30), date(2026, 2, 28))
