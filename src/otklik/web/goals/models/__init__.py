"""What is kept of goals."""

from otklik.web.goals.models.cycles import Cycle
from otklik.web.goals.models.dependencies import Dependency
from otklik.web.goals.models.frozen import ACTIVE, CLOSED, CLOSING, DRAFT, InCycle
from otklik.web.goals.models.history import History
from otklik.web.goals.models.looks import Look
from otklik.web.goals.models.means import Means, WeekPromise
from otklik.web.goals.models.objectives import Contribution, Health, KeyResult, Measured, Objective, Waiver
from otklik.web.goals.models.outside import Feed, Reminder, SeriesValue
from otklik.web.goals.models.rhythm import CheckIn, Grade, Minutes, Reading, RetroAnswer, RetroDone
from otklik.web.goals.models.schools import School
from otklik.web.goals.models.secret_confidence import SecretRound, SecretVote
from otklik.web.goals.models.talks import Feedback, Note, Thanks

__all__ = [
    "ACTIVE", "CLOSED", "CLOSING", "DRAFT", "CheckIn", "Contribution", "Cycle", "Dependency", "Feed", "Feedback",
    "Grade", "Health", "History", "InCycle", "KeyResult", "Look", "Means", "Measured", "Minutes", "Note", "Objective",
    "Reading", "Reminder", "RetroAnswer", "RetroDone", "School", "SecretRound", "SecretVote", "SeriesValue", "Thanks",
    "Waiver", "WeekPromise",
]  # fmt: skip
