"""Files that were made for download: who asked, when, of which view, and who may fetch them."""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.web.access import Right, may
from otklik.web.ownership import OwnedQuerySet

KEPT_FOR = timedelta(days=30)
REPORT = "report"


def random_name() -> str:
    """A name nobody can guess, without an ending."""
    return secrets.token_urlsafe(24)


class HandedOut(models.Model):
    """A report or a table; its file lies under a random name, and is deleted after 30 days."""

    what = models.CharField(max_length=20)
    """`report`, or the name of a table."""
    kind = models.CharField(max_length=8)
    query = models.TextField(blank=True)
    language = models.CharField(max_length=2)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    file = models.CharField(max_length=64, unique=True, default=random_name)
    bytes = models.PositiveBigIntegerField(null=True, blank=True)
    """None = not made yet."""
    with_requests = models.BooleanField(default=False)
    """It tells of single requests."""
    with_people = models.BooleanField(default=False)
    """It names persons."""
    teams = models.JSONField(null=True, blank=True)
    """It tells of the requests of these teams only; None = of all."""
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"{self.what}.{self.kind}"

    @staticmethod
    def visible_to(user: Any) -> Q:
        """One's own, as long as one may still see what is in it; those who read the trail see everybody's."""
        mine = Q() if may(user, Right.AUDIT) else Q(asked_by=user)
        if not may(user, Right.SEE):
            return Q(pk__in=[])
        if not may(user, Right.SEE_REQUESTS):
            mine &= Q(with_requests=False)
        if not may(user, Right.SEE_PEOPLE):
            mine &= Q(with_people=False)
        teams = user.sees_teams()
        if teams is not None:
            mine &= Q(with_requests=False) | Q(teams=sorted(teams))
        return mine

    @property
    def path(self) -> Path:
        """Where the file lies."""
        folder: Path = settings.DATA.handed_out / "files"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder / self.file

    @property
    def kept_until(self) -> Any:
        """When it is deleted."""
        return self.asked_at + KEPT_FOR

    @property
    def is_there(self) -> bool:
        """It can be fetched."""
        return self.bytes is not None and self.kept_until > timezone.now()

    def remove(self) -> None:
        """Delete the file, then the row."""
        self.path.unlink(missing_ok=True)
        self.delete()
