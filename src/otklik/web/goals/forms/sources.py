"""Where a number comes from: typed, sent, or measured, with everything that a measured one can be bound to."""

import csv
import re
from typing import Any, Final

from django import forms

from otklik.actions.count_open_days import UnfitForOpen
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.goals import Bound, Slice
from otklik.schemas.views import COHORTS, TOLD_APART_BY
from otklik.web.goals.forms.fields import NOT_A_NUMBER, choice_field, in_unit, text_field
from otklik.web.goals.forms.kept import is_kept
from otklik.web.goals.forms.only_mine import WithMine
from otklik.web.goals.measurable import (
    SHOWN_VALUES,
    calendar_choices,
    counts,
    measure_choices,
    values_on_record,
)
from otklik.web.goals.numbers import COUNT, SHARE, TIME, UNITS, as_typed, typed_number
from otklik.web.words import say, say_later, speech, words

FIRST: Final = "first_reply"
HOWS: Final = {
    "manual": N_("People type it at their check-in"),
    "measure": N_("It is measured from your records"),
    "pushed": N_("Another program sends it"),
}
STATISTICS: Final = {
    "share": N_("Share within a time"),
    "quantile": N_("The time most stay within"),
    "count": N_("How many"),
}
CLOCKS: Final = {"elapsed": N_("in calendar time"), "business": N_("in working time")}
MOST_DAYS: Final = 3_650
_SERIES: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_BOUND: Final = (
    "measure", "statistic", "within", "of_hundred", "clock", "calendar", "cohort", "window_days", "weekly",
    *(f"only_{name}" for name in TOLD_APART_BY), "only_mine",
)  # fmt: skip


