"""What people do to reach a goal, and what they promise each other for a week; neither moves a number by itself."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from otklik.web.goals.models.cycles import Cycle
from otklik.web.goals.models.objectives import KeyResult, Objective, OfObjective
from otklik.web.goals.models.rhythm import OfCycle


class Means(OfObjective):
    """Something done for a goal, and what it is expected to change; whether it did, the records say afterwards."""

    TRACKED: ClassVar[tuple[str, ...]] = ("title", "hypothesis", "begun_on", "done_on", "link", "key")

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="means")
    key_result = models.ForeignKey(KeyResult, null=True, blank=True, on_delete=models.SET_NULL, related_name="means")
    """The number it is meant to move; null = the goal as a whole."""
    title = models.CharField(max_length=300)
    hypothesis = models.TextField(blank=True)
    begun_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    link = models.CharField(max_length=500, blank=True)
    key = models.CharField(max_length=100, blank=True)
    """What the issue tracker calls it; empty = it was not brought in."""

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.title


class WeekPromise(OfCycle):
    """One thing people will do this week; the week after it is ticked, or not."""

    MOST: ClassVar[int] = 3

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="promises")
    week = models.DateField()
    """The Monday of its week."""
    text = models.CharField(max_length=300)
    is_kept = models.BooleanField(null=True, blank=True)
    """null = not looked at yet."""
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-week", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["cycle", "-week"], name="promises_of_a_week")]

    def __str__(self) -> str:
        return self.text
