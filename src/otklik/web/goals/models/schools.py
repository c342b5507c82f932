"""How the company sets goals: its own numbers and rules, every version kept."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.schemas.goal_profiles import School as OwnSchool
from otklik.web.access import Right, may
from otklik.web.goals.models.history import AddedOnly


class School(AddedOnly):
    """One version of the company's own school; the newest one holds."""

    told = models.JSONField()
    """schemas.goal_profiles.School."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Everyone who sees goals may know by which numbers they are judged."""
        return Q() if may(user, Right.SEE) else Q(pk__in=[])

    def read(self) -> OwnSchool:
        """What it says."""
        return OwnSchool.model_validate(self.told)
