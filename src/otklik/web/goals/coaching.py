"""What the coach says of goals, in words, and what keeps a cycle from beginning."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from otklik.actions.coach_goals import ALL, KEPT, RuleTold, blocking, coach_cycle, finding_told, list_rules
from otklik.base.text import N_
from otklik.report.told_findings import text_at
from otklik.schemas import goals as told_goals
from otklik.schemas.goals import Finding
from otklik.web.accounts.models import User
from otklik.web.goals.converting import cycle_told
from otklik.web.goals.elsewhere import helped_elsewhere
from otklik.web.goals.looking import says_of
from otklik.web.goals.models import Cycle, Objective, Waiver
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
    text: str = ""
    """The words it is about."""
    rule: RuleTold | None = None
    waiver_id: int | None = None
    """The waiver that holds, where it is kept."""
    waived_for: int | None = None
    """The goal it was waived for; None = the cycle as a whole."""

    @property
    def weak(self) -> str:
        """An example with the same weakness."""
        return self.rule.weak[0] if self.rule and self.rule.weak else ""

    @property
    def strong(self) -> str:
        """An example without it."""
        return self.rule.strong[0] if self.rule and self.rule.strong else ""

    @property
    def marked(self) -> tuple[str, str, str] | None:
        """The words with what is at fault in the middle; None = it is about none of them in particular."""
        span = self.finding.span
        if span is None or not self.text[slice(*span)].strip():
            return None
        start, end = span
        return self.text[:start], self.text[start:end], self.text[end:]

    @property
    def waiver(self) -> Any:
        """Why it does not count; None = it does."""
        return self.finding.waived


def remarks(findings: Iterable[Finding], typed: told_goals.Objective) -> list[Remark]:
    """Findings on a goal that stands alone, in words, with the words that each is about."""
    rules = _rules()
    alone = told_goals.Cycle(title="", start=date.min, end=date.max, objectives=(typed,))
    return [_remark(finding, rules, text=text_at(alone, finding.place)) for finding in findings]


def of_cycle(cycle: Cycle, user: Any) -> list[Remark]:
    """What the coach says of a cycle, and of those of its goals that this person may see."""
    seen = Objective.objects.for_user(user)
    return _of(cycle, seen)


def of_records(cycle: Cycle, user: Any) -> list[Remark]:
    """What the records say against goals this person may see: what is left to say once a cycle has begun."""
    return [one for one in of_cycle(cycle, user) if one.finding.rule.startswith(OF_RECORDS)]


def blocking_among(said: Iterable[Remark]) -> list[Remark]:
    """Errors that nobody waived."""
    return [one for one in said if blocking([one.finding])]


def of_shared(cycle: Cycle) -> list[Remark]:
    """What the coach says of the goals of company and teams."""
    return _of(cycle, None)


def counted(cycles: Iterable[Cycle]) -> list[tuple[Remark, int]]:
    """Which rules speak in some cycles and how often, the most frequent first; what was waived does not count."""
    found: dict[str, list[Remark]] = {}
    for cycle in cycles:
        for one in of_shared(cycle):
            if one.waiver is None:
                found.setdefault(one.finding.rule, []).append(one)
    return sorted(((rows[0], len(rows)) for rows in found.values()), key=lambda one: (-one[1], one[0].finding.rule))


def is_too_much(said: Iterable[Remark]) -> bool:
    """Whether somebody has more goals than can be pursued at once, and nobody said why that does not count here."""
    return any(one.finding.key == "s1.many-objectives" and one.waiver is None for one in said)


def _of(cycle: Cycle, seen: Any) -> list[Remark]:
    told = cycle_told(cycle, seen)
    gone = User.objects.filter(is_active=False).values_list("email", flat=True)
    found, rules, waivers = [], _rules(), list(cycle.waivers.all())
    log = says_of(int(goal.id) for goal in told.objectives)
    above = {str(one.pk): one.title for one in helped_elsewhere(cycle)}
    for finding in coach_cycle(told, inactive=gone, parents=above, log=log, kinds=ALL if log else KEPT):
        head, _, inside = finding.place.partition("/")
        kind, _, number = head.partition(":")
        if kind != "objective":
            found.append(_with_waiver(_remark(finding, rules), waivers))
            continue
        goal = told.objectives[int(number) - 1]
        part = inside.partition("/")[0]
        row = _part(goal.key_results, part)
        about = row.title if row else goal.title
        place = row.id if row else ""
        remark = _remark(finding, rules, about, goal.id, place, text_at(told, finding.place))
        found.append(_with_waiver(remark, waivers))
    return found


def _part(key_results: Any, part: str) -> Any:
    kind, _, number = part.partition(":")
    return key_results[int(number) - 1] if kind == "kr" and number.isdigit() else None


def _with_waiver(remark: Remark, waivers: Iterable[Waiver]) -> Remark:
    """The same with the row of its waiver, so that it can be taken back."""
    held = remark.finding.waived
    if held is None:
        return remark
    same = [one for one in waivers if (one.rule, one.place, one.at) == (held.rule, held.place, held.at)]
    row = next((one for one in same if one.objective_id in (None, int(remark.objective or 0))), None)
    return replace(remark, waiver_id=row.pk, waived_for=row.objective_id) if row else remark


def _rules() -> dict[str, RuleTold]:
    return {one.rule: one for one in list_rules(words())}


def _remark(
    finding: Finding, rules: dict[str, RuleTold], about: str = "", objective: str = "", place: str = "", text: str = ""
) -> Remark:
    told = finding_told(finding, words())
    return Remark(
        finding=finding, title=told["title"], said=told["said"], why=told["why"], source=told["source"],
        severity=say(SEVERITIES[finding.severity]), about=about,
        objective=objective, place=place, text=text, rule=rules.get(finding.rule),
    )  # fmt: skip
