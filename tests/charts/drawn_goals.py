"""Key results with their weeks and futures, for the tests of their picture."""

from datetime import date, timedelta

from otklik.schemas.forecasts import FanWeek
from otklik.schemas.goal_curves import CurveMark, CurveWeek, GoalCurve, Quantity
from otklik.schemas.goals import KeyResult

START, END, ON = date(2026, 4, 6), date(2026, 7, 5), date(2026, 5, 17)


def known(number: int, value: float | None, spread: float | None = 0.1) -> CurveWeek:
    """Week 1 is the first of the cycle."""
    first = START + timedelta(days=7 * (number - 1))
    ends = {} if value is None or spread is None else {"low": value - spread, "high": value + spread}
    return CurveWeek(first=first, last=first + timedelta(days=6), n=40, value=value, **ends)


def ahead(number: int, middle: float, spread: float) -> FanWeek:
    first = START + timedelta(days=7 * (number - 1))
    return FanWeek(
        number=number, first=first, last=first + timedelta(days=6), low95=middle - 2 * spread, low80=middle - spread,
        middle=middle, high80=middle + spread, high95=middle + 2 * spread,
    )  # fmt: skip


def drawn(key_result: KeyResult, quantity: Quantity = "share", *, size: float = 1.0, **more: object) -> GoalCurve:
    """A goal whose weeks lie around 0.6 times `size`, its futures around 0.62."""
    marks = [(name, getattr(key_result, name)) for name in ("commit", "target", "stretch")]
    facts = {
        "weeks": tuple(known(i, (0.55 + 0.01 * (i % 7)) * size, 0.1 * size) for i in range(-12, 6)),
        "fan": tuple(ahead(i, 0.62 * size, 0.01 * i * size) for i in range(6, 14)),
        "marks": tuple(CurveMark(name=name, value=value) for name, value in marks if value is not None),
        "end_low": 0.57 * size, "end_middle": 0.62 * size, "end_high": 0.66 * size, "now": 0.6 * size,
    }  # fmt: skip
    days = {"start": START, "end": END, "on": ON}
    return GoalCurve(key_result=key_result, quantity=quantity, **(days | facts | more))


SHARE = KeyResult(title="in an hour", baseline=0.55, commit=0.68, target=0.73, stretch=0.74, unit="share")
