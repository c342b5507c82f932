"""The labelled corpus and how well the coach agrees with it."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from otklik.goals.coach.linting import lint_objective
from otklik.schemas.goals import KeyResult, Objective

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "goals" / "coach" / "corpus.toml"
WHY = "people leave while they wait for us"


@dataclass(frozen=True)
class Line:
    """One line with the rules a reader named and those that the coach found."""

    text: str
    labelled: frozenset[str]
    found: frozenset[str]


def lines(batch: str) -> Iterator[Line]:
    """Every line of a batch, with what the coach finds in it now."""
    told = tomllib.loads(CORPUS.read_text("utf-8"))[batch]
    for one in told["objectives"]:
        found = lint_objective(Objective(title=one["text"], why=WHY), kinds=("objective",))
        yield Line(one["text"], frozenset(one["rules"]), frozenset(finding.rule for finding in found))
    for one in told["key_results"]:
        objective = Objective(title="", key_results=(KeyResult(title=one["text"]),))
        found = lint_objective(objective, kinds=("key_result",))
        yield Line(one["text"], frozenset(one["rules"]), frozenset(finding.rule for finding in found))


@dataclass(frozen=True)
class Agreement:
    """How often a finding was right (precision), and how often what was wrong was found (recall)."""

    right: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        """How many of the findings a reader agrees with."""
        return self.right / max(1, self.right + self.extra)

    @property
    def recall(self) -> float:
        """How much of what a reader found was found."""
        return self.right / max(1, self.right + self.missed)


def agreement(batch: str) -> dict[str, Agreement]:
    """Agreement by rule, and of all rules together under ""."""
    right: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for line in lines(batch):
        right.update(line.labelled & line.found)
        extra.update(line.found - line.labelled)
        missed.update(line.labelled - line.found)
    rules = sorted({*right, *extra, *missed}, key=lambda rule: ("OK".index(rule[0]), rule))
    told = {rule: Agreement(right[rule], extra[rule], missed[rule]) for rule in rules}
    return told | {"": Agreement(right.total(), extra.total(), missed.total())}


def at_first_sight() -> dict[str, tuple[float, float]]:
    """Precision and recall of each batch when the coach saw it for the first time, written down then."""
    return {
        batch: (told[0], told[1]) for batch, told in tomllib.loads(CORPUS.read_text("utf-8"))["at_first_sight"].items()
    }
