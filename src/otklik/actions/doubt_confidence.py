"""Say whether people are sure of what the data doubt: the limits are those of the coach's rule D5."""

from otklik.schemas.goals import Cycle


def doubt_confidence(confidence: float | None, chance: float | None, cycle: Cycle | None = None) -> bool:
    """People say it will be reached, the data that it hardly will; by the limits of the cycle's school.

    False where either is not known: silence is no quarrel.
    """
    from otklik.goals.coach.thresholds import Thresholds, settings_of

    if confidence is None or chance is None:
        return False
    limits = settings_of(cycle).thresholds if cycle else Thresholds()
    return confidence >= limits.confident and chance <= limits.unlikely
