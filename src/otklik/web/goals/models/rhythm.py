"""The rhythm of a cycle: check-ins, readings, grades, minutes of meetings, answers to the retrospective."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.base.text import N_
from otklik.web.access import Right, may
from otklik.web.goals import rights
from otklik.web.goals.models.cycles import Cycle
from otklik.web.goals.models.frozen import InCycle
from otklik.web.goals.models.objectives import Health, KeyResult

_PERSON: dict[str, Any] = {"null": True, "on_delete": models.SET_NULL, "related_name": "+"}
_SHARE: list[Any] = [MinValueValidator(0.0), MaxValueValidator(1.0)]


class OfKeyResult(InCycle):
    """Something said about a key result, seen by whoever sees that."""

    TO_CYCLE = "key_result__objective__cycle__"

    class Meta:
        abstract = True

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Those who see the objective."""
        return rights.visible(user, "key_result__objective__")


class CheckIn(OfKeyResult):
    """What somebody said about a key result on a day; the next one corrects it, none is changed."""

    key_result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="check_ins")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    at = models.DateTimeField(default=timezone.now)
    day = models.DateField()
    """By the company's clock."""
    value = models.FloatField(null=True, blank=True)
    """Only where people type the number."""
    confidence = models.FloatField(null=True, blank=True, validators=_SHARE)
    note = models.TextField(blank=True)
    obstacle = models.TextField(blank=True)
    decision = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["key_result", "-day"], name="check_in_newest")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__gte=0, confidence__lte=1), name="confidence_is_a_share"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key_result} {self.day}"


class Reading(InCycle):
    """A value of a health number that somebody typed."""

    TO_CYCLE = "health__objective__cycle__"
    health = models.ForeignKey(Health, on_delete=models.CASCADE, related_name="readings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    at = models.DateTimeField(default=timezone.now)
    day = models.DateField()
    value = models.FloatField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "-id"]

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Those who see the objective."""
        return rights.visible(user, "health__objective__")


class Grade(OfKeyResult):
    """How a key result ended: computed, then argued and recorded. It is about the goal, never about a person."""

    TRACKED: ClassVar[tuple[str, ...]] = ("grade", "computed", "as_first_set", "argument", "explanation")

    key_result = models.OneToOneField(KeyResult, on_delete=models.CASCADE, related_name="grade")
    computed = models.FloatField(null=True, blank=True)
    """What the numbers say by the key result as it is now."""
    as_first_set = models.FloatField(null=True, blank=True)
    """What they say by the key result as it was when the cycle began."""
    grade = models.FloatField(validators=_SHARE)
    argument = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    """Why something committed was not reached whole."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(grade__gte=0, grade__lte=1), name="grade_is_a_share")
        ]

    def __str__(self) -> str:
        return f"{self.key_result}: {self.grade:.2f}"


class OfCycle(InCycle):
    """Something about a cycle as a whole, seen by everyone who sees goals."""

    TO_CYCLE = "cycle__"

    class Meta:
        abstract = True

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Everyone who sees figures."""
        return Q() if may(user, Right.SEE) else Q(pk__in=[])


class Minutes(OfCycle):
    """What a meeting came to."""

    WEEKLY, MIDDLE, GRADING, RETROSPECTIVE = "weekly", "middle", "grading", "retrospective"
    KINDS: ClassVar[dict[str, str]] = {
        WEEKLY: N_("Weekly check-in"),
        MIDDLE: N_("Mid-cycle review"),
        GRADING: N_("Grading"),
        RETROSPECTIVE: N_("Retrospective"),
    }

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="minutes")
    kind = models.CharField(max_length=14)
    day = models.DateField()
    decisions = models.TextField(blank=True)
    obstacles = models.TextField(blank=True)
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class RetroAnswer(OfCycle):
    """One answer to one question of the retrospective; whose, and when, is kept nowhere."""

    QUESTIONS: ClassVar[dict[str, str]] = {
        "reached": N_("What did we reach, and what helped most?"),
        "missed": N_("What did we not reach, and what stood in the way?"),
        "learned": N_("What would we set differently, knowing what we know now?"),
        "rhythm": N_("Did the weekly check-ins help you, or did they cost more than they gave?"),
        "next": N_("What should we keep, start and stop in the next cycle?"),
    }
    FEWEST: ClassVar[int] = 3
    """Answers of fewer people are not shown: one could tell who wrote them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="retro_answers")
    question = models.CharField(max_length=10)
    text = models.TextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]


class RetroDone(OfCycle):
    """Somebody has answered: so that nobody answers twice; what, is not told here."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="retro_done")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cycle", "person"], name="retro_once_a_person")
        ]

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Oneself."""
        return Q(person=user.pk)
