"""Look at a file of goals as the coach does: every finding, and how strong each objective is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from otklik.actions.read_goals import read_goals
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.coach import LogSays, Strength
from otklik.schemas.goals import Cycle, Finding

if TYPE_CHECKING:
    from otklik.actions.gradings import Grading


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
    by_data: bool = False
    """Whether a log was there for the rules on data to judge by."""

    @property
    def has_errors(self) -> bool:
        """Tell whether anything that nobody waived keeps the cycle from beginning."""
        return any(one.severity == "error" and one.waived is None for one in self.findings)


def lint_goals(path: Path, *, off: Collection[str] = (), today: date | None = None) -> Linted:
    """Read a file and find what weakens its goals; rules in `off` are silent. Raises what `read_goals` does."""
    cycle = read_goals(path, today=today)
    return lint_read_goals(cycle, off=off)


def lint_graded_goals(grading: "Grading", *, off: Collection[str] = ()) -> Linted:
    """Measure the goals first, and find what weakens them by their words and by the log behind their numbers."""
    from otklik.actions.grade_cycle import grade_cycle
    from otklik.actions.tell_coach import tell_coach

    return lint_read_goals(grading.cycle, off=off, log=tell_coach(grading, grade_cycle(grading)))


def lint_read_goals(
    cycle: Cycle, *, off: Collection[str] = (), log: Mapping[str, LogSays] | None = None
) -> Linted:  # fmt: skip
    """Find what weakens the goals of a cycle; the limits are those of its profile.

    `log` is what the records say of key results, by their ids; without it the rules on data are silent.
    """
    from otklik.goals.coach.catalogue import BY_ID
    from otklik.goals.coach.linting import lint_cycle, objective_place
    from otklik.goals.coach.rule import Around
    from otklik.goals.coach.strength import strength_of
    from otklik.goals.coach.thresholds import settings_of

    if unknown := sorted(set(off) - BY_ID.keys()):
        raise NoSuchRule(rule=unknown[0], known=", ".join(BY_ID))
    findings = lint_cycle(cycle, settings_of(cycle, off), Around(log=log or {}))
    strengths = []
    for number, objective in enumerate(cycle.objectives, start=1):
        place = objective_place(number)
        own = [one for one in findings if one.place == place or one.place.startswith(f"{place}/")]
        strengths.append(strength_of(objective, own))
    return Linted(cycle, tuple(findings), tuple(strengths), by_data=log is not None)
