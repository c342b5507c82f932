"""What people type about targets."""

from typing import Any, Final

from django import forms

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.base.units import parse_duration_s
from otklik.web.calendars.promises import ONLY, Promise
from otklik.web.words import say, say_later, speech, words

MEASURES: Final = (
    "first_reply", "waits", "longest_wait", "resolution", "first_resolution", "acknowledgement", "unassigned",
)  # fmt: skip
CLOCKS: Final = (
    ("elapsed", say_later(N_("in calendar time, as the customer lives it"))),
    ("business", say_later(N_("in working time, by your working hours"))),
)
LONGEST_S: Final = 10 * 366 * 86_400


class AboutPromise(forms.Form):
    """One promise, from a day on."""

    measure = forms.ChoiceField(label=say_later(N_("What is promised")))
    within = forms.CharField(
        label=say_later(N_("Within")), max_length=40,
        help_text=say_later(N_("Like 30m, 4h, 1d12h or 2w.")),
    )  # fmt: skip
    share = forms.FloatField(
        label=say_later(N_("Share of requests, %")), min_value=0.1, max_value=100,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )  # fmt: skip
    clock = forms.ChoiceField(label=say_later(N_("How time is counted")), choices=CLOCKS, widget=forms.RadioSelect)
    valid_from = forms.DateField(
        label=say_later(N_("Valid from")), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=say_later(N_("Empty = since ever.")),
    )  # fmt: skip

    def __init__(self, *args: Any, promise: Promise | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=typed(promise) if promise else {"clock": "elapsed", "share": 90}, **kwargs)
        told = speech()
        self.fields["measure"].choices = [(one, told.measure(one)) for one in MEASURES]  # type: ignore[attr-defined]
        for name in ONLY:
            self.fields[name] = forms.CharField(
                label=capital(told.slice(name)), required=False, max_length=200,
                widget=forms.TextInput(attrs={"list": f"known-{name}", "autocomplete": "off"}),
            )  # fmt: skip

    @property
    def limits(self) -> list[forms.BoundField]:
        """To whom it is promised."""
        return [self[name] for name in ONLY]

    def clean_within(self) -> float:
        """A length of time as people write it."""
        try:
            within_s = parse_duration_s(self.cleaned_data["within"])
        except UserError as error:
            raise forms.ValidationError(words().error(error)) from None
        if not 0 < within_s <= LONGEST_S:
            raise forms.ValidationError(say(N_("Give a time longer than nothing and shorter than ten years.")))
        return within_s

    def promise(self, line: int) -> Promise:
        """What was typed."""
        told = self.cleaned_data
        return Promise(
            line=line, measure=told["measure"], within_s=told["within"], share=round(told["share"] / 100, 6),
            clock=told["clock"], valid_from=told["valid_from"],
            only={name: told[name].strip() for name in ONLY if told[name].strip()},
        )  # fmt: skip


def capital(text: str) -> str:
    """A word that begins a line."""
    return text[:1].upper() + text[1:]


def typed(promise: Promise) -> dict[str, Any]:
    """A promise as people would type it."""
    told = {
        "measure": promise.measure, "within": short_duration(promise.within_s), "clock": promise.clock,
        "share": f"{promise.share * 100:g}", "valid_from": promise.valid_from,
    }  # fmt: skip
    return told | promise.only


def short_duration(seconds: float) -> str:
    """Write 5400 as '1h30m'; it reads back as the same."""
    left, parts = round(seconds), ""
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)):
        n, left = divmod(left, size)
        parts += f"{n}{unit}" if n else ""
    return parts or f"{seconds:g}s"
