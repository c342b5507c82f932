"""Zendesk's JSON, whichever call it came from: tickets, audits, ticket events, metric events, comments, people."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from otklik.intake.building import LogBuilder
from otklik.intake.json_fields import instant_us, member, objects, text, truth
from otklik.intake.json_records import JsonRecord
from otklik.intake.sources.zendesk.desk import CHANNELS, PARTS, Change, Comment, Desk, Mark, Ticket
from otklik.intake.trails import Happening

LISTS = (
    "tickets", "ticket", "results", "audits", "audit", "ticket_audits", "ticket_events", "ticket_metric_events",
    "ticket_metrics", "metric_sets", "comments", "users", "user", "groups", "group", "suspended_tickets",
    "organizations", "brands",
)  # fmt: skip
SHAPES: Mapping[str, tuple[str, ...]] = {
    "tickets": ("tickets[].requester_id", "tickets[].status"),
    "ticket": ("ticket.requester_id", "ticket.status"),
    "results": ("results[].requester_id", "results[].submitter_id"),
    "bare tickets": ("requester_id", "submitter_id", "status"),
    "audits": ("audits[].ticket_id", "audits[].events"),
    "bare audits": ("ticket_id", "author_id", "events[].type"),
    "ticket_events": ("ticket_events[].child_events",),
    "bare ticket_events": ("ticket_id", "child_events"),
    "ticket_metric_events": ("ticket_metric_events[].metric",),
    "bare ticket_metric_events": ("ticket_id", "metric", "instance_id", "type"),
}
COMPANIONS: Mapping[str, tuple[str, ...]] = {
    "ticket_metrics": ("ticket_metrics[].reply_time_in_minutes",),
    "bare ticket_metrics": ("ticket_id", "reply_time_in_minutes"),
    "comments": ("comments[].author_id", "comments[].public"),
    "bare comments": ("ticket_id", "author_id", "public"),
    "users": ("users[].role",),
    "bare users": ("role", "email", "time_zone"),
    "groups": ("groups[].name",),
    "bare groups": ("name", "is_public", "default", "deleted"),
    "suspended": ("suspended_tickets",),
}
_SAID = ("Comment", "VoiceComment", "FacebookComment", "Tweet")
RATINGS = ("good", "bad", "good_with_comment", "bad_with_comment")
_MERGED_INTO = re.compile(r"merged into (?:request|ticket) #?(\d+)", re.IGNORECASE)
Setting = tuple[str, int]


@dataclass
class JsonShapes:
    """Takes record after record into the desk."""

    desk: Desk
    out: LogBuilder

    def take(self, record: JsonRecord, file: str) -> None:
        """Find out what a record is and keep what it tells."""
        value, where = record.value, (file, record.row)
        for name, fits, takes in self._kinds():
            if (
                record.under == name
                or record.under.rstrip("s") == name.rstrip("s")
                or (not record.under and fits(value))
            ):
                takes(value, where, record.page)
                return

    def _kinds(self) -> Iterator[tuple[str, Callable[[Mapping[str, Any]], bool], Callable[..., None]]]:
        yield "tickets", lambda value: "requester_id" in value or "requester" in value, self._ticket
        yield "results", lambda value: False, self._ticket
        yield "ticket_events", lambda value: "child_events" in value, self._ticket_event
        yield "audits", lambda value: "ticket_id" in value and "events" in value, self._audit
        yield "ticket_audits", lambda value: False, self._audit
        yield "ticket_metric_events", lambda value: "metric" in value and "ticket_id" in value, self._metric_event
        yield "ticket_metrics", lambda value: "reply_time_in_minutes" in value, self._metrics
        yield "metric_sets", lambda value: False, self._metrics
        yield "comments", lambda value: "ticket_id" in value and "author_id" in value, self._loose_comment
        yield "users", lambda value: "role" in value, self._user
        yield "groups", lambda value: "name" in value and "id" in value, self._group

    def _ticket(self, value: Mapping[str, Any], where: Setting, page: Mapping[str, Any]) -> None:
        self.out.record()
        number, created_us = text(value.get("id")), instant_us(value.get("created_at"))
        if number is None or created_us is None:
            reason = "no-id" if number is None else _date_reason(value.get("created_at"))
            self.out.quarantine(*where, reason, raw=str(dict(value)))
            return
        for person in ("requester", "submitter", "assignee"):
            self._user(member(value, person), where, page)
        self._group(value.get("group"), where, page)
        self.desk.add_ticket(_ticket_of(value, number, created_us, self.out.records))
        for loser in value.get("merged_ticket_ids") or ():
            self.desk.merges[str(loser)] = number
        self._nested(value, number, where)

    def _nested(self, value: Mapping[str, Any], number: str, where: Setting) -> None:
        """What some exports put inside the ticket: comments, audits, metrics."""
        for comment in objects(value.get("comments")):
            self._comment(comment, number, where)
        for audit in objects(value.get("audits")):
            self._audit({"ticket_id": number, **audit}, where, {})
        metrics = value.get("metric_set")
        if isinstance(metrics, dict):
            self._metrics({"ticket_id": number, **metrics}, where, {})
        for metric, events in (member(value, "metric_events") or {}).items():
            for event in objects(events):
                self._metric_event({"ticket_id": number, "metric": metric, **event}, where, {})

    def _user(self, value: object, where: Setting, page: Mapping[str, Any]) -> None:
        number, role = text(member(value, "id")), text(member(value, "role"))
        if number and role:
            self.desk.roles[number] = role
        if number and (name := text(member(value, "name"))):
            self.desk.names[number] = name
        if number and (address := text(member(value, "email"))):
            self.desk.addresses[number] = address

    def _group(self, value: object, where: Setting, page: Mapping[str, Any]) -> None:
        number, name = text(member(value, "id")), text(member(value, "name"))
        if number and name:
            self.desk.groups[number] = name

    def _loose_comment(self, value: Mapping[str, Any], where: Setting, page: Mapping[str, Any]) -> None:
        number = text(value.get("ticket_id")) or text(page.get("ticket_id"))
        if number is None:
            self.out.record()
            self.out.quarantine(*where, "no-id", raw=str(dict(value)))
        else:
            self._comment(value, number, where)

    def _comment(self, value: Mapping[str, Any], ticket: str, where: Setting) -> None:
        at_us = instant_us(value.get("created_at"))
        self.out.record()
        if at_us is None:
            self.out.quarantine(*where, _date_reason(value.get("created_at")), raw=str(dict(value)))
            return
        self._say(ticket, where, at_us, value, text(value.get("author_id")), value.get("via"))

    def _say(
        self, ticket: str, where: Setting, at_us: int, value: Mapping[str, Any], author: str | None, via: object
    ) -> None:
        story = self.desk.story(ticket, *where, self.out.records)
        public = truth(value.get("public", value.get("comment_public")))
        key = text(value.get("id"))
        comment = Comment(
            at_us, text(value.get("author_id")) or author, public is not False, key and f"comment {key}",
            [self.out.records], channel_of(via), rule_of(via),
        )  # fmt: skip
        story.say(comment)
        if member(via, "source", "rel") == "merge":
            self._merge(ticket, where, comment, value, via)

    def _merge(self, ticket: str, where: Setting, comment: Comment, value: Mapping[str, Any], via: object) -> None:
        """A comment written by a merge: in the winner it names the losers, in a loser the winner."""
        source = member(via, "source") or {}
        losers = member(source, "from", "ticket_ids") or [member(source, "from", "ticket_id")]
        for loser in losers if isinstance(losers, list) else ():
            if (number := text(loser)) and number != ticket:
                self.desk.merges[number] = ticket
        told = _MERGED_INTO.search(text(value.get("body")) or "")
        winner = text(member(source, "to", "ticket_id")) or (told.group(1) if told else None)
        if winner and winner != ticket:
            self.desk.merges[ticket] = winner

    def _audit(self, value: Mapping[str, Any], where: Setting, page: Mapping[str, Any]) -> None:
        ticket, at_us = text(value.get("ticket_id")), instant_us(value.get("created_at"))
        self.out.record()
        if ticket is None or at_us is None:
            reason = "no-id" if ticket is None else _date_reason(value.get("created_at"))
            self.out.quarantine(*where, reason, raw=str(dict(value)))
            return
        self._events(ticket, where, at_us, value, objects(value.get("events")))

    def _ticket_event(self, value: Mapping[str, Any], where: Setting, page: Mapping[str, Any]) -> None:
        """An entry of the incremental export: child events name their field as a key, `via` is a word."""
        children = []
        for child in objects(value.get("child_events")):
            kind = child.get("event_type", child.get("type"))
            names = [name for name in (*PARTS, "tags") if name in child]
            if kind in ("Create", "Change") and names:
                children += [
                    {
                        **child,
                        "type": kind,
                        "field_name": name,
                        "value": child[name],
                        "via": _via_word(child.get("via")),
                    }
                    for name in names
                ]
            else:
                children.append({**child, "type": kind, "via": _via_word(child.get("via"))})
        moment = value.get("created_at") or value.get("timestamp")
        audit = {
            **value,
            "created_at": moment,
            "author_id": value.get("updater_id"),
            "via": _via_word(value.get("via")),
        }
        self._audit({**audit, "events": children}, where, page)

    def _events(
        self, ticket: str, where: Setting, at_us: int, audit: Mapping[str, Any], events: list[dict[str, Any]]
    ) -> None:
        self.desk.audited.add(ticket)
        story = self.desk.story(ticket, *where, self.out.records)
        author, record = text(audit.get("author_id")), self.out.records
        beside = tuple(text(one.get("author_id")) or author for one in events if one.get("type") in _SAID)
        for event in events:
            kind, via, name = event.get("type"), event.get("via") or audit.get("via"), text(event.get("field_name"))
            if kind in _SAID:
                self._say(ticket, where, at_us, event, author, via)
            elif kind in ("Create", "Change") and name in PARTS:
                story.changes.append(_change(event, at_us, author, record, rule_of(via)))
            elif kind in ("Create", "Change") and name == "tags" and _newly_merged(event):
                story.marks.append(Mark(at_us, author, "merged", None, record))
            elif kind == "SatisfactionRating" and event.get("score") in RATINGS:
                story.marks.append(Mark(at_us, author, "rated", text(event.get("score")), record))
            elif kind == "Notification":
                story.say(_notice(event, at_us, record, via, beside))

    def _metric_event(self, value: Mapping[str, Any], where: Setting, page: Mapping[str, Any]) -> None:
        """Start and end of Zendesk's own clocks: enough for answers, pauses and solving where audits are missing."""
        ticket, at_us = text(value.get("ticket_id")), instant_us(value.get("time"))
        self.out.record()
        if ticket is None or at_us is None:
            self.out.quarantine(*where, "no-id" if ticket is None else "bad-date", raw=str(dict(value)))
            return
        story, record = self.desk.story(ticket, *where, self.out.records), self.out.records
        metric, kind, first = value.get("metric"), value.get("type"), value.get("instance_id") in (0, 1, None)
        key = f"{metric} {text(value.get('id'))}"
        if metric == "reply_time":
            self.desk.told_replies.add(ticket)
            if kind == "fulfill":
                story.dates.append(Happening(at_us, "message", "agent", record, public=True, key=key))
            elif kind == "activate" and not first:
                story.dates.append(Happening(at_us, "message", "customer", record, public=True, key=key))
        if metric == "resolution_time":
            self.desk.told_solving.add(ticket)
        status = _STATUS_OF_CLOCK.get((str(metric), str(kind)))
        if status and (status != "open" or any(one.status for one in story.dates)):
            story.dates.append(Happening(at_us, "status", "agent", record, status=status, key=key))

    def _metrics(self, value: Mapping[str, Any], where: Setting, page: Mapping[str, Any]) -> None:
        """The metric set of a ticket: first reply in whole minutes, the last solving to the second."""
        ticket, created_us = text(value.get("ticket_id")), instant_us(value.get("created_at"))
        self.out.record()
        if ticket is None:
            self.out.quarantine(*where, "no-id", raw=str(dict(value)))
            return
        story, record = self.desk.story(ticket, *where, self.out.records), self.out.records
        minutes = member(value, "reply_time_in_minutes", "calendar")
        self.desk.told_replies.add(ticket)
        if created_us is not None and isinstance(minutes, int | float) and 0 <= minutes < 1e8:
            at_us = created_us + round(minutes * 60_000_000)
            story.dates.append(Happening(at_us, "message", "agent", record, public=True))
        self.desk.told_solving.add(ticket)
        if (solved_us := instant_us(value.get("solved_at"))) is not None:
            story.dates.append(Happening(solved_us, "status", "agent", record, status="resolved"))


