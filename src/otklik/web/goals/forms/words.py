"""The form of the words that a company uses for its goals."""

from typing import Any, Final

from django import forms

from otklik.base.text import N_
from otklik.web.vocabulary import METHODS, Vocabulary
from otklik.web.words import say_later

GOAL_IN: Final = {
    "en": (("", "Goal"), ("objective", "Objective")),
    "ru": (("", "Цель"), ("task", "Задача")),
}
"""By language, in that language."""


class WordsForm(forms.Form):
    """The short name of the method, and what a goal is called in each language."""

    method = forms.ChoiceField(
        label=say_later(N_("Short name of the method")), required=False,
        choices=(("", say_later(N_("No short name"))), *((name, name) for name in METHODS)),
        help_text=say_later(N_("It stands beside the title of the pages about goals.")),
    )  # fmt: skip
    en = forms.ChoiceField(label=say_later(N_("A goal in English")), required=False, choices=GOAL_IN["en"])
    ru = forms.ChoiceField(label=say_later(N_("A goal in Russian")), required=False, choices=GOAL_IN["ru"])

    def __init__(self, *args: Any, now: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, initial=now.kept(), **kwargs)

    @property
    def vocabulary(self) -> Vocabulary:
        """What was chosen."""
        return Vocabulary.read(self.cleaned_data)
