"""Find the day from which the record of a goal can be compared with itself: a new channel, other working hours."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from otklik.actions.count_days import chosen, measure_of
from otklik.base.units import from_us
from otklik.schemas.forecasts import Restart
from otklik.schemas.goals import Bound

if TYPE_CHECKING:
    from otklik.actions.measure_goals import GoalRuler

NEWEST_DAYS: Final = 28
REAL_PART: Final = 0.1
"""A channel with less of the newest requests than this changes little."""
LEAST_BEFORE_DAYS: Final = 28
"""What is there so soon after the first record was there all along."""


def find_restart(ruler: "GoalRuler", bound: Bound, last: date) -> Restart | None:
    """The newest break in the record up to a day; None where it is of one piece."""
    found = [*_new_channels(ruler, bound, last), *_other_hours(ruler, bound, last)]
    return max(found, key=lambda one: one.day, default=None)


def _new_channels(ruler: "GoalRuler", bound: Bound, last: date) -> Iterator[Restart]:
    """Channels that make up a real part of the newest requests, and of which there were none in the first weeks."""
    from otklik.store.engine import open_engine

    if len(bound.which.channel) == 1:
        return
    picked, zone = chosen(bound.which, ruler.zone), ZoneInfo(ruler.zone)
    until = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
    query = (
        "select cast(channel as varchar), epoch_us(min(opened_at)), count(*) filter (where opened_at >= $newest) "
        f"from ({ruler.shelf.kept.sql('facts')}) where {picked.text} and opened_at < $until group by all"
    )
    values = {**picked.values, "until": until, "newest": until - timedelta(days=NEWEST_DAYS)}
    with open_engine() as sql:
        found = sql.execute(query, values).fetchall()
    rows = [(name, from_us(at), n) for name, at, n in found]
    of_all = sum(n for _, _, n in rows)
    began = min((at for _, at, _ in rows), default=until)
    for name, at, n in rows:
        is_new = at - began >= timedelta(days=LEAST_BEFORE_DAYS)
        if name is not None and is_new and n >= REAL_PART * of_all:
            yield Restart(day=at.astimezone(zone).date(), why="channel", what=name)


def _other_hours(ruler: "GoalRuler", bound: Bound, last: date) -> Iterator[Restart]:
    """Days from which the company works by other weekly hours; holidays come and go, and are no break."""
    if bound.clock != "business" or measure_of(bound).unit != "s":
        return
    book = ruler.shelf.yardstick.book()
    versions = book.versions[book.default] if book and book.default else ()
    for before, after in pairwise(versions):
        if after.valid_from is None or after.valid_from > last:
            continue
        if (before.weekly, before.time_zone) != (after.weekly, after.time_zone):
            yield Restart(day=after.valid_from, why="hours", what=after.name or after.id)
