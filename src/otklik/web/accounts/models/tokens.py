"""API tokens: what a program shows instead of a password."""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.web.access import Right, may
from otklik.web.accounts.models.people import User
from otklik.web.accounts.models.secret import RevocableSecret
from otklik.web.ownership import OwnedQuerySet

VALID_FOR: Final = timedelta(days=365)
_SHOWN: Final = 8
_NOTED_EVERY: Final = timedelta(minutes=1)


class Scope(StrEnum):
    """What a program may do with a token; never more than the person it belongs to."""

    READ = "read"  # figures, tables, reports
    PUSH = "push"  # bring records in
    ADMIN_READ = "admin-read"  # people, the audit trail, how the system is


RIGHT_BEHIND: Final = {Scope.READ: Right.SEE, Scope.PUSH: Right.BRING, Scope.ADMIN_READ: Right.AUDIT}


class ApiToken(RevocableSecret):
    """A token of one person for one program; only its fingerprint is kept."""

    PURPOSE, BEGINS, BYTES, WITH = "api-token", "otk_", 32, ("owner",)

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    scopes = models.JSONField(default=list)
    beginning = models.CharField(max_length=16)
    """The first characters, to recognise it by."""
    last_used_at = models.DateTimeField(null=True, blank=True)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visible_to(user: User) -> Q:
        """One's own; those who look after people see, and can revoke, everybody's."""
        if may(user, Right.PEOPLE):
            return Q()
        return Q(owner=user) if may(user, Right.TOKENS) else Q(pk__in=[])

    @classmethod
    def make(
        cls, owner: User, name: str, scopes: Iterable[Scope], valid_for: timedelta = VALID_FOR
    ) -> tuple["ApiToken", str]:
        """Make a token; its text is told once and never kept."""
        return cls.keep(valid_for, owner=owner, name=name, scopes=[Scope(scope).value for scope in scopes])

    def note_beginning(self, text: str) -> None:
        """The first characters, to recognise it by."""
        self.beginning = text[:_SHOWN]

    @property
    def holds(self) -> bool:
        """Not revoked, not run out, its person still active."""
        return super().holds and self.owner.is_active

    def allows(self, scope: Scope) -> bool:
        """Say whether it holds, names this scope, and its person still has the right behind it."""
        return self.holds and scope.value in self.scopes and may(self.owner, RIGHT_BEHIND[scope])

    def note_use(self) -> None:
        """Write down that it was used, not more often than once a minute."""
        now = timezone.now()
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - _NOTED_EVERY)
        ApiToken.objects.filter(stale, pk=self.pk).update(last_used_at=now)
