"""S1-S3: how many, who answers, committed or aspirational."""

import pytest

from otklik.goals.coach.examples import PARENTS, sound_cycle, sound_key_results, sound_objective
from otklik.goals.coach.linting import lint_cycle
from otklik.goals.coach.rule import Around
from otklik.goals.coach.thresholds import Settings, Thresholds
from otklik.schemas.goals import Finding, Objective


def found(*objectives: Objective, limits: Thresholds | None = None, inactive: tuple[str, ...] = ()) -> list[Finding]:
    around = Around(parents=PARENTS, inactive=frozenset(inactive))
    findings = lint_cycle(sound_cycle(*objectives), Settings(limits or Thresholds()), around, kinds=("structure",))
    return [one for one in findings if one.rule in ("S1", "S2", "S3")]


@pytest.mark.parametrize(("n", "severities"), [(3, []), (4, ["warning"]), (5, ["warning"]), (6, ["error"])])
def test_the_objectives_of_each_unit_are_counted(n: int, severities: list[str]) -> None:
    objectives = [sound_objective("en") for _ in range(n)] + [sound_objective("en", team="Sales") for _ in range(3)]
    assert [one.severity for one in found(*objectives)] == severities


def test_the_unit_and_the_limit_are_told() -> None:
    [finding] = found(*[sound_objective("en") for _ in range(2)], limits=Thresholds(objectives_warn=1))
    assert (finding.place, finding.facts) == ("cycle", {"n": 2, "unit": "Support", "limit": 1})


@pytest.mark.parametrize(("n", "severities"), [(0, ["error"]), (1, ["warning"]), (2, []), (5, []), (6, ["error"])])
def test_key_results_are_counted(n: int, severities: list[str]) -> None:
    early, _ = sound_key_results("en")
    assert [one.severity for one in found(sound_objective("en", key_results=(early,) * n))] == severities


@pytest.mark.parametrize(
    ("owners", "keys"),
    [
        (("Anna Orlova",), []),
        ((), ["s2.nobody"]),
        (("",), ["s2.nobody"]),
        (("Anna", "Boris"), ["s2.many"]),
        (("Anna & Boris",), ["s2.many"]),
        (("Анна и Борис",), ["s2.many"]),
        (("Ирина",), []),
        (("Alexander",), []),
        (("support",), ["s2.team"]),
        (("BORIS  lind",), ["s2.gone"]),
    ],
)
def test_one_person_answers(owners: tuple[str, ...], keys: list[str]) -> None:
    early, late = sound_key_results("en")
    objective = sound_objective("en", key_results=(early.model_copy(update={"owners": owners}), early))
    assert [one.key for one in found(objective, inactive=("Boris Lind",))] == keys
    assert late.owners == ("Boris Lind",)


def test_a_mark_may_stand_at_the_objective_or_at_each_key_result() -> None:
    early, late = sound_key_results("en")
    marked = early.model_copy(update={"commitment": "committed"})
    objective = sound_objective("en", commitment=None, key_results=(marked, late))
    assert [(one.rule, one.place) for one in found(objective)] == [("S3", "objective:1/kr:2")]
