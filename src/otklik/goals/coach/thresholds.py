"""The numbers the coach judges by; a profile of the method may bring others."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from otklik.goals.profiles import profile_of
from otklik.schemas.goal_profiles import OWN, Profile, School
from otklik.schemas.goals import Cycle


@dataclass(frozen=True)
class Thresholds:
    """Every limit of every rule. The defaults follow Doerr, re:Work and Wodtke where they agree."""

    objective_words_min: int = 4
    objective_words_max: int = 18
    why_words_min: int = 3
    objectives_warn: int = 3
    objectives_max: int = 5
    personal_objectives_max: int = 3
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


_OF_SCHOOL: Final = {
    "objectives_warn": "objectives_warn_over",
    "objectives_max": "objectives_error_over",
    "personal_objectives_max": "personal_objectives_most",
    "key_results_min": "key_results_warn_under",
    "key_results_max": "key_results_error_over",
}
"""Limits that are numbers of the school itself."""


def of_school() -> frozenset[str]:
    """The limits that the school sets; the others are set rule by rule."""
    return frozenset(_OF_SCHOOL)


def thresholds_of(profile: Profile, limits: Thresholds | None = None) -> Thresholds:
    """Give the limits with the numbers of a school of goal setting in them.

    >>> from otklik.goals.profiles import WODTKE
    >>> thresholds_of(WODTKE).objectives_warn
    1
    """
    told: dict[str, Any] = {limit: getattr(profile, number) for limit, number in _OF_SCHOOL.items()}
    return replace(limits or Thresholds(), **told)


def settings_of(cycle: Cycle, off: Iterable[str] = ()) -> Settings:
    """How the coach is set for a cycle by the school it follows; rules in `off` are silent besides."""
    own = cycle.own if cycle.profile == OWN else None
    limits = thresholds_of(profile_of(cycle), limits_of(own))
    return Settings(limits, frozenset([*off, *(own.off if own else ())]))


def limits_of(own: School | None) -> Thresholds:
    """The limits as a company set them, and the usual ones for the rest; what the school itself sets is not asked."""
    changed: dict[str, Any] = {name: _like(name, value) for name, value in own.limits.items()} if own else {}
    return replace(Thresholds(), **changed)


def _like(name: str, value: float) -> float:
    """A limit that counts things is a whole number."""
    return int(value) if isinstance(getattr(Thresholds, name), int) else value
