"""Forms about a pasted list of goals: the list, then what each line becomes."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from otklik.base.text import N_
from otklik.schemas.coach import SortedLine
from otklik.web.goals.forms.fields import text_field
from otklik.web.goals.models import Cycle
from otklik.web.words import say, say_later

BECOMES: Final = {
    "objective": N_("An objective"),
    "key_result": N_("A key result"),
    "health": N_("What must not break"),
    "": N_("Leave it out"),
}
_BY_KIND: Final = {"objective": "objective", "key_result": "key_result"}
MOST_SIGNS: Final = 20_000


class PastedList(forms.Form):
    """Lines as somebody has them somewhere."""

    text = forms.CharField(
        label=say_later(N_("The list, one line each")), max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 12}),
    )  # fmt: skip


class MadeOfLines(forms.Form):
    """What each line becomes, and in which draft."""

    above = text_field(N_("The objective of the lines before the first one"), required=False)

    def __init__(self, data: Any, *, lines: Sequence[SortedLine], drafts: Sequence[Cycle]) -> None:
        super().__init__(data)
        self.lines = lines
        for place, line in enumerate(lines):
            self.fields[f"as_{place}"] = forms.ChoiceField(
                label=say(N_("It becomes")), required=False, initial=_BY_KIND.get(line.kind, ""),
                choices=[(name, say(title)) for name, title in BECOMES.items()],
            )  # fmt: skip
        self.fields["cycle"] = forms.ChoiceField(
            label=say(N_("Into which draft")), choices=[(str(one.pk), one.title) for one in drafts]
        )

    def rows(self) -> list[tuple[SortedLine, forms.BoundField]]:
        """Every line with the field beside it."""
        return [(line, self[f"as_{place}"]) for place, line in enumerate(self.lines)]

    @property
    def is_headless(self) -> bool:
        """A number stands before any objective, as the lines are sorted or were chosen."""
        first = next((kind for kind, _ in self.chosen() if kind), "")
        return first in ("key_result", "health")

    def chosen(self) -> list[tuple[str, str]]:
        """What every line becomes, in order; empty = nothing."""
        told = getattr(self, "cleaned_data", {})
        return [
            (told.get(f"as_{place}", _BY_KIND.get(line.kind, "")), line.text) for place, line in enumerate(self.lines)
        ]

    def clean(self) -> dict[str, Any]:
        """At least one line becomes something, and numbers have an objective above them."""
        found = super().clean() or {}
        if not any(kind for kind, _ in self.chosen()):
            raise forms.ValidationError(say(N_("Choose at least one line that becomes a goal.")))
        if self.is_headless and not found.get("above", "").strip():
            self.add_error("above", say(N_("Say what shall be true for people once these numbers are reached.")))
        return found
