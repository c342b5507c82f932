"""Chats that are written to by a bot, and every message with what came of it."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from otklik.web.access import Right, may
from otklik.web.ownership import OwnedQuerySet
from otklik.web.sharing.models.digests import Sending
from otklik.web.vault import opened, seal

TRIAL = "trial"


class Chat(models.Model):
    """A chat of Telegram, the bot that writes there, and what it is told."""

    name = models.CharField(max_length=80)
    chat = models.CharField(max_length=64)
    """Its number, or the @name of a channel."""
    sealed_token = models.TextField()
    about = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True, blank=True)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Those who may take figures out of the house: a chat belongs to the company."""
        return Q() if may(user, Right.SHARE) else Q(pk__in=[])

    @property
    def token(self) -> str:
        """What the bot is known by; raises VaultBroken where the key is another."""
        return opened(self.sealed_token)

    def set_token(self, token: str) -> None:
        """Keep it, sealed."""
        self.sealed_token = seal(token)

    def pause(self) -> None:
        """Write nothing until somebody says so; what waits is not made up for."""
        Chat.objects.filter(pk=self.pk).update(paused_at=timezone.now())
        waiting = self.messages.filter(state=ChatMessage.DUE).exclude(about=TRIAL)
        waiting.update(state=ChatMessage.FAILED, reason="paused", ended_at=timezone.now())

    def resume(self) -> None:
        """Write again, from the next occasion on."""
        Chat.objects.filter(pk=self.pk).update(paused_at=None)


class ChatMessage(models.Model):
    """One thing to tell one chat: there is one row at most, and it is claimed before anything is sent."""

    DUE, SENDING, SENT, FAILED, UNSURE = Sending.DUE, Sending.SENDING, Sending.SENT, Sending.FAILED, Sending.UNSURE

    to = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="messages")
    key = models.CharField(max_length=120)
    """The occasion, so that it is told once."""
    about = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    """Empty until it is written: the figures of a week are worked out when it is sent."""
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, default=DUE)
    attempts = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    code = models.PositiveIntegerField(null=True, blank=True)
    said = models.CharField(max_length=200, blank=True)
    """By Telegram, in its own words."""
    reason = models.CharField(max_length=80, blank=True)
    """Why there was no answer: a code."""
    moved_to = models.CharField(max_length=64, blank=True)
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], condition=Q(state="due"), name="chat_message_due"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["to", "key"], name="chat_message_once")
        ]

    def __str__(self) -> str:
        return self.key

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Those who see the chat."""
        return Chat.visible_to(user)

    @property
    def days(self) -> tuple[date, date] | None:
        """The days whose figures it tells, where it tells figures."""
        return (self.start, self.end) if self.start and self.end else None
