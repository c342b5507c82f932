"""The schools of goal setting: what each says in numbers, and an own one as changes to another."""

from typing import Final

from otklik.schemas.goal_profiles import OWN, Profile, School
from otklik.schemas.goals import Cycle
from otklik.schemas.school_words import SAID_BY

_WODTKE: Final = "Wodtke, Radical Focus"
_OURS: Final = "Otklik"

GOOGLE: Final = Profile(
    id="google",
    objectives_warn_over=3,
    objectives_error_over=5,
    key_results_warn_under=2,
    key_results_error_over=5,
    personal_objectives_most=3,
    cycle_weeks=13,
    commit_grade=0.3,
    target_grade=0.7,
    stretch_grade=1.0,
    yellow_from=0.35,
    green_from=0.65,
    stretch_aim_low=0.6,
    stretch_aim_high=0.7,
    committed_due_grade=1.0,
    aspirational_start_low=0.3,
    aspirational_start_high=0.7,
    committed_start_low=0.8,
    bottom_up_warn_under=0.4,
    rhythm="check_in",
    check_in_days=7,
    mid_review_week=7,
    drafted_weeks_before=3,
    change_mid_cycle="with_reason",
    sources=dict(SAID_BY),
)

WODTKE: Final = Profile.model_validate(
    GOOGLE.model_dump()
    | {
        "id": "wodtke",
        "objectives_warn_over": 1,
        "objectives_error_over": 3,
        "key_results_error_over": 3,
        "aspirational_start_low": 0.4,
        "aspirational_start_high": 0.6,
        "rhythm": "monday_friday",
        "change_mid_cycle": "no",
        "sources": GOOGLE.sources
        | {
            "objectives_warn_over": f"{_WODTKE}: one, unless there are several businesses",
            "objectives_error_over": f"{_OURS}: several businesses under one roof",
            "key_results_error_over": f"{_WODTKE}: 3",
            "cycle_weeks": f"{_WODTKE}: 3 months",
            "aspirational_start_low": f"{_WODTKE}: confidence 5 of 10 at the start",
            "aspirational_start_high": f"{_WODTKE}: confidence 5 of 10 at the start",
            "rhythm": f"{_WODTKE}: Monday commitments, Friday wins",
            "change_mid_cycle": f"{_WODTKE}: do not change",
        },
    }
)

PROFILES: Final = {profile.id: profile for profile in (GOOGLE, WODTKE)}


def own_profile(changes: dict[str, object], *, base: Profile = GOOGLE, id: str = OWN) -> Profile:
    """One's own school: another one with some numbers changed; each change says that it is one's own.

    Raises pydantic's ValidationError for an unknown field or for numbers that do not fit together.

    >>> own_profile({"objectives_warn_over": 2}).objectives_warn_over
    2
    """
    sources = base.sources | dict.fromkeys(changes, id)
    return Profile.model_validate(base.model_dump() | changes | {"id": id, "sources": sources})


def profile_named(name: str) -> Profile:
    """The school of that name; one that is not known is read as the first, Google and Doerr."""
    return PROFILES.get(name, GOOGLE)


def school_named(name: str, own: School | None = None) -> Profile:
    """The school of that name; "own" is what a company changed in another one.

    Raises pydantic's ValidationError where its numbers do not fit together.
    """
    if name == OWN and own is not None:
        return own_profile(dict(own.changes), base=profile_named(own.base))
    return profile_named(name)


def profile_of(cycle: Cycle) -> Profile:
    """The school a cycle follows."""
    return school_named(cycle.profile, cycle.own)
