"""Collects what a reader finds, row by row or in whole Arrow tables, without judging it."""

from collections.abc import Mapping
from datetime import datetime

import pyarrow as pa

from otklik.base.units import to_us
from otklik.schemas.events import CODED, EVENTS, QUARANTINE, REQUESTS
from otklik.schemas.log import Guess

CHUNK_ROWS = 50_000
BUILT_EVENTS = pa.schema([*EVENTS, pa.field("record", pa.int64(), nullable=False), pa.field("key", pa.string())])
"""EVENTS plus `record` (which record of the source it came from) and `key` (the source's own id of the event)."""


class LogBuilder:
    """What one reader found. One `record()` for each record of the source (row, ticket, message), then its events."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.records = 0
        self.guesses: list[Guess] = []
        self.aside: set[int] = set()
        """Records set aside one by one; their events are dropped."""
        self.aside_rows = 0
        """Rows set aside as whole tables."""
        self.repeats = 0
        """Records that a later record of the same import replaces: they count as duplicates."""
        self._tables: dict[str, list[pa.Table]] = {"events": [], "requests": [], "quarantine": []}
        self._rows: dict[str, list[Mapping[str, object]]] = {"events": [], "requests": [], "quarantine": []}

    def record(self, n: int = 1) -> int:
        """Note that `n` more records were read; return the number of the last one, which its events carry."""
        self.records += n
        return self.records

    def event(
        self,
        request: str,
        at: datetime | int,
        kind: str,
        by: str,
        *,
        actor: str | None = None,
        team: str | None = None,
        assignee: str | None = None,
        public: bool = False,
        channel: str | None = None,
        status: str | None = None,
        activity: str | None = None,
        key: str | None = None,
        record: int | None = None,
    ) -> None:
        """Add one event of the last record, or of an earlier `record`.

        `at` aware, or microseconds since 1970 UTC. Order of calls = seq.
        """
        at_us = at if isinstance(at, int) else to_us(at)
        self._add(
            "events",
            {
                "source": self.source, "request": request, "at": at_us, "seq": 0, "kind": kind, "by": by,
                "actor": actor, "team": team, "assignee": assignee, "public": public, "channel": channel,
                "status": status, "activity": activity, "record": record or self.records, "key": key,
            },
        )  # fmt: skip

    def request(
        self,
        request: str,
        *,
        customer: str | None = None,
        subject: str | None = None,
        channel: str | None = None,
        category: str | None = None,
        priority: str | None = None,
        segment: str | None = None,
        language: str | None = None,
        opened_at: datetime | None = None,
        attributes: Mapping[str, str] | None = None,
    ) -> None:
        """Describe one request; a later description of the same request wins column by column where not None."""
        self._add(
            "requests",
            {
                "source": self.source, "request": request, "customer": customer, "subject": subject,
                "channel": channel, "category": category, "priority": priority, "segment": segment,
                "language": language, "opened_at": None if opened_at is None else to_us(opened_at),
                "attributes": list((attributes or {}).items()),
            },
        )  # fmt: skip

    def quarantine(
        self,
        file: str,
        row: int | None,
        reason: str,
        detail: str | None = None,
        raw: str | None = None,
        *,
        record: int | None = None,
    ) -> None:
        """Set the last record (or an earlier `record`) aside, its events with it.

        `reason` is a short code, `raw` what stood there.

        Codes in use: bad-date, no-id, no-date, ends-before-start, ragged-row, broken-quote, line-too-long, not-text,
        not-json, unreadable-record, unreadable-file, no-request. A new one needs a line in docs/en/guide/import.md.
        """
        self.aside.add(record or self.records)
        row_ = {
            "file": file,
            "row": row,
            "reason": reason,
            "detail": detail,
            "raw": None if raw is None else raw[:2000],
        }
        self._add("quarantine", row_)

    def guess(self, what: str, value: str, reason: str, **facts: str) -> None:
        """Note something worked out rather than told; `reason` is a catalogue key."""
        self.guesses.append(Guess(what=what, value=value, reason=reason, facts=facts))

    def add_table(self, kind: str, table: pa.Table) -> None:
        """Add whole columns at once: kind 'events' (BUILT_EVENTS), 'requests' or 'quarantine' (a record a row).

        Text columns of events may come coded (dictionary<int32, string>), which is kept.
        """
        self._flush(kind)
        if kind == "quarantine":
            self.aside_rows += table.num_rows
        fields = [_as_given(field, table.schema.field(field.name).type) for field in _SCHEMAS[kind]]
        self._keep(kind, table.select(_SCHEMAS[kind].names).cast(pa.schema(fields)))

    def table(self, kind: str) -> pa.Table:
        """Everything found so far, in the order found."""
        plain = [table.cast(_SCHEMAS[kind]) for table in self.tables(kind)]
        return pa.concat_tables([_SCHEMAS[kind].empty_table(), *plain])

    def tables(self, kind: str) -> list[pa.Table]:
        """Everything found so far, as it was given."""
        self._flush(kind)
        return self._tables[kind]

    def _add(self, kind: str, row: Mapping[str, object]) -> None:
        rows = self._rows[kind]
        rows.append(row)
        if len(rows) >= CHUNK_ROWS:
            self._flush(kind)

    def _flush(self, kind: str) -> None:
        rows = self._rows[kind]
        if rows:
            self._keep(kind, pa.Table.from_pylist(rows, schema=_SCHEMAS[kind]))
            rows.clear()

    def _keep(self, kind: str, table: pa.Table) -> None:
        self._tables[kind].append(table)


def _as_given(field: pa.Field, given: pa.DataType) -> pa.Field:
    is_coded = pa.types.is_dictionary(given) and field.type == pa.string()
    return field.with_type(CODED) if is_coded else field


_SCHEMAS = {"events": BUILT_EVENTS, "requests": REQUESTS, "quarantine": QUARANTINE}
