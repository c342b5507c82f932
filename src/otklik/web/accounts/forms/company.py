"""Forms about the company, one's own account, tokens, and personal data."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings

from otklik.base.text import N_
from otklik.web.access import may
from otklik.web.accounts.forms.welcome import clean_zone
from otklik.web.accounts.models import Company, Scope, User
from otklik.web.accounts.models.tokens import RIGHT_BEHIND
from otklik.web.words import say, say_later

SCOPE_NAMES = {
    Scope.READ: N_("Read figures, tables and reports"),
    Scope.PUSH: N_("Bring records in"),
    Scope.ADMIN_READ: N_("Read who did what, and how the system is"),
}
PERIODS = {30: N_("30 days"), 90: N_("90 days"), 365: N_("One year")}
MOST_NAMES = 20


class AboutCompany(forms.ModelForm):
    """What holds for everybody."""

    class Meta:
        model = Company
        fields = ("name", "time_zone", "language", "second_factor_wanted", "keep_days")
        labels = {
            "name": say_later(N_("Name of your company")),
            "time_zone": say_later(N_("Time zone of the company")),
            "language": say_later(N_("Language of mails and reports")),
            "second_factor_wanted": say_later(N_("Everybody needs a second step to log in")),
            "keep_days": say_later(N_("Keep requests that have ended for so many days")),
        }
        help_texts = {
            "time_zone": say_later(N_("Like Europe/Moscow. Hours and days are counted in it.")),
            "second_factor_wanted": say_later(
                N_("A code from an app on the phone. Whoever has none sets it up at the next click.")
            ),
            "keep_days": say_later(N_("Empty = for ever. Later they leave the log for good, every night.")),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.fields["language"].label
        self.fields["language"] = forms.ChoiceField(label=label, choices=settings.LANGUAGES)

    def clean_time_zone(self) -> str:
        """Only zones that exist."""
        return clean_zone(self.cleaned_data["time_zone"])

    def clean_keep_days(self) -> int | None:
        """At least a month: nobody deletes a year of records by a slip."""
        days: int | None = self.cleaned_data["keep_days"]
        if days is not None and days < 30:
            raise forms.ValidationError(say(N_("Keep them for at least 30 days.")))
        return days


class AboutMe(forms.ModelForm):
    """One's own name and language."""

    class Meta:
        model = User
        fields = ("name", "language")
        labels = {"name": say_later(N_("Your name")), "language": say_later(N_("Language"))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", say(N_("As the browser asks"))), *settings.LANGUAGES]
        self.fields["language"] = forms.ChoiceField(label=say(N_("Language")), choices=choices, required=False)


class NewToken(forms.Form):
    """A token for a program; only scopes the person has the rights for are offered."""

    name = forms.CharField(
        label=say_later(N_("What is it for?")),
        max_length=80,
        help_text=say_later(N_("Like: nightly export of the desk")),
    )
    scopes = forms.MultipleChoiceField(label=say_later(N_("What may it do?")), widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(label=say_later(N_("How long does it hold?")), coerce=int, initial=365)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes, days = self.fields["scopes"], self.fields["days"]
        assert isinstance(scopes, forms.ChoiceField) and isinstance(days, forms.ChoiceField)
        scopes.choices = [(s.value, say(SCOPE_NAMES[s])) for s in Scope if may(user, RIGHT_BEHIND[s])]
        days.choices = [(number, say(name)) for number, name in PERIODS.items()]

    @property
    def valid_for(self) -> timedelta:
        """For how long the token is to hold."""
        return timedelta(days=self.cleaned_data["days"])


class FindPerson(forms.Form):
    """A part of a name."""

    like = forms.CharField(
        label=say_later(N_("Name, address or number, or a part of it")), min_length=2, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class ThatPerson(forms.Form):
    """One person, by every spelling in the records."""

    names = forms.CharField(
        label=say_later(N_("All spellings of this one person, each on its own line")),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}), max_length=4000,
    )  # fmt: skip

    def clean_names(self) -> list[str]:
        """Line by line."""
        names = list(dict.fromkeys(line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()))
        if not names:
            raise forms.ValidationError(say(N_("Write at least one name.")))
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(say(N_("That is more than one person has: write at most 20 spellings.")))
        return names


class ForgetPerson(ThatPerson):
    """The person to forget, and that it is meant."""

    with_requests = forms.BooleanField(
        label=say_later(N_("Take the person's requests out of the log as well; figures of the past will change")),
        required=False,
    )
    sure = forms.BooleanField(label=say_later(N_("I know that this cannot be undone")))
