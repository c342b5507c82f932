"""Targets as they are kept: each line is one promise with its versions by valid-from."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from otklik.schemas.targets import Target

ONLY: Final = ("channel", "team", "priority", "segment")
"""To whom a promise may be limited: columns of the requests, and the team that holds one."""


class Promise(BaseModel):
    """One version of a promise: from a day on (None = since ever) until the next version of its line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int
    measure: str
    within_s: float = Field(gt=0)
    share: float = Field(gt=0, le=1)
    clock: Literal["elapsed", "business"] = "elapsed"
    only: dict[str, str] = {}
    valid_from: date | None = None
    stopped: bool = False
    """From that day on it is not promised any more."""

    def target(self) -> Target:
        """The promise as the measuring side knows it."""
        return Target(
            measure=self.measure, within_s=self.within_s, share=self.share, clock=self.clock, only=dict(self.only)
        )


_LIST: Final = TypeAdapter(list[Promise])


def read_promises(text: str) -> list[Promise]:
    """Read what a state keeps; empty = none."""
    return _LIST.validate_json(text) if text else []


def write_promises(promises: Iterable[Promise]) -> str:
    """Write promises so that equal ones give equal texts, line by line and by valid-from."""
    ordered = sorted(promises, key=lambda promise: (promise.line, promise.valid_from or date.min))
    plain = [promise.model_dump(mode="json", exclude_defaults=True) for promise in ordered]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True) if plain else ""


def in_force(promises: Iterable[Promise], today: date) -> list[Promise]:
    """Of every line the version that holds on a day; lines that begin later or have stopped are left out."""
    found: dict[int, Promise] = {}
    for promise in sorted(promises, key=lambda one: one.valid_from or date.min):
        if promise.valid_from is None or promise.valid_from <= today:
            found[promise.line] = promise
    return [found[line] for line in sorted(found) if not found[line].stopped]
