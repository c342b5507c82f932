"""Whether a company is ready for its first cycle, and a draft to begin: what is there, what had better come first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse

from otklik.actions.keep_log import describe_log
from otklik.actions.school_of_goals import limits_of
from otklik.base.text import N_
from otklik.schemas.imports import LogInfo
from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.calendars import current
from otklik.web.goals.models import Cycle, Dependency
from otklik.web.goals.numbers import shown
from otklik.web.goals.schools import newest
from otklik.web.moments import our_zone, today
from otklik.web.words import count, say

FEWEST_REQUESTS: Final = 100
FEWEST_WEEKS: Final = 8
"""Of less there is arithmetic but no chance (docs/decisions/okr-forecast.md)."""


@dataclass(frozen=True)
class Check:
    """One thing that should be there before a first cycle, what is so, and where it can be put right."""

    is_there: bool
    said: str
    link: str


def checks() -> list[Check]:
    """Everything, in the order in which it is put right; without records there is nothing to say."""
    if not settings.DATA.log.exists():
        return []
    info, _ = describe_log(settings.DATA.log)
    return [*_of_records(info), _hours(), _people()]


def of_dependencies(cycle: Cycle, needs: Sequence[Dependency]) -> Check | None:
    """Whether what the goals of a draft need from other teams is confirmed, or carried; None = they need nothing."""
    if not needs:
        return None
    waiting = sum(not row.is_settled for row in needs)
    said = say(N_("Everything that goals need from other teams is confirmed, or somebody carries the risk."))
    if waiting:
        said = count(
            "%(n)s need from another team is neither confirmed nor has its risk an owner.",
            "%(n)s needs from other teams are neither confirmed nor have their risks owners.", waiting,
        )  # fmt: skip
    return Check(not waiting, said, f"{reverse('cycle', args=[cycle.pk])}#between")


def _of_records(info: LogInfo) -> Iterator[Check]:
    first, last = info.first_event_at, info.last_event_at
    if first is None or last is None:
        return
    sources, limits = reverse("sources"), limits_of(newest())
    age = max((today() - last.astimezone(our_zone()).date()).days, 0)
    said = count("The newest record is %(n)s day old.", "The newest record is %(n)s days old.", age)
    yield Check(age <= limits.late_days, said, sources)
    weeks = (last - first) // timedelta(weeks=1)
    said = count(
        "There are %(requests)s requests of %(n)s week.", "There are %(requests)s requests of %(n)s weeks.", weeks,
        requests=shown(info.requests, "count"),
    )  # fmt: skip
    yield Check(info.requests >= FEWEST_REQUESTS and weeks >= FEWEST_WEEKS, said, sources)
    share = info.quarantined / max(info.events + info.quarantined, 1)
    said = say(N_("%(share)s of the records could not be used."), share=shown(share, "share"))
    yield Check(share <= limits.unusable_share, said, sources)


def _hours() -> Check:
    is_set = current.yardstick().calendar is not None
    said = (
        N_("Working hours are set.") if is_set else N_("No working hours are set: nights and holidays count as waits.")
    )
    return Check(is_set, say(said), reverse("calendars"))


def _people() -> Check:
    n = User.objects.filter(is_active=True).exclude(role=Role.VIEWER).count()
    said = count("%(n)s person can have goals.", "%(n)s people can have goals.", n)
    return Check(n > 1, said, reverse("people"))
