"""What a number measures just now, before anybody promises it: where it stands, and which step could be seen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings

from otklik.actions.cut_log import Shelf
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.take_baseline import Baseline, take_baseline
from otklik.base.text import N_
from otklik.schemas.goal_results import Basis
from otklik.schemas.goals import Bound, Direction
from otklik.web.accounts.models import Company
from otklik.web.calendars import current
from otklik.web.goals.forms.sources import unit_of
from otklik.web.goals.numbers import SHARE, TIME, as_typed, shown
from otklik.web.goals.telling import date_text
from otklik.web.words import say, speech

WHOLE_MINUTES_S: Final = 600
"""A longer time is taken over in whole minutes."""


@dataclass(frozen=True)
class NumberNow:
    """A number in words: itself, its interval, of how many and when, and what follows from it."""

    number: str
    interval: str
    about: str
    lines: tuple[str, ...] = ()
    fill: str = ""
    """What its baseline is filled with, by the name of the field, as JSON."""


def number_now(bound: Bound, told: Mapping[str, Any], *, as_baseline: bool) -> NumberNow:
    """Measure a number by the kept facts; nothing is kept. Raises NotMeasuredYet and whatever the log cannot tell.

    `told` is what stands in the form besides: direction and target.
    """
    direction: Direction = told.get("direction") or "raise"
    ruler = GoalRuler(
        Shelf.of(settings.DATA.log, current.yardstick()), zone=Company.ours().time_zone, opens_files=False, at_hand=True
    )
    found = take_baseline(ruler, bound, direction)
    unit, value = unit_of(bound), found.number.value
    low, high = found.number.low, found.number.high
    is_whole = low is not None and high is not None
    return NumberNow(
        number=shown(value, unit),
        interval=f"[{shown(low, unit)}; {shown(high, unit)}]" if is_whole else "",
        about=_about(found.basis, found.n),
        lines=tuple(_lines(found, unit, told.get("target"))),
        fill=_fill(value, unit) if as_baseline and value is not None else "",
    )


def _about(basis: Basis, n: int) -> str:
    days = f"{date_text(basis.first)} – {date_text(basis.last)}"
    return say(N_("%(days)s, %(requests)s"), days=days, requests=speech().requests(n))


def _lines(found: Baseline, unit: str, target: Any) -> list[str]:
    value, visible = found.number.value, found.visible
    if value is None:
        return [say(N_("Too little is on record to tell it."))]
    if visible is None and found.basis.bound.statistic == "count":
        return []
    if visible is None:
        return [say(N_("Too little is on record to tell which step could be seen."))]
    lines = [say(N_("The smallest change that so many requests can show: %(step)s."), step=_step(visible, unit))]
    if isinstance(target, float) and abs(target - value) < visible:
        lines.append(say(N_("From here to your target it is less: luck alone could do as much.")))
    return lines


def _step(visible: float, unit: str) -> str:
    if unit != SHARE:
        return shown(visible, unit)
    return say(N_("%(points)s percentage points"), points=speech().format.number(visible * 100, 1))


def _fill(value: float, unit: str) -> str:
    size = 60 if unit == TIME and value >= WHOLE_MINUTES_S else 0.001 if unit == SHARE else 1
    typed = as_typed(round(round(value / size) * size, 3), unit)
    return json.dumps({"baseline": typed, "unit_kind": unit})
