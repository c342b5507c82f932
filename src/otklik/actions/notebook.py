"""Otklik in a notebook: `otklik.read("tickets.csv").measure(calendar="ru").first_reply.curve(by="channel")`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa

from otklik.actions.import_log import Records, import_log
from otklik.actions.make_report import Questions, report_on
from otklik.actions.measure_speed import Yardstick, measure_speed
from otklik.schemas.log import ServiceLog
from otklik.schemas.results import Clock, Explanation, Report

if TYPE_CHECKING:
    from otklik.measures import Measured


@dataclass(frozen=True)
class Table:
    """A result as Arrow columns that turns into what you work with, and draws itself in a notebook."""

    arrow: pa.Table
    spec: dict[str, Any]

    def to_pandas(self) -> Any:
        """As a pandas DataFrame (needs pandas)."""
        return self.arrow.to_pandas()

    def to_polars(self) -> Any:
        """As a Polars DataFrame (needs polars)."""
        import polars

        return polars.from_arrow(self.arrow)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the columns to anything that speaks the Arrow interface."""
        return self.arrow.__arrow_c_stream__(requested_schema)

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        from otklik.charts import Picture

        return cast(dict[str, object], Picture(self.spec)._repr_mimebundle_())


@dataclass(frozen=True)
class MeasuredSpeed:
    """One measure of a log in one clock."""

    measured: "Measured"
    log: ServiceLog
    measure: str
    clock: Clock = "elapsed"

    @property
    def business(self) -> "MeasuredSpeed":
        """The same in working time."""
        return MeasuredSpeed(self.measured, self.log, self.measure, "business")

    def curve(self, by: str | None = None) -> Table:
        """Share answered by then: columns value, at_s, share, low, high; one curve for each value of `by`."""
        from otklik.charts import curves_spec
        from otklik.findings import curve_table

        table = curve_table(self.log, self.measured, self.measure, clock=self.clock, by=by)
        return Table(table, curves_spec(table, self.measure))

    def quantiles(self, by: str | None = None) -> Table:
        """Median, p75, p90, p95 with 95 % intervals: columns value, n, running, p, value_s, low_s, high_s."""
        from otklik.charts import quantiles_spec
        from otklik.findings import quantile_table

        table = quantile_table(self.log, self.measured, self.measure, clock=self.clock, by=by)
        return Table(table, quantiles_spec(table, self.measure))

    def explain(self, request: str) -> list[Explanation]:
        """The interval list behind the number of one request."""
        from otklik.actions.explain_wait import explain_in

        return explain_in(self.log, self.measured.book, request, self.measure)


@dataclass(frozen=True)
class SpeedOfLog:
    """Everything measured: one attribute a measure (`speed.first_reply`), `facts`, `waits`, `report()`."""

    log: ServiceLog
    measured: "Measured"
    yardstick: Yardstick

    @property
    def facts(self) -> pa.Table:
        """One row a request."""
        return self.measured.facts

    @property
    def waits(self) -> pa.Table:
        """One row a wait."""
        return self.measured.waits

    def __getattr__(self, name: str) -> MeasuredSpeed:
        """Find the measure of that name."""
        if name not in self.__dir__():
            raise AttributeError(name)
        return MeasuredSpeed(self.measured, self.log, name)

    def __dir__(self) -> list[str]:
        """Offer the measures for completion."""
        from otklik.measures import catalog

        return [*(entry.id for entry in catalog.MEASURES), "facts", "waits", "report"]

    def report(self, **questions: Any) -> Report:
        """The whole report as data; `otklik.schemas.results.Report`."""
        return report_on(self.log, self.yardstick, Questions(**questions))


@dataclass(frozen=True)
class Log:
    """A service log that was read; `.events` and `.requests` are Arrow tables."""

    service_log: ServiceLog

    @property
    def events(self) -> pa.Table:
        """One row an event."""
        return self.service_log.events

    @property
    def requests(self) -> pa.Table:
        """One row a request."""
        return self.service_log.requests

    @property
    def guesses(self) -> Iterator[str]:
        """What was worked out rather than told."""
        return (f"{guess.what}: {guess.value}" for guess in self.service_log.guesses)

    def measure(self, calendar: str | None = None, as_of: datetime | None = None) -> SpeedOfLog:
        """Measure by a calendar (preset name or TOML file; None = around the clock only)."""
        yardstick = Yardstick(calendar, as_of, next((source.time_zone for source in self.service_log.sources), None))
        return SpeedOfLog(self.service_log, measure_speed(self.service_log, yardstick), yardstick)


def read(*files: str | Path, **records: Any) -> Log:
    """Read any export, several, or a folder; keywords as in `actions.import_log.Records`."""
    return Log(import_log(Records(tuple(str(name) for name in files), **records)))
