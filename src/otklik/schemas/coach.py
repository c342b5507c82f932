"""What the coach of goals is told by the log and the check-ins, and what it gives back besides findings."""

from datetime import date
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from otklik.base.text import N_
from otklik.schemas.goals import Finding

Health = Literal["green", "amber", "red"]
GamingKind = Literal["pile_up", "reopened", "merged", "on_hold", "excluded", "auto_reply", "mix"]
LineKind = Literal["objective", "key_result", "task", "kpi"]
RuleKind = Literal["objective", "key_result", "structure", "data"]

LINE_KINDS: Final = {
    "objective": N_("Objective"),
    "key_result": N_("Key result"),
    "task": N_("Task"),
    "kpi": N_("Performance indicator (KPI)"),
}
RULE_KINDS: Final = {
    "objective": N_("Text of the objective"),
    "key_result": N_("Text of a key result"),
    "structure": N_("Structure"),
    "data": N_("Data"),
}
SEVERITIES: Final = {"error": N_("error"), "warning": N_("warning"), "hint": N_("hint")}


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SaidAtCheckIn(_Plain):
    """One check-in: how sure the team was (0..1), and the probability computed from the data on the same day."""

    day: date
    confidence: float | None = Field(default=None, ge=0, le=1)
    probability: float | None = Field(default=None, ge=0, le=1)


class GamingSign(_Plain):
    """Something that makes a number better without making anybody wait less; shares are 0..1.

    `pile_up`: `now` and `before` are how many times more records lie just below the limit than just above it, since the
    start and before it. `reopened`, `merged`, `on_hold`, `excluded`, `auto_reply`: shares, since the start and before.
    `mix`: `now` is the part of the gain that a change between channels explains alone.
    """

    kind: GamingKind
    now: float = Field(ge=0)
    before: float | None = Field(default=None, ge=0)


class LogSays(_Plain):
    """What the log and the check-ins say of one key result as of a day; None is "not known". Values are in its unit.

    `measured` is the latest value, `at_start` the one measured over the window before the cycle; both with their 95 %
    intervals. `visible_change` is the smallest difference that so many requests can show.
    """

    on: date
    measured: float | None = None
    measured_low: float | None = None
    measured_high: float | None = None
    at_start: float | None = None
    at_start_low: float | None = None
    at_start_high: float | None = None
    visible_change: float | None = Field(default=None, ge=0)
    last_record_age_days: float | None = Field(default=None, ge=0)
    unusable_share: float | None = Field(default=None, ge=0, le=1)
    missing_channels: tuple[str, ...] = ()
    status: Health | None = None
    check_ins: tuple[SaidAtCheckIn, ...] = ()
    last_check_in: date | None = None
    gaming: tuple[GamingSign, ...] = ()


class Fix(_Plain):
    """One finding to put right, and the points that the objective gains by it."""

    finding: Finding
    gain: float


class Strength(_Plain):
    """How strong an objective is, 0..100, and what to fix, most useful first."""

    score: int = Field(ge=0, le=100)
    fixes: tuple[Fix, ...] = ()


class SortedLine(_Plain):
    """One pasted line: what it is, and why; words come from `key` and `facts` as in a finding."""

    text: str
    kind: LineKind
    key: str
    facts: dict[str, str] = {}
