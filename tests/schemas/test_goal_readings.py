"""How many readings of a goal say the opposite of the goal as it is written."""

from datetime import date

from otklik.base.text import Words
from otklik.schemas.goal_readings import READINGS, OneReading, SeveralReadings


def reading(kind: str, *, reached: bool) -> OneReading:
    return OneReading(kind=kind, unit="s", clock="elapsed", number=60.0, n=10, reached=reached)  # type: ignore[arg-type]


def test_readings_that_say_the_opposite_are_counted() -> None:
    told = SeveralReadings(
        first=date(2026, 1, 1), last=date(2026, 1, 28), within_s=60, share=0.9,
        readings=(reading("as_set", reached=False), reading("mean", reached=True), reading("median", reached=False)),
    )  # fmt: skip
    assert told.flips == 1


def test_every_way_of_reading_has_words() -> None:
    assert all(Words("ru").say(text) != text for text in READINGS.values())
