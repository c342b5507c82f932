"""Which goals of a cycle are shown: those of a team, of a level, of a person; it all stands in the address."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest

from otklik.base.text import N_
from otklik.schemas.goals import LEVELS
from otklik.web.goals.models import Objective
from otklik.web.words import say

TITLES: Final = {"team": N_("Team"), "level": N_("Whose goal"), "owner": N_("Who answers for it")}
"""What one may narrow by, as it is named in the address, and how it is called on screen."""


@dataclass(frozen=True)
class Field:
    """One thing to narrow by: (value, name) of every choice, and what is chosen."""

    name: str
    title: str
    choices: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Narrowing:
    """What an address asks for; nothing asked = every goal."""

    wanted: dict[str, str]

    @classmethod
    def of(cls, request: HttpRequest) -> "Narrowing":
        """Read the address; other names in it say nothing here."""
        asked = {name: request.GET.get(name, "").strip() for name in TITLES}
        return cls({name: value for name, value in asked.items() if value})

    @property
    def query(self) -> str:
        """How it stands in an address, to be put behind others; empty where nothing is asked."""
        return f"?{urlencode(self.wanted)}" if self.wanted else ""

    def fits(self, goal: Objective) -> bool:
        """Say whether a goal is among them; what nobody has fits none."""
        return all(_value(goal, name) == value for name, value in self.wanted.items())

    def fields(self, goals: Iterable[Objective]) -> list[Field]:
        """What there is to choose among goals the person sees; what makes no difference is offered only once chosen."""
        seen = list(goals)
        made = [_field(name, self.wanted.get(name, ""), seen) for name in TITLES]
        return [one for one in made if one.chosen or len(one.choices) > 1]


def _value(goal: Objective, name: str) -> str:
    if name == "owner":
        return str(goal.owner_id or "")
    return str(getattr(goal, name))


def _field(name: str, chosen: str, goals: list[Objective]) -> Field:
    named = {_value(goal, name): _name(goal, name) for goal in goals}
    named.pop("", None)
    order = list(LEVELS)
    choices = sorted(named.items(), key=lambda one: order.index(one[0]) if name == "level" else one[1].casefold())
    return Field(name, say(TITLES[name]), choices, chosen)


def _name(goal: Objective, name: str) -> str:
    return say(LEVELS[goal.level]) if name == "level" else str(getattr(goal, name) or "")
