"""A body that a program pushed: on the disk and in this row before anybody is told that it came."""

import secrets
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.web.access import Right, may
from otklik.web.accounts.models import ApiToken
from otklik.web.ownership import OwnedQuerySet

MOST_SHOWN = 100


def new_number() -> str:
    """A number nobody guesses; it names the push, its file, and the import in the log."""
    return secrets.token_urlsafe(12)


class Push(models.Model):
    """One body and what became of it."""

    WAITING, DONE, FAILED = "waiting", "done", "failed"

    number = models.CharField(max_length=32, primary_key=True, default=new_number)
    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    key = models.CharField(max_length=255, null=True, blank=True)
    """The Idempotency-Key."""
    body_hash = models.CharField(max_length=64)
    """SHA-256 of the body and of how it was to be taken."""
    size = models.PositiveBigIntegerField()
    source = models.CharField(max_length=100)
    form = models.CharField(max_length=10)
    zipped = models.BooleanField(default=False)
    as_of = models.DateTimeField(null=True, blank=True)
    tells = models.JSONField(default=list)
    is_process = models.BooleanField(default=False)
    received_at = models.DateTimeField(default=timezone.now, db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, default=WAITING)
    account = models.JSONField(default=dict)
    """read, kept, quarantined, duplicate; import_id."""
    set_aside = models.JSONField(default=list)
    """The first rows that could not be taken: row, reason, detail; not what stood there."""
    error = models.JSONField(default=dict)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-received_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["token", "key"], name="push_key_once")
        ]

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Those who bring records in."""
        return Q() if may(user, Right.BRING) else Q(pk__in=[])

    @property
    def path(self) -> Path:
        """Where the body lies until it is in the log."""
        return path_of(self.number)

    @property
    def name(self) -> str:
        """How the import and the quarantine call it."""
        return f"push {self.number}"


def path_of(number: str) -> Path:
    """The file of a push."""
    folder: Path = settings.DATA.uploads
    return folder / f"push-{number}"
