"""What was done, and by whom."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.web.access import Right, may
from otklik.web.accounts.models.people import User
from otklik.web.ownership import OwnedQuerySet


class AuditEntry(models.Model):
    """Somebody did something; entries are added, never changed."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    by_name = models.CharField(max_length=254, blank=True)
    verb = models.CharField(max_length=60, db_index=True)
    about = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True, blank=True)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["verb", "at"], name="trail_verb_at")]

    @staticmethod
    def visible_to(user: User) -> Q:
        """Those who may read the trail."""
        return Q() if may(user, Right.AUDIT) else Q(pk__in=[])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add; refuse to change."""
        if self.pk is not None:
            raise RuntimeError("the audit trail is only added to")
        super().save(*args, **kwargs)
