"""How many requests were open at the end of each day, and how many of them were still young."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from otklik.actions.count_days import SLOT_S, asked, chosen, day_at, local_days
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.goals import Bound, DayCount

if TYPE_CHECKING:
    from otklik.actions.cut_log import Shelf


Moves = tuple[Any, Any]


class UnfitForOpen(UserError):
    """Of requests that are open only their number and their age can be told, day by day."""

    code = "goal-unfit-for-open"
    message = N_("Of open requests only their number and the share younger than some time can be a goal.")
    hint = N_("Choose the measure resolution in elapsed time, as a count or a share, or requests that came or ended.")


def count_open_days(
    shelf: "Shelf", bound: Bound, zone: str, *, within_s: float | None, as_of: datetime
) -> tuple[DayCount, ...]:
    """Every day of the log: n open at its end, k of them no older than `within_s` (all, where that is None).

    The last day ends at `as_of`. A request that was reopened counts as open all the time, as its measures do.
    """
    if bound.measure != "resolution" or bound.clock != "elapsed" or bound.statistic == "quantile":
        raise UnfitForOpen
    came = _moves(shelf, bound, zone, "opened_at", {"as_of": as_of})
    if came is None:
        return ()
    ended = _moves(shelf, bound, zone, "ended_at", {"as_of": as_of})
    aged: Moves | None = came
    if within_s is not None:
        old = "opened_at + to_microseconds(cast($within * 1e6 as bigint))"
        left = f"case when ended_at <= $as_of and ended_at <= {old} then ended_at else {old} end"
        aged = _moves(shelf, bound, zone, left, {"as_of": as_of, "within": within_s})
    first, last = int(came[0][0]), int(local_days(np.array([int(as_of.timestamp())]), zone)[0])
    n = _level(came, first, last) - _level(ended, first, last)
    k = n if within_s is None else _level(came, first, last) - _level(aged, first, last)
    days = range(first, last + 1)
    return tuple(
        DayCount(day=day_at(day), n=many, k=young)
        for day, many, young in zip(days, n.tolist(), k.tolist(), strict=True)
    )


def _moves(shelf: "Shelf", bound: Bound, zone: str, column: str, values: dict[str, Any]) -> "Moves | None":
    """On how many local days so many requests came, ended or grew old; None where none did."""
    which = chosen(bound.which, zone)
    slot, many = asked(
        f"select cast(floor(epoch_us(moved) / {SLOT_S}e6) as bigint) as slot, count(*) "
        f"from (select {column} as moved from ({shelf.kept.sql('facts')}) where {which.text} "
        f"and opened_at <= $as_of) where moved <= $as_of group by slot order by slot",
        {**which.values, **values},
    )
    return (local_days(slot * SLOT_S, zone), many) if len(slot) else None


def _level(moves: "Moves | None", first: int, last: int) -> Any:
    """How many moved up to and with each day."""
    per_day = np.zeros(last - first + 1, np.int64)
    if moves is not None:
        np.add.at(per_day, moves[0] - first, moves[1])
    return np.cumsum(per_day)
