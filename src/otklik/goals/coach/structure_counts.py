"""Rules on numbers and people: how many (S1), who answers (S2), committed or aspirational (S3)."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from otklik.goals.coach.rule import AboutCycle, AboutKeyResult, AboutObjective, Remark, Rule
from otklik.schemas.goals import Objective

_SEVERAL: Final = re.compile(r"\s*(?:[,;/&+]|(?<![^\W_])(?:и|and)(?![^\W_]))\s*", re.IGNORECASE)


def too_many_objectives(about: AboutCycle) -> Iterator[Remark]:
    """S1 of a cycle: the objectives of each unit (company, team, person)."""
    limits = about.limits
    for (level, unit), n in Counter(_unit(one) for one in about.cycle.objectives).items():
        most = limits.personal_objectives_max if level == "personal" else limits.objectives_max
        facts = {"n": n, "unit": unit or level, "limit": min(most, limits.objectives_warn)}
        if n > most:
            yield Remark("s1.many-objectives", facts | {"limit": most}, severity="error")
        elif n > limits.objectives_warn:
            yield Remark("s1.many-objectives", facts)


def too_many_key_results(about: AboutObjective) -> Iterator[Remark]:
    """S1 of an objective: its key results."""
    n, limits = len(about.objective.key_results), about.limits
    if n == 0:
        yield Remark("s1.no-key-results", severity="error")
    elif n > limits.key_results_max:
        yield Remark("s1.many-key-results", {"n": n, "limit": limits.key_results_max}, severity="error")
    elif n < limits.key_results_min:
        yield Remark("s1.few-key-results", {"n": n, "limit": limits.key_results_min})


def nobody_answers(about: AboutKeyResult) -> Iterator[Remark]:
    """S2: not one name, a team, or somebody who is gone."""
    names = [part for owner in about.key_result.owners for part in _SEVERAL.split(owner.strip()) if part]
    if not names:
        yield Remark("s2.nobody")
    elif len(names) > 1:
        yield Remark("s2.many", {"owners": ", ".join(names)})
    elif _plain(names[0]) in {_plain(name) for name in about.around.inactive}:
        yield Remark("s2.gone", {"owner": names[0]})
    elif _plain(names[0]) in _teams(about):
        yield Remark("s2.team", {"owner": names[0]})


def is_unmarked(about: AboutKeyResult) -> Iterator[Remark]:
    """S3: what its grade of 0.7 would mean; a key result without a mark has that of its objective."""
    if about.key_result.commitment is None and about.objective.commitment is None:
        yield Remark("s3.unmarked")


def _unit(objective: Objective) -> tuple[str, str]:
    names = {"company": "", "team": objective.team.strip(), "personal": objective.owner.strip()}
    return objective.level, names[objective.level]


def _teams(about: AboutKeyResult) -> set[str]:
    objectives = about.around.cycle.objectives if about.around.cycle else (about.objective,)
    return {_plain(one.team) for one in (*objectives, about.objective) if one.team.strip()}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


RULES = (
    Rule(
        "S1", "structure", "warning",
        ("objectives_warn", "objectives_max", "personal_objectives_max", "key_results_min", "key_results_max"),
        of_cycle=too_many_objectives, of_objective=too_many_key_results,
    ),
    Rule("S2", "structure", "error", of_key_result=nobody_answers),
    Rule("S3", "structure", "error", of_key_result=is_unmarked),
)  # fmt: skip
