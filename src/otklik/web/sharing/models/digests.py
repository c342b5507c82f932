"""Digests: figures by e-mail every week or month, and what became of each sending."""

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.base.text import N_
from otklik.web.access import Right, may
from otklik.web.ownership import OwnedQuerySet

_STOP = "otklik.sharing.digest.stop"
"""What the links to stop are signed for, and nothing else."""


def _nonce() -> str:
    return secrets.token_hex(8)


class Digest(models.Model):
    """What one person gets: of which view, how often, in which language."""

    WEEKLY, MONTHLY = "weekly", "monthly"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True)
    rhythm = models.CharField(max_length=10, default=WEEKLY)
    language = models.CharField(max_length=2)
    nonce = models.CharField(max_length=16, default=_nonce)
    made_at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True, blank=True)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Those one gets, and those one has set up; those who read the trail see everybody's."""
        return Q() if may(user, Right.AUDIT) else Q(person=user) | Q(made_by=user)

    @property
    def is_wanted(self) -> bool:
        """Nobody has stopped it, and its person may still see figures."""
        return self.stopped_at is None and may(self.person, Right.SEE)

    @property
    def key_to_stop(self) -> str:
        """What the link in the mail carries: it stops this digest and opens nothing else."""
        return Signer(salt=_STOP).sign(f"{self.pk}:{self.nonce}")

    @classmethod
    def by_key(cls, key: str) -> "Digest | None":
        """Find the digest that a link stops."""
        try:
            number, _, nonce = Signer(salt=_STOP).unsign(key).partition(":")
        except BadSignature:
            return None
        return cls.objects.filter(pk=int(number), nonce=nonce).first()

    def stop(self) -> None:
        """No more of it."""
        Digest.objects.filter(pk=self.pk, stopped_at=None).update(stopped_at=timezone.now())
        self.refresh_from_db()


class Sending(models.Model):
    """One digest of one period: there is one row at most, and it is claimed before anything is sent."""

    DUE, SENDING, SENT, FAILED, UNSURE = "due", "sending", "sent", "failed", "unsure"
    STATES: ClassVar[dict[str, str]] = {
        DUE: N_("to be sent"),
        SENDING: N_("being sent"),
        SENT: N_("sent"),
        FAILED: N_("not sent"),
        UNSURE: N_("broke off while sending"),
    }

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="sendings")
    period = models.CharField(max_length=20)
    start = models.DateField()
    end = models.DateField()
    state = models.CharField(max_length=8, default=DUE)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200)
    error = models.CharField(max_length=300, blank=True)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], condition=Q(state="due"), name="sending_due"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["digest", "period"], name="sending_once_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.digest} {self.period}"

    @staticmethod
    def visible_to(user: Any) -> Q:
        """As the digests."""
        return Q() if may(user, Right.AUDIT) else Q(digest__person=user) | Q(digest__made_by=user)
