"""The life of one simulated request: asked, greeted, answered, handed on, waited for, resolved, sometimes reopened."""

import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from otklik.clock import BusinessClock
from otklik.scenarios.habits import CATEGORIES, ChannelHabit, TeamHabit

Row = tuple[str, ...]
"""One event in the order of scenarios.company.COLUMNS, everything as text."""


@dataclass(frozen=True)
class Desk:
    """Who serves: the clocks and habits of the teams, and how busy a day is."""

    chance: random.Random
    clocks: dict[str, BusinessClock]
    teams: dict[str, TeamHabit]
    load: Callable[[date], float]
    gain: Callable[[ChannelHabit, date], float]

    def after(self, team: str, at: datetime, seconds: float) -> datetime:
        """The instant after that much open time of a team."""
        return self.clocks[team].add(at, seconds)

    def slow(self, median: float, spread: float) -> float:
        """A heavy-tailed length with that median."""
        return median * math.exp(self.chance.gauss(0, spread))


@dataclass
class _Story:
    """One request while it lives; `tell` writes its next event and moves its clock."""

    desk: Desk
    request: str
    at: datetime
    channel: ChannelHabit
    team: str = "First line"
    person: str = ""
    rows: list[Row] = field(default_factory=list)

    def tell(
        self,
        kind: str,
        by: str,
        *,
        status: str = "",
        public: bool = True,
        actor: str = "",
        first: Mapping[str, str] | None = None,
    ) -> None:
        traits = tuple(
            (first or {}).get(name, "") for name in ("category", "priority", "segment", "customer", "subject")
        )
        at = instant_text(self.at)
        who = actor or (self.person if by == "agent" else "")
        base = (self.request, at, kind, by, who, self.team, self.person, "true" if public else "false")
        self.rows.append((*base, self.channel.name, status, *traits))

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=max(1.0, seconds))

    def work(self, seconds: float) -> None:
        """Let the team work that long in its open hours, slower on a bad day."""
        self.at = self.desk.after(self.team, self.at, max(1.0, seconds * self.desk.load(self.at.date())))

    def take(self, team: str) -> None:
        self.team = team
        self.person = f"{team} {self.desk.chance.randint(1, self.desk.teams[team].people)}"
        self.tell("assigned", "agent", public=False)

    def chances(self, share: float) -> bool:
        return self.desk.chance.random() < share


def instant_text(at: datetime) -> str:
    """Write an instant as '2026-03-31T18:00:00Z'."""
    return at.astimezone(UTC).isoformat()[:19] + "Z"


def live_request(
    desk: Desk, request: str, at: datetime, channel: ChannelHabit, traits: tuple[str, str, str], horizon: datetime
) -> list[Row]:
    """Every event of one request, in order of time; some may lie beyond the horizon."""
    story = _Story(desk, request, at, channel)
    _ask(story, traits)
    if story.chances(0.01):
        story.wait(desk.slow(3600, 1))
        story.tell("deleted", "agent", public=False)
    elif _answer(story, traits[1]):
        _solve(story, traits[0])
        _after_resolution(story)
    return story.rows


def _ask(story: _Story, traits: tuple[str, str, str]) -> None:
    category, priority, segment = traits
    chance = story.desk.chance
    first = {
        "category": category, "priority": priority, "segment": segment,
        "customer": f"customer {int(chance.paretovariate(0.6)) % 30_000}", "subject": f"{category} {story.request}",
    }  # fmt: skip
    outbound = story.chances(0.02)
    story.tell("created", "agent" if outbound else "customer", status="new", first=first)
    if story.channel.greeting:
        story.wait(chance.randint(2, 15))
        story.tell("message", story.channel.greeting)
    if story.channel.name != "phone" and story.chances(0.12):
        story.wait(story.desk.slow(1800, 1))
        story.tell("message", "customer")


def _answer(story: _Story, priority: str) -> bool:
    """Bring the first reply, unless the customer gives up before; return whether it came."""
    desk, channel = story.desk, story.channel
    asked = story.at
    median = channel.reply_s * {"urgent": 0.4, "high": 0.75}.get(priority, 1.0) * desk.gain(channel, asked.date())
    story.work(desk.slow(median, channel.spread))
    patience = asked + timedelta(seconds=desk.slow(channel.reply_s * 6, 1.2))
    if patience < story.at and story.chances(min(1.0, channel.gives_up * 6)):
        story.at = patience
        story.tell("cancelled", "customer")
        return False
    story.take("First line")
    story.wait(30)
    story.tell("message", "agent", status="open")
    return True


def _solve(story: _Story, category: str) -> None:
    """Work, hand on where it belongs elsewhere, ask back, resolve."""
    _, owner, handed_on = CATEGORIES[category]
    if story.chances(handed_on):
        for team in (owner, "First line", owner) if story.chances(0.12) else (owner,):
            story.work(story.desk.slow(900, 0.8))
            story.take(team)
        story.work(story.desk.slow(story.desk.teams[owner].work_s, 1.1))
        story.tell("message", "agent")
    if story.chances(0.30):
        _ask_back(story)
    story.work(story.desk.slow(story.desk.teams[story.team].work_s * 0.5, 1.0))
    if story.rows[-1][9] != "closed":
        story.tell("message", "agent")
        story.wait(20)
        story.tell("status", "agent", status="resolved")


def _ask_back(story: _Story) -> None:
    story.wait(600)
    story.tell("message", "agent", status="waiting_customer")
    if story.chances(0.12):
        story.wait(7 * 86_400)
        story.tell("status", "rule", status="closed", public=False)
        return
    story.wait(story.desk.slow(8 * 3600, 1.2))
    # some desks forget to take the request back: it stays "waiting for the customer" though the customer wrote
    story.tell("message", "customer", status="" if story.chances(0.10) else "open")


def _after_resolution(story: _Story) -> None:
    if story.rows[-1][9] == "closed":
        return
    if story.chances(0.09):
        story.wait(story.desk.slow(1200, 1))
        story.tell("message", "customer")
    if story.chances(0.07):
        story.wait(story.desk.slow(20 * 3600, 0.9))
        story.tell("message", "customer", status="open")
        story.work(story.desk.slow(5400, 1.1))
        story.tell("message", "agent")
        story.wait(15)
        story.tell("status", "agent", status="resolved")
    story.wait(3 * 86_400)
    story.tell("status", "rule", status="closed", public=False)
