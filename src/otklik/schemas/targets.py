"""A target: what we promise: a measure, a duration, a share, in which clock, to whom."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Target(BaseModel):
    """For instance first_reply within 4 h for 90 % of requests, in business time, for channel=email."""

    model_config = ConfigDict(frozen=True)

    measure: str
    within_s: float
    share: float
    clock: Literal["elapsed", "business"] = "elapsed"
    only: dict[str, str] = {}
