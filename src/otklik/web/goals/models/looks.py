"""What the records say of a key result besides its number: for the coach, on its past, on its due dates."""

from django.db import models
from django.utils import timezone

from otklik.web.goals.models.objectives import KeyResult, Objective, OfObjective


class Look(OfObjective):
    """The newest look at one key result; looked at again, it is replaced."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="looks")
    key_result = models.OneToOneField(KeyResult, on_delete=models.CASCADE, related_name="look")
    day = models.DateField(null=True, blank=True)
    """Of what is said to the coach; null = not looked at yet."""
    source = models.JSONField(default=dict)
    """Where its number came from on that day: of another source nothing holds."""
    says = models.JSONField(default=dict)
    """schemas.coach.LogSays."""
    due_dates = models.JSONField(default=dict)
    """schemas.track_records.DueDates; empty for what is no milestone."""
    past = models.JSONField(default=dict)
    """schemas.goal_results.Backtest; empty = never tried."""
    tried_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.key_result} {self.day}"
