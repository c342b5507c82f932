"""A measure as it is told to people and programs."""

from typing import Literal

from otklik.schemas.results import Result


class MeasureTold(Result):
    """One measure: its id is also the stem of its columns; `available_in` names the sources that can tell it."""

    id: str
    title: str
    meaning: str
    unit: Literal["s", "count"]
    per: Literal["request", "wait"]
    cohort: Literal["arrived", "answered", "resolved"]
    available_in: list[str]
