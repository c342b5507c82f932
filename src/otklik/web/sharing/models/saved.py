"""Views kept under a name."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.web.access import Right, may
from otklik.web.ownership import OwnedQuerySet


class SavedView(models.Model):
    """A page with its filters, kept by a person for themselves or for everybody in the company."""

    name = models.CharField(max_length=80)
    page = models.CharField(max_length=20)
    query = models.TextField(blank=True)
    is_shared = models.BooleanField(default=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "page", "name"], name="saved_view_name_once")
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visible_to(user: Any) -> Q:
        """One's own, and those shared with the company."""
        return Q(owner=user) | Q(is_shared=True)

    @staticmethod
    def may_be_changed_by(user: Any) -> Q:
        """One's own; those who look after people may also tidy up what is shared."""
        return Q(owner=user) | Q(is_shared=True) if may(user, Right.PEOPLE) else Q(owner=user)
