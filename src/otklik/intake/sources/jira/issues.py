"""Jira issues with their comments and changes, collected from pages in any order, and written as trails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from otklik.base.units import from_us
from otklik.intake.building import LogBuilder
from otklik.intake.json_fields import instant_us, is_ours, member, objects, text
from otklik.intake.sources.jira.statuses import is_cancelled, status_of
from otklik.intake.trails import Happening, Trail

OPENING_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Person:
    """A user as Jira names them; `kind` is the account type of the cloud: atlassian, customer, app."""

    id: str
    name: str
    kind: str | None
    address: str | None


def person(value: object) -> Person | None:
    """The user in a field, or None."""
    number = text(member(value, "accountId")) or text(member(value, "key")) or text(member(value, "name"))
    if number is None:
        return None
    name = text(member(value, "displayName")) or number
    return Person(number, name, text(member(value, "accountType")), text(member(value, "emailAddress")))


@dataclass(slots=True)
class Comment:
    """One comment; `public` as the service desk says, else unless it is kept to a role or group."""

    at_us: int
    author: Person | None
    public: bool
    key: str | None
    record: int


@dataclass(slots=True)
class Change:
    """One item of a changelog entry: `field` is status or assignee."""

    at_us: int
    author: Person | None
    field: str
    before: tuple[str | None, str | None]
    after: tuple[str | None, str | None]
    """Id and name."""
    record: int
    key: str | None


@dataclass(slots=True)
class Issue:
    """An issue as it stood at the export."""

    id: str
    key: str
    created_us: int
    fields: Mapping[str, Any]
    records: list[int]
    comments: list[Comment] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    has_comments: bool = False
    has_changes: bool = False


@dataclass
class Issues:
    """All issues by id, and what is known of statuses and people."""

    ours: tuple[str, ...]
    by_id: dict[str, Issue] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    """Status id -> key of its category, from the current statuses of all issues."""

    def learn_status(self, status: object) -> None:
        """Remember to which category a status belongs."""
        number, category = text(member(status, "id")), text(member(status, "statusCategory", "key"))
        if number and category:
            self.categories[number] = category

    def by(self, who: Person | None, issue: Issue) -> str:
        """Who a person is in an issue: whoever asked is its customer, an app a bot, everybody else one of us."""
        if who is None:
            return "system"
        if is_ours(who.address, self.ours) or is_ours(who.id, self.ours) or is_ours(who.name, self.ours):
            return "agent"
        asked = person(issue.fields.get("reporter")) or person(issue.fields.get("creator"))
        if who.kind == "customer" or (asked is not None and who.id == asked.id):
            return "customer"
        return "bot" if who.kind == "app" else "agent"

    def write(self, out: LogBuilder) -> int:
        """Write every issue; return the youngest trace of work."""
        latest_us = 0
        for issue in self.by_id.values():
            trail = self._trail(issue)
            trail.write(out)
            updated_us = instant_us(issue.fields.get("updated")) or 0
            latest_us = max(latest_us, updated_us, *(one.at_us for one in trail.happenings))
            _describe(issue, out)
        return latest_us

    def _trail(self, issue: Issue) -> Trail:
        trail = Trail(issue.key)
        changed = list(self._changed(issue))
        hands = [one for one in changed if one.kind == "assigned"]
        states = [one for one in changed if one.kind != "assigned"]
        for happening in (*self._created(issue), *hands, *self._said(issue), *states, *self._ended(issue)):
            trail.add(happening)
        return trail

    def _created(self, issue: Issue) -> Iterator[Happening]:
        reporter, creator = person(issue.fields.get("reporter")), person(issue.fields.get("creator"))
        author = reporter if creator is None or creator.kind == "app" else creator
        holder = _first(issue, "assignee")
        assignee = holder[1] if holder else _name(person(issue.fields.get("assignee")))
        status = _first(issue, "status")
        for record in reversed(issue.records):
            yield Happening(
                issue.created_us, "created", self.by(author, issue), record, actor=_name(author), public=True,
                status=self._status(status) if status else None, assignee=assignee,
            )  # fmt: skip

    def _status(self, value: tuple[str | None, str | None]) -> str:
        number, name = value
        return status_of(name or "", self.categories.get(number or ""))

    def _changed(self, issue: Issue) -> Iterator[Happening]:
        for change in issue.changes:
            by, actor = self.by(change.author, issue), _name(change.author)
            if change.field == "assignee":
                yield Happening(
                    change.at_us, "assigned", by, change.record, actor=actor, key=change.key, assignee=change.after[1]
                )
            else:
                cancelled = is_cancelled(change.after[1] or "")
                yield Happening(
                    change.at_us, "cancelled" if cancelled else "status", by, change.record, actor=actor,
                    status=None if cancelled else self._status(change.after), activity=change.after[1], key=change.key,
                )  # fmt: skip

    def _said(self, issue: Issue) -> Iterator[Happening]:
        for comment in issue.comments:
            yield Happening(
                comment.at_us, "message" if comment.public else "note", self.by(comment.author, issue), comment.record,
                actor=_name(comment.author), public=comment.public, key=comment.key,
            )  # fmt: skip

    def _ended(self, issue: Issue) -> Iterator[Happening]:
        """Where no changelog tells: solved on its resolution date, or the state it was found in."""
        record, fields = issue.records[-1], issue.fields
        resolved_us = instant_us(fields.get("resolutiondate"))
        target = self._duplicate_of(issue)
        if target and resolved_us is not None:
            yield Happening(resolved_us, "merged", "agent", record, activity=target)
        status = fields.get("status")
        name = text(member(status, "name"))
        if issue.has_changes or name is None:
            return
        found = status_of(name, text(member(status, "statusCategory", "key")))
        is_done = found in ("resolved", "closed")
        since_us = instant_us(fields.get("statuscategorychangedate"))
        at_us = (resolved_us if is_done else None) or since_us or instant_us(fields.get("updated"))
        if is_cancelled(name) and at_us is not None:
            yield Happening(at_us, "cancelled", "system", record, activity=name)
        elif at_us is not None and found != "new":
            yield Happening(at_us, "status", "system", record, status=found, activity=name)

    def _duplicate_of(self, issue: Issue) -> str | None:
        """The issue of this export that it was closed in favour of."""
        if (text(member(issue.fields.get("resolution"), "name")) or "").lower() not in ("duplicate", "дубликат"):
            return None
        links = objects(issue.fields.get("issuelinks"))
        targets = (text(member(link, "outwardIssue", "key")) for link in links if _is_duplicate(link))
        return next((target for target in targets if target in self.keys and target != issue.key), None)


def _is_duplicate(link: Mapping[str, Any]) -> bool:
    return (text(member(link, "type", "name")) or "").lower() in ("duplicate", "дубликат")


def _first(issue: Issue, name: str) -> tuple[str | None, str | None] | None:
    """What a field was before its first change; None if it never changed."""
    changes = (one for one in issue.changes if one.field == name)
    first = min(changes, key=lambda one: one.at_us, default=None)
    if first is None and name == "status" and issue.has_changes:
        status = issue.fields.get("status")
        return text(member(status, "id")), text(member(status, "name"))
    return first.before if first else None


def _name(who: Person | None) -> str | None:
    return who.name if who else None


def _describe(issue: Issue, out: LogBuilder) -> None:
    fields = issue.fields
    kinds = (text(member(value, "requestType", "name")) for value in fields.values() if isinstance(value, dict))
    components = [text(one.get("name")) for one in objects(fields.get("components"))]
    attributes = {
        "project": text(member(fields, "project", "key")),
        "component": ", ".join(name for name in components if name),
        "resolution": text(member(fields, "resolution", "name")),
        "issue_type": text(member(fields, "issuetype", "name")),
    }
    out.request(
        issue.key,
        customer=_name(person(fields.get("reporter"))), subject=text(fields.get("summary")),
        category=next((kind for kind in kinds if kind), None) or attributes["issue_type"],
        priority=text(member(fields, "priority", "name")), opened_at=from_us(issue.created_us),
        attributes={name: value for name, value in attributes.items() if value},
    )  # fmt: skip
