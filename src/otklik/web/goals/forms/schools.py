"""The form in which a company sets its own numbers and rules."""

from typing import Any

from django import forms

from otklik.actions.school_of_goals import known_schools, limits_of_rules, wrong_in_school
from otklik.base.text import N_
from otklik.schemas.coach_words import TITLES
from otklik.schemas.goal_profiles import School
from otklik.schemas.school_words import LIMITS, NUMBERS, NumberTold
from otklik.web.goals.forms.fields import choice_field, in_unit, number_field
from otklik.web.goals.numbers import as_typed
from otklik.web.goals.schools_told import SCHOOL_NAMES, unit_of
from otklik.web.words import say, say_later


class SchoolForm(forms.Form):
    """Every number of a school, every rule and its limits; an empty field is as in the school it follows."""

    def __init__(self, data: Any, *, own: School) -> None:
        super().__init__(data)
        self.own = own
        known = {name: SCHOOL_NAMES[name] for name in known_schools()}
        self.fields["base"] = choice_field(N_("Based on"), known, initial=own.base)
        for name, told in NUMBERS.items():
            self._add(f"number_{name}", told, own.changes.get(name))
        for rule, limits in limits_of_rules().items():
            self.fields[f"rule_{rule}"] = forms.BooleanField(
                label=say_later(TITLES[rule]), required=False, initial=rule not in own.off
            )
            for name in limits:
                self._add(f"limit_{name}", LIMITS[name], own.limits.get(name))

    def _add(self, field: str, told: NumberTold, value: Any) -> None:
        if told.kind == "choice":
            names = {"": N_("As there"), **told.choices}
            self.fields[field] = choice_field(told.label, names, required=False, initial=value or "")
        else:
            self.fields[field] = number_field(told.label)
            self.initial[field] = as_typed(value, unit_of(told))

    def clean(self) -> dict[str, Any]:
        """Read every number, and see whether they fit together."""
        found = super().clean() or {}
        changes = self._read("number", NUMBERS)
        limits = self._read("limit", LIMITS)
        if self.errors:
            return found
        off = tuple(name for name in TITLES if f"rule_{name}" in self.fields and not found[f"rule_{name}"])
        found["own"] = School(base=found["base"], changes=changes, limits=limits, off=off)
        wrong = wrong_in_school(found["own"])
        if wrong:
            group, _, name = wrong.place.partition(".")
            field = f"{'number' if group == 'changes' else 'limit'}_{name}"
            self.add_error(field if field in self.fields else None, say(wrong.reason))
        return found

    def _read(self, kind: str, told: dict[str, NumberTold]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, one in told.items():
            field = f"{kind}_{name}"
            if one.kind == "choice":
                value: Any = self.cleaned_data.get(field) or None
            else:
                value = in_unit(self, field, unit_of(one))
                value = int(value) if value is not None and one.kind == "whole" and value == int(value) else value
            if value is not None:
                found[name] = value
        return found
