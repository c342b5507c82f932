"""Forms about work out of an issue tracker: the file, then for which goal each issue is done."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from django import forms

from otklik.base.text import N_
from otklik.schemas.tracked_work import TrackedWork
from otklik.web.goals.bringing import Place
from otklik.web.goals.limits import MOST_BYTES
from otklik.web.goals.models import Means, Objective
from otklik.web.words import say, say_later

READS: Final = (".csv", ".json")
AS_ALL, OUT, DATES = "all", "", "dates"


class TrackerFile(forms.Form):
    """An export of an issue tracker."""

    file = forms.FileField(
        label=say_later(N_("Export of the issue tracker")), max_length=200,
        help_text=say_later(N_("CSV with a line of headings, or JSON as GitHub lists issues; at most 2 MiB.")),
    )  # fmt: skip

    def clean_file(self) -> Any:
        """Of a kind that is read, and small."""
        found = self.cleaned_data["file"]
        if found.size > MOST_BYTES:
            raise forms.ValidationError(say(N_("The file is larger than a list of issues can be.")))
        if Path(found.name).suffix.lower() not in READS:
            raise forms.ValidationError(say(N_("Choose a file that ends in .csv or .json.")))
        return found


class ForWhichGoals(forms.Form):
    """For which goal, and which of its numbers, each issue is done; what is there already tells its dates anew."""

    def __init__(
        self, data: Any, *, rows: Sequence[TrackedWork], found: Sequence[Means | None], homes: Sequence[Objective]
    ) -> None:
        super().__init__(data)
        self.work, self.found = rows, found
        self._places = dict(_places(homes))
        own = {one.pk for one in homes}
        goals = [(one.title, _of_goal(one)) for one in homes]
        nowhere = [("", "–")] if len(homes) > 1 else []
        self.fields["all"] = forms.ChoiceField(
            label=say(N_("For which goal, unless a line says otherwise")), choices=[*nowhere, *goals], required=False
        )
        for place, before in enumerate(found):
            if before is not None and before.objective_id not in own:
                continue
            self.fields[f"for_{place}"] = _told_anew() if before is not None else _chosen_of(goals)

    def rows(self) -> list[tuple[TrackedWork, Means | None, forms.BoundField | None]]:
        """Every issue with what is there of it already, and the field beside it where it may be brought in."""
        names = [f"for_{place}" for place in range(len(self.work))]
        fields = [self[name] if name in self.fields else None for name in names]
        return list(zip(self.work, self.found, fields, strict=True))

    def chosen(self) -> list[tuple[TrackedWork, Place | None]]:
        """The issues that are brought in; of those that are there already their place is None."""
        told = []
        for place, work in enumerate(self.work):
            choice = self.cleaned_data.get(f"for_{place}", OUT)
            if choice == OUT:
                continue
            told.append((work, self._places.get(self.cleaned_data["all"] if choice == AS_ALL else choice)))
        return told

    def clean(self) -> dict[str, Any]:
        """At least one is brought in."""
        found = super().clean() or {}
        names = [name for name in self.fields if name.startswith("for_")]
        if not self.errors and not any(found.get(name) for name in names):
            raise forms.ValidationError(say(N_("Choose at least one line to bring in.")))
        if any(found.get(name) == AS_ALL for name in names) and not found.get("all") and "all" not in self.errors:
            self.add_error("all", say(N_("Choose a goal.")))
        return found


def _chosen_of(goals: Sequence[Any]) -> forms.ChoiceField:
    choices = [(AS_ALL, say(N_("As chosen for all"))), *goals, (OUT, say(N_("Leave it out")))]
    return forms.ChoiceField(label=say(N_("For which goal")), required=False, initial=AS_ALL, choices=choices)


def _told_anew() -> forms.ChoiceField:
    choices = [(DATES, say(N_("Tell its dates anew"))), (OUT, say(N_("Leave it out")))]
    return forms.ChoiceField(label=say(N_("What to do with it")), required=False, initial=DATES, choices=choices)


def _of_goal(goal: Objective) -> list[tuple[str, str]]:
    numbers = [(f"k{row.pk}", row.title) for row in goal.key_results.all() if row.stopped_on is None]
    return [(f"o{goal.pk}", say(N_("The goal as a whole: %(goal)s"), goal=goal.title)), *numbers]


def _places(homes: Sequence[Objective]) -> Iterator[tuple[str, Place]]:
    for goal in homes:
        yield f"o{goal.pk}", (goal, None)
        for row in goal.key_results.all():
            yield f"k{row.pk}", (goal, row)
