"""Where somebody is logged in: one row a session, so that people can see their sessions and end them."""

from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.web.accounts.models.people import User
from otklik.web.ownership import OwnedQuerySet


class LogIn(models.Model):
    """One session of one person in one browser."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="logins")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=200, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-seen_at"]

    def __str__(self) -> str:
        return self.browser

    @staticmethod
    def visible_to(user: User) -> Q:
        """One's own."""
        return Q(user=user)

    def end(self) -> None:
        """End the session: whoever has its cookie is a stranger from now on."""
        _store().delete(self.session_key)
        self.delete()

    @property
    def is_alive(self) -> bool:
        """Say whether the session still opens anything."""
        return bool(_store().exists(self.session_key))


def _store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore()