_STATUS_OF_CLOCK = {
    ("resolution_time", "fulfill"): "resolved",
    ("resolution_time", "activate"): "open",
    ("requester_wait_time", "pause"): "waiting_customer",
    ("requester_wait_time", "activate"): "open",
}


def _ticket_of(value: Mapping[str, Any], number: str, created_us: int, record: int) -> Ticket:
    tags = value.get("tags")
    attributes = {
        "tags": ",".join(str(tag) for tag in tags) if isinstance(tags, list) else None,
        "brand": text(value.get("brand_id")),
        "form": text(value.get("ticket_form_id")),
        "organization": text(member(value, "organization", "name")) or text(value.get("organization_id")),
        "followup_of": text(member(value, "via", "source", "from", "ticket_id"))
        or text(value.get("via_followup_source_id")),
    }
    return Ticket(
        number, created_us, instant_us(value.get("updated_at")) or created_us, [record],
        status=(text(value.get("status")) or "").lower() or None,
        requester=text(value.get("requester_id")) or text(member(value, "requester", "id")),
        submitter=text(value.get("submitter_id")) or text(member(value, "submitter", "id")),
        assignee=text(value.get("assignee_id")) or text(member(value, "assignee", "id")),
        group=text(value.get("group_id")) or text(member(value, "group", "id")),
        channel=channel_of(value.get("via")), public=truth(value.get("is_public")) is not False,
        subject=text(value.get("subject")) or text(value.get("raw_subject")), priority=text(value.get("priority")),
        type=text(value.get("type")), attributes={name: told for name, told in attributes.items() if told},
    )  # fmt: skip


