from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.units import UnreadableDuration, from_us, parse_duration_s, to_us


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30s", 30),
        ("15m", 900),
        ("4h", 14_400),
        ("1d12h", 129_600),
        ("1,5h", 5400),
        ("30 мин", 1800),
        ("2 нед", 1_209_600),
    ],
)
def test_people_write_durations_like_this(text: str, seconds: float) -> None:
    assert parse_duration_s(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "4", "4 parsecs", "h4", "4h and a bit"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDuration):
        parse_duration_s(text)


@given(st.integers(-2_000_000_000_000_000, 7_000_000_000_000_000).map(from_us))
def test_microseconds_there_and_back(at: datetime) -> None:
    assert at.tzinfo is UTC
    assert from_us(to_us(at)) == at
