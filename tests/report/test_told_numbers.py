"""Numbers of goals as readers of either language write them."""

import pytest

from otklik.charts.speech import Speech
from otklik.report.told_numbers import number_told, share_told

EN, RU = Speech("en"), Speech("ru")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("value", "unit", "english", "russian"),
    [(0.485, "share", "48.5%", "48,5 %"), (0.045, "share", "4.5%", "4,5 %"), (1.0, "share", "100%", "100 %"),
     (5400.0, "s", "1 h 30 min", "1 ч 30 мин"), (12.5, "points", "12.5 points", "12,5 points"),
     (1240.0, "count", "1,240", "1 240"), (None, "s", "not known", "неизвестно")],
)  # fmt: skip
def test_numbers_are_written_in_their_unit(value: float | None, unit: str, english: str, russian: str) -> None:
    assert plain(number_told(value, unit, EN)) == english
    assert plain(number_told(value, unit, RU)) == russian


def test_rare_things_keep_their_half_per_cent() -> None:
    assert share_told(0.004, EN) == str(EN.format.share(0.004))
    assert share_told(0.055, EN) == "5.5%"
