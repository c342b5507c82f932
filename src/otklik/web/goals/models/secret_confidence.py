"""How sure people are, said in secret: a round of a goal and a week; whose number it was is shown to nobody else."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from otklik.web.goals import rights
from otklik.web.goals.models.frozen import InCycle
from otklik.web.goals.models.objectives import KeyResult, Objective, OfObjective
from otklik.web.goals.problems import AlreadyRevealed


class SecretRound(OfObjective):
    """One week of one goal; from the moment it is revealed nothing in it changes."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="secret_rounds")
    week = models.DateField()
    """The Monday of its week."""
    revealed_at = models.DateTimeField(null=True, blank=True)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    """Who revealed it."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-week", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["objective", "week"], name="secret_round_once_a_week")
        ]

    def __str__(self) -> str:
        return f"{self.objective} {self.week}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it, unless it was revealed before."""
        with transaction.atomic():
            if self.pk is not None:
                _refuse_revealed(self.pk)
            super().save(*args, **kwargs)


class SecretVote(InCycle):
    """How sure one person is of one key result in a round; when it was said is kept nowhere."""

    TO_CYCLE = "round__objective__cycle__"

    round = models.ForeignKey(SecretRound, on_delete=models.CASCADE, related_name="votes")
    key_result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="+")
    person: Any = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    """None = whoever said it is gone; what the others came to stays as it was."""
    confidence = models.FloatField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "key_result", "person"], name="secret_vote_once_a_person"),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="secret_confidence_is_a_share"
            ),
        ]

    @staticmethod
    def visible_to(user: Any) -> Q:
        """Oneself, whoever asks: an owner as little as anybody."""
        return Q(person=user.pk) & rights.visible(user, "round__objective__")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it, unless its round was revealed."""
        with transaction.atomic():
            _refuse_revealed(self.round_id)
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Take it back, unless its round was revealed."""
        with transaction.atomic():
            _refuse_revealed(self.round_id)
            return super().delete(*args, **kwargs)


def _refuse_revealed(number: int) -> None:
    """Raise AlreadyRevealed; until the transaction ends the round cannot be revealed either."""
    rows = SecretRound._base_manager.select_for_update().filter(pk=number)
    if any(row.revealed_at is not None for row in rows):
        raise AlreadyRevealed
