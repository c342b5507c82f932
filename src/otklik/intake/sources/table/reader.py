"""Reads tables of any kind: works out what the columns mean, says so, and turns the rows into events."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from otklik.base.text import N_
from otklik.intake.building import LogBuilder
from otklik.intake.source import UNTOLD, Beginning, Input, ReadOptions, Recognition
from otklik.intake.sources.table.beginning import begin_tables
from otklik.intake.sources.table.dates import read_dates
from otklik.intake.sources.table.families import family_of, looks_like_table
from otklik.intake.sources.table.histories import read_history
from otklik.intake.sources.table.loading import load_grid
from otklik.intake.sources.table.messages import read_messages
from otklik.intake.sources.table.plan import Plan, make_plan
from otklik.intake.sources.table.ready_log import read_ready_log
from otklik.intake.sources.table.rows import Table, broken_table
from otklik.intake.sources.table.snapshots import read_snapshots
from otklik.intake.sources.table.steps import read_steps
from otklik.intake.sources.table.telling import told_mode, told_roles, told_words
from otklik.intake.sources.table.timing import instants_of
from otklik.schemas.events import Can
from otklik.schemas.log import SourceFacts

_MODES: Final = {"log": "events", "steps": "events", "snapshots": "events", "messages": "messages",
                 "history": "messages", "dates": "dates"}  # fmt: skip
_READ_FIRST: Final = ("dates", "snapshots", "log", "steps", "history", "messages")


class TableSource:
    """CSV, TSV, XLSX, XLS, ODS, Parquet and JSON lines, whatever their columns are called."""

    name = "table"
    named_by_file = True

    def recognise(self, inputs: Sequence[Input]) -> Recognition | None:
        """Claim the first table and those that belong to it; any source that knows its product outbids this."""
        tables = [item for item in inputs if looks_like_table(item)]
        if not tables:
            return None
        family = family_of(tables)
        return Recognition(family.inputs, 0.3, N_("it is a table (%(kind)s)"), {"kind": family.kind})

    def read(self, inputs: Sequence[Input], options: ReadOptions, out: LogBuilder) -> SourceFacts:
        """Read one table, or several that tell of the same requests."""
        with tempfile.TemporaryDirectory(prefix="otklik-table-") as folder:
            plans = [self._plan(item, Path(folder), options) for item in inputs]
            plans.sort(key=lambda plan: _READ_FIRST.index(plan.mode))
            tables: list[Table] = []
            for plan in plans:
                tables.append(_read(plan, options, out, tables, plans))
        return _facts(tables, options, out)

    def begin(self, inputs: Sequence[Input], options: ReadOptions, folder: Path) -> Beginning:
        """Show the first rows and what each column is taken for."""
        return begin_tables(inputs, options, folder)

    def _plan(self, item: Input, folder: Path, options: ReadOptions) -> Plan:
        own = Path(tempfile.mkdtemp(dir=folder))
        options.progress(N_("Reading events"), 0, None)
        grid = load_grid(item, own, options.mapping)
        return make_plan(grid, told_roles(grid, options), told_mode(grid, options))


def _facts(tables: Sequence[Table], options: ReadOptions, out: LogBuilder) -> SourceFacts:
    can = Can(0)
    for table in tables:
        can |= table.can
    modes = {_MODES[table.plan.mode] for table in tables}
    return SourceFacts(
        source=out.source,
        mode="events" if "events" in modes else "messages" if "messages" in modes else "dates",
        can=can,
        horizon=UNTOLD,
        time_zone=options.time_zone,
        is_process=all(table.is_process for table in tables),
    )


def _read(plan: Plan, options: ReadOptions, out: LogBuilder, before: Sequence[Table], plans: Sequence[Plan]) -> Table:
    broken = broken_table(plan.grid)
    out.record(len(broken))
    out.add_table("quarantine", broken)
    first = out.records + 1
    out.record(len(plan.grid))
    _say_plan(plan, out)
    instants = instants_of(plan, options, out)
    table = Table(plan, instants, first, out, told_states=told_words(options.mapping.get("states")))
    table.messages_elsewhere = any(other.mode == "messages" for other in plans if other is not plan)
    if plan.mode == "messages":
        opened = _opened(before)
        read_messages(table, opened, options.our_addresses)
    else:
        _READERS[plan.mode](table)
    return table


def _opened(before: Sequence[Table]) -> frozenset[str]:
    """Requests whose opening a table read before has told."""
    told = [table for table in before if table.plan.mode in {"dates", "snapshots", "steps", "log"}]
    return frozenset(request for table in told for request in table.texts("request").dictionary.to_pylist())


def _say_plan(plan: Plan, out: LogBuilder) -> None:
    out.guesses.extend(plan.grid.guesses)
    out.guess("mode", plan.mode, plan.reason, file=plan.grid.name)
    for role in plan.roles.found:
        out.guess("column", role.role, role.reason, column=role.column)


_READERS: Final = {
    "dates": read_dates,
    "steps": read_steps,
    "snapshots": read_snapshots,
    "history": read_history,
    "log": read_ready_log,
}