class WithSource(WithMine):
    """Where a number comes from, and in which unit it is. What is stored and was not touched stays as it is."""

    unit_kind = choice_field(N_("Unit"), UNITS, required=False, initial=SHARE)
    unit_name = text_field(N_("Name of the unit"), required=False, most=40, help_text=N_("Like: points, visits, ₽"))
    how = choice_field(N_("Where the number comes from"), HOWS, widget=forms.RadioSelect, initial="manual")
    series = text_field(
        N_("Name of the series"), required=False, most=200,
        help_text=N_("Small letters, digits, dots and dashes, like nps.support."),
    )  # fmt: skip
    measure = forms.ChoiceField(label=say_later(N_("Measure")), required=False, initial=FIRST)
    statistic = choice_field(N_("What is taken"), STATISTICS, required=False, initial="share")
    within = text_field(
        N_("Within"), required=False, most=400,
        help_text=N_("Like 30m, 4h, 1d12h or 2w. Of counts a number: at most so many; empty = any at all."),
    )  # fmt: skip
    of_hundred = forms.FloatField(label=say_later(N_("So many of a hundred")), required=False, initial=90)
    clock = choice_field(N_("How time is counted"), CLOCKS, required=False, initial="elapsed")
    calendar = forms.ChoiceField(label=say_later(N_("By which working hours")), required=False)
    cohort = choice_field(N_("Which requests"), COHORTS, required=False, initial="arrived")
    window_days = forms.IntegerField(
        label=say_later(N_("Over so many last days")), required=False, min_value=1, initial=28,
        help_text=say_later(N_("Empty = over the whole cycle.")),
    )  # fmt: skip
    weekly = forms.BooleanField(
        label=say_later(N_("Week by week")), required=False,
        help_text=say_later(N_("Graded by the weeks that kept the target, not by the number at the end.")),
    )  # fmt: skip

    def __init__(self, *args: Any, row: Any = None, mine: tuple[str, ...] | None = None, **kwargs: Any) -> None:
        """`mine` are the names of whoever fills it in; None = the number may not be limited to one's own requests."""
        super().__init__(*args, **kwargs)
        self.row = row
        stored = row.source if row else {}
        self.offer_mine(mine, self._before().which)
        measure, calendar = self.fields["measure"], self.fields["calendar"]
        assert isinstance(measure, forms.ChoiceField) and isinstance(calendar, forms.ChoiceField)
        measure.choices = measure_choices(stored.get("measure", ""))
        calendar.choices = calendar_choices(stored.get("calendar", ""))
        told, values = speech(), values_on_record()
        for name in TOLD_APART_BY:
            label = told.slice(name)
            self.fields[f"only_{name}"] = forms.CharField(
                label=label[:1].upper() + label[1:], required=False, strip=False, help_text=_among(values.get(name)),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )  # fmt: skip

    @property
    def limits(self) -> list[forms.BoundField]:
        """To which requests it is limited."""
        return [self[f"only_{name}"] for name in TOLD_APART_BY]

    @property
    def is_detailed(self) -> bool:
        """Something of what is seldom needed is chosen, or is wrong: it is shown at once."""
        rare = ("calendar", "cohort", "window_days", "weekly", *(f"only_{name}" for name in TOLD_APART_BY))
        usual = {"cohort": "arrived", "window_days": "28"}
        values = {name: str(self[name].value() or "") for name in rare}
        return any(self[name].errors or values[name] not in ("", usual.get(name)) for name in rare)

    @property
    def unit(self) -> str:
        """The unit, as the schema writes it."""
        if self.keeps("unit_kind", "unit_name"):
            return str(self.row.unit)
        kind = self.cleaned_data.get("unit_kind", "")
        return str(kind or self.cleaned_data.get("unit_name", "").strip())

    def keeps(self, *names: str) -> bool:
        """Whether these fields leave what is stored as it is."""
        return self.row is not None and all(is_kept(self, name) for name in names if name in self.fields)

    def number(self, name: str) -> float | None:
        """A number in that unit; what was not touched stays to the last digit."""
        if self.keeps(name, "unit_kind", "unit_name"):
            stored: float | None = getattr(self.row, name)
            return stored
        return in_unit(self, name, self.unit)

    def clean_source(self) -> dict[str, Any] | None:
        """Where the number comes from, as the schema writes it; None where something is missing."""
        if self.keeps("how", "series", *_BOUND) and not self.names_moved(self._before().which):
            return dict(self.row.source)
        told = self.cleaned_data
        how = self.row.source["how"] if self.keeps("how") else told.get("how")
        if how == "pushed":
            return self._pushed()
        return self._bound() if how == "measure" else {"how": "manual"}

    def _pushed(self) -> dict[str, Any] | None:
        series = self.cleaned_data.get("series", "")
        if self.keeps("how", "series"):
            return dict(self.row.source)
        if not series:
            self.add_error("series", say(N_("Name the series that the program sends.")))
        elif not _SERIES.fullmatch(series):
            self.add_error("series", say(N_("Write it in small letters, digits, dots and dashes.")))
        return None if self.errors.get("series") else {"how": "pushed", "series": series}

    def _bound(self) -> dict[str, Any] | None:
        before = self._before()
        if any(name in self.errors for name in _BOUND):
            return None
        told = {name: self._chosen(before, name) for name in ("measure", "statistic", "clock", "calendar")}
        as_it_was = self.keeps("how") and told["statistic"] == before.statistic
        same_kind = counts(told["measure"]) == counts(before.measure)
        within_stays = as_it_was and same_kind and self.keeps("within")
        part_stays = as_it_was and self.keeps("of_hundred") and before.quantile is not None
        told["within_s"] = before.within_s if within_stays else self._within(told)
        told["quantile"] = before.quantile if part_stays else self._part(told)
        told |= {"which": self._which(before), "window_days": self._days(before)}
        told["weekly"] = bool(self.cleaned_data.get("weekly"))
        if any(name in self.errors for name in _BOUND):
            return None
        bound = Bound.model_validate(told)
        self._check(bound)
        return dict(self.row.source) if self.row and bound == before else bound.model_dump(mode="json")

    def _before(self) -> Bound:
        stored = self.row.source if self.row else {}
        return Bound.model_validate(stored) if stored.get("how") == "measure" else Bound(measure=FIRST)

    def _chosen(self, before: Bound, name: str) -> Any:
        """What is chosen, or what was there before where nobody touched it."""
        if self.keeps("how", name):
            return getattr(before, name)
        return self.cleaned_data.get(name) or getattr(Bound(measure=FIRST), name)

    def _which(self, before: Bound) -> Slice:
        chosen = {
            name: getattr(before.which, name) if self.keeps("how", f"only_{name}")
            else tuple(listed(self.cleaned_data.get(f"only_{name}", "")))
            for name in TOLD_APART_BY
        }  # fmt: skip
        stays = self.keeps("how", "cohort")
        chosen["assignee"] = self.assignee(before.which)
        return Slice(**chosen, cohort=before.which.cohort if stays else self.cleaned_data.get("cohort") or "arrived")

    def _days(self, before: Bound) -> int | None:
        if self.keeps("how", "window_days"):
            return before.window_days
        days: int | None = self.cleaned_data.get("window_days")
        if days is not None and days > MOST_DAYS:
            self.add_error("window_days", say(N_("At most %(days)s days."), days=MOST_DAYS))
        return days if days and days <= MOST_DAYS else None

    def _part(self, chosen: dict[str, Any]) -> float | None:
        if chosen["statistic"] != "quantile":
            return None
        of_hundred = self.cleaned_data.get("of_hundred")
        of_hundred = 90.0 if of_hundred is None else of_hundred
        if not 0 < of_hundred < 100:
            self.add_error("of_hundred", say(N_("Between 0 and 100.")))
            return None
        return round(of_hundred / 100, 12)

    def _within(self, chosen: dict[str, Any]) -> float | None:
        statistic, text = chosen["statistic"], self.cleaned_data.get("within", "").strip()
        of_counts = counts(chosen["measure"])
        if statistic == "quantile" or (not text and (of_counts or statistic == "count")):
            return None
        try:
            within = typed_number(text, COUNT if of_counts else TIME)
        except UserError as wrong:
            self.add_error("within", words().error(wrong))
            return None
        except ValueError:
            self.add_error("within", say(NOT_A_NUMBER, text=text[:40]))
            return None
        if within < 0 or (within == 0 and not of_counts):
            self.add_error("within", say(N_("Give a time longer than nothing.")))
        return within

    def _check(self, bound: Bound) -> None:
        is_unfit = bound.measure != "resolution" or bound.clock != "elapsed" or bound.statistic == "quantile"
        if bound.which.cohort == "open" and is_unfit:
            self.add_error("cohort", words().error(UnfitForOpen()))
        unit = unit_of(bound)
        if not self.keeps("unit_kind", "measure", "statistic") and self.cleaned_data.get("unit_kind") != unit:
            self.add_error("unit_kind", say(N_("It is measured in another unit: choose “%(unit)s”."),
                                            unit=say(UNITS[unit])))  # fmt: skip


