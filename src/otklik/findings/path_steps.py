"""What a request went through, as named steps: the source's own, or what happened between customer and company."""

from dataclasses import dataclass

import numpy as np

from otklik.findings.evidence import Evidence
from otklik.findings.trail import Trail
from otklik.schemas.events import NONE, By, Can, Kind, Status
from otklik.stats.estimate import Flags, Ints

NAMES = (
    "created",
    "customer_message",
    "reply",
    "bot_reply",
    "auto_reply",
    "assigned",
    "team_handoff",
    "waiting_customer",
    "waiting_third_party",
    "resolved",
    "reopened",
    "cancelled",
    "merged",
    "deleted",
)
_PLACE = {name: i for i, name in enumerate(NAMES)}


@dataclass(frozen=True)
class PathSteps:
    """The steps of all requests, sorted by request and order; equal lengths."""

    row: Ints
    at_us: Ints
    step: Ints
    names: list[str]

    @property
    def moves_on(self) -> Flags:
        """Whether the next entry is the next step of the same request (n - 1,)."""
        return np.asarray(self.row[1:] == self.row[:-1])


def path_steps(evidence: Evidence) -> PathSteps:
    """The steps each request went through.

    Input     Evidence
    Output    PathSteps: activities for process logs, with 'resolved' where an end has no step of its own; otherwise
              the codes of NAMES, the same step twice in a row once
    Unit      microseconds, UTC
    Open end  the steps so far
    Errors    none
    Source    events that move a request for its customer: messages, first and other hands, pauses, done, reopened;
              notes, ratings and other changes of state are no steps. A message that also resolves gives two steps.
              States are steps only where the log can tell them
    """
    trail = evidence.trail
    if evidence.is_process and (trail.activity.code != NONE).any():
        return _own_steps(trail)
    first, second = _said(trail), _state(trail, evidence.can)
    step = np.column_stack((first, second)).ravel()
    row, at_us = np.repeat(trail.row, 2), np.repeat(trail.at_us, 2)
    known = np.flatnonzero(step != NONE)
    row, at_us, step = row[known], at_us[known], step[known]
    new = np.ones(known.size, dtype=np.bool_)
    new[1:] = (row[1:] != row[:-1]) | (step[1:] != step[:-1])
    return PathSteps(row[new], at_us[new], step[new], list(NAMES))


def _own_steps(trail: Trail) -> PathSteps:
    code, names = trail.activity.code, trail.activity.names
    unnamed_end = (code == NONE) & trail.resolves
    if unnamed_end.any():
        code, names = np.where(unnamed_end, len(names), code), [*names, "resolved"]
    known = np.flatnonzero(code != NONE)
    return PathSteps(trail.row[known], trail.at_us[known], code[known], names)


def _said(trail: Trail) -> Ints:
    """What an event is by its kind."""
    assigned = trail.kind == Kind.assigned
    team, person = trail.team.code, trail.assignee.code
    team_before = trail.before(team, NONE)
    to_other_team = (team != team_before) & (team_before != NONE) & (team != NONE)
    to_person = assigned & (person != NONE) & (person != trail.before(person, NONE))
    cases = [
        (trail.by_customer, "customer_message"),
        (trail.by_human, "reply"),
        (trail.by_machine & (trail.by == By.bot), "bot_reply"),
        (trail.by_machine, "auto_reply"),
        (trail.kind == Kind.created, "created"),
        (trail.kind == Kind.cancelled, "cancelled"),
        (trail.kind == Kind.merged, "merged"),
        (trail.kind == Kind.deleted, "deleted"),
        (to_other_team, "team_handoff"),
        (to_person, "assigned"),
    ]
    return np.select([when for when, _ in cases], [_PLACE[name] for _, name in cases], NONE)


def _state(trail: Trail, can: Can) -> Ints:
    """What an event does to the state, as far as the log can tell."""
    if not can & (Can.status | Can.resolution):
        return np.full(trail.n, NONE)
    changed = trail.status != trail.before(trail.status, NONE)
    cases = [
        (trail.resolves, "resolved"),
        (trail.reopens, "reopened"),
        (changed & (trail.status == Status.waiting_customer), "waiting_customer"),
        (changed & (trail.status == Status.waiting_third_party), "waiting_third_party"),
    ]
    return np.select([when for when, _ in cases], [_PLACE[name] for _, name in cases], NONE)
