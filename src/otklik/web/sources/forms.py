"""What a person corrects before files are imported."""

import re
from typing import Any, Final
from zoneinfo import available_timezones

from django import forms
from django.http import QueryDict

from otklik.actions.list_sources import list_sources
from otklik.base.text import N_
from otklik.report.understanding import ROLES, VALUES
from otklik.schemas.previews import Look, PreviewPart
from otklik.web.sources.understanding import Told
from otklik.web.words import language, say, say_later

MOST_COLUMNS: Final = 150
"""Columns whose role can be corrected on the page; the rest keep what was detected."""
KEPT: Final = "attribute"
_SLUG = re.compile(r"[\w][\w .\-]{0,79}")
_SHARED: Final = frozenset({KEPT, "ignore"})
"""Roles that several columns may have."""
_FORM: Final = "correction"


class Correction(forms.Form):
    """Name, kind, zone and people; the roles of columns stand beside it (see `roles_told`)."""

    source = forms.CharField(
        label=say_later(N_("Name of the source")), max_length=80, required=False,
        help_text=say_later(N_("Records of one name belong together: a later export adds to the earlier ones.")),
        widget=forms.TextInput(attrs={"list": "known-sources", "autocomplete": "off"}),
    )  # fmt: skip
    format = forms.ChoiceField(label=say_later(N_("Format")), required=False)
    mode = forms.ChoiceField(label=say_later(N_("Kind of record")), required=False)
    date_order = forms.ChoiceField(label=say_later(N_("Order of dates")), required=False)
    time_zone = forms.CharField(
        label=say_later(N_("Time zone")), max_length=64, required=False,
        help_text=say_later(N_("For times that name no zone of their own. Like Europe/Moscow.")),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    our_addresses = forms.CharField(
        label=say_later(N_("Who we are")), required=False, max_length=4_000,
        help_text=say_later(
            N_("Addresses, domains or names of our side, one a line. Needed where the record does not say who wrote.")
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    remember = forms.BooleanField(
        label=say_later(N_("Understand the next files of this source in the same way")), required=False
    )

    def __init__(self, *given: Any, look: Look | None, **named: Any) -> None:
        super().__init__(*given, prefix=_FORM, **named)
        modes = look.preview.known_modes if look else ()
        self.fields["format"].choices = [("", say(N_("find out"))), *list_sources(language())]  # type: ignore[attr-defined]
        self.fields["mode"].choices = _named(modes)  # type: ignore[attr-defined]
        self.fields["date_order"].choices = _named(("dmy", "mdy", "ymd"))  # type: ignore[attr-defined]
        if not (look and any(part.is_table for part in look.preview.parts)):
            for name in ("mode", "date_order"):
                del self.fields[name]

    def clean_source(self) -> str:
        """A name that can stand in an address."""
        name: str = self.cleaned_data["source"].strip()
        if name and not _SLUG.fullmatch(name):
            raise forms.ValidationError(say(N_("Use letters, digits, spaces, dots and hyphens.")))
        return name

    def clean_time_zone(self) -> str:
        """Only zones that exist."""
        zone: str = self.cleaned_data["time_zone"].strip()
        if zone and zone not in available_timezones():
            raise forms.ValidationError(say(N_("There is no such time zone. Write it like Europe/Moscow.")))
        return zone

    def clean_our_addresses(self) -> list[str]:
        """One a line, or separated by commas."""
        return [part.strip() for part in re.split(r"[\n,;]", self.cleaned_data["our_addresses"]) if part.strip()][:200]


def initial(told: Told, look: Look | None, remember: bool) -> dict[str, Any]:
    """What the form shows first: what was told, else what was detected."""
    mapping = told.get("mapping") or {}
    return {
        "source": told.get("source") or (look.sources[0] if look and len(look.sources) == 1 else ""),
        "format": told.get("format") or "",
        "mode": mapping.get("mode") or _detected(look, "mode"),
        "date_order": mapping.get("date_order") or _detected(look, "date_order"),
        "time_zone": told.get("time_zone") or (look.time_zone if look else "") or _detected(look, "time_zone"),
        "our_addresses": "\n".join(told.get("our_addresses") or ()),
        "remember": remember,
    }


def corrected(told: Told, form: Correction, roles: dict[str, str]) -> Told:
    """What is told from now on: what was told before, and what a person has changed on the page."""
    said, before = form.cleaned_data, told
    if said.get("format") != (before.get("format") or ""):
        before = {name: value for name, value in before.items() if name != "mapping"}
        roles = {}
    mapping = dict(before.get("mapping") or {})
    for name in ("mode", "date_order"):
        if name in said and said[name] != (form.initial.get(name) or ""):
            mapping.pop(name, None)
            mapping |= {name: said[name]} if said[name] else {}
    if roles:
        mapping["roles"] = _joined(mapping.get("roles") or {}, roles)
    plain = {name: said[name] for name in ("source", "format", "time_zone", "our_addresses")}
    return {**plain, "mapping": mapping}


def _joined(before: dict[str, str], now: dict[str, str]) -> dict[str, str]:
    """Roles told now take a role away from the column that was told to have it before."""
    taken = {role for role in now.values() if role not in _SHARED}
    return {**{column: role for column, role in before.items() if role not in taken}, **now}


def roles_told(posted: QueryDict, look: Look | None) -> tuple[dict[str, str], str]:
    """The roles that differ from those shown, by heading; and what is wrong with them."""
    changed: dict[str, str] = {}
    for number, part in enumerate(look.preview.parts if look else ()):
        chosen: list[str] = []
        for place, column in enumerate(part.columns[:MOST_COLUMNS] if part.is_table else ()):
            shown = column.role or KEPT
            role = posted.get(field_of(number, place), shown)
            if role not in ROLES:
                role = shown
            chosen.append(role)
            if role != shown:
                changed[column.heading] = role
        twice = {role for role in chosen if role not in _SHARED and chosen.count(role) > 1}
        if twice and (left := _kept_twice(part, changed, twice)):
            return changed, say(
                N_("Two columns cannot both be “%(role)s”. Choose another meaning for one of them."),
                role=say(ROLES[left]),
            )
    return changed, ""


def _kept_twice(part: PreviewPart, changed: dict[str, str], twice: set[str]) -> str:
    """A role given to two columns by hand; where one of them was only detected, the hand wins without a word."""
    for role in sorted(twice):
        if sum(changed.get(column.heading) == role for column in part.columns) > 1:
            return role
    return ""


def field_of(part: int, column: int) -> str:
    """Name of the field that holds a column's role."""
    return f"role-{part}-{column}"


def role_choices() -> list[tuple[str, str]]:
    """Every role in words, what is used most first."""
    return [(KEPT, say(ROLES[KEPT])), *((code, say(name)) for code, name in ROLES.items() if code != KEPT)]


def _named(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    return [("", say(N_("find out"))), *((code, say(VALUES.get(code, code))) for code in codes)]


def _detected(look: Look | None, what: str) -> str:
    guess = look.preview.guess(what) if look else None
    return guess.value if guess else ""
