"""At the end of a cycle: how honest people's confidence and the data's chances were. By team, never by person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from otklik.actions.compare_honesty import compare_honesty
from otklik.base.text import N_
from otklik.schemas.track_records import Ended, Honesty
from otklik.web.goals.models import CLOSED, CLOSING, CheckIn, Cycle, KeyResult
from otklik.web.goals.track_record import ended_in
from otklik.web.words import say, speech

FEWEST_PEOPLE: Final = 3
"""Of fewer who spoke nothing is told: one could tell whose confidence it was."""
ALIKE: Final = 0.03
LEANS: Final = 0.1
_NOT_YET: Final = N_("It cannot be told yet: too few key results are over, or too few people said how sure they were.")


@dataclass(frozen=True)
class Told:
    """A cycle or a team of it; `found` is None where it cannot be told."""

    team: str
    found: Honesty | None

    @property
    def sentence(self) -> str:
        """What it says, in one plain sentence."""
        return _sentence(self.found)

    @property
    def people(self) -> str:
        """How wrong people were."""
        return _score(self.found.people) if self.found else ""

    @property
    def data(self) -> str:
        """How wrong the data were."""
        return _score(self.found.data) if self.found else ""


def of_cycle(cycle: Cycle) -> list[Told]:
    """The cycle as a whole, then its teams by name; empty before the grading."""
    if cycle.stage not in (CLOSING, CLOSED):
        return []
    ended = ended_in(cycle)
    spoke = _who_spoke(ended)
    teams: dict[str, list[int]] = {}
    for pk, team in KeyResult.objects.filter(pk__in=ended).values_list("pk", "objective__team"):
        teams.setdefault(team, []).append(pk)
    whole = _told("", [*ended], ended, spoke)
    by_team = [_told(name, teams[name], ended, spoke) for name in sorted(teams) if name]
    if whole.found is None or _gives_away(teams, by_team, spoke):
        by_team = [Told(one.team, None) for one in by_team]
    return [whole, *by_team]


def _told(team: str, key_results: Collection[int], ended: dict[int, Ended], spoke: dict[int, set[int]]) -> Told:
    if len(_people(key_results, spoke)) < FEWEST_PEOPLE:
        return Told(team, None)
    return Told(team, compare_honesty([ended[pk] for pk in key_results]))


def _gives_away(teams: dict[str, list[int]], told: Iterable[Told], spoke: dict[int, set[int]]) -> bool:
    """Whether what is left of the whole, once the teams that are told are taken off it, speaks of a few people."""
    shown = {one.team for one in told if one.found}
    rest = _people([pk for team, rows in teams.items() if team not in shown for pk in rows], spoke)
    return bool(shown) and 0 < len(rest) < FEWEST_PEOPLE


def _people(key_results: Iterable[int], spoke: dict[int, set[int]]) -> set[int]:
    return set().union(*(spoke.get(pk, set()) for pk in key_results))


def _who_spoke(ended: Collection[int]) -> dict[int, set[int]]:
    said = CheckIn.objects.filter(key_result__in=list(ended)).exclude(confidence=None).exclude(by=None)
    found: dict[int, set[int]] = {}
    for key_result, person in said.order_by().values_list("key_result_id", "by_id").distinct():
        found.setdefault(key_result, set()).add(person)
    return found


def _sentence(found: Honesty | None) -> str:
    if found is None:
        return say(_NOT_YET)
    if found.difference < -ALIKE:
        text = N_("People foretold the end better than the data did: what did they know that the numbers do not show?")
    elif found.difference > ALIKE and found.optimism > LEANS:
        text = N_("People were surer than things turned out, and the data saw it sooner: what kept the doubts unsaid?")
    elif found.difference > ALIKE and found.optimism < -LEANS:
        text = N_("People were less sure than they could have been; the data saw the success sooner: what was feared?")
    elif found.difference > ALIKE:
        text = N_("The data foretold the end better than people did: which numbers are worth a look every week?")
    else:
        text = N_("People and data foretold the end about equally well.")
    return say(text)


def _score(value: float) -> Any:
    return speech().format.number(value, 2)
