"""The trail of one request: what a desk keeps about it in several places, put in order before it becomes events."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Final

from otklik.base.units import from_us
from otklik.intake.building import LogBuilder
from otklik.intake.source import UNTOLD


class _Unsaid(Enum):
    UNSAID = 0


UNSAID: Final = _Unsaid.UNSAID
"""The happening says nothing about who holds the request; whoever held it goes on doing so."""
Holder = str | None | _Unsaid


@dataclass(slots=True)
class Happening:
    """One thing that happened; `record` is the record of the source that tells of it."""

    at_us: int
    kind: str
    by: str
    record: int
    actor: str | None = None
    public: bool = False
    channel: str | None = None
    status: str | None = None
    activity: str | None = None
    key: str | None = None
    team: Holder = UNSAID
    assignee: Holder = UNSAID


@dataclass(slots=True)
class Trail:
    """Happenings of one request in any order; `team` and `assignee` held it before the first of them."""

    request: str
    team: str | None = None
    assignee: str | None = None
    happenings: list[Happening] = field(default_factory=list)

    def add(self, happening: Happening) -> None:
        """Note one more happening; among those of one instant the order of calls stays."""
        self.happenings.append(happening)

    def in_order(self) -> Iterable[Happening]:
        """The happenings by time, each with the holders after it."""
        team, assignee = self.team, self.assignee
        for one in sorted(self.happenings, key=_when):
            team = team if one.team is UNSAID else one.team
            assignee = assignee if one.assignee is UNSAID else one.assignee
            one.team, one.assignee = team, assignee
            yield one

    def write(self, out: LogBuilder) -> None:
        """Give the events to the builder."""
        for one in self.in_order():
            out.event(
                self.request, one.at_us, one.kind, one.by,
                actor=one.actor, public=one.public, channel=one.channel, status=one.status, activity=one.activity,
                key=one.key, record=one.record,
                team=None if one.team is UNSAID else one.team,
                assignee=None if one.assignee is UNSAID else one.assignee,
            )  # fmt: skip


def complete_until(latest_us: int) -> datetime:
    """The horizon of an export whose youngest trace of work is this old; UNTOLD where that lies in the future."""
    latest = from_us(latest_us)
    return latest if latest <= datetime.now(UTC) else UNTOLD


def _when(happening: Happening) -> int:
    return happening.at_us
