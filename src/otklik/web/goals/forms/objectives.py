"""Forms about objectives: the goal itself, and a rule that shall not count for it."""

from functools import partial
from typing import Any

from django import forms

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.goals import COMMITMENTS, LEVELS
from otklik.schemas.goals import Objective as Told
from otklik.web.accounts.models import Team
from otklik.web.goals import rights
from otklik.web.goals.elsewhere import could_be_helped
from otklik.web.goals.forms.fields import choice_field, long_field, person_field, text_field
from otklik.web.goals.mine import passes_on
from otklik.web.goals.models import DRAFT, Cycle, Objective
from otklik.web.words import say, say_later, words

MARKS = {"": N_("not decided yet"), **COMMITMENTS}


class AboutObjective(forms.Form):
    """What shall be true, for whom, and why it matters. There is no place for a number here."""

    title = text_field(
        N_("What shall be true, and for whom"),
        help_text=N_("One line without numbers, in the words of those who wait."),
    )
    why = long_field(N_("Why it matters"), required=False, help_text=N_("What happens to whom if nothing changes?"))
    level = choice_field(N_("Whose goal"), LEVELS)
    team = forms.ChoiceField(label=say_later(N_("Team")), required=False)
    commitment = choice_field(
        N_("Committed or aspirational"), MARKS, required=False,
        help_text=say_later(N_("Committed: all of it is promised. Aspirational: 0.7 of it is a success.")),
    )  # fmt: skip
    owner = person_field(N_("Who answers for it"))
    reviewer = person_field(N_("Who looks over it"))
    contributes_to = forms.ModelMultipleChoiceField(
        label=say_later(N_("Which goals it helps")), queryset=Objective.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, cycle: Cycle, objective: Objective | None = None, **kwargs: Any) -> None:
        initial = _typed(objective) if objective else {"level": "team", "owner": user.pk}
        super().__init__(*args, initial=initial, **kwargs)
        self.user, self.objective = user, objective
        self.asked = {need.team for need in objective.needs.all()} if objective else set()
        """Teams that were asked for something."""
        self.is_agreed = objective is not None and cycle.stage != DRAFT and objective.level != rights.PERSONAL
        """Others work on it: it does not become anybody's own."""
        levels = rights.levels_for(user)
        level, team = self.fields["level"], self.fields["team"]
        assert isinstance(level, forms.ChoiceField) and isinstance(team, forms.ChoiceField)
        level.choices = [(name, say(title)) for name, title in LEVELS.items() if name in levels]
        if not objective and level.choices:
            self.initial["level"] = "team" if "team" in levels else level.choices[0][0]
        team.choices = [("", "–"), *((name, name) for name in self._teams(objective))]
        field = self.fields["contributes_to"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = could_be_helped(cycle, objective)
        field.label_from_instance = partial(_title_from, cycle)  # type: ignore[method-assign]

    def _teams(self, objective: Objective | None) -> list[str]:
        known = (
            list(Team.objects.values_list("name", flat=True))
            if rights.COMPANY in rights.levels_for(self.user)
            else rights.team_names(self.user)
        )
        return sorted({*known, *([objective.team] if objective and objective.team else [])})

    def clean(self) -> dict[str, Any]:
        """A goal of a team has a team; a personal one belongs to whoever writes it down."""
        found = super().clean() or {}
        if found.get("level") == rights.TEAM and not found.get("team"):
            self.add_error("team", say(N_("Choose the team.")))
        if found.get("level") != rights.TEAM:
            found["team"] = ""
        if found.get("level") == rights.PERSONAL and self.is_agreed:
            text = N_("The cycle is under way: a goal others see does not become a personal one.")
            self.add_error("level", say(text))
        if self.asked and found.get("level") == rights.PERSONAL:
            self.add_error("level", say(N_("It needs something from another team: take that away first.")))
        if found.get("team") in self.asked:
            self.add_error("team", say(N_("This team is asked for something here: take that away first.")))
        if found.get("level") == rights.PERSONAL:
            found["owner"], found["reviewer"] = self.user, None
        elif found.get("level") and self.objective is not None:
            self._check_passing(self.objective, found["level"])
        return found

    def _check_passing(self, objective: Objective, level: str) -> None:
        """Say at once where one's own number keeps a goal from becoming that of others."""
        try:
            passes_on(objective, level)
        except UserError as wrong:
            self.add_error("level", words().error(wrong))

    def write_to(self, objective: Objective) -> Objective:
        """Put what was typed into an objective."""
        for name in ("title", "why", "level", "team", "commitment", "owner", "reviewer"):
            setattr(objective, name, self.cleaned_data[name])
        return objective


def _title_from(cycle: Cycle, one: Objective) -> str:
    """Of another cycle with its name."""
    return one.title if one.cycle_id == cycle.pk else f"{one.title} ({one.cycle})"


def _typed(objective: Objective) -> dict[str, Any]:
    names = ("title", "why", "level", "team", "commitment")
    told: dict[str, Any] = {name: getattr(objective, name) for name in names}
    helped = list(objective.contributes_to.values_list("pk", flat=True))
    return told | {"owner": objective.owner_id, "reviewer": objective.reviewer_id, "contributes_to": helped}


def as_typed_so_far(told: Any) -> Told:
    """What stands in the form just now, read without complaint, for the coach."""
    commitment = told.get("commitment", "")
    return Told(
        title=told.get("title", "")[:300], why=told.get("why", "")[:4000],
        commitment=commitment if commitment in COMMITMENTS else None,
    )  # fmt: skip


class Waive(forms.Form):
    """A rule of the coach that shall not count, and why."""

    rule = forms.CharField(max_length=20, widget=forms.HiddenInput)
    place = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    reason = text_field(N_("Why it does not count here"), most=1000)
