"""Cells as people write them, and back."""

from datetime import date

import pytest

from otklik.actions.goal_cells import BadCell, is_percent, read_cell, write_cell
from otklik.actions.goal_columns import BY_CODE
from otklik.schemas.goals import Checkpoint, Health


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("baseline", "0,48", 0.48), ("baseline", "48 %", 0.48), ("baseline", "1 200", 1200), ("target", "−5", -5),
        ("due", "31.03.2026", date(2026, 3, 31)), ("due", "2026-03-31 00:00:00", date(2026, 3, 31)),
        ("within_s", "15 мин", 900), ("within_s", "4h", 14_400), ("within_s", "900", 900),
        ("leading", "Да", True), ("leading", "no", False), ("leading", "ранний", True),
        ("level", "КОМАНДА", "team"), ("level", "Company", "company"), ("direction", "keep_below", "keep_below"),
        ("owners", "Анна; Борис ;", ("Анна", "Борис")), ("owners", '["a;b"]', ("a;b",)), ("owners", "[x", ("[x",)),
        ("health", "NPS; cost", [{"title": "NPS"}, {"title": "cost"}]), ("window_days", "28", 28),
        ("checkpoints", "15.02.2026=60%", [{"day": date(2026, 2, 15), "value": 0.6}]),
    ],
)  # fmt: skip
def test_what_people_write(code: str, text: str, value: object) -> None:
    assert read_cell(BY_CODE[code], text) == value


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("baseline", "a lot"), ("baseline", "inf"), ("due", "next week"),
        ("within_s", "a while"), ("leading", "perhaps"),
        ("level", "planet"), ("window_days", "1.5"), ("checkpoints", "2026-02-15"), ("health", "{}"),
    ],
)  # fmt: skip
def test_what_nobody_can_read_has_a_reason(code: str, text: str) -> None:
    with pytest.raises(BadCell) as caught:
        read_cell(BY_CODE[code], text)
    assert caught.value.reason.startswith("it is")


@pytest.mark.parametrize(
    ("code", "value", "cell"),
    [
        ("baseline", 0.48, 0.48), ("baseline", None, None), ("owners", (), None), ("leading", False, "no"),
        ("owners", ("a;b", "c"), '["a;b", "c"]'), ("owners", ("[a",), '["[a"]'), ("weekly", True, "yes"),
        ("health", (Health(title="NPS", low=30),), '[{"title": "NPS", "low": 30.0}]'),
        ("checkpoints", (Checkpoint(day=date(2026, 2, 15), value=0.6),), "2026-02-15=0.6"),
    ],
)  # fmt: skip
def test_what_is_written(code: str, value: object, cell: object) -> None:
    assert write_cell(BY_CODE[code], value) == cell


def test_percent() -> None:
    assert is_percent("48 % ") and not is_percent("0.48")
