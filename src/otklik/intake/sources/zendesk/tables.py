"""Zendesk's tables as Fivetran and its kin write them into a warehouse, exported as CSV: a set of files."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from otklik.intake.building import LogBuilder
from otklik.intake.csv_records import headings_of, read_csv
from otklik.intake.json_fields import instant_us, text, truth
from otklik.intake.source import Input
from otklik.intake.sources.zendesk.desk import CHANNELS, PARTS, Change, Comment, Desk, Ticket

TABLES: Mapping[str, frozenset[str]] = {
    "ticket": frozenset({"id", "created_at", "status", "requester_id", "submitter_id"}),
    "ticket_comment": frozenset({"id", "created", "public", "ticket_id", "user_id"}),
    "ticket_field_history": frozenset({"field_name", "ticket_id", "updated", "value"}),
    "user": frozenset({"id", "role", "email", "_fivetran_synced"}),
    "group": frozenset({"id", "name", "url", "_fivetran_synced"}),
}
MARK = "_fivetran_synced"
Row = dict[str, str]


def table_of(head: bytes) -> str | None:
    """Which table a file is, by its headings; 'other' for one of the set that tells nothing about waits."""
    headings = set(headings_of(head))
    known = next((table for table, needed in TABLES.items() if needed <= headings), None)
    return known or ("other" if MARK in headings else None)


@dataclass
class Tables:
    """Takes table after table into the desk."""

    desk: Desk
    out: LogBuilder

    def take(self, item: Input) -> None:
        """Read one table to its end."""
        takes: dict[str, Callable[[Row, str, int], None]] = {
            "ticket": self._ticket, "ticket_comment": self._comment, "ticket_field_history": self._change,
            "user": self._user, "group": self._group,
        }  # fmt: skip
        take = takes.get(table_of(item.head) or "")
        for number, row in self._rows(item) if take else ():
            assert take is not None
            take(row, item.name, number)

    def _rows(self, item: Input) -> Iterator[tuple[int, Row]]:
        def set_aside(number: int, reason: str, raw: str) -> None:
            self.out.record()
            self.out.quarantine(item.name, number, reason, raw=raw)

        headings = headings_of(item.head)
        for number, cells in read_csv(item, set_aside):
            yield number, dict(zip(headings, cells, strict=True))

    def _moment(self, row: Row, name: str, file: str, number: int) -> int | None:
        """An instant, or the record set aside."""
        at_us = instant_us(row.get(name))
        if at_us is None:
            reason = "bad-date" if row.get(name) else "no-date"
            self.out.quarantine(file, number, reason, name, ",".join(row.values()))
        return at_us

    def _ticket(self, row: Row, file: str, number: int) -> None:
        record = self.out.record()
        created_us = self._moment(row, "created_at", file, number)
        if created_us is None:
            return
        if not row["id"]:
            self.out.quarantine(file, number, "no-id", raw=",".join(row.values()))
            return
        attributes = {
            "brand": text(row.get("brand_id")), "form": text(row.get("ticket_form_id")),
            "organization": text(row.get("organization_id")), "followup_of": text(row.get("via_followup_source_id")),
        }  # fmt: skip
        channel = row.get("via_channel", "").lower()
        self.desk.add_ticket(
            Ticket(
                row["id"], created_us, instant_us(row.get("updated_at")) or created_us, [record],
                status=row["status"].lower() or None, requester=row["requester_id"] or None,
                submitter=row["submitter_id"] or None, assignee=row.get("assignee_id") or None,
                group=row.get("group_id") or None, channel=CHANNELS.get(channel, channel or None),
                public=truth(row.get("is_public")) is not False, subject=text(row.get("subject")),
                priority=text(row.get("priority")), type=text(row.get("type")),
                attributes={name: value for name, value in attributes.items() if value},
            )
        )  # fmt: skip
        for loser in row.get("merged_ticket_ids", "").strip("[] ").split(","):
            if loser.strip():
                self.desk.merges[loser.strip()] = row["id"]

    def _comment(self, row: Row, file: str, number: int) -> None:
        record = self.out.record()
        at_us = self._moment(row, "created", file, number)
        if at_us is None:
            return
        channel = "phone" if truth(row.get("voice_comment")) else None
        comment = Comment(
            at_us, row["user_id"] or None, truth(row["public"]) is not False, f"comment {row['id']}", [record], channel
        )
        self.desk.story(row["ticket_id"], file, number, record).say(comment)

    def _change(self, row: Row, file: str, number: int) -> None:
        record = self.out.record()
        at_us = self._moment(row, "updated", file, number)
        if at_us is None:
            return
        story = self.desk.story(row["ticket_id"], file, number, record)
        if row["field_name"] in PARTS:
            author = row.get("user_id") or None
            story.changes.append(Change(at_us, author, row["field_name"], row["value"] or None, None, record))
            if row["field_name"] == "status":
                self.desk.audited.add(row["ticket_id"])

    def _user(self, row: Row, file: str, number: int) -> None:
        self.desk.roles[row["id"]] = row["role"]
        self.desk.addresses[row["id"]] = row["email"]
        if row.get("name"):
            self.desk.names[row["id"]] = row["name"]

    def _group(self, row: Row, file: str, number: int) -> None:
        self.desk.groups[row["id"]] = row["name"]
