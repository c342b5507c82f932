"""A cycle as it is told on a page or on paper: how it stands, its pictures, and how it was closed."""

from pydantic import Field

from otklik.schemas.goal_curves import GoalCurve
from otklik.schemas.goal_results import CycleNow, Told


class RecordedGrade(Told):
    """The grade that was agreed on at the end, what the numbers said, and why."""

    key_result: str
    grade: float = Field(ge=0, le=1)
    computed: float | None = None
    as_first_set: float | None = None
    argument: str = ""
    explanation: str = ""


class RetroQuestion(Told):
    """A question of the retrospective and the answers to it, in no order and without names."""

    question: str
    answers: tuple[str, ...] = ()


class CycleStory(Told):
    """Everything a report on a cycle tells. `curves` are by the ids of key results.

    `company` is whose goals they are, `zone` where its days begin; `is_simulated` where its records are made up.
    """

    now: CycleNow
    curves: dict[str, GoalCurve] = Field(default_factory=dict)
    grades: tuple[RecordedGrade, ...] = ()
    retrospective: tuple[RetroQuestion, ...] = ()
    company: str = ""
    zone: str = "UTC"
    is_simulated: bool = False

    def recorded(self, key_result: str) -> RecordedGrade | None:
        """The grade that was recorded for a key result."""
        return next((grade for grade in self.grades if grade.key_result == key_result), None)
