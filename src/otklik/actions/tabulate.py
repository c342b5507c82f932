"""The figures of a report as tables: one row a thing, numbers as numbers, codes as they are in the data."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from otklik.base.text import N_
from otklik.schemas.results import Report, Speed, WeekGrid

Row = dict[str, Any]
_UTC: Final = pa.timestamp("us", "UTC")
_TEXT, _WHOLE, _NUMBER, _YES = pa.string(), pa.int64(), pa.float64(), pa.bool_()
_QUANTILES: Final = [f"{name}{end}" for name in ("median", "p75", "p90", "p95") for end in ("_s", "_low_s", "_high_s")]


@dataclass(frozen=True)
class Tabled:
    """One table: its title, the parts of the report it is of, its columns, and its rows."""

    title: str
    parts: frozenset[str]
    columns: Mapping[str, pa.DataType]
    rows: Callable[[Report], Iterator[Row]]

    @property
    def schema(self) -> pa.Schema:
        """The columns as Arrow has them."""
        return pa.schema(list(self.columns.items()))


def tabulate(report: Report, name: str) -> pa.Table:
    """One of TABLES, of the parts that the report has."""
    table = TABLES[name]
    return pa.Table.from_pylist(list(table.rows(report)), table.schema)


def _speeds(report: Report) -> Iterator[tuple[str, str, Speed]]:
    for result in report.measures.values():
        for clock, speed in (("elapsed", result.elapsed), ("business", result.business)):
            if speed is not None:
                yield result.measure, clock, speed


def _measures(report: Report) -> Iterator[Row]:
    for measure, clock, speed in _speeds(report):
        yield {"measure": measure, "clock": clock, **speed.model_dump(exclude={"within", "curve"})}


def _shares(report: Report) -> Iterator[Row]:
    for measure, clock, speed in _speeds(report):
        yield from ({"measure": measure, "clock": clock, **mark.model_dump()} for mark in speed.within)


def _curves(report: Report) -> Iterator[Row]:
    for measure, clock, speed in _speeds(report):
        curve = speed.curve
        for at_s, share, low, high in zip(curve.at_s, curve.share, curve.low, curve.high, strict=True):
            yield {"measure": measure, "clock": clock, "at_s": at_s, "share": share, "low": low, "high": high}


def _counts(report: Report) -> Iterator[Row]:
    for result in report.measures.values():
        if result.count is not None:
            for value, n in sorted(result.count.by_value.items()):
                yield {"measure": result.measure, "value": value, "n": n}


def _targets(report: Report) -> Iterator[Row]:
    for kept in report.targets:
        target = kept.target
        yield {
            "measure": target.measure, "within_s": target.within_s, "promised_share": target.share,
            "clock": target.clock, "only": "; ".join(f"{name}={value}" for name, value in target.only.items()),
            **kept.model_dump(exclude={"target"}),
        }  # fmt: skip


def _slices(report: Report) -> Iterator[Row]:
    for cut in report.slices:
        about = {"by": cut.by, "measure": cut.measure, "clock": cut.clock}
        yield from ({**about, **row.model_dump()} for row in cut.rows)


def _weeks(report: Report) -> Iterator[Row]:
    trend = report.trend
    if trend is not None:
        about = {"measure": trend.measure, "clock": trend.clock, "share_within_s": trend.share_within_s}
        yield from ({**about, "weeks": trend.weeks_per_point, **week.model_dump()} for week in trend.weeks)


def _hours(grid: WeekGrid | None) -> Iterator[Row]:
    if grid is None:
        return
    for weekday, hours in enumerate(grid.n):
        for hour, n in enumerate(hours):
            row = {"weekday": weekday + 1, "hour": hour, "zone": grid.zone, "n": n}
            yield {**row, **{name: of[weekday][hour] for name in ("median_s", "mean") if (of := getattr(grid, name))}}


def _arrivals(report: Report) -> Iterator[Row]:
    return _hours(report.when.arrivals if report.when else None)


def _wait_hours(report: Report) -> Iterator[Row]:
    return _hours(report.when.waits if report.when else None)


def _open_hours(report: Report) -> Iterator[Row]:
    for row in _hours(report.when.open if report.when else None):
        yield {name: value for name, value in row.items() if name != "n"}


def _time(report: Report) -> Iterator[Row]:
    where = report.where
    if where is not None:
        for told_by, parts in (("turn", where.turns), ("step", where.by_step), ("team", where.by_team)):
            yield from ({"by": told_by, **part.model_dump()} for part in parts)


def _ages(report: Report) -> Iterator[Row]:
    for from_s, to_s, n in report.waiting.ages if report.waiting else ():
        yield {"from_s": from_s, "to_s": to_s, "n": n}


def _moves(report: Report) -> Iterator[Row]:
    yield from (edge.model_dump() for edge in (report.barriers.edges if report.barriers else ()))


def _ways(report: Report) -> Iterator[Row]:
    for way in report.barriers.variants if report.barriers else ():
        yield {**way.model_dump(), "steps": " → ".join(way.steps)}


def _states(report: Report) -> Iterator[Row]:
    for measure, states in report.quality.states.items():
        yield from ({"measure": measure, "state": state, "n": n} for state, n in states.items())


def _signs(report: Report) -> Iterator[Row]:
    yield from ({"sign": sign.code, "n": sign.n, "of": sign.of} for sign in report.quality.signs)


_CLOCKED: Final = {"measure": _TEXT, "clock": _TEXT}
_BAND: Final = {"share": _NUMBER, "low": _NUMBER, "high": _NUMBER}
_GRID: Final = {"weekday": _WHOLE, "hour": _WHOLE, "zone": _TEXT, "n": _WHOLE}
_MEDIAN: Final = {"median_s": _NUMBER, "median_low_s": _NUMBER, "median_high_s": _NUMBER, "p90_s": _NUMBER}

TABLES: Final[dict[str, Tabled]] = {
    "measures": Tabled(
        N_("Every measure: how many, quantiles with their intervals"), frozenset({"measures"}),
        {**_CLOCKED, "n": _WHOLE, "done": _WHOLE, "running": _WHOLE, "never": _WHOLE,
         **dict.fromkeys(_QUANTILES, _NUMBER)},
        _measures,
    ),
    "shares": Tabled(
        N_("Share served within round times"), frozenset({"measures"}), {**_CLOCKED, "within_s": _NUMBER, **_BAND},
        _shares,
    ),
    "curves": Tabled(
        N_("Curves: share served by then"), frozenset({"measures"}), {**_CLOCKED, "at_s": _NUMBER, **_BAND}, _curves,
    ),
    "counts": Tabled(
        N_("Counts: how many requests had how many"), frozenset({"measures"}),
        {"measure": _TEXT, "value": _WHOLE, "n": _WHOLE}, _counts,
    ),
    "targets": Tabled(
        N_("Targets: promised and kept"), frozenset({"targets"}),
        {"measure": _TEXT, "within_s": _NUMBER, "promised_share": _NUMBER, "clock": _TEXT, "only": _TEXT, "n": _WHOLE,
         **_BAND, "met": _YES},
        _targets,
    ),
    "weeks": Tabled(
        N_("Weeks: the trend"), frozenset({"trend"}),
        {**_CLOCKED, "share_within_s": _NUMBER, "weeks": _WHOLE, "start": _UTC, "n": _WHOLE, "running": _WHOLE,
         **_MEDIAN, "share": _NUMBER, "share_low": _NUMBER, "share_high": _NUMBER, "young": _YES},
        _weeks,
    ),
    "time": Tabled(
        N_("Where the time goes: by turn, step and team"), frozenset({"where"}),
        {"by": _TEXT, "part": _TEXT, "total_s": _NUMBER, "share": _NUMBER}, _time,
    ),
    "arrivals": Tabled(N_("When requests come: weekday and hour"), frozenset({"when"}), _GRID, _arrivals),
    "wait_hours": Tabled(
        N_("How long those wait who come then: weekday and hour"), frozenset({"when"}),
        {**_GRID, "median_s": _NUMBER}, _wait_hours,
    ),
    "open_hours": Tabled(
        N_("How many requests are open, on average: weekday and hour"), frozenset({"when"}),
        {"weekday": _WHOLE, "hour": _WHOLE, "zone": _TEXT, "mean": _NUMBER}, _open_hours,
    ),
    "slices": Tabled(
        N_("Groups compared: channels, teams and the rest"), frozenset({"slices"}),
        {"by": _TEXT, **_CLOCKED, "value": _TEXT, "n": _WHOLE, "running": _WHOLE, "enough": _YES, **_MEDIAN,
         "difference_s": _NUMBER, "difference_low_s": _NUMBER, "difference_high_s": _NUMBER, "verdict": _TEXT},
        _slices,
    ),
    "ages": Tabled(
        N_("Who waits now: by how long so far"), frozenset({"waiting"}),
        {"from_s": _NUMBER, "to_s": _NUMBER, "n": _WHOLE}, _ages,
    ),
    "moves": Tabled(
        N_("Moves from step to step"), frozenset({"barriers"}),
        {"start": _TEXT, "end": _TEXT, "n": _WHOLE, "median_s": _NUMBER, "p90_s": _NUMBER, "total_s": _NUMBER,
         "lost_s": _NUMBER},
        _moves,
    ),
    "ways": Tabled(
        N_("The most common ways"), frozenset({"barriers"}),
        {"steps": _TEXT, "n": _WHOLE, "share": _NUMBER, "median_s": _NUMBER, "stall_after": _TEXT, "stall_at": _WHOLE,
         "stall_median_s": _NUMBER},
        _ways,
    ),
    "states": Tabled(
        N_("What became of every request, measure by measure"), frozenset({"quality"}),
        {"measure": _TEXT, "state": _TEXT, "n": _WHOLE}, _states,
    ),
    "signs": Tabled(
        N_("Signs that figures are embellished"), frozenset({"quality"}),
        {"sign": _TEXT, "n": _WHOLE, "of": _WHOLE}, _signs,
    ),
}  # fmt: skip
"""Every table of figures by its name; none tells anything of a single request."""
