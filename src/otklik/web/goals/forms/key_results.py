"""Forms about key results and health numbers: what is counted, from where to where, and where the number comes from."""

from datetime import date
from typing import Any, Final

from django import forms

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.base.units import parse_duration_s
from otklik.schemas.goals import DIRECTIONS
from otklik.schemas.goals import KeyResult as Told
from otklik.web.goals.forms.fields import (
    choice_field,
    day_field,
    in_unit,
    long_field,
    number_field,
    person_field,
    read_day,
    read_lines,
    text_field,
)
from otklik.web.goals.forms.objectives import MARKS
from otklik.web.goals.models import Health, KeyResult
from otklik.web.goals.numbers import COUNT, SHARE, TIME, UNITS, as_typed, typed_number
from otklik.web.words import say, say_later, speech, words

MEASURES: Final = (
    "first_reply", "waits", "longest_wait", "resolution", "first_resolution", "acknowledgement", "unassigned",
)  # fmt: skip
HOWS: Final = {
    "manual": N_("People type it at their check-in"),
    "measure": N_("It is measured from your records"),
    "pushed": N_("Another program sends it"),
}
STATISTICS: Final = {
    "share": N_("Share within a time"),
    "quantile": N_("So long wait at most so many of a hundred"),
    "count": N_("How many"),
}
CLOCKS: Final = {"elapsed": N_("in calendar time"), "business": N_("in working time")}
LEADING: Final = {"": N_("not decided yet"), "yes": N_("It moves early"), "no": N_("It moves late")}
ONLY: Final = ("channel", "team", "category", "priority", "segment")
_NUMBERS: Final = ("baseline", "target", "commit", "stretch")


