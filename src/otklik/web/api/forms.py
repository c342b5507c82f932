"""Forms about programs that are called."""

from typing import Any

from django import forms

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.web.announcing import EVENTS
from otklik.web.fetching import check
from otklik.web.words import say, say_later


class NewWebhook(forms.Form):
    """Whom to tell, and what."""

    url = forms.CharField(
        label=say_later(N_("Address to call")), max_length=2_000, widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=say_later(N_("It gets a signed POST with JSON. Redirects are not followed.")),
    )  # fmt: skip
    events = forms.MultipleChoiceField(
        label=say_later(N_("What to tell")), widget=forms.CheckboxSelectMultiple,
        choices=[(event, say_later(name)) for event, name in EVENTS.items()],
    )  # fmt: skip

    def clean_url(self) -> str:
        """Only addresses that may be called; whether anybody answers there is seen later."""
        url: str = self.cleaned_data["url"].strip()
        try:
            check(url)
        except UserError as error:
            raise forms.ValidationError(_reason(error)) from error
        return url


def _reason(error: UserError) -> str:
    if error.code == "unreachable":
        return say(N_("Nobody knows this name: %(host)s. Check the address."), host=error.facts["host"])
    facts: dict[str, Any] = {**error.facts, "reason": say(str(error.facts["reason"]))}
    return " ".join((say(error.message, **facts), say(error.hint)))
