"""Links for people outside: they show one page of one view, for a while."""

import hmac
import secrets
from datetime import timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from otklik.web.access import Right, may
from otklik.web.accounts.secrets import fingerprint
from otklik.web.ownership import OwnedQuerySet

PURPOSE: Final = "share-link"
LONGEST: Final = timedelta(days=90)
_TOKEN_MOST: Final = 64


class ShareLink(models.Model):
    """A read-only link; only the fingerprint of its token is kept."""

    name = models.CharField(max_length=80)
    page = models.CharField(max_length=20)
    query = models.TextField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
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
        token = secrets.token_urlsafe(24)
        made = cls.objects.create(
            owner=owner, name=name, page=page, query=query, token_hash=fingerprint(token, PURPOSE),
            expires_at=timezone.now() + min(valid_for, LONGEST),
        )  # fmt: skip
        return made, token

    @classmethod
    def by_token(cls, token: str) -> "ShareLink | None":
        """Find a link that still holds."""
        if not token or len(token) > _TOKEN_MOST:
            return None
        known = fingerprint(token, PURPOSE)
        found = cls.objects.select_related("owner").filter(token_hash=known).first()
        if found is None or not hmac.compare_digest(found.token_hash, known) or not found.holds:
            return None
        return found

    @property
    def holds(self) -> bool:
        """Not revoked, not run out, and its owner may still share."""
        return self.revoked_at is None and self.expires_at > timezone.now() and may(self.owner, Right.SHARE)

    def note_opening(self) -> bool:
        """Count; True where it was not opened within the last hour."""
        now = timezone.now()
        first = self.last_opened_at is None or self.last_opened_at < now - timedelta(hours=1)
        ShareLink.objects.filter(pk=self.pk).update(opened=F("opened") + 1, last_opened_at=now)
        return first
