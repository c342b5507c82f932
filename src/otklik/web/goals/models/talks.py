"""Between people: notes for one-to-ones, feedback, thanks."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.web.goals.models.objectives import KeyResult, Objective
from otklik.web.goals.models.rhythm import OfKeyResult
from otklik.web.ownership import OwnedQuerySet


class Note(models.Model):
    """Something two people keep for their talks; nobody else sees it, whatever their role."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    with_whom = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    about = models.ForeignKey(Objective, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    """They have talked about it."""
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(by=models.F("with_whom")), name="note_for_two")
        ]

    @staticmethod
    def visible_to(user: Any) -> Q:
        """The two."""
        return Q(by=user.pk) | Q(with_whom=user.pk)


class Feedback(models.Model):
    """A question to somebody about one's own work, and the answer; the two see it."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    about = models.ForeignKey(Objective, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    question = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Who asked and who was asked."""
        return Q(asked_by=user.pk) | Q(asked=user.pk)


class Thanks(OfKeyResult):
    """Thanks to somebody for what moved a key result; everybody who sees the goal may read it."""

    key_result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="thanks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
