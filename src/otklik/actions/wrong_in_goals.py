"""What cannot be so in goals from a file: days out of their cycle, numbers no page can show, texts too long to keep."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from otklik.base.text import N_
from otklik.schemas.goals import Bound, Cycle, Health, KeyResult, Need, Objective, Pushed

LARGEST: Final = 1e15
"""Beyond it no number of a goal means anything, and no page can show it."""
LONGEST_DAYS: Final = 400
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2100
MOST_CHECK_IN_DAYS: Final = 60
_LENGTHS: Final = {"profile": 20, "unit": 40, "rule": 20, "place": 80, "series": 80}
_DAY: Final = N_("this day is not inside the cycle")
_NUMBER: Final = N_("it is larger than a number of a goal can be")
_TEXT: Final = N_("the text is too long")
_PERSONAL: Final = N_("a personal goal asks nothing of teams")
_ITSELF: Final = N_("a team asks nothing of itself")


class Wrong(NamedTuple):
    """Where (as objectives[2].key_results[1].due), and why (a catalogue key)."""

    place: str
    reason: str


def wrong_in_goals(cycle: Cycle) -> Wrong | None:
    """The first thing that cannot be so; None = all is well.

    >>> wrong_in_goals(Cycle(title="Q1", start=date(2027, 1, 1), end=date(2027, 3, 31), mid_review=date(2028, 1, 1)))
    Wrong(place='cycle.mid_review', reason='this day is not inside the cycle')
    """
    return next(_wrong_in_cycle(cycle), None)


def place_by_person(cycle: Cycle) -> str | None:
    """The first number limited to one person's requests in a goal that is not a personal one; None = there is none."""
    for number, objective in enumerate(cycle.objectives, 1):
        if objective.level == "personal":
            continue
        for name in ("key_results", "health"):
            rows: Sequence[KeyResult | Health] = getattr(objective, name)
            for place, row in enumerate(rows, 1):
                if isinstance(row.source, Bound) and row.source.which.assignee:
                    return f"objectives[{number}].{name}[{place}].source.which.assignee"
    return None


def is_too_large(value: float | None) -> bool:
    """Tell of a number whether no page could show it.

    >>> is_too_large(1e15), is_too_large(1e16), is_too_large(float("inf")), is_too_large(None)
    (False, True, True, False)
    """
    return value is not None and not (math.isfinite(value) and abs(value) <= LARGEST)


def _wrong_in_cycle(cycle: Cycle) -> Iterator[Wrong]:
    if cycle.end < cycle.start:
        yield Wrong("cycle.end", N_("the last day comes before the first"))
    if cycle.start.year < FIRST_YEAR or cycle.end.year > LAST_YEAR:
        yield Wrong("cycle.start", N_("a cycle lies between 1970 and 2100"))
    if (cycle.end - cycle.start).days > LONGEST_DAYS:
        yield Wrong("cycle.end", N_("a cycle is a year at most"))
    if cycle.check_in_days > MOST_CHECK_IN_DAYS:
        yield Wrong("cycle.check_in_days", N_("there are 60 days between check-ins at most"))
    yield from _outside("cycle", cycle, cycle, "mid_review", "closing_from")
    yield from _too_long("cycle", cycle)
    for number, waiver in enumerate(cycle.waivers, 1):
        yield from _too_long(f"waivers[{number}]", waiver)
    for number, objective in enumerate(cycle.objectives, 1):
        yield from _wrong_in_objective(f"objectives[{number}]", objective, cycle)


def _wrong_in_objective(at: str, objective: Objective, cycle: Cycle) -> Iterator[Wrong]:
    for number, waiver in enumerate(objective.waivers, 1):
        yield from _too_long(f"{at}.waivers[{number}]", waiver)
    for number, key_result in enumerate(objective.key_results, 1):
        yield from _wrong_in_key_result(f"{at}.key_results[{number}]", key_result, cycle)
    for number, health in enumerate(objective.health, 1):
        here = f"{at}.health[{number}]"
        yield from _too_large(here, health, "low", "high")
        yield from _too_long(here, health)
        yield from _wrong_in_source(here, health)
    for number, need in enumerate(objective.needs, 1):
        yield from _wrong_in_need(f"{at}.needs[{number}]", need, objective, cycle)


def _wrong_in_need(at: str, need: Need, objective: Objective, cycle: Cycle) -> Iterator[Wrong]:
    if objective.level == "personal":
        yield Wrong(at, _PERSONAL)
    if objective.level == "team" and need.team == objective.team:
        yield Wrong(f"{at}.team", _ITSELF)
    yield from _outside(at, need, cycle, "due")


def _wrong_in_key_result(at: str, key_result: KeyResult, cycle: Cycle) -> Iterator[Wrong]:
    yield from _outside(at, key_result, cycle, "due")
    yield from _too_large(at, key_result, "baseline", "target", "commit", "stretch", "weight")
    yield from _too_long(at, key_result)
    yield from _wrong_in_source(at, key_result)
    for number, point in enumerate(key_result.checkpoints, 1):
        yield from _outside(f"{at}.checkpoints[{number}]", point, cycle, "day")
        yield from _too_large(f"{at}.checkpoints[{number}]", point, "value")
    for number, step in enumerate(key_result.steps, 1):
        yield from _too_large(f"{at}.steps[{number}]", step, "weight")


def _wrong_in_source(at: str, row: KeyResult | Health) -> Iterator[Wrong]:
    if isinstance(row.source, Bound):
        yield from _too_large(f"{at}.source", row.source, "within_s", "window_days")
    elif isinstance(row.source, Pushed):
        yield from _too_long(f"{at}.source", row.source)


def _outside(at: str, row: Any, cycle: Cycle, *names: str) -> Iterator[Wrong]:
    days: Iterator[tuple[str, date | None]] = ((name, getattr(row, name)) for name in names)
    yield from (Wrong(f"{at}.{name}", _DAY) for name, day in days if day and not cycle.start <= day <= cycle.end)


def _too_large(at: str, row: Any, *names: str) -> Iterator[Wrong]:
    yield from (Wrong(f"{at}.{name}", _NUMBER) for name in names if is_too_large(getattr(row, name)))


def _too_long(at: str, row: Any) -> Iterator[Wrong]:
    known = ((name, getattr(row, name, "")) for name in _LENGTHS)
    yield from (Wrong(f"{at}.{name}", _TEXT) for name, text in known if len(text) > _LENGTHS[name])
