"""What the coach says of goals, in words, and what keeps a cycle from beginning."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from otklik.actions.coach_goals import ALL, KEPT, blocking, coach_cycle, finding_told
from otklik.base.text import N_
from otklik.schemas.goals import Finding
from otklik.web.accounts.models import User
from otklik.web.goals.converting import cycle_told
from otklik.web.goals.looking import says_of
from otklik.web.goals.models import Cycle, Objective
from otklik.web.words import say, words

SEVERITIES: Final = {"error": N_("must be put right"), "warning": N_("think again"), "hint": N_("a hint")}

OF_RECORDS: Final = "D"


@dataclass(frozen=True)
class Remark:
    """A finding in the reader's words, and what it is about; `place` is what a waiver has to name."""

    finding: Finding
    title: str
    said: str
    why: str
    source: str
    severity: str
    about: str = ""
    objective: str = ""
    place: str = ""

    @property
    def waiver(self) -> Any:
        """Why it does not count; None = it does."""
        return self.finding.waived


def remarks(findings: Iterable[Finding]) -> list[Remark]:
    """Findings in words."""
    return [_remark(finding) for finding in findings]


def of_cycle(cycle: Cycle, user: Any) -> list[Remark]:
    """What the coach says of a cycle, and of those of its goals that this person may see."""
    seen = Objective.objects.for_user(user)
    return _of(cycle, seen)


def of_records(cycle: Cycle, user: Any) -> list[Remark]:
    """What the records say against goals this person may see: what is left to say once a cycle has begun."""
    return [one for one in of_cycle(cycle, user) if one.finding.rule.startswith(OF_RECORDS)]


def blocking_of(cycle: Cycle) -> list[Remark]:
    """Errors that nobody waived in the goals of company and teams."""
    found = [one for one in _of(cycle, None) if one.finding in blocking([one.finding])]
    return found


def _of(cycle: Cycle, seen: Any) -> list[Remark]:
    told = cycle_told(cycle, seen)
    gone = User.objects.filter(is_active=False).values_list("email", flat=True)
    found = []
    log = says_of(int(goal.id) for goal in told.objectives)
    for finding in coach_cycle(told, inactive=gone, log=log, kinds=ALL if log else KEPT):
        head, _, inside = finding.place.partition("/")
        kind, _, number = head.partition(":")
        if kind != "objective":
            found.append(_remark(finding))
            continue
        goal = told.objectives[int(number) - 1]
        part = inside.partition("/")[0]
        row = _part(goal.key_results, part)
        about = row.title if row else goal.title
        found.append(_remark(finding, about, goal.id, row.id if row else ""))
    return found


def _part(key_results: Any, part: str) -> Any:
    kind, _, number = part.partition(":")
    return key_results[int(number) - 1] if kind == "kr" and number.isdigit() else None


def _remark(finding: Finding, about: str = "", objective: str = "", place: str = "") -> Remark:
    return Remark(
        finding=finding, **finding_told(finding, words()), severity=say(SEVERITIES[finding.severity]), about=about,
        objective=objective, place=place,
    )  # fmt: skip
