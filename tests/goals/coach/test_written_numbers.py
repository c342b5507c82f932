"""Numbers of pasted lines, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.goals.coach.written_numbers import Band, Movement, band_of, movement_of


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Share answered within 15 minutes: from 48% to 80%", Movement("share", 0.48, 0.8, "raise")),
        ("Доля ответов за 15 минут: с 48 % до 80 %", Movement("share", 0.48, 0.8, "raise")),
        ("p90 of first reply from 62 to 20 minutes", Movement("s", 3720, 1200, "lower")),
        ("p90 решения: с 2 дней до 4 часов", Movement("s", 172_800, 14_400, "lower")),
        ("p90 решения: с 3 недель до 5 суток", Movement("s", 1_814_400, 432_000, "lower")),
        ("NPS from 31 to 45", Movement("", 31, 45, "raise")),
        ("Raise NPS to 45 points", Movement("", None, 45, "raise")),
        ("Улучшить NPS", Movement("", None, None, "raise")),
        ("Доля возобновлённых остаётся не выше 6 %", Movement("share", None, 0.06, "keep_below")),
    ],
)
def test_a_movement_is_read_off_a_line(line: str, found: Movement) -> None:
    assert movement_of(line) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Доля потерянных звонков не выше 5 %", Band("share", None, 0.05)),
        ("Share of lost calls stays under 5%", Band("share", None, 0.05)),
        ("CSAT не ниже 85 %", Band("share", 0.85, None)),
        ("Rating stays at or above 4.5 stars", Band("", 4.5, None)),
        ("Ожидание не дольше 10 минут", Band("s", None, 600)),
        ("Average response time", Band("", None, None)),
        ("80% of calls within 20 seconds", Band("share", None, None)),
    ],
)
def test_a_band_is_read_off_a_line(line: str, found: Band) -> None:
    assert band_of(line) == found


@given(st.text(max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    assert movement_of(text).unit in ("", "s", "share") and band_of(text).unit in ("", "s", "share")
