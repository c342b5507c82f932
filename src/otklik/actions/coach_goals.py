"""Look at goals as a coach does: what weakens a goal as it is typed, when it is kept, before a cycle begins."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from otklik.base.text import Words
from otklik.schemas.coach import LogSays, RuleKind
from otklik.schemas.coach_words import SOURCES, TITLES, WHYS
from otklik.schemas.goals import Cycle, Finding, KeyResult, Objective

TYPED: Final[frozenset[RuleKind]] = frozenset(("objective", "key_result"))
KEPT: Final[frozenset[RuleKind]] = TYPED | {"structure"}
ALL: Final[frozenset[RuleKind]] = KEPT | {"data"}
_KEY_RESULT: Final[frozenset[RuleKind]] = frozenset(("key_result",))
_ORDER: Final = ("error", "warning", "hint")


def coach_objective(
    objective: Objective, follows: Cycle | None = None, *, kinds: Collection[RuleKind] = TYPED
) -> list[Finding]:
    """Say what weakens one goal, gravest first; by default only what can be told from its words.

    `follows` is the cycle whose school sets the limits and the rules that are silent.
    """
    from otklik.goals.coach.linting import lint_objective
    from otklik.goals.coach.thresholds import settings_of

    return _ordered(lint_objective(objective, settings_of(follows) if follows else None, kinds=kinds))


def coach_key_result(key_result: KeyResult, follows: Cycle | None = None) -> list[Finding]:
    """Say what weakens one key result as it is typed, whatever goal it belongs to."""
    from otklik.goals.coach.linting import lint_objective
    from otklik.goals.coach.thresholds import settings_of

    alone = Objective(title="", key_results=(key_result,))
    found = lint_objective(alone, settings_of(follows) if follows else None, kinds=_KEY_RESULT)
    return _ordered(finding for finding in found if "/kr:" in finding.place)


def coach_cycle(
    cycle: Cycle,
    *,
    inactive: Iterable[str] = (),
    parents: Mapping[str, str] | None = None,
    log: Mapping[str, LogSays] | None = None,
    kinds: Collection[RuleKind] = ALL,
) -> list[Finding]:
    """Say what weakens a cycle and each of its goals, in order; what was waived is told with its waiver.

    `inactive` are people who have left; `parents` are titles of goals of other cycles that are helped, by id; `log` is
    what the records say of key results, by their ids.
    """
    from otklik.goals.coach.linting import lint_cycle
    from otklik.goals.coach.rule import Around

    around = Around(parents=dict(parents or {}), inactive=frozenset(inactive), log=dict(log or {}))
    return list(lint_cycle(cycle, around=around, kinds=kinds))


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Those that keep a cycle from beginning: errors that nobody waived."""
    return [finding for finding in findings if finding.severity == "error" and finding.waived is None]


def finding_told(finding: Finding, words: Words) -> dict[str, str]:
    """A finding in the reader's words: its title, what it says, why the rule is there, who taught it."""
    from otklik.report.told_findings import remark_of

    return {
        "title": words.say(TITLES[finding.rule]),
        "said": remark_of(finding.key, finding.facts, words),
        "why": words.say(WHYS[finding.rule]),
        "source": words.say(SOURCES[finding.rule]),
    }


@dataclass(frozen=True)
class RuleTold:
    """One rule with examples that fail and that pass it, in the reader's words."""

    rule: str
    kind: RuleKind
    title: str
    why: str
    source: str
    weak: tuple[str, ...]
    strong: tuple[str, ...]


def list_rules(words: Words) -> list[RuleTold]:
    """Every rule, with its examples in the reader's language."""
    from otklik.goals.coach.catalogue import RULES
    from otklik.goals.coach.shown import examples_of

    shown = {rule: [one for one in examples_of(rule.id) if one.language == words.language] for rule in RULES}
    return [
        RuleTold(
            rule.id, rule.kind, words.say(TITLES[rule.id]), words.say(WHYS[rule.id]), words.say(SOURCES[rule.id]),
            weak=tuple(one.shown for one in examples if not one.passes),
            strong=tuple(one.shown for one in examples if one.passes),
        )
        for rule, examples in shown.items()
    ]  # fmt: skip


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: _ORDER.index(finding.severity))
