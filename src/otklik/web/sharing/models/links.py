"""Links for people outside: they show one page of one view, for a while."""

from datetime import timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from otklik.web.access import Right, may
from otklik.web.accounts.models.secret import RevocableSecret
from otklik.web.ownership import OwnedQuerySet

LONGEST: Final = timedelta(days=90)


class ShareLink(RevocableSecret):
    """A read-only link; only the fingerprint of its token is kept."""

    PURPOSE, WITH = "share-link", ("owner",)

    name = models.CharField(max_length=80)
    page = models.CharField(max_length=20)
    query = models.TextField(blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opened = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True, blank=True)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visible_to(user: Any) -> Q:
        """One's own; those who read the trail see, and can revoke, everybody's."""
        if may(user, Right.AUDIT):
            return Q()
        return Q(owner=user) if may(user, Right.SHARE) else Q(pk__in=[])

    @classmethod
    def make(cls, owner: Any, name: str, page: str, query: str, valid_for: timedelta) -> tuple["ShareLink", str]:
        """Make a link; its token is told once and never kept."""
        return cls.keep(min(valid_for, LONGEST), owner=owner, name=name, page=page, query=query)

    @property
    def holds(self) -> bool:
        """Not revoked, not run out, and its owner may still share."""
        return super().holds and may(self.owner, Right.SHARE)

    def note_opening(self) -> bool:
        """Count; True where it was not opened within the last hour."""
        now = timezone.now()
        first = self.last_opened_at is None or self.last_opened_at < now - timedelta(hours=1)
        ShareLink.objects.filter(pk=self.pk).update(opened=F("opened") + 1, last_opened_at=now)
        return first
