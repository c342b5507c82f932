"""The schools of goal setting: which there are, and what a company's own one comes to."""

from typing import TYPE_CHECKING

from pydantic import ValidationError

from otklik.actions.wrong_in_goals import Wrong
from otklik.base.text import N_
from otklik.schemas.goal_profiles import OWN, Profile, School

if TYPE_CHECKING:
    from otklik.goals.coach.thresholds import Thresholds


def known_schools() -> dict[str, Profile]:
    """Every school that is known, by name."""
    from otklik.goals.profiles import PROFILES

    return dict(PROFILES)


def school_named(name: str, own: School | None = None) -> Profile:
    """The school of that name; "own" is what the company changed in another one, an unknown name is Google's.

    Raises pydantic's ValidationError where the own numbers do not fit together.
    """
    from otklik.goals import profiles

    return profiles.school_named(name, own)


def limits_of_rules() -> dict[str, dict[str, float]]:
    """By rule, the limits it judges by that are no numbers of a school, with their usual values."""
    from otklik.goals.coach.catalogue import RULES
    from otklik.goals.coach.thresholds import Thresholds, of_school

    usual = Thresholds()
    return {rule.id: {name: getattr(usual, name) for name in rule.limits if name not in of_school()} for rule in RULES}


def limits_of(own: School | None = None) -> "Thresholds":
    """The limits of the coach: as a company set them, or the usual ones."""
    from otklik.goals.coach import thresholds

    return thresholds.limits_of(own)


def wrong_in_school(own: School) -> Wrong | None:
    """The first thing that cannot be so; None = all is well."""
    from otklik.goals.coach.catalogue import BY_ID
    from otklik.goals.profiles import PROFILES

    if own.base not in PROFILES:
        return Wrong("base", N_("there is no school of this name"))
    limits = {name: usual for rule in limits_of_rules().values() for name, usual in rule.items()}
    for name, value in own.limits.items():
        if name not in limits:
            return Wrong(f"limits.{name}", N_("there is no limit of this name"))
        if value < 0 or (isinstance(limits[name], int) and value != int(value)):
            return Wrong(f"limits.{name}", N_("it is not a number this can be"))
    for rule in own.off:
        if rule not in BY_ID:
            return Wrong("off", N_("there is no rule of this name"))
    return _wrong_numbers(own)


def _wrong_numbers(own: School) -> Wrong | None:
    for name in own.changes:
        if name not in Profile.model_fields or name in ("id", "sources"):
            return Wrong(f"changes.{name}", N_("a school has no number of this name"))
    try:
        school_named(OWN, own)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in ("changes", *first["loc"]))
        return Wrong(place, first["msg"].removeprefix("Value error, "))
    return None
