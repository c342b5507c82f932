"""Look at a file of goals as the coach does: every finding, and how strong each objective is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from otklik.actions.read_goals import read_goals
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.coach import Strength
from otklik.schemas.goals import Cycle, Finding


class NoSuchRule(UserError):
    """A rule nobody knows: facts `rule`, `known`."""

    code = "no-such-rule"
    message = N_("There is no rule %(rule)s.")
    hint = N_("Known are: %(known)s.")


@dataclass(frozen=True)
class Linted:
    """A cycle, what was found in it, and the strength of each of its objectives in order."""

    cycle: Cycle
    findings: tuple[Finding, ...]
    strengths: tuple[Strength, ...]

    @property
    def has_errors(self) -> bool:
        """Tell whether anything that nobody waived keeps the cycle from beginning."""
        return any(one.severity == "error" and one.waived is None for one in self.findings)


def lint_goals(path: Path, *, off: Collection[str] = (), today: date | None = None) -> Linted:
    """Read a file and find what weakens its goals; rules in `off` are silent. Raises what `read_goals` does."""
    cycle = read_goals(path, today=today)
    return lint_read_goals(cycle, off=off)


def lint_read_goals(cycle: Cycle, *, off: Collection[str] = ()) -> Linted:
    """Find what weakens the goals of a cycle; the limits are those of its profile."""
    from otklik.goals.coach.catalogue import BY_ID
    from otklik.goals.coach.linting import lint_cycle, objective_place
    from otklik.goals.coach.strength import strength_of
    from otklik.goals.coach.thresholds import settings_of

    if unknown := sorted(set(off) - BY_ID.keys()):
        raise NoSuchRule(rule=unknown[0], known=", ".join(BY_ID))
    findings = lint_cycle(cycle, settings_of(cycle, off))
    strengths = []
    for number, objective in enumerate(cycle.objectives, start=1):
        place = objective_place(number)
        own = [one for one in findings if one.place == place or one.place.startswith(f"{place}/")]
        strengths.append(strength_of(objective, own))
    return Linted(cycle, tuple(findings), tuple(strengths))
