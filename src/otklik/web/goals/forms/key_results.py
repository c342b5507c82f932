"""Forms about key results and health numbers: what is counted, from where to where, and where the number comes from."""

import re
from datetime import date
from typing import Any, Final

from django import forms

from otklik.base.text import N_
from otklik.schemas.goals import DIRECTIONS
from otklik.schemas.goals import KeyResult as Told
from otklik.web.goals.forms.fields import (
    choice_field,
    day_field,
    long_field,
    number_field,
    person_field,
    read_day,
    read_lines,
    text_field,
)
from otklik.web.goals.forms.kept import may_stay
from otklik.web.goals.forms.objectives import MARKS
from otklik.web.goals.forms.sources import WithSource, typed_source, typed_unit
from otklik.web.goals.models import Cycle, Health, KeyResult
from otklik.web.goals.numbers import COUNT, as_typed, typed_number
from otklik.web.words import say, say_later

LEADING: Final = {"": N_("not decided yet"), "yes": N_("It moves early"), "no": N_("It moves late")}
_NUMBERS: Final = ("baseline", "target", "commit", "stretch")
MOST_WEIGHT: Final = 1_000


class AboutKeyResult(WithSource):
    """A key result: a number, from where to where, by when."""

    title = text_field(
        N_("What changes, from what to what"),
        help_text=N_("Like: share of chats answered within 15 minutes, from 48% to 80%"),
    )
    direction = choice_field(N_("Which way"), DIRECTIONS)
    baseline = number_field(N_("From"))
    target = number_field(N_("To"))
    commit = number_field(N_("At the least"), N_("Grades 0.3; may stay empty."))
    stretch = number_field(N_("At the best"), N_("Grades 1.0; may stay empty."))
    log_scale = forms.BooleanField(
        label=say_later(N_("Half of the ratio is half of the way")), required=False,
        help_text=say_later(N_("From 60 to 15 minutes, 30 is then the middle.")),
    )  # fmt: skip
    due = day_field(N_("By"), required=False, help_text=N_("Empty = the last day of the cycle."))
    weight = forms.FloatField(label=say_later(N_("Weight")), initial=1)
    owner = person_field(N_("Who answers for it"))
    commitment = choice_field(N_("Committed or aspirational"), MARKS, required=False)
    leading = choice_field(N_("Early or late"), LEADING, required=False)
    checkpoints = long_field(
        N_("Checkpoints"), rows=3, help_text=N_("A day and a number on each line, like: 2027-02-15 60")
    )
    steps = long_field(
        N_("Steps of the milestone"), rows=4,
        help_text=N_("One on each line; after bars its weight, day and link. A done one begins with [x]."),
    )  # fmt: skip

    def __init__(self, *args: Any, row: KeyResult | None = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, initial=_typed_key_result(row) if row else {"weight": 1}, **kwargs)
        may_stay(self, "owner", row.owner_id if row else None)

    def clean(self) -> dict[str, Any]:
        """Read the numbers in their unit, the steps and the source; what was not touched stays to the last digit."""
        found = super().clean() or {}
        for name in _NUMBERS:
            found[name] = self.number(name)
        found["source"] = self.clean_source()
        if not self.keeps("weight") and not 0 < (found.get("weight") or 0) <= MOST_WEIGHT:
            self.add_error("weight", say(N_("Above 0, at most %(most)s."), most=MOST_WEIGHT))
        for name, read in (("steps", _step), ("checkpoints", self._checkpoint)):
            if self.keeps(name, "unit_kind", "unit_name"):
                found[name] = getattr(self.row, name)
                continue
            try:
                found[name] = read_lines(found.get(name) or "", read)
            except forms.ValidationError as wrong:
                self.add_error(name, wrong)
        return found

    def _checkpoint(self, line: str) -> dict[str, Any]:
        day, _, value = line.partition(" ")
        return {"day": read_day(day).isoformat(), "value": typed_number(value, self.unit)}

    def write_to(self, row: KeyResult) -> KeyResult:
        """Put what was typed into a key result."""
        told = self.cleaned_data
        same = [name for name in ("title", "direction", "due", "weight", "owner", "commitment") if self.keeps(name)]
        told = told | {"unit": self.unit} | {name: getattr(self.row, name) for name in same}
        names = ("title", "direction", *_NUMBERS, "due", "weight", "owner", "commitment", "source", "steps", "unit")
        for name in (*names, "checkpoints"):
            setattr(row, name, told[name])
        row.scale = "log" if told["log_scale"] else "linear"
        if not self.keeps("leading"):
            row.leading = {"yes": True, "no": False}.get(told["leading"])
        return row


