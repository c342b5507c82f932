"""Fields that all forms of goals share: days, numbers in a unit, people, lines of text."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.web.accounts.models import User
from otklik.web.goals.numbers import typed_number
from otklik.web.words import say, say_later, words

NOT_A_NUMBER = N_("“%(text)s” is no number.")


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=say_later(label), required=required, widget=widget, help_text=_help(help_text))


def text_field(label: str, *, required: bool = True, most: int = 300, help_text: str = "") -> forms.CharField:
    """One line."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=say_later(label), required=required, max_length=most, widget=widget, help_text=_help(help_text)
    )


def long_field(label: str, *, required: bool = False, rows: int = 3, help_text: str = "") -> forms.CharField:
    """Several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=say_later(label), required=required, max_length=4000, widget=widget, help_text=_help(help_text)
    )


def number_field(label: str, help_text: str = "") -> forms.CharField:
    """A number in the unit of the form; read by `in_unit`."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"})
    return forms.CharField(
        label=say_later(label), required=False, max_length=40, widget=widget, help_text=_help(help_text)
    )


def choice_field(label: str, names: dict[str, str], **more: Any) -> forms.ChoiceField:
    """One of some names."""
    choices = [(value, say_later(name)) for value, name in names.items()]
    return forms.ChoiceField(label=say_later(label), choices=choices, **more)


def person_field(label: str, *, required: bool = False) -> forms.ModelChoiceField:
    """Somebody with an open account."""
    found = User.objects.filter(is_active=True)
    return forms.ModelChoiceField(label=say_later(label), queryset=found, required=required, empty_label="–")


def _help(text: str) -> Any:
    return say_later(text) if text else ""


def in_unit(form: forms.Form, name: str, unit: str) -> float | None:
    """Read a number field in a unit; what cannot be read stands at the field."""
    text = form.cleaned_data.get(name, "")
    if not isinstance(text, str) or not text.strip():
        return None
    try:
        return typed_number(text, unit)
    except UserError as wrong:
        form.add_error(name, words().error(wrong))
    except ValueError:
        form.add_error(name, say(NOT_A_NUMBER, text=text.strip()[:40]))
    return None


def read_lines(text: str, read: Callable[[str], Any]) -> list[Any]:
    """Read line by line; raise ValidationError with the first line that cannot be read."""
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        try:
            found.append(read(line))
        except (ValueError, UserError):
            raise forms.ValidationError(say(N_("This line cannot be read: %(line)s"), line=line[:80])) from None
    return found


def read_day(text: str) -> date:
    """2026-11-15 or 15.11.2026; raises ValueError."""
    text = text.strip()
    if "." in text:
        day, month, year = text.split(".")
        return date(int(year), int(month), int(day))
    return date.fromisoformat(text)
