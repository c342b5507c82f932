"""A form about something done for a goal."""

from typing import Any

from django import forms

from otklik.base.text import N_
from otklik.web.goals.forms.fields import day_field, long_field, text_field
from otklik.web.goals.models import KeyResult, Means
from otklik.web.goals.telling import link
from otklik.web.words import say, say_later


class AboutMeans(forms.Form):
    """What is done, what it should change, when, and where it is tracked."""

    title = text_field(N_("What we do"), help_text=N_("Like: a second shift on Mondays"))
    hypothesis = long_field(
        N_("What it should change"), help_text=N_("If we do this, then … becomes …, because …"), rows=2
    )
    key_result = forms.ModelChoiceField(
        label=say_later(N_("Which number it should move")), queryset=KeyResult.objects.none(), required=False,
        empty_label="–",
    )  # fmt: skip
    begun_on = day_field(N_("Begun on"), required=False)
    done_on = day_field(N_("Done on"), required=False, help_text=N_("From then on its effect is looked for."))
    link = text_field(N_("Where it is tracked"), required=False, most=500, help_text=N_("An address, like https://…"))

    def __init__(self, *args: Any, row: Means, **kwargs: Any) -> None:
        names = ("title", "hypothesis", "begun_on", "done_on", "link")
        initial = {name: getattr(row, name) for name in names} | {"key_result": row.key_result_id}
        super().__init__(*args, initial=initial, **kwargs)
        field = self.fields["key_result"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = row.objective.key_results.all()

    def clean_link(self) -> str:
        """An address that a page may lead to."""
        found: str = self.cleaned_data["link"].strip()
        if found and not link(found):
            raise forms.ValidationError(say(N_("Write an address that begins with https://.")))
        return found

    def clean(self) -> dict[str, Any]:
        """Nothing is done before it is begun."""
        found = super().clean() or {}
        begun, done = found.get("begun_on"), found.get("done_on")
        if begun and done and done < begun:
            self.add_error("done_on", say(N_("It was done before it was begun.")))
        return found

    def write_to(self, row: Means) -> Means:
        """Put what was typed into a row."""
        for name in ("title", "hypothesis", "key_result", "begun_on", "done_on", "link"):
            setattr(row, name, self.cleaned_data[name])
        return row
