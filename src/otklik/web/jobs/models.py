"""The queue: one row a piece of work, claimed by lease so that a crash only delays it."""

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from otklik.web.access import Right, may
from otklik.web.ownership import OwnedQuerySet

LEASE = timedelta(seconds=60)
ATTEMPTS = 5
FOR_ALL = ("refresh-facts",)
"""Kinds of work that everybody waits for."""


class Job(models.Model):
    """A piece of work."""

    QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"

    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=200, null=True, blank=True)
    """While one job of this key waits, another is not added."""
    state = models.CharField(max_length=10, default=QUEUED)
    run_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    doing = models.CharField(max_length=200, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    of = models.PositiveBigIntegerField(null=True, blank=True)
    result = models.JSONField(default=dict)
    error = models.JSONField(default=dict)
    """`code`, `message`, `hint`, `facts` of a UserError; or `code` 'broken'."""
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["run_at", "id"], condition=Q(state="queued"), name="job_due"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="job_lease"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key"], condition=Q(state="queued"), name="job_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Their own, and what is done for all; those who bring records in see everything."""
        return Q() if may(user, Right.BRING) else Q(asked_by=user) | Q(kind__in=FOR_ALL)

    @property
    def is_over(self) -> bool:
        """Nothing more will happen to it."""
        return self.state in (self.DONE, self.FAILED, self.CANCELLED)

    @classmethod
    def add(cls, kind: str, arguments: dict[str, Any] | None = None, **more: Any) -> "Job":
        """Queue work; with a `key` that waits already, return the waiting one."""
        try:
            with transaction.atomic():
                return cls.objects.create(kind=kind, arguments=arguments or {}, **more)
        except IntegrityError:
            waiting = cls.objects.filter(key=more.get("key"), state=cls.QUEUED).first()
            return waiting or cls.add(kind, arguments, **more)

    @classmethod
    def claim(cls) -> "Job | None":
        """Take the next piece of work that is due, or whose worker has gone silent; by one conditional update."""
        now = timezone.now()
        due = Q(state=cls.QUEUED, run_at__lte=now) | Q(state=cls.RUNNING, lease_until__lt=now)
        for found in cls.objects.filter(due).order_by("run_at", "id")[:5]:
            taken = cls.objects.filter(due, pk=found.pk, attempts=found.attempts).update(
                state=cls.RUNNING, lease_until=now + LEASE, attempts=F("attempts") + 1
            )
            if taken:
                found.refresh_from_db()
                return found
        return None

    def keep(self) -> bool:
        """Renew the lease; False = somebody else has it, or it was called off."""
        kept = Job.objects.filter(pk=self.pk, state=self.RUNNING, attempts=self.attempts)
        return bool(kept.update(lease_until=timezone.now() + LEASE))

    def postpone(self, seconds: float) -> bool:
        """Give it back to the queue for later, as if it had not been begun, if the lease is still ours."""
        mine = Job.objects.filter(pk=self.pk, state=self.RUNNING, attempts=self.attempts)
        due = timezone.now() + timedelta(seconds=seconds)
        back = {"run_at": due, "lease_until": None, "doing": "", "done": 0, "of": None}
        try:
            with transaction.atomic():
                return bool(mine.update(state=self.QUEUED, attempts=F("attempts") - 1, **back))
        except IntegrityError:  # another of this key waits already, and will do
            return self.end(self.DONE)

    def end(self, state: str, **told: Any) -> bool:
        """Write the outcome, if the lease is still ours."""
        mine = Job.objects.filter(pk=self.pk, state=self.RUNNING, attempts=self.attempts)
        return bool(mine.update(state=state, ended_at=timezone.now(), lease_until=None, **told))


class Tick(models.Model):
    """When each piece of regular work was last begun."""

    name = models.CharField(max_length=60, primary_key=True)
    last_at = models.DateTimeField()
