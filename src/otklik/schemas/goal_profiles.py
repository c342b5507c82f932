"""A school of goal setting as numbers, each with where it comes from; and how a company sets its own."""

from typing import Final, Literal, Self

from pydantic import Field, model_validator

from otklik.schemas.results import Result

OWN: Final = "own"
"""The name under which a company follows its own numbers."""
Share = float
"""A share 0..1."""


class Profile(Result):
    """One school: Google and Doerr, Wodtke, or one's own. `sources` names for each field who said so."""

    id: str
    objectives_warn_over: int = Field(gt=0)
    """More objectives than this in one unit and cycle are too many to remember."""
    objectives_error_over: int = Field(gt=0)
    key_results_warn_under: int = Field(gt=0)
    key_results_error_over: int = Field(gt=0)
    personal_objectives_most: int = Field(ge=0)
    cycle_weeks: int = Field(gt=0)
    commit_grade: Share = Field(gt=0, lt=1)
    target_grade: Share = Field(gt=0, lt=1)
    stretch_grade: Share = Field(gt=0, le=1)
    yellow_from: Share = Field(gt=0, lt=1)
    """Below is red."""
    green_from: Share = Field(gt=0, lt=1)
    stretch_aim_low: Share = Field(ge=0, le=1)
    """Where the mean grade of aspirational key results should end up."""
    stretch_aim_high: Share = Field(ge=0, le=1)
    committed_due_grade: Share = Field(gt=0, le=1)
    """A committed key result that ends below is explained."""
    aspirational_start_low: Share = Field(ge=0, le=1)
    """How likely an aspirational target should be at the start."""
    aspirational_start_high: Share = Field(ge=0, le=1)
    committed_start_low: Share = Field(ge=0, le=1)
    bottom_up_warn_under: Share = Field(ge=0, le=1)
    rhythm: Literal["check_in", "monday_friday"]
    check_in_days: int = Field(gt=0)
    mid_review_week: int = Field(gt=0)
    drafted_weeks_before: int = Field(gt=0)
    change_mid_cycle: Literal["with_reason", "no"]
    sources: dict[str, str]

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.commit_grade < self.target_grade < self.stretch_grade:
            raise ValueError("grades must rise from commit over target to stretch")
        if not self.yellow_from < self.green_from:
            raise ValueError("yellow must begin below green")
        if not (self.stretch_aim_low <= self.stretch_aim_high
                and self.aspirational_start_low <= self.aspirational_start_high):  # fmt: skip
            raise ValueError("a range must not end before it begins")
        if self.objectives_error_over < self.objectives_warn_over:
            raise ValueError("an error must not come before its warning")
        return self


class School(Result):
    """How a company does it: the numbers in which it differs from a school, and how its coach is set.

    `changes`: fields of `Profile`. `limits`: limits of the coach by name. `off`: rules that are silent.
    """

    base: str = "google"
    changes: dict[str, int | float | str] = Field(default_factory=dict)
    limits: dict[str, float] = Field(default_factory=dict)
    off: tuple[str, ...] = ()
