"""How often somebody may call: a bucket of tokens that fills up again by itself."""

import math
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils import timezone

_TRIES = 8


@dataclass(frozen=True)
class Rate:
    """So many a minute, and as many at once."""

    a_minute: int

    @property
    def a_second(self) -> float:
        """How fast it fills."""
        return self.a_minute / 60


class Bucket(models.Model):
    """What one caller has left."""

    key = models.CharField(max_length=120, primary_key=True)
    level = models.FloatField()
    filled_at = models.DateTimeField()

    @classmethod
    def take(cls, key: str, rate: Rate, now: datetime | None = None) -> int:
        """Take one; 0 = go on, else the whole seconds to wait. Who cannot be counted is refused.

        One conditional update a call, so that several processes count together.
        """
        now = now or timezone.now()
        for _ in range(_TRIES):
            found, new = cls.objects.get_or_create(key=key, defaults={"level": rate.a_minute - 1.0, "filled_at": now})
            if new:
                return 0
            since = max(0.0, (now - found.filled_at).total_seconds())
            level = min(float(rate.a_minute), found.level + since * rate.a_second)
            if level < 1.0:
                return max(1, math.ceil((1.0 - level) / rate.a_second))
            same = cls.objects.filter(key=key, level=found.level, filled_at=found.filled_at)
            if same.update(level=level - 1.0, filled_at=max(now, found.filled_at)):
                return 0
        return 1

    @classmethod
    def forget_full(cls, before: datetime) -> None:
        """Drop those that are long full again."""
        cls.objects.filter(filled_at__lt=before).delete()
