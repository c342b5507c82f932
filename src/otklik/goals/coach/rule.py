"""What a rule of the coach is: how it is called, what it looks at, and what it says."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from otklik.goals.coach.reading import Span
from otklik.goals.coach.thresholds import Thresholds
from otklik.schemas.coach import LogSays, RuleKind
from otklik.schemas.goals import Cycle, KeyResult, Objective

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True)
class Around:
    """What is known beside an objective: its cycle, titles of objectives elsewhere, who has left, what the log says.

    `parents`: titles by id of objectives outside the cycle. `log`: by place ("objective:1/kr:2") or key result id.
    """

    cycle: Cycle | None = None
    parents: Mapping[str, str] = field(default_factory=dict)
    inactive: frozenset[str] = frozenset()
    log: Mapping[str, LogSays] = field(default_factory=dict)


@dataclass(frozen=True)
class Remark:
    """What a rule has to say: the key of its words, facts for them, where; `at` is added to the place of the thing."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    span: Span | None = None
    at: str = ""
    severity: Severity | None = None


@dataclass(frozen=True)
class AboutObjective:
    """An objective to look at."""

    objective: Objective
    around: Around
    limits: Thresholds


@dataclass(frozen=True)
class AboutKeyResult:
    """A key result to look at, with the objective it belongs to and what the log says of it."""

    key_result: KeyResult
    objective: Objective
    around: Around
    limits: Thresholds
    log: LogSays | None = None


@dataclass(frozen=True)
class AboutCycle:
    """A whole cycle to look at."""

    cycle: Cycle
    around: Around
    limits: Thresholds


@dataclass(frozen=True)
class Rule:
    """One rule: its id, what kind of thing it judges, how grave it is, its limits, and its checks."""

    id: str
    kind: RuleKind
    severity: Severity
    limits: tuple[str, ...] = ()
    of_objective: Callable[[AboutObjective], Iterator[Remark]] | None = None
    of_key_result: Callable[[AboutKeyResult], Iterator[Remark]] | None = None
    of_cycle: Callable[[AboutCycle], Iterator[Remark]] | None = None
