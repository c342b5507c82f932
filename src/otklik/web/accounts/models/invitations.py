"""Invitations: a way in for one address."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.web.access import Right, Role, may
from otklik.web.accounts.models.people import ROLES, Team, User
from otklik.web.accounts.models.secret import SecretRow
from otklik.web.ownership import OwnedQuerySet

INVITED_FOR = timedelta(days=7)


class Invitation(SecretRow):
    """A way in for one address, once, for a week."""

    PURPOSE = "invitation"

    email = models.EmailField()
    role = models.CharField(max_length=10, choices=ROLES, default=Role.VIEWER.value)
    teams = models.ManyToManyField(Team, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    objects = OwnedQuerySet.as_manager()

    @staticmethod
    def visible_to(user: User) -> Q:
        """Those who look after people."""
        return Q() if may(user, Right.PEOPLE) else Q(pk__in=[])

    @classmethod
    def invite(cls, email: str, role: Role, by: User) -> tuple["Invitation", str]:
        """Make an invitation; the token is told once and only its fingerprint kept."""
        return cls.keep(INVITED_FOR, email=email.lower(), role=role.value, invited_by=by)

    @property
    def holds(self) -> bool:
        """Neither run out nor used."""
        return self.accepted_at is None and super().holds
