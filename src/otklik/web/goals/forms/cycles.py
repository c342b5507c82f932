"""Forms about a cycle as a whole."""

from datetime import date, timedelta
from typing import Any

from django import forms

from otklik.actions.school_of_goals import known_schools
from otklik.actions.wrong_in_goals import FIRST_YEAR, LAST_YEAR, LONGEST_DAYS, MOST_CHECK_IN_DAYS
from otklik.base.text import N_
from otklik.schemas.goal_profiles import OWN
from otklik.web.goals.forms.fields import day_field, long_field, text_field
from otklik.web.goals.models import Cycle, School
from otklik.web.goals.schools import follow, school_for
from otklik.web.goals.schools_told import SCHOOL_NAMES
from otklik.web.moments import today
from otklik.web.words import say, say_later


class AboutCycle(forms.Form):
    """When a cycle is, how it is called, in which rhythm people talk about it."""

    title = text_field(N_("Name"), most=120, help_text=N_("Like: Q1 2027"))
    start = day_field(N_("First day"))
    end = day_field(N_("Last day"))
    profile = forms.ChoiceField(
        label=say_later(N_("By which school")),
        help_text=say_later(N_("Its numbers are defaults: how many goals are too many, which grade is a success.")),
    )
    check_in_days = forms.IntegerField(
        label=say_later(N_("Days between check-ins")), min_value=1, max_value=MOST_CHECK_IN_DAYS
    )
    mid_review = day_field(N_("Mid-cycle review"), required=False, help_text=N_("Empty = in the middle."))
    closing_from = day_field(N_("Grading from"), required=False, help_text=N_("Empty = in the last week."))
    not_now = long_field(
        N_("Not now"), help_text=N_("What you have decided not to pursue in this cycle, one line each.")
    )

    def __init__(self, *args: Any, cycle: Cycle | None = None, **kwargs: Any) -> None:
        initial = _typed(cycle) if cycle else _usual()
        super().__init__(*args, initial=initial, **kwargs)
        field = self.fields["profile"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, say(SCHOOL_NAMES.get(name, name))) for name in (*known_schools(), OWN)]

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
            elif start.year < FIRST_YEAR or end.year > LAST_YEAR:
                self.add_error("start", say(N_("A cycle lies between 1970 and 2100.")))
            for name in ("mid_review", "closing_from"):
                if found.get(name) and not start <= found[name] <= end:
                    self.add_error(name, say(N_("This day is not inside the cycle.")))
        return found

    def write_to(self, cycle: Cycle) -> Cycle:
        """Put what was typed into a cycle; empty days are filled in."""
        told = self.cleaned_data
        for name in ("title", "start", "end", "profile", "check_in_days", "not_now"):
            setattr(cycle, name, told[name])
        follow(cycle)
        whole = (told["end"] - told["start"]).days
        middle = told["start"] + timedelta(days=min(whole, (cycle.school.mid_review_week - 1) * 7))
        if whole < 70:
            middle = told["start"] + timedelta(days=whole // 2)
        cycle.mid_review = told["mid_review"] or middle
        cycle.closing_from = told["closing_from"] or max(told["start"], told["end"] - timedelta(days=6))
        return cycle


def _usual() -> dict[str, Any]:
    """The quarter after this one, or as many weeks as the company's own school says."""
    day, name = today(), OWN if School.objects.exists() else "google"
    school = school_for(name)
    start = date(day.year + day.month // 10, (day.month + 2) // 3 * 3 % 12 + 1, 1)
    following = date(start.year + start.month // 10, (start.month + 2) // 3 * 3 % 12 + 1, 1)
    weeks = timedelta(weeks=school.cycle_weeks)
    end = following if weeks == timedelta(weeks=13) else start + weeks
    return {"check_in_days": school.check_in_days, "profile": name, "start": start, "end": end - timedelta(days=1)}


def _typed(cycle: Cycle) -> dict[str, Any]:
    names = ("title", "start", "end", "profile", "check_in_days", "mid_review", "closing_from")
    return {name: getattr(cycle, name) for name in names} | {"not_now": "\n".join(cycle.not_now)}
