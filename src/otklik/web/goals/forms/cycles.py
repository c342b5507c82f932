"""Forms about a cycle as a whole."""

from datetime import timedelta
from typing import Any

from django import forms

from otklik.actions.grade_goals import profile_names, profile_of
from otklik.base.text import N_
from otklik.web.goals.forms.fields import day_field, long_field, text_field
from otklik.web.goals.models import Cycle
from otklik.web.words import say, say_later

PROFILE_NAMES = {"google": N_("Google and Doerr"), "wodtke": N_("Wodtke, one objective"), "own": N_("Your own")}
LONGEST_DAYS = 400


class AboutCycle(forms.Form):
    """When a cycle is, how it is called, in which rhythm people talk about it."""

    title = text_field(N_("Name"), most=120, help_text=N_("Like: Q1 2027"))
    start = day_field(N_("First day"))
    end = day_field(N_("Last day"))
    profile = forms.ChoiceField(
        label=say_later(N_("By which school")),
        help_text=say_later(N_("Its numbers are defaults: how many goals are too many, which grade is a success.")),
    )
    check_in_days = forms.IntegerField(label=say_later(N_("Days between check-ins")), min_value=1, max_value=60)
    mid_review = day_field(N_("Mid-cycle review"), required=False, help_text=N_("Empty = in the middle."))
    closing_from = day_field(N_("Grading from"), required=False, help_text=N_("Empty = in the last week."))
    not_now = long_field(
        N_("Not now"), help_text=N_("What you have decided not to pursue in this cycle, one line each.")
    )

    def __init__(self, *args: Any, cycle: Cycle | None = None, **kwargs: Any) -> None:
        initial = _typed(cycle) if cycle else {"check_in_days": 7, "profile": "google"}
        super().__init__(*args, initial=initial, **kwargs)
        field = self.fields["profile"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, say(PROFILE_NAMES.get(name, name))) for name in profile_names()]

    def clean_not_now(self) -> list[str]:
        """Line by line."""
        return [line.strip()[:300] for line in self.cleaned_data["not_now"].splitlines() if line.strip()][:50]

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        found = super().clean() or {}
        start, end = found.get("start"), found.get("end")
        if start and end:
            if end < start:
                self.add_error("end", say(N_("The last day comes before the first.")))
            elif (end - start).days > LONGEST_DAYS:
                self.add_error("end", say(N_("A cycle is a year at most.")))
            for name in ("mid_review", "closing_from"):
                if found.get(name) and not start <= found[name] <= end:
                    self.add_error(name, say(N_("This day is not inside the cycle.")))
        return found

    def write_to(self, cycle: Cycle) -> Cycle:
        """Put what was typed into a cycle; empty days are filled in."""
        told = self.cleaned_data
        for name in ("title", "start", "end", "profile", "check_in_days", "not_now"):
            setattr(cycle, name, told[name])
        whole = (told["end"] - told["start"]).days
        middle = told["start"] + timedelta(days=min(whole, (profile_of(cycle.profile).mid_review_week - 1) * 7))
        if whole < 70:
            middle = told["start"] + timedelta(days=whole // 2)
        cycle.mid_review = told["mid_review"] or middle
        cycle.closing_from = told["closing_from"] or max(told["start"], told["end"] - timedelta(days=6))
        return cycle


def _typed(cycle: Cycle) -> dict[str, Any]:
    names = ("title", "start", "end", "profile", "check_in_days", "mid_review", "closing_from")
    return {name: getattr(cycle, name) for name in names} | {"not_now": "\n".join(cycle.not_now)}


class Why(forms.Form):
    """A reason, where one is wanted."""

    reason = text_field(N_("Why"), most=1000)