class WithSource(forms.Form):
    """Where a number comes from, and in which unit it is."""

    unit_kind = choice_field(N_("Unit"), UNITS, required=False, initial=SHARE)
    unit_name = text_field(N_("Name of the unit"), required=False, most=40, help_text=N_("Like: points, visits, ₽"))
    how = choice_field(N_("Where the number comes from"), HOWS, widget=forms.RadioSelect, initial="manual")
    series = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{0,79}$", label=say_later(N_("Name of the series")), required=False,
        help_text=say_later(N_("Small letters, digits, dots and dashes, like nps.support.")),
    )  # fmt: skip
    measure = forms.ChoiceField(label=say_later(N_("Measure")), required=False)
    statistic = choice_field(N_("What is taken"), STATISTICS, required=False, initial="share")
    within = text_field(N_("Within"), required=False, most=40, help_text=N_("Like 30m, 4h, 1d12h or 2w."))
    of_hundred = forms.FloatField(
        label=say_later(N_("So many of a hundred")), required=False, min_value=1, max_value=99, initial=90
    )
    clock = choice_field(N_("How time is counted"), CLOCKS, required=False)
    window_days = forms.IntegerField(
        label=say_later(N_("Over so many last days")), required=False, min_value=1, max_value=400, initial=28,
        help_text=say_later(N_("Empty = over the whole cycle.")),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = speech()
        measures = self.fields["measure"]
        assert isinstance(measures, forms.ChoiceField)
        measures.choices = [(one, told.measure(one)) for one in MEASURES]
        for name in ONLY:
            label = told.slice(name)
            self.fields[f"only_{name}"] = forms.CharField(
                label=label[:1].upper() + label[1:], required=False, max_length=400,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )  # fmt: skip

    @property
    def limits(self) -> list[forms.BoundField]:
        """To which requests it is limited."""
        return [self[f"only_{name}"] for name in ONLY]

    @property
    def unit(self) -> str:
        """The unit, as the schema writes it."""
        kind = self.cleaned_data.get("unit_kind", "")
        return str(kind or self.cleaned_data.get("unit_name", "").strip())

    def clean_source(self) -> dict[str, Any] | None:
        """Where the number comes from, as the schema writes it; None where something is missing."""
        told = self.cleaned_data
        if told.get("how") == "pushed":
            if not told.get("series"):
                self.add_error("series", say(N_("Name the series that the program sends.")))
                return None
            return {"how": "pushed", "series": told["series"]}
        return self._bound() if told.get("how") == "measure" else {"how": "manual"}

    def _bound(self) -> dict[str, Any] | None:
        told = self.cleaned_data
        source: dict[str, Any] = {
            "how": "measure", "measure": told.get("measure") or MEASURES[0],
            "statistic": told.get("statistic") or "share", "clock": told.get("clock") or "elapsed",
            "window_days": told.get("window_days"), "within_s": None, "quantile": None,
            "which": {name: listed for name in ONLY if (listed := _listed(told.get(f"only_{name}", "")))},
        }  # fmt: skip
        if source["statistic"] == "share":
            source["within_s"] = self._within()
            return source if source["within_s"] else None
        if source["statistic"] == "quantile":
            source["quantile"] = round((told.get("of_hundred") or 90) / 100, 4)
        return source

    def _within(self) -> float | None:
        try:
            within_s = parse_duration_s(self.cleaned_data.get("within", ""))
        except UserError as wrong:
            self.add_error("within", words().error(wrong))
            return None
        if within_s <= 0:
            self.add_error("within", say(N_("Give a time longer than nothing.")))
            return None
        return within_s


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
    weight = forms.FloatField(label=say_later(N_("Weight")), min_value=0.01, max_value=1000, initial=1)
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
        super().__init__(*args, initial=_typed_key_result(row) if row else {"weight": 1}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Read the numbers in their unit, the steps and the source."""
        found = super().clean() or {}
        for name in _NUMBERS:
            found[name] = in_unit(self, name, self.unit)
        found["source"] = self.clean_source()
        for name, read in (("steps", _step), ("checkpoints", self._checkpoint)):
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
        names = ("title", "direction", *_NUMBERS, "due", "weight", "owner", "commitment", "source", "steps")
        for name in (*names, "checkpoints"):
            setattr(row, name, told[name])
        row.unit = self.unit
        row.scale = "log" if told["log_scale"] else "linear"
        row.leading = {"yes": True, "no": False}.get(told["leading"])
        return row


class AboutHealth(WithSource):
    """A number that must stay in its band."""

    title = text_field(N_("What must not break"), help_text=N_("Like: requests reopened within 7 days"))
    low = number_field(N_("Not below"))
    high = number_field(N_("Not above"))

    def __init__(self, *args: Any, row: Health | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_typed_health(row) if row else {}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Read the ends of the band in their unit."""
        found = super().clean() or {}
        for name in ("low", "high"):
            found[name] = in_unit(self, name, self.unit)
        found["source"] = self.clean_source()
        if not self.errors and found["low"] is None and found["high"] is None:
            self.add_error("high", say(N_("Give at least one end of the band.")))
        if found["low"] is not None and found["high"] is not None and found["low"] > found["high"]:
            self.add_error("high", say(N_("The upper end lies below the lower one.")))
        return found

    def write_to(self, row: Health) -> Health:
        """Put what was typed into a health number."""
        for name in ("title", "low", "high", "source"):
            setattr(row, name, self.cleaned_data[name])
        row.unit = self.unit
        return row


def so_far(told: Any) -> Told:
    """What stands in the form just now, read without complaint, for the coach."""
    direction, kind = told.get("direction", "raise"), told.get("unit_kind", "")
    return Told(
        title=told.get("title", "")[:300], direction=direction if direction in DIRECTIONS else "raise",
        unit=kind or told.get("unit_name", "")[:40],
    )  # fmt: skip


def _step(line: str) -> dict[str, Any]:
    is_done = line.lower().startswith(("[x]", "[х]"))
    parts = [part.strip() for part in (line[3:] if line[:1] == "[" else line).split("|")]
    weight, due, link = (*parts[1:4], "", "", "")[:3]
    if not parts[0]:
        raise ValueError(line)
    return {
        "title": parts[0], "weight": float(weight.replace(",", ".")) if weight else 1.0,
        "due": read_day(due).isoformat() if due else None, "done": is_done, "evidence": link[:500],
    }  # fmt: skip


def _step_typed(step: dict[str, Any]) -> str:
    parts = [step["title"], f"{step.get('weight', 1.0):g}", step.get("due") or "", step.get("evidence", "")]
    while not parts[-1]:
        parts.pop()
    return ("[x] " if step.get("done") else "") + " | ".join(parts)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _typed_unit(unit: str) -> dict[str, Any]:
    known = unit in (SHARE, TIME, COUNT)
    return {"unit_kind": unit if known else "", "unit_name": "" if known else unit}


def _typed_source(source: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"how": source["how"], "series": source.get("series", "")}
    if source["how"] == "measure":
        which = source.get("which") or {}
        told |= {name: source.get(name) for name in ("measure", "statistic", "clock", "window_days")}
        told["within"] = as_typed(source.get("within_s"), TIME)
        told["of_hundred"] = (source.get("quantile") or 0.9) * 100
        told |= {f"only_{name}": ", ".join(which.get(name, ())) for name in ONLY}
    return told


def _typed_key_result(row: KeyResult) -> dict[str, Any]:
    told: dict[str, Any] = {name: as_typed(getattr(row, name), row.unit) for name in _NUMBERS}
    told |= {name: getattr(row, name) for name in ("title", "direction", "due", "weight", "commitment")}
    told |= _typed_unit(row.unit) | _typed_source(row.source)
    points = (f"{date.fromisoformat(one['day'])} {as_typed(one['value'], row.unit)}" for one in row.checkpoints)
    return told | {
        "owner": row.owner_id, "log_scale": row.scale == "log",
        "leading": "" if row.leading is None else "yes" if row.leading else "no",
        "steps": "\n".join(map(_step_typed, row.steps)), "checkpoints": "\n".join(points),
    }  # fmt: skip


def _typed_health(row: Health) -> dict[str, Any]:
    told: dict[str, Any] = {name: as_typed(getattr(row, name), row.unit) for name in ("low", "high")}
    return told | {"title": row.title} | _typed_unit(row.unit) | _typed_source(row.source)
