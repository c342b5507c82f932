"""What comes from outside and goes there: numbers that programs push, calendar feeds, reminders."""

import hmac
import secrets
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.web.access import Right, may
from otklik.web.accounts.secrets import fingerprint
from otklik.web.goals.models.cycles import Cycle
from otklik.web.ownership import OwnedQuerySet

PURPOSE: Final = "goals-feed"
_TOKEN_MOST: Final = 64


class SeriesValue(models.Model):
    """One number of a series that some other program sends; the same moment sent again corrects it."""

    series = models.CharField(max_length=80)
    at = models.DateTimeField()
    value = models.FloatField()
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    """Of how many it speaks."""
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["series", "at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["series", "at"], name="series_value_once")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.at:%Y-%m-%d %H:%M}"

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Everyone who sees figures."""
        return Q() if may(user, Right.SEE) else Q(pk__in=[])


class Feed(models.Model):
    """A link under which a calendar program reads the dates of the cycles; only its fingerprint is kept."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    objects = OwnedQuerySet.as_manager()

    @staticmethod
    def visible_to(user: Any) -> Q:
        """One's own."""
        return Q(person=user.pk)

    @classmethod
    def make(cls, person: Any) -> str:
        """Make the person's link anew, which ends the one before; the token is told once."""
        token = secrets.token_urlsafe(24)
        told = {"token_hash": fingerprint(token, PURPOSE), "made_at": timezone.now()}
        cls.objects.update_or_create(person=person, defaults=told)
        return token

    @classmethod
    def by_token(cls, token: str) -> "Feed | None":
        """Find a link that holds: not replaced, and its person may still see figures."""
        if not token or len(token) > _TOKEN_MOST:
            return None
        known = fingerprint(token, PURPOSE)
        found = cls.objects.select_related("person").filter(token_hash=known).first()
        if found is None or not hmac.compare_digest(found.token_hash, known):
            return None
        return found if may(found.person, Right.SEE) else None


class Reminder(models.Model):
    """One reminder to one person, or to the webhooks; there is one row at most, laid down before it leaves."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    day = models.DateField()
    """What it reminds of."""
    laid_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    objects = OwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key

    @staticmethod
    def visible_to(user: Any) -> Q:
        """One's own."""
        return Q(person=user.pk)
