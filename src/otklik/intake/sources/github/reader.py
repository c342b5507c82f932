"""GitHub issues: REST pages of issues, comments, events and timelines, GraphQL answers, and what `gh` prints."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from otklik.base.text import N_
from otklik.intake.building import LogBuilder
from otklik.intake.json_fields import instant_us, member, objects, text
from otklik.intake.json_records import JsonRecord, read_records, shape_of
from otklik.intake.source import Input, ReadOptions, Recognition
from otklik.intake.sources.github.issues import Issue, Issues, Key, Told, either, key_in, label_status, person
from otklik.intake.trails import complete_until
from otklik.schemas.events import Can
from otklik.schemas.log import SourceFacts

ENOUGH: Final = 0.9
"""Share of issues that must have a thing before the source is said to know it."""
LISTS = ("items", "issues")
SHAPES: Mapping[str, tuple[str, ...]] = {
    "issues": ("comments_url", "number", "title"),
    "search": ("items[].comments_url", "items[].number"),
    "gh issue list": ("number", "createdAt", "state"),
    "gh issue list ": ("number", "createdAt", "comments"),
    "GraphQL issues": ("data.repository.issues.nodes",),
    "GraphQL timeline": ("data.repository.issue.timelineItems",),
}
COMPANIONS: Mapping[str, tuple[str, ...]] = {
    "comments": ("issue_url", "author_association", "created_at"),
    "comments of old": ("issue_url", "html_url", "created_at", "user.login"),
    "events": ("event", "actor.login", "created_at"),
    "GraphQL timeline of a pull request": ("data.repository.pullRequest.timelineItems",),
}
_WORDS = re.compile(r"(?<!^)(?=[A-Z])")
EVENTS: Final = frozenset({"closed", "reopened", "assigned", "unassigned", "labeled", "unlabeled"})
Place = tuple[str, int]


class GitHub:
    """Reads saved answers of GitHub's interfaces."""

    name = "github"

    def recognise(self, inputs: Sequence[Input]) -> Recognition | None:
        """Claim issues, and with them comments and events."""
        if not any(shape_of(item.head, SHAPES) for item in inputs):
            return None
        mine = tuple(item for item in inputs if shape_of(item.head, {**SHAPES, **COMPANIONS}))
        return Recognition(mine, 0.9, N_("The keys are those of GitHub issues."))

    def read(self, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
        """Read all pages first, as comments may come before their issue; then write issue by issue."""
        pages = _Pages(Issues(options.our_addresses), out)
        for done, item in enumerate(inputs):
            options.progress(N_("Reading GitHub"), done, len(inputs))

            def set_aside(row: int, reason: str, raw: str, file: str = item.name) -> None:
                out.record()
                out.quarantine(file, row, reason, raw=raw)

            for record in read_records(item, LISTS, set_aside, marks=("id", "number", "data")):
                pages.take(record, item.name)
        pages.join()
        if pages.pulls:
            reason = N_("Pull requests are no requests for help; left out: %(n)s.")
            out.guess("pull requests", "left out", reason, n=str(pages.pulls))
        can = _abilities(pages.issues, out)
        mode = "events" if Can.status in can else "messages" if Can.messages in can else "dates"
        return SourceFacts(out.source, mode, can, complete_until(pages.issues.write(out)), reader=self.name)


@dataclass
class _Pages:
    """Sorts records into issues; what came before its issue waits."""

    issues: Issues
    out: LogBuilder
    loose: list[tuple[Key, Told, Place]] = field(default_factory=list)
    pulls: int = 0
    pull_keys: set[Key] = field(default_factory=set)

    def take(self, record: JsonRecord, file: str) -> None:
        value, place = record.value, (file, record.row)
        if "data" in value:
            self._answer(value, place)
        elif "event" in value or "eventType" in value:
            self._events([value], key_in(value) or key_in(value.get("issue")), place)
        elif "issue_url" in value and "title" not in value:
            self._comment(value, key_in(value), place)
        elif "number" in value:
            self._issue(value, place)

    def join(self) -> None:
        """Give comments and events that came alone to their issues; set aside those of issues not here."""
        with_events = False
        for key, told, (file, row) in self.loose:
            issue = self.issues.by_key.get(key)
            if issue is not None:
                issue.told.append(told)
                with_events = with_events or told.what != "commented"
            elif key not in self.pull_keys:
                self.out.quarantine(file, row, "no-request", f"{key[0]}#{key[1]}", record=told.record)
        for issue in self.issues.by_key.values():
            issue.has_events = issue.has_events or with_events

    def _answer(self, value: Mapping[str, Any], place: Place) -> None:
        """A GraphQL answer: a list of issues, or one issue's timeline."""
        repository = member(value, "data", "repository") or {}
        for issue in objects(member(repository, "issues", "nodes")):
            self._issue(issue, place)
        one = member(repository, "issue")
        nodes = objects(member(one, "timelineItems", "nodes"))
        key = next((key for node in nodes if (key := key_in(node))), None) if one else None
        if member(one, "number") is not None and member(one, "createdAt") is not None:
            self._issue(one, place)
        elif nodes:
            self._events(nodes, key, place)

    def _issue(self, value: Mapping[str, Any], place: Place) -> None:
        number, created_us = text(value.get("number")), instant_us(either(value, "created_at", "createdAt"))
        key = key_in(value) or ("", number or "")
        if "pull_request" in value or "/pull/" in (text(value.get("html_url")) or text(value.get("url")) or ""):
            self.pulls += key not in self.pull_keys
            self.pull_keys.add(key)
            return
        record = self.out.record()
        if number is None or created_us is None:
            reason = (
                "no-id" if number is None else "bad-date" if either(value, "created_at", "createdAt") else "no-date"
            )
            self.out.quarantine(*place, reason, raw=str(dict(value))[:2000])
            return
        author = person(either(value, "user", "author"), either(value, "author_association", "authorAssociation"))
        self.issues.learn(author)
        known = self.issues.by_key.get(key)
        updated_us = instant_us(either(value, "updated_at", "updatedAt")) or created_us
        issue = Issue(key, value, created_us, updated_us, author, [*(known.records if known else ()), record])
        if known is not None:
            issue.told, issue.has_events = known.told, known.has_events
        self.issues.by_key[key] = issue
        self._inside(issue, value, place)

    def _inside(self, issue: Issue, value: Mapping[str, Any], place: Place) -> None:
        """Comments and events that came with the issue."""
        comments = value.get("comments")
        for comment in objects(member(comments, "nodes") if isinstance(comments, dict) else comments):
            self._comment(comment, issue.key, place)
        for name in ("timeline", "events", "timelineItems"):
            found = value.get(name)
            if isinstance(found, list | dict):
                issue.has_events = True
                self._events(objects(member(found, "nodes") if isinstance(found, dict) else found), issue.key, place)

    def _comment(self, value: Mapping[str, Any], key: Key | None, place: Place) -> None:
        who = person(either(value, "user", "author"), either(value, "author_association", "authorAssociation"))
        self._tell("commented", value, who, None, key, place)

    def _events(self, nodes: Sequence[Mapping[str, Any]], key: Key | None, place: Place) -> None:
        for node in nodes:
            what = _what(node)
            who = person(
                either(node, "actor", "author", "user"), either(node, "author_association", "authorAssociation")
            )
            self.issues.learn(who, what)
            if what == "commented":
                self._tell(what, node, who, None, key or key_in(node), place)
            elif what in EVENTS:
                value = _value_of(what, node)
                if what not in ("labeled", "unlabeled") or label_status(value):
                    self._tell(what, node, who, value, key or key_in(node), place)

    def _tell(
        self, what: str, value: Mapping[str, Any], who: Any, said: str | None, key: Key | None, place: Place
    ) -> None:
        record, at_us = self.out.record(), instant_us(either(value, "created_at", "createdAt"))
        if key is None or at_us is None:
            self.out.quarantine(*place, "no-id" if key is None else "no-date", raw=str(dict(value))[:2000])
            return
        self.issues.learn(who)
        self.loose.append((key, Told(at_us, what, who, said, text(value.get("id")), record), place))


def _what(node: Mapping[str, Any]) -> str:
    """The event's name in REST spelling: 'closed' for ClosedEvent, 'commented' for IssueComment."""
    name = text(either(node, "event", "eventType", "__typename")) or ""
    if name == "IssueComment":
        return "commented"
    return _WORDS.sub("_", name.removesuffix("Event")).lower()


def _value_of(what: str, node: Mapping[str, Any]) -> str | None:
    if what in ("labeled", "unlabeled"):
        return text(member(node, "label", "name"))
    if what in ("assigned", "unassigned"):
        return text(member(node, "assignee", "login"))
    reason = text(either(node, "state_reason", "stateReason"))
    return reason.lower() if reason else None


def _abilities(issues: Issues, out: LogBuilder) -> Can:
    """What the pages tell of nearly every issue."""
    of = len(issues.by_key)
    said = sum(issue.has_comments() for issue in issues.by_key.values())
    trail = sum(issue.has_events for issue in issues.by_key.values())
    can = Can.resolution if of else Can(0)
    if of and said >= ENOUGH * of:
        can |= Can.messages | Can.first_reply | Can.acknowledgement
    elif of:
        reason = N_("Only %(told)s of %(of)s issues have all their comments here, so replies are not measured.")
        out.guess("comments", "no", reason, told=str(said), of=str(of))
    if of and trail >= ENOUGH * of:
        can |= Can.status | Can.assignee
    return can
