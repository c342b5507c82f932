"""Jira and Jira Service Management: pages of issues, with changelog and comments inside or in pages of their own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from otklik.base.text import N_
from otklik.intake.building import LogBuilder
from otklik.intake.json_fields import instant_us, member, objects, text
from otklik.intake.json_records import JsonRecord, read_records, shape_of
from otklik.intake.source import Input, ReadOptions, Recognition
from otklik.intake.sources.jira.issues import Change, Comment, Issue, Issues, person
from otklik.intake.trails import complete_until
from otklik.schemas.events import Can
from otklik.schemas.log import SourceFacts

ENOUGH: Final = 0.9
"""Share of issues that must have a thing before the source is said to know it."""
LISTS = ("issues", "comments", "values", "histories", "issueChangeLogs")
SHAPES: Mapping[str, tuple[str, ...]] = {
    "issues": ("issues[].fields", "issues[].self"),
    "issues with changelog": ("issues[].changelog", "issues[].self"),
    "bare issues": ("self", "fields.issuetype"),
    "bare issues ": ("key", "fields.created"),
    "bare issues with changelog": ("self", "changelog.histories"),
}
COMPANIONS: Mapping[str, tuple[str, ...]] = {
    "comments": ("comments[].updateAuthor",),
    "bare comments": ("self", "updateAuthor", "body"),
    "changelog": ("values[].items[].field",),
    "bulk changelog": ("issueChangeLogs",),
    "empty page": ("maxResults", "startAt", "total"),
    "fields": ("clauseNames", "navigable"),
}
_ISSUE_IN_URL = re.compile(r"/issue/([^/?]+)")
Row = tuple[str, int]


class Jira:
    """Reads pages of Jira's REST interface, versions 2 and 3, saved as they came."""

    name = "jira"

    def recognise(self, inputs: Sequence[Input]) -> Recognition | None:
        """Claim pages of issues, and with them pages of comments, changes and fields."""
        if not any(shape_of(item.head, SHAPES) for item in inputs):
            return None
        mine = tuple(item for item in inputs if shape_of(item.head, {**SHAPES, **COMPANIONS}))
        return Recognition(mine, 0.9, N_("The keys are those of Jira issues."))

    def read(self, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
        """Read all pages first, as comments and changes may come before their issue; then write issue by issue."""
        pages = _Pages(Issues(options.our_addresses), out)
        for done, item in enumerate(inputs):
            options.progress(N_("Reading Jira"), done, len(inputs))

            def set_aside(row: int, reason: str, raw: str, file: str = item.name) -> None:
                out.record()
                out.quarantine(file, row, reason, raw=raw)

            for record in read_records(item, LISTS, set_aside, marks=("id", "key")):
                pages.take(record, item.name)
        pages.join()
        can = _abilities(pages.issues, out)
        mode = "events" if Can.status in can else "messages" if Can.messages in can else "dates"
        return SourceFacts(out.source, mode, can, complete_until(pages.issues.write(out)), reader=self.name)


@dataclass
class _Pages:
    """Sorts records into issues; what came before its issue waits."""

    issues: Issues
    out: LogBuilder
    loose: list[tuple[str, Comment | Change, Row]] = field(default_factory=list)

    def take(self, record: JsonRecord, file: str) -> None:
        value, row = record.value, (file, record.row)
        if "fields" in value or record.under == "issues":
            self._issue(value, row)
        elif record.under == "issueChangeLogs" or "changeHistories" in value:
            for entry in objects(value.get("changeHistories")):
                self._entry(entry, text(value.get("issueId")), row)
        elif "items" in value and "created" in value:
            self._entry(value, _issue_of(record.page), row)
        elif "body" in value and "author" in value:
            self._loose_comment(value, _issue_of(value) or _issue_of(record.page), row)

    def join(self) -> None:
        """Give comments and changes that came alone to their issues; set aside those of issues not here."""
        commented = False
        for owner, told, (file, row) in self.loose:
            issue = self.issues.by_id.get(self.issues.keys.get(owner, owner))
            if issue is None:
                self.out.quarantine(file, row, "no-request", f"issue {owner}", record=told.record)
            elif isinstance(told, Comment):
                issue.comments.append(told)
                commented = True
            else:
                issue.changes.append(told)
                issue.has_changes = True
        if commented:
            for issue in self.issues.by_id.values():
                issue.has_comments = True

    def _issue(self, value: Mapping[str, Any], row: Row) -> None:
        record = self.out.record()
        fields: dict[str, Any] = value["fields"] if isinstance(value.get("fields"), dict) else {}
        key = text(value.get("key"))
        created_us = instant_us(member(fields, "created"))
        if key is None or created_us is None:
            reason = "no-id" if key is None else "bad-date" if member(fields, "created") else "no-date"
            self.out.quarantine(*row, reason, raw=str(dict(value)))
            return
        number = text(value.get("id")) or key
        known = self.issues.by_id.get(number)
        issue = Issue(number, key, created_us, fields, [*(known.records if known else ()), record])
        if known is not None:
            issue.comments, issue.changes = known.comments, known.changes
        self.issues.by_id[number] = issue
        self.issues.keys[key] = number
        self.issues.learn_status(member(fields, "status"))
        self._inside(issue, value, row)

    def _inside(self, issue: Issue, value: Mapping[str, Any], row: Row) -> None:
        """The comments and the changelog that came with the issue."""
        block = member(value, "fields", "comment")
        comments = objects(member(block, "comments"))
        total = member(block, "total")
        issue.has_comments = isinstance(block, dict) and len(comments) >= (total if isinstance(total, int) else 0)
        for comment in comments:
            if made := self._comment(comment, row):
                issue.comments.append(made)
        log = value.get("changelog")
        histories = objects(member(log, "histories"))
        total = member(log, "total")
        issue.has_changes = isinstance(log, dict) and len(histories) >= (total if isinstance(total, int) else 0)
        for entry in histories:
            issue.changes += self._changes(entry, row)

    def _loose_comment(self, value: Mapping[str, Any], owner: str | None, row: Row) -> None:
        comment = self._comment(value, row)
        if comment is not None and owner is None:
            self.out.quarantine(*row, "no-id", raw=str(dict(value)))
        elif comment is not None and owner is not None:
            self.loose.append((owner, comment, row))

    def _entry(self, value: Mapping[str, Any], owner: str | None, row: Row) -> None:
        changes = self._changes(value, row)
        if changes and owner is None:
            self.out.quarantine(*row, "no-id", raw=str(dict(value)))
        elif owner is not None:
            self.loose += [(owner, change, row) for change in changes]

    def _comment(self, value: Mapping[str, Any], row: Row) -> Comment | None:
        record, at_us = self.out.record(), instant_us(value.get("created"))
        if at_us is None:
            self.out.quarantine(*row, "bad-date" if value.get("created") else "no-date", raw=str(dict(value)))
            return None
        internal = any(
            member(one, "key") == "sd.public.comment" and member(one, "value", "internal") is True
            for one in objects(value.get("properties"))
        )
        public = value.get("jsdPublic") is not False and not internal and not value.get("visibility")
        return Comment(at_us, person(value.get("author")), public, text(value.get("id")), record)

    def _changes(self, value: Mapping[str, Any], row: Row) -> list[Change]:
        items = [one for one in objects(value.get("items")) if one.get("field") in ("status", "assignee")]
        record, at_us = self.out.record(), instant_us(value.get("created"))
        if items and at_us is None:
            self.out.quarantine(*row, "bad-date" if value.get("created") else "no-date", raw=str(dict(value)))
        return [
            Change(
                at_us, person(value.get("author")), item["field"],
                (text(item.get("from")), text(item.get("fromString"))),
                (text(item.get("to")), text(item.get("toString"))), record, text(value.get("id")),
            )
            for item in items
            if at_us is not None
        ]  # fmt: skip


def _issue_of(value: Mapping[str, Any]) -> str | None:
    """The issue that an address names: /rest/api/2/issue/10016/comment/10022."""
    found = _ISSUE_IN_URL.search(text(value.get("self")) or "")
    return found.group(1) if found else None


def _abilities(issues: Issues, out: LogBuilder) -> Can:
    """What the pages tell of nearly every issue."""
    of = len(issues.by_id)
    said = sum(issue.has_comments for issue in issues.by_id.values())
    trail = sum(issue.has_changes for issue in issues.by_id.values())
    can = Can(0)
    if of and said >= ENOUGH * of:
        can |= Can.messages | Can.first_reply | Can.acknowledgement
    elif said:
        reason = N_("Only %(told)s of %(of)s issues have all their comments here, so replies are not measured.")
        out.guess("comments", "no", reason, told=str(said), of=str(of))
    if of and trail >= ENOUGH * of:
        can |= Can.status | Can.resolution | Can.assignee
    elif any("resolutiondate" in issue.fields for issue in issues.by_id.values()):
        can |= Can.resolution
    return can
