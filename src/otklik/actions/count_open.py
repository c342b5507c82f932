"""Count how many requests were open at each hour of a view's period, whenever they came, and in a log of any size."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from otklik.actions.cut_log import Asked, Shelf, bounds
from otklik.base.units import to_us
from otklik.schemas.results import WeekGrid
from otklik.schemas.views import View

if TYPE_CHECKING:
    from otklik.findings.open_requests import OpenHours

ROWS = 500_000


def asks_for_a_period(view: View) -> bool:
    """Whether a view picks requests by when something happened: then others were open beside them."""
    plain = View()
    return (view.start, view.end, view.cohort) != (plain.start, plain.end, plain.cohort)


def count_open(shelf: Shelf, view: View, zone: str) -> WeekGrid | None:
    """The mean number of open requests by hour and weekday, those that came before the period among them.

    Requests are picked by the columns of the view alone; the period says at which hours to look.
    """
    from otklik.store.engine import open_engine

    chosen = view.model_copy(update={"start": None, "end": None, "cohort": "arrived"})
    asked = Asked.of(chosen, zone, shelf.as_of, shelf.kept.sql("waits"))
    ends = pa.table({"source": list(shelf.horizon), "horizon": list(shelf.horizon.values())})
    with open_engine() as sql:
        sql.register("ends", ends)
        lives = f"""select epoch_us(opened_at) opened, epoch_us(coalesce(ended_at, horizon)) ended,
            epoch_us(horizon) followed from ({shelf.kept.sql("facts")}) join ends using (source) where {asked.text}"""
        sides = sql.execute(f"select min(opened), max(followed) from ({lives})", dict(asked.values))
        first, last = sides.fetchone() or (None, None)
        if first is None:
            return None
        hours = _hours_of(view, zone, first, last)
        for opened, ended in _read(sql.execute(lives, dict(asked.values))):
            hours.add(opened, ended)
    return hours.grid()


def _hours_of(view: View, zone: str, first_us: int, last_us: int) -> "OpenHours":
    """From the first request, or the first day asked for, to the end of the records, or the last day."""
    from otklik.findings.open_requests import OpenHours

    begin, end = bounds(view, zone)
    begin_us = max(first_us, to_us(begin)) if begin else first_us
    return OpenHours(zone, begin_us, min(last_us, to_us(end)) if end else last_us)


def _read(found: Any) -> Iterator[tuple[Any, Any]]:
    for batch in found.to_arrow_reader(ROWS):
        yield batch["opened"].to_numpy(zero_copy_only=False), batch["ended"].to_numpy(zero_copy_only=False)
