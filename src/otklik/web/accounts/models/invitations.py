"""Invitations: a way in for one address."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.web.access import Right, Role, may
from otklik.web.accounts.models.people import ROLES, Team, User
from otklik.web.accounts.secrets import fingerprint
from otklik.web.ownership import OwnedQuerySet

INVITED_FOR = timedelta(days=7)


class Invitation(models.Model):
    """A way in for one address, once, for a week."""

    email = models.EmailField()
    role = models.CharField(max_length=10, choices=ROLES, default=Role.VIEWER.value)
    teams = models.ManyToManyField(Team, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    objects = OwnedQuerySet.as_manager()

    @staticmethod
    def visible_to(user: User) -> Q:
        """Those who look after people."""
        return Q() if may(user, Right.PEOPLE) else Q(pk__in=[])

    @classmethod
    def invite(cls, email: str, role: Role, by: User) -> tuple["Invitation", str]:
        """Make an invitation; the token is told once and only its fingerprint kept."""
        token = secrets.token_urlsafe(24)
        made = cls.objects.create(
            email=email.lower(), role=role.value, invited_by=by, token_hash=fingerprint(token),
            expires_at=timezone.now() + INVITED_FOR,
        )  # fmt: skip
        return made, token

    @classmethod
    def by_token(cls, token: str) -> "Invitation | None":
        """Find an invitation that still holds."""
        if not token:
            return None
        return cls.objects.filter(
            token_hash=fingerprint(token), accepted_at=None, expires_at__gt=timezone.now()
        ).first()
