"""GitHub issues with comments and events, collected from any of its interfaces, and written as trails."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from otklik.base.units import from_us
from otklik.intake.building import LogBuilder
from otklik.intake.json_fields import instant_us, is_ours, member, objects, text
from otklik.intake.trails import UNSAID, Happening, Holder, Trail

STAFF: Final = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
RIGHTS: Final = frozenset({"labeled", "unlabeled", "assigned", "milestoned", "locked", "pinned"})
"""What only people with rights to the repository can do."""
_ADDRESS = re.compile(r"(?:api\.github\.com/repos|github\.com)/([^/]+/[^/]+)/(?:issues|pull)/(\d+)")
_CUSTOMER_LABEL = re.compile(
    r"(wait|await|pend|need)\w*[ :/_-]*(for[ _-]*|more[ _-]*|author|user|customer|reporter|respon|feedback|info|repro)"
    r"|(more|need)[ _-]*info",
    re.IGNORECASE,
)
_THIRD_LABEL = re.compile(r"block|upstream|on[ _-]?hold|external|third[ _-]?party", re.IGNORECASE)
Key = tuple[str, str]
"""Repository ('' = not said) and number."""


def either(value: Mapping[str, Any], *names: str) -> Any:
    """The first of several spellings that is there: created_at (REST) or createdAt (GraphQL, gh)."""
    return next((value[name] for name in names if value.get(name) is not None), None)


def key_in(value: object) -> Key | None:
    """Repository and number that an address names."""
    for name in ("issue_url", "html_url", "url"):
        found = _ADDRESS.search(text(member(value, name)) or "")
        if found:
            return found.group(1), found.group(2)
    return None


def label_status(name: str | None) -> str | None:
    """The state a label stands for: waiting for the author, or for others; None for an ordinary label.

    >>> label_status("needs more info"), label_status("blocked upstream"), label_status("bug")
    ('waiting_customer', 'waiting_third_party', None)
    """
    if name and _CUSTOMER_LABEL.search(name):
        return "waiting_customer"
    return "waiting_third_party" if name and _THIRD_LABEL.search(name) else None


@dataclass(frozen=True, slots=True)
class Person:
    """A login, whether it is a bot, and how it stands to the repository."""

    login: str
    is_bot: bool
    standing: str | None


def person(value: object, standing: object = None) -> Person | None:
    """The user in a field, or None (a deleted account)."""
    login = text(member(value, "login"))
    if login is None:
        return None
    is_bot = text(member(value, "type")) == "Bot" or login.endswith("[bot]") or member(value, "is_bot") is True
    return Person(login, is_bot, text(standing))


@dataclass(slots=True)
class Told:
    """A comment or an event: `what` is commented, closed, reopened, assigned, unassigned, labeled, unlabeled."""

    at_us: int
    what: str
    who: Person | None
    value: str | None
    key: str | None
    record: int


@dataclass(slots=True)
class Issue:
    """An issue as it stood at the export."""

    key: Key
    value: Mapping[str, Any]
    created_us: int
    updated_us: int
    author: Person | None
    records: list[int]
    told: list[Told] = field(default_factory=list)
    has_events: bool = False

    def has_comments(self) -> bool:
        """Whether as many comments are here as the issue says it has."""
        said = self.value.get("comments")
        if isinstance(said, list | dict):
            return True
        return isinstance(said, int) and sum(one.what == "commented" for one in self.told) >= said


@dataclass
class Issues:
    """All issues, and who of all these people works on the repository."""

    ours: tuple[str, ...]
    by_key: dict[Key, Issue] = field(default_factory=dict)
    staff: set[str] = field(default_factory=set)

    def learn(self, who: Person | None, what: str = "") -> None:
        """Remember who is one of us: by standing, or by doing what takes rights."""
        if who is not None and (who.standing in STAFF or what in RIGHTS):
            self.staff.add(who.login)

    def by(self, who: Person | None) -> str:
        """Who a person is: one of us, a bot, or a customer (whoever else writes)."""
        if who is None:
            return "system"
        if who.is_bot:
            return "bot"
        return "agent" if who.login in self.staff or is_ours(who.login, self.ours) else "customer"

    def write(self, out: LogBuilder) -> int:
        """Write every issue; return the youngest trace of work."""
        latest_us = 0
        several = len({repository for repository, _ in self.by_key}) > 1
        for issue in self.by_key.values():
            repository, number = issue.key
            trail = Trail(f"{repository}#{number}" if several or repository else f"#{number}")
            for happening in (*self._created(issue), *self._told(issue)):
                trail.add(happening)
            trail.write(out)
            latest_us = max(latest_us, issue.updated_us, *(one.at_us for one in trail.happenings))
            _describe(trail.request, issue, out)
        return latest_us

    def _created(self, issue: Issue) -> Iterator[Happening]:
        assignee = None if issue.has_events else _first_assignee(issue.value)
        for record in reversed(issue.records):
            yield Happening(
                issue.created_us, "created", self.by(issue.author), record, public=True, channel="form", status="new",
                actor=issue.author.login if issue.author else None, assignee=assignee,
            )  # fmt: skip

    def _told(self, issue: Issue) -> Iterator[Happening]:
        holding: list[str] = []
        order = sorted(issue.told, key=lambda one: (one.at_us, one.what != "assigned", one.what != "commented"))
        for one in order:
            actor = one.who.login if one.who else None
            happening = Happening(one.at_us, "status", self.by(one.who), one.record, actor=actor, key=one.key)
            if one.what == "commented":
                happening.kind, happening.public = "message", True
            elif one.what in ("assigned", "unassigned"):
                happening.kind, happening.assignee = "assigned", _holder(holding, one)
            else:
                happening.status, happening.activity = _status(one), one.value
            if happening.kind != "status" or happening.status:
                yield happening
        if not issue.has_events:
            yield from self._closed(issue)

    def _closed(self, issue: Issue) -> Iterator[Happening]:
        """The end by its date, where no event tells it."""
        closed_us = instant_us(either(issue.value, "closed_at", "closedAt"))
        if closed_us is not None and (text(issue.value.get("state")) or "").lower() != "open":
            who = person(issue.value.get("closed_by"))
            reason = text(either(issue.value, "state_reason", "stateReason"))
            yield Happening(
                closed_us, "status", self.by(who), issue.records[-1], actor=who.login if who else None,
                status="resolved", activity=reason.lower() if reason else None,
            )  # fmt: skip


def _status(one: Told) -> str | None:
    if one.what == "closed":
        return "resolved"
    if one.what == "reopened":
        return "open"
    meant = label_status(one.value)
    return "open" if meant and one.what == "unlabeled" else meant


def _holder(holding: list[str], one: Told) -> Holder:
    """Of several people the one assigned last holds the issue."""
    if one.value is None:
        return UNSAID
    if one.value in holding:
        holding.remove(one.value)
    if one.what == "assigned":
        holding.append(one.value)
    return holding[-1] if holding else None


def _first_assignee(value: Mapping[str, Any]) -> str | None:
    people = value.get("assignees")
    nodes = objects(member(people, "nodes") if isinstance(people, dict) else people)
    return text(member(value, "assignee", "login")) or (text(nodes[0].get("login")) if nodes else None)


def _describe(request: str, issue: Issue, out: LogBuilder) -> None:
    value = issue.value
    labels = value.get("labels")
    nodes = member(labels, "nodes") if isinstance(labels, dict) else labels
    listed = nodes if isinstance(nodes, list) else []
    names = (text(one.get("name")) if isinstance(one, dict) else text(one) for one in listed)
    known = [name for name in names if name]
    attributes = {
        "labels": ", ".join(known),
        "repository": issue.key[0],
        "milestone": text(member(value, "milestone", "title")),
        "state_reason": (text(either(value, "state_reason", "stateReason")) or "").lower(),
    }
    out.request(
        request,
        customer=issue.author.login if issue.author else None, subject=text(value.get("title")), channel="form",
        category=next((name for name in known if label_status(name) is None), None),
        segment=(issue.author.standing or "").lower() or None if issue.author else None,
        opened_at=from_us(issue.created_us),
        attributes={name: told for name, told in attributes.items() if told},
    )  # fmt: skip
