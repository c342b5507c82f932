"""What a goal needs from another team by a day, and what that team says to it."""

from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.base.text import N_
from otklik.schemas.goals import NEED_STATES, need_state
from otklik.web.goals.models.objectives import KeyResult, Objective, OfObjective
from otklik.web.goals.problems import PersonalAsksNobody
from otklik.web.goals.rights import PERSONAL

OPEN, ANEW, CONFIRMED, DECLINED, CARRIED, DELIVERED = "open", "anew", "confirmed", "declined", "carried", "delivered"
STATES: Final = {**NEED_STATES, ANEW: N_("asked anew")}
SETTLED: Final = frozenset({CONFIRMED, CARRIED, DELIVERED})
"""Nobody has to be asked any more."""
_PERSON: dict[str, Any] = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+"}


class Dependency(OfObjective):
    """A goal needs something from another team; whoever pursues the goal asks, that team answers."""

    TRACKED: ClassVar[tuple[str, ...]] = ("team", "what", "due", "answer", "note", "risk_owner", "delivered_on")

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="needs")
    key_result = models.ForeignKey(KeyResult, null=True, blank=True, on_delete=models.SET_NULL, related_name="needs")
    """The number that cannot move without it; null = the goal as a whole."""
    team = models.CharField(max_length=200)
    """Who is asked, as the records name it."""
    what = models.CharField(max_length=300)
    due = models.DateField()
    answer = models.CharField(max_length=9, blank=True)
    note = models.TextField(blank=True)
    """What the team adds to its answer; why it declined."""
    answered_by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    answered_on = models.DateField(null=True, blank=True)
    is_anew = models.BooleanField(default=False)
    """What is asked was changed after the answer, so the answer holds no more."""
    risk_owner: Any = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    """The one person who carries the risk of what was not confirmed."""
    delivered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(delivered_on=None) | Q(answer=CONFIRMED), name="only_what_is_confirmed_is_delivered"
            ),
            models.CheckConstraint(
                condition=Q(risk_owner=None) | ~Q(answer=CONFIRMED), name="nobody_carries_what_is_confirmed"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_carried(self) -> bool:
        """Somebody whose account is open carries the risk."""
        return self.risk_owner is not None and self.risk_owner.is_active

    @property
    def state(self) -> str:
        """One of STATES; the risk is carried as long as the account of who carries it is open."""
        found = need_state(self.answer, is_carried=self.is_carried, is_delivered=self.delivered_on is not None)
        return ANEW if found == OPEN and self.is_anew else found

    @property
    def is_settled(self) -> bool:
        """Confirmed, delivered, or somebody carries the risk."""
        return self.state in SETTLED

    def forget_answer(self) -> None:
        """What is asked is another now: nothing holds any more that was said of it."""
        self.is_anew = self.is_anew or bool(self.answer)
        self.answer, self.note, self.answered_by, self.answered_on = "", "", None, None
        self.risk_owner, self.delivered_on = None, None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it, unless the goal is a personal one: nobody else sees that."""
        if self.objective.level == PERSONAL:
            raise PersonalAsksNobody
        super().save(*args, **kwargs)
