"""Puts the cases of all blocks and files together: steps, dates of whole cases, descriptions, what was set aside."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from otklik.base.text import N_
from otklik.intake.building import LogBuilder
from otklik.intake.process import CASES, STEPS, process_events
from otklik.intake.source import ReadOptions
from otklik.intake.sources.xes.cases import KEYS_KEPT, Cases
from otklik.intake.sources.xes.describing import STEP_KEYS, case_dates, case_descriptions
from otklik.intake.sources.xes.moments import instants
from otklik.schemas.events import QUARANTINE, Can

ID: Final = "concept:name"
_OTHER_ID: Final = "identity:id"


class Gathering:
    """What was read so far. Steps name their case by its number until all names are known."""

    def __init__(self, options: ReadOptions, out: LogBuilder) -> None:
        self._options = options
        self._zone = options.time_zone or "UTC"
        self._out = out
        self._steps: list[pa.Table] = []
        self._cases: list[pa.Table] = []
        self._n_cases = 0
        self._without_zone = 0
        self._left_out: frozenset[str] = frozenset()

    def add(self, cases: Cases, file: str, row: int) -> int:
        """Take one block; `row` = events of the file before it. Returns the events in the block."""
        n = len(cases.of_event)
        last = self._out.record(n)
        keys = {**STEP_KEYS, **{role: key for key, role in self._options.roles.items() if role in STEP_KEYS}}
        columns = {role: cases.event_column(key) for role, key in keys.items()}
        stamp = columns.pop("at")
        at, without_zone = instants(stamp, self._zone)
        self._without_zone += without_zone if self._options.time_zone is None else 0
        steps = {
            "case": pa.array(cases.of_event + self._n_cases),
            "at": at,
            "stamp": stamp,
            "record": pa.array(np.arange(last - n + 1, last + 1)),
            "row": pa.array(np.arange(row + 1, row + n + 1)),
            "file": pa.repeat(file, n),
        }
        self._steps.append(pa.table({**steps, **columns}))
        self._cases.append(self._told(cases))
        self._n_cases += cases.n_cases
        self._left_out |= cases.left_out
        return n

    def finish(self) -> Can:
        """Hand everything to the builder; say what the log can tell."""
        cases = pa.concat_tables(self._cases)
        names = self._names(cases["request"].combine_chunks())
        steps = pa.concat_tables(self._steps)
        steps = steps.append_column("request", names.take(steps["case"].combine_chunks()))
        steps = self._set_aside(steps)
        cases = cases.set_column(0, "request", names).filter(pc.is_valid(names))
        steps = steps.rename_columns({"assignee": "resource", "lifecycle": "transition"})
        found = process_events(self._out.source, steps.select(STEPS.names), _one_each(cases.select(CASES.names)))
        self._out.add_table("events", found.events)
        self._out.add_table("requests", cases.append_column("source", pa.repeat(self._out.source, cases.num_rows)))
        self._out.guesses.extend(found.guesses)
        self._note()
        return found.can

    def _told(self, cases: Cases) -> pa.Table:
        """Describe each case of a block: its name, its dates, what the record says about it."""
        name = pc.coalesce(cases.case_column(ID), cases.case_column(_OTHER_ID))
        dates = case_dates(cases, self._options.roles, self._zone)
        return pa.table({"request": name, **dates, **case_descriptions(cases, self._options.roles)})

    def _names(self, names: pa.Array) -> pa.Array:
        if names.null_count < len(names) or not len(names):
            return names
        self._out.guess("request", "1, 2, 3 ...", N_("No case has a name; they are numbered in the order of the file."))
        return pa.array(np.arange(1, len(names) + 1)).cast(pa.string())

    def _set_aside(self, steps: pa.Table) -> pa.Table:
        """Quarantine the events that have no case or no instant; return the others."""
        no_id = pc.fill_null(pc.equal(steps["request"], ""), True)
        no_date = pc.is_null(steps["at"])
        bad = pc.or_(no_id, no_date)
        aside = steps.append_column("no_id", no_id).filter(bad)
        if aside.num_rows:
            reason = pc.if_else(aside["no_id"], "no-id", pc.if_else(pc.is_null(aside["stamp"]), "no-date", "bad-date"))
            rows = {"file": aside["file"], "row": aside["row"], "reason": reason, "detail": aside["stamp"]}
            raw = pc.binary_join_element_wise(aside["activity"], aside["stamp"], " ", null_handling="skip")
            self._out.add_table("quarantine", pa.table({**rows, "raw": raw}).cast(QUARANTINE))
        return steps.filter(pc.invert(bad))

    def _note(self) -> None:
        if self._without_zone:
            reason = N_("%(n)s instants do not say their time zone; they are read as %(zone)s. --tz says otherwise.")
            self._out.guess("time_zone", self._zone, reason, n=str(self._without_zone), zone=self._zone)
        if self._left_out:
            reason = N_("%(n)s further attributes were left out: a request keeps %(kept)s.")
            examples = ", ".join(sorted(self._left_out)[:5])
            self._out.guess("attributes", examples, reason, n=str(len(self._left_out)), kept=str(KEYS_KEPT))


def _one_each(cases: pa.Table) -> pa.Table:
    """A case that stands in several pieces began with the first and ended with the last of its dates."""
    if pc.count_distinct(cases["request"]).as_py() == cases.num_rows:
        return cases
    spans = cases.group_by("request").aggregate([("started_at", "min"), ("ended_at", "max")])
    return spans.rename_columns(CASES.names)
