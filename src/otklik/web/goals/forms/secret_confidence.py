"""The form in which somebody says in secret how sure they are."""

from collections.abc import Iterable
from typing import Any

from django import forms

from otklik.base.text import N_
from otklik.web.goals.forms.rhythm import TENTHS
from otklik.web.goals.in_secret import GoalInSecret
from otklik.web.goals.standing import KeyResultStands
from otklik.web.words import say_later


class SecretForm(forms.Form):
    """One choice for each key result; what is left empty says nothing, or takes back what was said."""

    def __init__(self, data: Any, *, goals: Iterable[GoalInSecret]) -> None:
        super().__init__(data)
        self.numbers: list[int] = []
        for goal in goals:
            for part in goal.parts:
                self._add(part.row.pk, goal.own.get(part.row.pk))

    def _add(self, pk: int, share: float | None) -> None:
        self.numbers.append(pk)
        self.fields[f"sure_{pk}"] = forms.ChoiceField(
            label=say_later(N_("Confidence")), choices=TENTHS, required=False,
            initial="" if share is None else str(round(share * 10)),
        )  # fmt: skip

    def field_of(self, part: KeyResultStands) -> forms.BoundField:
        """The field of a key result."""
        return self[f"sure_{part.row.pk}"]

    def said(self) -> dict[int, float | None]:
        """How sure of which key result; nothing of those that were not asked."""
        sent = {pk: self.cleaned_data[f"sure_{pk}"] for pk in self.numbers if f"sure_{pk}" in self.data}
        return {pk: int(told) / 10 if told else None for pk, told in sent.items()}
