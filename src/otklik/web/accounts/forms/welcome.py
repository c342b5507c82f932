"""The owner's account, asked for at the first start."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from otklik.base.text import N_
from otklik.web.accounts.models import User
from otklik.web.words import say, say_later


class FirstOwner(forms.Form):
    """The owner's account, asked for at the first start."""

    company = forms.CharField(label=say_later(N_("Name of your company")), max_length=120)
    email = forms.EmailField(label=say_later(N_("Your e-mail address")))
    password = forms.CharField(
        label=say_later(N_("A password, at least 10 characters")),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    time_zone = forms.CharField(
        label=say_later(N_("Time zone of the company")), initial="UTC",
        help_text=say_later(N_("Like Europe/Moscow. Hours and days are counted in it.")),
    )  # fmt: skip

    def clean_time_zone(self) -> str:
        """Only zones that exist."""
        return clean_zone(self.cleaned_data["time_zone"])

    def clean(self) -> dict[str, Any]:
        """Check the password against the address."""
        found = super().clean() or {}
        if found.get("password"):
            try:
                validate_password(found["password"], User(email=found.get("email", "")))
            except forms.ValidationError as wrong:
                self.add_error("password", wrong)
        return found


def clean_zone(told: str) -> str:
    """Take the name of a time zone; raise ValidationError where there is none of that name."""
    from zoneinfo import available_timezones

    zone = told.strip()
    if zone not in available_timezones():
        raise forms.ValidationError(say(N_("There is no such time zone. Write it like Europe/Moscow.")))
    return zone
