"""Forms about what a goal needs from another team: the ask, the answer, who carries the risk."""

from typing import Any

from django import forms

from otklik.base.text import N_
from otklik.schemas.goals import ANSWERS
from otklik.web.accounts.models import Team
from otklik.web.goals import rights
from otklik.web.goals.forms.fields import choice_field, day_field, long_field, person_field, text_field
from otklik.web.goals.forms.kept import may_stay
from otklik.web.goals.models import Dependency, KeyResult
from otklik.web.goals.models.dependencies import DECLINED
from otklik.web.words import say, say_later


class AboutDependency(forms.Form):
    """Which team, what, by which day, and for which number."""

    team = forms.ChoiceField(label=say_later(N_("From which team")))
    what = text_field(
        N_("What we need"), help_text=N_("One sentence, so that the team can say yes or no: what will be there then?")
    )
    due = day_field(N_("By which day"))
    key_result = forms.ModelChoiceField(
        label=say_later(N_("Which key result needs it")), queryset=KeyResult.objects.none(), required=False,
        empty_label=say_later(N_("the goal as a whole")),
    )  # fmt: skip

    def __init__(self, *args: Any, row: Dependency, **kwargs: Any) -> None:
        initial = {name: getattr(row, name) for name in ("team", "what", "due")} | {"key_result": row.key_result_id}
        super().__init__(*args, initial=initial, **kwargs)
        self.cycle = row.objective.cycle
        team, key_result = self.fields["team"], self.fields["key_result"]
        assert isinstance(team, forms.ChoiceField) and isinstance(key_result, forms.ModelChoiceField)
        team.choices = [("", "–"), *((name, name) for name in _teams(row))]
        key_result.queryset = row.objective.key_results.all()

    def clean_due(self) -> Any:
        """A day of the cycle."""
        day = self.cleaned_data["due"]
        if not self.cycle.start <= day <= self.cycle.end:
            raise forms.ValidationError(say(N_("This day is not inside the cycle.")))
        return day


def _teams(row: Dependency) -> list[str]:
    """All teams but the one whose goal it is; nobody has to ask themselves."""
    own = {row.objective.team} if row.objective.level == rights.TEAM else set()
    known = {*Team.objects.values_list("name", flat=True), *([row.team] if row.team else [])}
    return sorted(known - own)


class AnswerDependency(forms.Form):
    """Yes, or no with a reason."""

    answer = choice_field(N_("What the team says"), ANSWERS)
    note = long_field(N_("A note; with a no, the reason"), rows=2)

    def clean(self) -> dict[str, Any]:
        """A no has a reason."""
        found = super().clean() or {}
        if found.get("answer") == DECLINED and not found.get("note", "").strip():
            self.add_error("note", say(N_("Say why you decline: it helps those who asked to go on.")))
        return found


class CarryRisk(forms.Form):
    """Who carries the risk of what is not confirmed."""

    risk_owner = person_field(N_("Who carries the risk"))

    def __init__(self, *args: Any, row: Dependency, **kwargs: Any) -> None:
        super().__init__(*args, initial={"risk_owner": row.risk_owner_id}, **kwargs)
        may_stay(self, "risk_owner", row.risk_owner_id)
