"""Who sees and who changes which goal: the one place that decides."""

from typing import Any

from django.db.models import Q, prefetch_related_objects

from otklik.web.access import Right, may

COMPANY, TEAM, PERSONAL = "company", "team", "personal"


def visible(user: Any, prefix: str = "") -> Q:
    """Goals of company and teams for all who see figures; a personal one for nobody but its person."""
    if not may(user, Right.SEE):
        return Q(pk__in=[])
    shared = Q(**{f"{prefix}level__in": (COMPANY, TEAM)})
    return shared | Q(**{f"{prefix}level": PERSONAL, f"{prefix}owner": user.pk})


def may_change(user: Any, objective: Any) -> bool:
    """Say whether this person may change the goal."""
    if objective.level == PERSONAL:
        return may(user, Right.OWN_GOALS) and objective.owner_id == user.pk
    return may(user, Right.GOALS) or (objective.level == TEAM and may_speak_for(user, objective.team))


def may_speak_for(user: Any, team: str) -> bool:
    """Say whether this person may answer for a team: who may change a goal of that team."""
    return may(user, Right.GOALS) or (may(user, Right.OWN_GOALS) and team in team_names(user))


def may_say(user: Any, key_result: Any) -> bool:
    """Say whether this person may check in: who may change the goal, and whoever answers for the key result."""
    objective = key_result.objective
    if may_change(user, objective):
        return True
    return objective.level != PERSONAL and key_result.owner_id == user.pk and bool(levels_for(user))


def levels_for(user: Any) -> tuple[str, ...]:
    """At which levels this person may set goals."""
    if may(user, Right.GOALS):
        return (COMPANY, TEAM, PERSONAL)
    if may(user, Right.OWN_GOALS):
        return (TEAM, PERSONAL) if team_names(user) else (PERSONAL,)
    return ()


def team_names(user: Any) -> list[str]:
    """The teams this person is in, as the records name them."""
    prefetch_related_objects([user], "teams")  # asked for once, however many goals there are
    return [team.name for team in user.teams.all()]
