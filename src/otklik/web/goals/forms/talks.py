"""Forms between people: a note for the next talk, a question about one's work, an answer, thanks."""

from typing import Any

from django import forms

from otklik.base.text import N_
from otklik.web.accounts.models import User
from otklik.web.goals.forms.fields import long_field, person_field
from otklik.web.goals.models import KeyResult, Objective
from otklik.web.words import say_later


class _ToSomebody(forms.Form):
    """Something that goes to one other person."""

    person = person_field(N_("To whom"), required=True)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(is_active=True).exclude(pk=user.pk)
        if "about" in self.fields:
            about = self.fields["about"]
            assert isinstance(about, forms.ModelChoiceField)
            shared = Objective.objects.for_user(user).exclude(level="personal")
            about.queryset = shared.exclude(cycle__stage="closed")


def _about() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=say_later(N_("About which goal")), queryset=Objective.objects.none(), required=False, empty_label="–"
    )


class WriteNote(_ToSomebody):
    """A point for the next talk of two."""

    about = _about()
    text = long_field(N_("What to talk about"), required=True, rows=2)


class AskFeedback(_ToSomebody):
    """A question about one's own work."""

    about = _about()
    question = long_field(N_("Your question"), required=True, rows=2)


class GiveThanks(_ToSomebody):
    """Thanks for what moved a number."""

    key_result = forms.ModelChoiceField(label=say_later(N_("For which key result")), queryset=KeyResult.objects.none())
    text = long_field(N_("For what"), required=True, rows=2)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        field = self.fields["key_result"]
        assert isinstance(field, forms.ModelChoiceField)
        shared = KeyResult.objects.for_user(user).exclude(objective__level="personal")
        field.queryset = shared.filter(objective__cycle__stage__in=("active", "closing"))


class Answer(forms.Form):
    """The answer to a question."""

    answer = long_field(N_("Your answer"), required=True, rows=3)
