"""How strong an objective is, of a hundred, and what would make it stronger."""

from collections.abc import Collection

from otklik.goals.coach.linting import counting
from otklik.goals.coach.thresholds import Weights
from otklik.schemas.coach import Fix, Strength
from otklik.schemas.goals import Finding, Objective

FULL = 100


def strength_of(objective: Objective, findings: Collection[Finding], weights: Weights | None = None) -> Strength:
    """Take from a hundred what each finding costs; waived ones cost nothing.

    A finding at a key result costs its part only: with three key results one unit that is missing weighs a third. The
    same rule at the same place is counted once. `findings` are those of this objective.

    >>> from otklik.schemas.goals import KeyResult
    >>> told = Objective(title="Be fast", why="people leave while waiting", key_results=(KeyResult(title="x"),))
    >>> strength_of(told, [Finding(rule="O5", severity="hint", place="objective:1", key="o5.short")]).score
    96
    """
    weights = weights or Weights()
    share = 1 / max(1, len(objective.key_results))
    fixes, seen = [], set()
    for finding in counting(findings):
        if (finding.rule, finding.place) not in seen:
            seen.add((finding.rule, finding.place))
            cost: float = getattr(weights, finding.severity)
            fixes.append(Fix(finding=finding, gain=round(cost * (share if "/kr:" in finding.place else 1.0), 1)))
    fixes.sort(key=lambda fix: -fix.gain)
    score = FULL - sum(fix.gain for fix in fixes)
    return Strength(score=max(0, round(score)), fixes=tuple(fixes))
