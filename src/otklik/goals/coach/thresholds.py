"""The numbers the coach judges by; a profile of the method may bring others."""

from dataclasses import dataclass, field, replace

from otklik.schemas.goal_profiles import Profile


@dataclass(frozen=True)
class Thresholds:
    """Every limit of every rule. The defaults follow Doerr, re:Work and Wodtke where they agree."""

    objective_words_min: int = 4
    objective_words_max: int = 18
    why_words_min: int = 3
    objectives_warn: int = 3
    objectives_max: int = 5
    key_results_min: int = 2
    key_results_max: int = 5
    copy_similarity: float = 0.85
    late_days: float = 2.0
    unusable_share: float = 0.05
    confident: float = 0.7
    unlikely: float = 0.2
    disagreeing_check_ins: int = 2
    check_in_grace_days: int = 3
    unchanged_check_ins: int = 4
    pile_up_growth: float = 2.0
    pile_up_alone: float = 3.0
    gaming_growth: float = 1.5
    gaming_share: float = 0.02
    auto_reply_share: float = 0.05
    mix_share: float = 0.5


@dataclass(frozen=True)
class Settings:
    """How the coach is set: its limits, and the rules that are switched off."""

    thresholds: Thresholds = field(default_factory=Thresholds)
    off: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Weights:
    """What a finding costs an objective of 100 points; findings at key results are averaged over them."""

    error: float = 30.0
    warning: float = 12.0
    hint: float = 4.0


def thresholds_of(profile: Profile, limits: Thresholds | None = None) -> Thresholds:
    """Give the limits with the numbers of a school of goal setting in them.

    >>> from otklik.goals.profiles import WODTKE
    >>> thresholds_of(WODTKE).objectives_warn
    1
    """
    return replace(
        limits or Thresholds(),
        objectives_warn=profile.objectives_warn_over,
        objectives_max=profile.objectives_error_over,
        key_results_min=profile.key_results_warn_under,
        key_results_max=profile.key_results_error_over,
    )
