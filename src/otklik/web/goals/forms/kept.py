"""What a form leaves as it was: a field that was sent as it was shown keeps what is stored, to the last digit."""

from typing import Any

from django import forms

from otklik.web.accounts.models import User


def is_kept(form: forms.Form, name: str) -> bool:
    """Whether a field was sent as it was shown, or not sent at all."""
    field, sent_as = form.fields[name], form.add_prefix(name)
    if isinstance(field, forms.BooleanField):
        return bool(form.get_initial_for_field(field, name)) == bool(form.data.get(sent_as))
    if sent_as not in form.data:
        return True
    shown, sent = form.get_initial_for_field(field, name), form.data.get(sent_as)
    if isinstance(field, forms.CharField):
        return _plain(shown) == _plain(sent)
    return not field.has_changed(shown, sent)


def _plain(text: Any) -> str:
    return "\n".join(str("" if text is None else text).replace("\r\n", "\n").splitlines()).strip()


def may_stay(form: forms.Form, name: str, person: int | None) -> None:
    """Let somebody stay chosen whose account was closed since: a new owner is decided, not lost."""
    field = form.fields[name]
    if person is not None and isinstance(field, forms.ModelChoiceField):
        field.queryset = User.objects.filter(is_active=True) | User.objects.filter(pk=person)
