"""Who changed what, from what to what, when and why: lines are added, never changed, never taken away."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.web.access import Right, may
from otklik.web.goals.models.cycles import Cycle
from otklik.web.goals.models.objectives import Objective
from otklik.web.ownership import OwnedQuerySet


def never_changed(*_args: Any, **_kwargs: Any) -> NoReturn:
    """Stand where a row would be changed or taken away."""
    raise RuntimeError("the history of goals is only added to")


class HistoryQuerySet(OwnedQuerySet):
    """Lines that are only added to."""

    update = delete = bulk_update = never_changed


_KEPT: dict[str, Any] = {
    "null": True, "on_delete": models.DO_NOTHING, "db_constraint": False, "related_name": "history"
}  # fmt: skip


class AddedOnly(models.Model):
    """Rows that are only added, the newest first."""

    objects = HistoryQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        ordering: ClassVar[list[str]] = ["-id"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add; refuse to change."""
        if self.pk is not None:
            never_changed()
        super().save(*args, **kwargs)

    delete = never_changed


class History(AddedOnly):
    """One change of one field; it outlives what it is about."""

    cycle = models.ForeignKey(Cycle, **_KEPT)
    objective = models.ForeignKey(Objective, **_KEPT)
    what = models.CharField(max_length=20)
    """Kind of row: cycle, objective, keyresult, health, grade ..."""
    row = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=300, blank=True)
    """What it was called then."""
    field = models.CharField(max_length=30)
    """Empty = the whole row came, or went."""
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    private_to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    """The person whose personal goal it is about."""

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Everyone who sees goals; what is about a personal one, its person alone."""
        return Q(private_to=None) | Q(private_to=user.pk) if may(user, Right.SEE) else Q(pk__in=[])