def _change(event: Mapping[str, Any], at_us: int, author: str | None, record: int, rule: str | None) -> Change:
    return Change(
        at_us, author, str(event["field_name"]), text(event.get("value")), text(event.get("previous_value")), record,
        rule=rule, initial=event.get("type") == "Create",
    )  # fmt: skip


def _notice(event: Mapping[str, Any], at_us: int, record: int, via: object, beside: tuple[str | None, ...]) -> Comment:
    """A notice a business rule sent: to the requester, it is an automatic answer."""
    sent_to = event.get("recipients")
    recipients = (
        frozenset(number for one in sent_to if (number := text(one))) if isinstance(sent_to, list) else frozenset()
    )
    key = text(event.get("id"))
    return Comment(
        at_us, None, True, key and f"notice {key}", [record],
        rule=rule_of(via) or "Notification", recipients=recipients, beside=beside,
    )  # fmt: skip


def _newly_merged(event: Mapping[str, Any]) -> bool:
    return "closed_by_merge" in str(event.get("value")) and "closed_by_merge" not in str(event.get("previous_value"))


def _date_reason(value: object) -> str:
    return "no-date" if value in (None, "") else "bad-date"


def _via_word(via: object) -> object:
    """The incremental export writes `via` as a word ("Web form", "Rule") instead of an object."""
    return {"channel": via.lower()} if isinstance(via, str) else via


def channel_of(via: object) -> str | None:
    """How it came in, in the log's words; what has no word there keeps Zendesk's."""
    channel = (text(member(via, "channel")) or "").lower()
    return None if channel in ("", "rule", "merge", "closed_ticket") else CHANNELS.get(channel, channel)


def rule_of(via: object) -> str | None:
    """The trigger or automation that did it, by title, or a merge; None if a person did."""
    channel, rel = text(member(via, "channel")) or "", text(member(via, "source", "rel")) or ""
    if rel == "merge":
        return "merge"
    if channel.lower() == "rule" or rel in ("trigger", "automation"):
        return text(member(via, "source", "from", "title")) or "Rule"
    return None
