"""Goals as a tree: under each the goals that help it, every goal once, and those that hang in the air."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from otklik.web.goals.models import Objective
from otklik.web.goals.rights import COMPANY, PERSONAL
from otklik.web.goals.standing import ObjectiveStands


@dataclass
class Branch:
    """A goal with those that help it; `also` are goals it helps besides the one it stands under."""

    stands: ObjectiveStands
    helpers: list["Branch"] = field(default_factory=list)
    also: list[ObjectiveStands] = field(default_factory=list)
    beyond: Sequence[Objective] = ()
    """Goals of other cycles that it helps."""
    below: Sequence[Objective] = ()
    """Goals of other cycles that help it."""


@dataclass(frozen=True)
class Tree:
    """Branches from the top, personal goals apart, and goals that help nothing although there is something to help."""

    branches: list[Branch]
    orphans: list[Branch]
    personal: list[Branch]


def grow(
    goals: Sequence[ObjectiveStands],
    links: Iterable[tuple[int, int]],
    beyond: Mapping[int, Sequence[Objective]] | None = None,
    below: Mapping[int, Sequence[Objective]] | None = None,
) -> Tree:
    """Put every goal under the first of those it helps; a circle is cut where it closes.

    `beyond` and `below` are goals of other cycles that a goal helps, and that help it.
    """
    out, into = beyond or {}, below or {}
    branches = {
        one.row.pk: Branch(one, beyond=out.get(one.row.pk, ()), below=into.get(one.row.pk, ())) for one in goals
    }
    helped: dict[int, list[int]] = {}
    for helper, other in links:
        if helper in branches and other in branches:
            helped.setdefault(helper, []).append(other)
    tops: list[Branch] = []
    parents: dict[int, int] = {}
    for one in goals:
        pk = one.row.pk
        under = next((other for other in helped.get(pk, []) if not _leads_to(other, pk, parents)), None)
        branches[pk].also = [branches[other].stands for other in helped.get(pk, []) if other != under]
        if under is None:
            tops.append(branches[pk])
        else:
            parents[pk] = under
            branches[under].helpers.append(branches[pk])
    return _sorted(tops)


def cut(whole: Tree, wanted: Collection[int]) -> Tree:
    """Only the goals that are wanted, each under the nearest above it; what hangs in the air is judged by the whole."""
    kept = [one for one in whole.orphans if one.stands.row.pk in wanted]
    freed = [below for one in whole.orphans if one.stands.row.pk not in wanted for below in one.helpers]
    return Tree(_kept([*whole.branches, *freed], wanted), _kept(kept, wanted), _kept(whole.personal, wanted))


def _kept(branches: Iterable[Branch], wanted: Collection[int]) -> list[Branch]:
    found: list[Branch] = []
    for one in branches:
        below = _kept(one.helpers, wanted)
        found += [replace(one, helpers=below)] if one.stands.row.pk in wanted else below
    return found


def _leads_to(start: int, end: int, parents: dict[int, int]) -> bool:
    at: int | None = start
    while at is not None:
        if at == end:
            return True
        at = parents.get(at)
    return False


def _sorted(tops: list[Branch]) -> Tree:
    personal = [one for one in tops if one.stands.row.level == PERSONAL]
    shared = [one for one in tops if one.stands.row.level != PERSONAL]
    has_company = any(one.stands.row.level == COMPANY for one in shared)
    orphans = [one for one in shared if has_company and one.stands.row.level != COMPANY and not one.beyond]
    return Tree([one for one in shared if one not in orphans], orphans, personal)