def unit_of(bound: Bound) -> str:
    """The unit in which a bound number comes."""
    if bound.statistic == "share":
        return SHARE
    return COUNT if bound.statistic == "count" or counts(bound.measure) else TIME


def listed(text: str) -> list[str]:
    """Values with commas between them; one with a comma of its own stands in quotation marks.

    >>> listed('email, "Sales, north"')
    ['email', 'Sales, north']
    """
    return [value.strip() for row in csv.reader([text], skipinitialspace=True) for value in row if value.strip()]


def as_listed(values: Any) -> str:
    """Write values so that they read back as the same."""
    return ", ".join(f'"{one.replace(chr(34), chr(34) * 2)}"' if re.search(r'[",]', one) else one for one in values)


def typed_unit(unit: str) -> dict[str, Any]:
    """A unit as the form shows it."""
    known = unit in (SHARE, TIME, COUNT)
    return {"unit_kind": unit if known else "", "unit_name": "" if known else unit}


def typed_source(source: dict[str, Any]) -> dict[str, Any]:
    """A source as the form shows it."""
    told: dict[str, Any] = {"how": source["how"], "series": source.get("series", "")}
    if source["how"] != "measure":
        return told
    bound = Bound.model_validate(source)
    told |= {name: getattr(bound, name) for name in ("measure", "statistic", "clock", "calendar", "window_days")}
    told |= {"weekly": bound.weekly, "cohort": bound.which.cohort, "only_mine": bool(bound.which.assignee)}
    told["within"] = as_typed(bound.within_s, COUNT if counts(bound.measure) else TIME)
    part = float(f"{(bound.quantile or 0.9) * 100:.10g}")
    told["of_hundred"] = int(part) if part.is_integer() else part
    return told | {f"only_{name}": as_listed(getattr(bound.which, name)) for name in TOLD_APART_BY}


def _among(values: list[str] | None) -> str:
    if not values:
        return ""
    shown = ", ".join(values[:SHOWN_VALUES])
    return say(N_("Like: %(values)s"), values=f"{shown} …" if len(values) > SHOWN_VALUES else shown)
