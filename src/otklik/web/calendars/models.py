"""What is in force and since when, and what somebody is still working on."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.web.access import Right, may
from otklik.web.ownership import OwnedQuerySet


class ChangedMeanwhile(UserError):
    """Somebody else was quicker: nothing is overwritten unseen."""

    code = "changed-meanwhile"
    message = N_("Somebody else has put another state in force meanwhile; nothing was overwritten.")
    hint = N_("Look at what is in force now, then decide again.")


class State(models.Model):
    """The hours, or the promises, of the company as somebody put them in force; states are added, never changed."""

    HOURS, TARGETS = "hours", "targets"

    kind = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    """1, 2, 3 ... of its kind; that two are never alike keeps the later of two people from overwriting unseen."""
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(blank=True)
    """Calendars as TOML, targets as JSON; empty = none."""
    back_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    """The older state that was taken up again."""
    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "number"], name="state_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Everyone who may see figures may see by which hours and promises they are made."""
        return Q() if may(user, Right.SEE) else Q(pk__in=[])

    @classmethod
    def newest(cls, kind: str) -> "State | None":
        """What is in force; None = nobody has set anything yet."""
        return cls.objects.filter(kind=kind).order_by("-number").first()

    @classmethod
    def put_in_force(
        cls, kind: str, text: str, by: Any, *, after: int, back_to: "State | None" = None
    ) -> "State | None":
        """Add a state after number `after` (0 = the first); None where it says the same as the one before.

        Raises ChangedMeanwhile where another one has come after that number.
        """
        newest = cls.newest(kind)
        if (newest.number if newest else 0) != after:
            raise ChangedMeanwhile
        if (newest.text if newest else "") == text:
            return None
        try:
            with transaction.atomic():
                return cls.objects.create(kind=kind, number=after + 1, text=text, by=by, back_to=back_to)
        except IntegrityError:
            raise ChangedMeanwhile from None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add; refuse to change."""
        if self.pk is not None:
            raise RuntimeError("a state is only added, never changed")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> Any:
        """Refuse: figures of the past were made by it."""
        raise RuntimeError("a state is only added, never taken away")


class Draft(models.Model):
    """Hours that one person is still working on; nobody measures by them."""

    by = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    after = models.PositiveIntegerField(default=0)
    """The number of the state it began from."""
    back_to = models.ForeignKey(State, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    compared = models.JSONField(default=dict)
    """What would move, as it was worked out last: of which two texts, and the figures."""
    objects = OwnedQuerySet.as_manager()

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Whoever works on it."""
        return Q(by=user)