def keep_inside(form: AboutKeyResult, cycle: Cycle) -> None:
    """Put an error on what was typed about days that are not of the cycle."""
    if not form.is_bound or not form.is_valid():
        return
    told = form.cleaned_data
    days = {"due": [told["due"]], "checkpoints": [date.fromisoformat(one["day"]) for one in told["checkpoints"]]}
    for name, typed in days.items():
        if any(day and not cycle.start <= day <= cycle.end for day in typed):
            form.add_error(name, say(N_("This day is not inside the cycle.")))


class AboutHealth(WithSource):
    """A number that must stay in its band."""

    title = text_field(N_("What must not break"), help_text=N_("Like: requests reopened within 7 days"))
    low = number_field(N_("Not below"))
    high = number_field(N_("Not above"))

    def __init__(self, *args: Any, row: Health | None = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, initial=_typed_health(row) if row else {}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Read the ends of the band in their unit."""
        found = super().clean() or {}
        for name in ("low", "high"):
            found[name] = self.number(name)
        found["source"] = self.clean_source()
        if not self.errors and found["low"] is None and found["high"] is None:
            self.add_error("high", say(N_("Give at least one end of the band.")))
        if found["low"] is not None and found["high"] is not None and found["low"] > found["high"]:
            self.add_error("high", say(N_("The upper end lies below the lower one.")))
        return found

    def write_to(self, row: Health) -> Health:
        """Put what was typed into a health number."""
        unit = self.unit
        for name in ("title", "low", "high", "source"):
            setattr(row, name, self.cleaned_data[name])
        row.unit = unit
        return row


def so_far(told: Any) -> Told:
    """What stands in the form just now, read without complaint, for the coach."""
    direction, kind = told.get("direction", "raise"), told.get("unit_kind", "")
    return Told(
        title=told.get("title", "")[:300], direction=direction if direction in DIRECTIONS else "raise",
        unit=kind or told.get("unit_name", "")[:40],
    )  # fmt: skip


_BOX: Final = re.compile(r"\[([xх ]?)\]", re.IGNORECASE)
"""Before a step: done, or not yet."""


def _step(line: str) -> dict[str, Any]:
    box = _BOX.match(line)
    is_done = bool(box and box[1].strip())
    parts = [part.strip() for part in line[box.end() if box else 0 :].split("|")]
    weight, due, link = (*parts[1:4], "", "", "")[:3]
    share = typed_number(weight, COUNT) if weight else 1.0
    if not parts[0] or share <= 0:
        raise ValueError(line)
    return {
        "title": parts[0], "weight": share,
        "due": read_day(due).isoformat() if due else None, "done": is_done, "evidence": link[:500],
    }  # fmt: skip


def _step_typed(step: dict[str, Any]) -> str:
    parts = [step["title"], as_typed(step.get("weight", 1.0), COUNT), step.get("due") or "", step.get("evidence", "")]
    while not parts[-1]:
        parts.pop()
    open_box = "[ ] " if _BOX.match(step["title"]) else ""
    return ("[x] " if step.get("done") else open_box) + " | ".join(parts)


def _typed_key_result(row: KeyResult) -> dict[str, Any]:
    told: dict[str, Any] = {name: as_typed(getattr(row, name), row.unit) for name in _NUMBERS}
    told |= {name: getattr(row, name) for name in ("title", "direction", "due", "weight", "commitment")}
    told |= typed_unit(row.unit) | typed_source(row.source)
    points = (f"{date.fromisoformat(one['day'])} {as_typed(one['value'], row.unit)}" for one in row.checkpoints)
    return told | {
        "owner": row.owner_id, "log_scale": row.scale == "log",
        "leading": "" if row.leading is None else "yes" if row.leading else "no",
        "steps": "\n".join(map(_step_typed, row.steps)), "checkpoints": "\n".join(points),
    }  # fmt: skip


def _typed_health(row: Health) -> dict[str, Any]:
    told: dict[str, Any] = {name: as_typed(getattr(row, name), row.unit) for name in ("low", "high")}
    return told | {"title": row.title} | typed_unit(row.unit) | typed_source(row.source)
