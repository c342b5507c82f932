"""Calls out: who wants to be told what, and every call with what came of it."""

import random
import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from otklik.web.access import Right, may
from otklik.web.ownership import OwnedQuerySet
from otklik.web.vault import opened, seal

MOST_ATTEMPTS: Final = 12
PAUSED_AFTER: Final = 20
"""Calls that fail in a row before nobody is called any more."""
FIRST_WAIT_S: Final = 60.0
LONGEST_WAIT_S: Final = 21_600.0
LEASE: Final = timedelta(minutes=2)


def new_secret() -> str:
    """A secret to sign with."""
    return f"whs_{secrets.token_urlsafe(32)}"


def new_id() -> str:
    """The number of a delivery; the same at every attempt, so that the other side can know it again."""
    return secrets.token_urlsafe(16)


class Webhook(models.Model):
    """Somebody who wants to be told."""

    url = models.CharField(max_length=2_000)
    events = models.JSONField(default=list)
    sealed_secret = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveIntegerField(default=0)
    """In a row."""
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_by_itself = models.BooleanField(default=False)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.url

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Those who look after programs."""
        return Q() if may(user, Right.TOKENS) else Q(pk__in=[])

    @property
    def secret(self) -> str:
        """What the calls are signed with; raises VaultBroken where the key is another."""
        return opened(self.sealed_secret)

    def set_secret(self, secret: str) -> None:
        """Keep a secret, sealed."""
        self.sealed_secret = seal(secret)

    def pause(self, by_itself: bool = False) -> None:
        """Call no more until somebody says so."""
        self._set(paused_at=timezone.now(), paused_by_itself=by_itself)

    def resume(self) -> None:
        """Call again; what waited is sent now."""
        self._set(paused_at=None, paused_by_itself=False, failures=0)
        self.deliveries.filter(state=Delivery.WAITING).update(next_at=timezone.now())

    def note(self, went_well: bool) -> None:
        """Count failures in a row; pause after too many."""
        if went_well:
            Webhook.objects.filter(pk=self.pk, failures__gt=0).update(failures=0)
            return
        Webhook.objects.filter(pk=self.pk).update(failures=F("failures") + 1)
        too_many = Webhook.objects.filter(pk=self.pk, failures__gte=PAUSED_AFTER, paused_at=None)
        too_many.update(paused_at=timezone.now(), paused_by_itself=True)

    def _set(self, **values: Any) -> None:
        Webhook.objects.filter(pk=self.pk).update(**values)
        self.refresh_from_db()


class Delivery(models.Model):
    """One thing to tell one of them."""

    WAITING, DONE, DEAD = "waiting", "done", "dead"

    number = models.CharField(max_length=32, unique=True, default=new_id)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    announcement = models.CharField(max_length=64)
    """What it comes from, so that it is told to each of them once."""
    event = models.CharField(max_length=60)
    body = models.TextField()
    state = models.CharField(max_length=10, default=WAITING)
    attempts = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    response_code = models.PositiveIntegerField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)
    """Why there was no answer: a code."""
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="delivery_due")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["webhook", "announcement"], name="delivery_once")
        ]

    def __str__(self) -> str:
        return self.number

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Those who see the webhook."""
        return Webhook.visible_to(user)

    @classmethod
    def claim_due(cls, now: datetime, most: int) -> list["Delivery"]:
        """Take what is due, one for each webhook, by conditional update; the lease ends by itself after a crash."""
        due = cls.objects.filter(state=cls.WAITING, next_at__lte=now, webhook__paused_at=None)
        oldest = due.values("webhook").annotate(first=models.Min("id")).values_list("first", flat=True)
        claimed = []
        for found in cls.objects.select_related("webhook").filter(pk__in=list(oldest[:most])):
            same = cls.objects.filter(pk=found.pk, state=cls.WAITING, attempts=found.attempts, next_at=found.next_at)
            if same.update(attempts=F("attempts") + 1, next_at=now + LEASE):
                found.refresh_from_db()
                claimed.append(found)
        return claimed

    def told(self, code: int | None, error: str = "") -> None:
        """Write down how the call went: done, again later, or never again."""
        now = timezone.now()
        went_well = code is not None and 200 <= code < 300
        told: dict[str, Any] = {"response_code": code, "error": error[:200]}
        if went_well:
            told |= {"state": self.DONE, "ended_at": now}
        elif self.attempts >= MOST_ATTEMPTS:
            told |= {"state": self.DEAD, "ended_at": now}
        else:
            told |= {"next_at": now + timedelta(seconds=wait_s(self.attempts))}
        Delivery.objects.filter(pk=self.pk, attempts=self.attempts, state=self.WAITING).update(**told)
        self.webhook.note(went_well)

    def again(self) -> None:
        """Send it once more now, because somebody asked."""
        Delivery.objects.filter(pk=self.pk).exclude(state=self.WAITING, attempts=0).update(
            state=self.WAITING, attempts=0, next_at=timezone.now(), ended_at=None
        )


def wait_s(attempts: int) -> float:
    """How long to wait after so many attempts: twice as long each time, a quarter more or less by chance."""
    whole = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** max(0, attempts - 1))
    return whole * random.uniform(0.75, 1.25)  # noqa: S311 (only spreads the calls)
