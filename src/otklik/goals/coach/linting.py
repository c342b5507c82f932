"""The coach at work: every rule that is on, over an objective or a cycle; waivers are kept beside what they waive."""

from collections.abc import Callable, Collection, Iterator
from typing import Final

from otklik.goals.coach.catalogue import RULES
from otklik.goals.coach.rule import AboutCycle, AboutKeyResult, AboutObjective, Around, Remark, Rule
from otklik.goals.coach.thresholds import Settings, settings_of
from otklik.schemas.coach import RuleKind
from otklik.schemas.coach_words import SOURCES
from otklik.schemas.goals import Cycle, Finding, Objective, Waiver

TEXT: Final[frozenset[RuleKind]] = frozenset(("objective", "key_result"))
"""What is looked at as somebody types."""
SAVED: Final[frozenset[RuleKind]] = TEXT | {"structure"}
"""What is looked at when an objective is kept."""
EVERYTHING: Final[frozenset[RuleKind]] = SAVED | {"data"}

_SEVERITY_ORDER: Final = {"error": 0, "warning": 1, "hint": 2}
CYCLE_PLACE: Final = "cycle"


def objective_place(number: int) -> str:
    """Where an objective stands; numbers count from 1."""
    return f"objective:{number}"


def key_result_place(objective: str, number: int) -> str:
    """Where a key result of an objective stands; numbers count from 1."""
    return f"{objective}/kr:{number}"


def lint_objective(
    objective: Objective,
    settings: Settings | None = None,
    around: Around | None = None,
    *,
    kinds: Collection[RuleKind] = EVERYTHING,
    place: str = "objective:1",
) -> list[Finding]:
    """Find what weakens one objective; a waived finding is still told, with its waiver in it.

    >>> from otklik.schemas.goals import Objective
    >>> told = Objective(title="Launch a chat-bot for customers", why="they wait an hour at night")
    >>> [(finding.rule, finding.span) for finding in lint_objective(told, kinds=TEXT)]
    [('O1', (0, 6))]
    """
    around = around or Around()
    settings = settings or (settings_of(around.cycle) if around.cycle else Settings())
    rules = _wanted(settings, kinds)
    about = AboutObjective(objective, around, settings.thresholds)
    found = [
        _finding(rule, remark, place, objective.waivers, place)
        for rule in rules
        if rule.of_objective
        for remark in rule.of_objective(about)
    ]
    for number, key_result in enumerate(objective.key_results, start=1):
        here = key_result_place(place, number)
        log = around.log.get(here) or (around.log.get(key_result.id) if key_result.id else None)
        looked_at = AboutKeyResult(key_result, objective, around, settings.thresholds, log)
        found += [
            _finding(rule, remark, here, objective.waivers, place, key_result.id)
            for rule in rules
            if rule.of_key_result
            for remark in rule.of_key_result(looked_at)
        ]
    return found


def lint_cycle(
    cycle: Cycle,
    settings: Settings | None = None,
    around: Around | None = None,
    *,
    kinds: Collection[RuleKind] = EVERYTHING,
) -> list[Finding]:
    """Find what weakens a cycle as a whole, then each of its objectives in order.

    Without settings the limits, and the rules that are silent, are those of the cycle's school.
    """
    settings, around = settings or settings_of(cycle), around or Around()
    around = Around(cycle, around.parents, around.inactive, around.log)
    about = AboutCycle(cycle, around, settings.thresholds)
    found: list[Finding] = []
    for rule in _wanted(settings, kinds):
        if rule.of_cycle:
            found += [_cycle_finding(rule, remark, cycle) for remark in rule.of_cycle(about)]
    for number, objective in enumerate(cycle.objectives, start=1):
        found += lint_objective(objective, settings, around, kinds=kinds, place=objective_place(number))
    return found


def counting(findings: Collection[Finding]) -> list[Finding]:
    """Those that nobody waived, gravest first."""
    return sorted((one for one in findings if one.waived is None), key=lambda one: _SEVERITY_ORDER[one.severity])


def _wanted(settings: Settings, kinds: Collection[RuleKind]) -> list[Rule]:
    return [rule for rule in RULES if rule.id not in settings.off and rule.kind in kinds]


def _finding(rule: Rule, remark: Remark, place: str, waivers: tuple[Waiver, ...], root: str, id: str = "") -> Finding:
    full = f"{place}/{remark.at}" if remark.at else place
    inside = full.removeprefix(root).lstrip("/")
    return _told(rule, remark, full, _waiver(waivers, rule.id, _covers(full, inside, id)))


def _cycle_finding(rule: Rule, remark: Remark, cycle: Cycle) -> Finding:
    full = remark.at or CYCLE_PLACE
    waivers = cycle.waivers
    if full.startswith("objective:"):
        head = full.partition("/")[0]
        waivers += cycle.objectives[int(head.removeprefix("objective:")) - 1].waivers
        return _told(rule, remark, full, _waiver(waivers, rule.id, _covers(full, full.partition("/")[2], "")))
    return _told(rule, remark, full, _waiver(waivers, rule.id, _covers(full, full, "")))


def _told(rule: Rule, remark: Remark, place: str, waiver: Waiver | None) -> Finding:
    return Finding(
        rule=rule.id, severity=remark.severity or rule.severity, place=place, span=remark.span, key=remark.key,
        facts=dict(remark.facts), source=SOURCES[rule.id], waived=waiver,
    )  # fmt: skip


def _covers(full: str, inside: str, id: str) -> Callable[[Waiver], bool]:
    """Tell of a waiver whether it is about this place; "" is the whole objective."""

    def covers(waiver: Waiver) -> bool:
        told = waiver.place
        return not told or told == id or any(p == told or p.startswith(f"{told}/") for p in (full, inside))

    return covers


def _waiver(waivers: tuple[Waiver, ...], rule: str, covers: Callable[[Waiver], bool]) -> Waiver | None:
    """The waiver that holds; one without a reason does not."""
    return next(_holding(waivers, rule, covers), None)


def _holding(waivers: tuple[Waiver, ...], rule: str, covers: Callable[[Waiver], bool]) -> Iterator[Waiver]:
    for waiver in waivers:
        if waiver.rule == rule and waiver.reason.strip() and covers(waiver):
            yield waiver
