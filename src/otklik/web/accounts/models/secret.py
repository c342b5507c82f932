"""Rows that a secret opens: a random text is told once, its fingerprint is kept, and it runs out."""

import hmac
import secrets
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from otklik.web.accounts.secrets import fingerprint

_LONGEST = 200
"""No text of ours is longer; a longer one is not even looked for."""


class SecretRow(models.Model):
    """What somebody who knows the text may open, until it runs out; the text itself is nowhere kept."""

    PURPOSE: ClassVar[str]
    """What its secrets are for: one made for something else opens nothing here."""
    BEGINS: ClassVar[str] = ""
    """How the text begins, so that a person, and a search for leaked secrets, knows it by sight."""
    BYTES: ClassVar[int] = 24
    WITH: ClassVar[tuple[str, ...]] = ()
    """Rows read in the same look, to say whether it holds."""

    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    class Meta:
        abstract = True

    @classmethod
    def keep(cls, valid_for: timedelta, **fields: Any) -> tuple[Self, str]:
        """Make a row and its text, which is told this once."""
        text = cls.BEGINS + secrets.token_urlsafe(cls.BYTES)
        made = cls(token_hash=fingerprint(text, cls.PURPOSE), expires_at=timezone.now() + valid_for, **fields)
        made.note_beginning(text)
        made.save(force_insert=True)
        return made, text

    def note_beginning(self, text: str) -> None:
        """Write down what may stay of the text, where anything may."""

    @classmethod
    def by_secret(cls, text: str | None) -> Self | None:
        """Find the row that a text opens, if it holds."""
        if not text or not text.startswith(cls.BEGINS) or len(text) > _LONGEST:
            return None
        known = fingerprint(text, cls.PURPOSE)
        rows = cls._default_manager.filter(token_hash=known)
        found = (rows.select_related(*cls.WITH) if cls.WITH else rows).first()
        if found is None or not hmac.compare_digest(found.token_hash, known) or not found.holds:
            return None
        return found

    @property
    def holds(self) -> bool:
        """Say whether it still opens anything."""
        return self.expires_at > timezone.now()


class RevocableSecret(SecretRow):
    """One that its owner can end sooner."""

    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def holds(self) -> bool:
        """Neither run out nor revoked."""
        return self.revoked_at is None and super().holds

    def revoke(self) -> None:
        """End it for good."""
        type(self)._default_manager.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now())
        self.refresh_from_db()
