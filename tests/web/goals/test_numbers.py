"""Numbers read back as they were written, in every unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.units import UnreadableDuration
from otklik.web.goals.numbers import as_typed, grade_shown, shown, typed_number

FINE = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 4))


@given(FINE, st.sampled_from(["share", "count", "", "points"]))
def test_a_number_reads_back_as_the_same(value: float, unit: str) -> None:
    assert typed_number(as_typed(value, unit), unit) == pytest.approx(value, abs=1e-9)


@given(st.integers(1, 10**7))
def test_a_time_reads_back_as_the_same(seconds: int) -> None:
    assert typed_number(as_typed(float(seconds), "s"), "s") == seconds


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [("48", "share", 0.48), ("48,5 %", "share", 0.485), ("1 240,5", "₽", 1240.5), ("−3", "points", -3.0),
     ("20m", "s", 1200.0), ("1 ч 30 мин", "s", 5400.0), ("1e3", "count", 1000.0)],
)  # fmt: skip
def test_people_write_numbers_in_many_ways(typed: str, unit: str, value: float) -> None:
    assert typed_number(typed, unit) == value


@pytest.mark.parametrize("typed", ["", "soon", "1.2.3", "nan", "inf", "1/2", "٣"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        typed_number(typed, "points")
    with pytest.raises(UnreadableDuration):
        typed_number(typed, "s")


def test_how_numbers_are_shown() -> None:
    assert (shown(0.485, "share"), shown(1200.0, "s"), shown(12.0, "points")) == ("48.5\xa0%", "20\xa0min", "12 points")
    assert (shown(None, "share"), shown(5000.0, "count")) == ("not known yet", "5,000")
    assert (grade_shown(0.5), grade_shown(1.0), grade_shown(None)) == ("0.50", "1.00", "–")
