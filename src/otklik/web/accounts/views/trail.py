"""Who did what."""

import tempfile
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from otklik.actions.write_facts import write_facts
from otklik.base.text import N_
from otklik.web.access import Right, needs
from otklik.web.accounts.audit import record
from otklik.web.accounts.models import AuditEntry, Company
from otklik.web.accounts.verbs import verb_name
from otklik.web.words import say, say_later

A_PAGE = 100
DAY = forms.DateInput(attrs={"type": "date"})
MOST_EXPORTED = 100_000


class Filter(forms.Form):
    """Whom, what, when."""

    who = forms.ChoiceField(label=say_later(N_("Who")), required=False)
    verb = forms.ChoiceField(label=say_later(N_("What")), required=False)
    since = forms.DateField(
        label=say_later(N_("From day")), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=say_later(N_("To day")), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, column, spell in (("who", "by_name", str), ("verb", "verb", verb_name)):
            values = AuditEntry.objects.order_by(column).values_list(column, flat=True).distinct()
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", say(N_("All"))), *((value, spell(value)) for value in values if value)]

    def entries(self, user: Any) -> Any:
        """The entries that are asked for, newest first."""
        told = self.cleaned_data
        zone = ZoneInfo(Company.ours().time_zone)
        wanted = {
            "by_name": told.get("who") or None,
            "verb": told.get("verb") or None,
            "at__gte": _midnight(told.get("since"), zone),
            "at__lt": _midnight(told.get("until"), zone, days=1),
        }
        asked = {name: value for name, value in wanted.items() if value is not None}
        return AuditEntry.objects.for_user(user).filter(**asked).order_by("-id")


def _midnight(day: Any, zone: ZoneInfo, days: int = 0) -> datetime | None:
    return datetime.combine(day + timedelta(days=days), time(), zone) if day else None


@require_GET
@needs(Right.AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """The trail, a page at a time."""
    form = Filter(request.GET)
    ok = form.is_valid()
    found = form.entries(request.user) if ok else AuditEntry.objects.none()
    if ok and form.cleaned_data["before"]:
        found = found.filter(id__lt=form.cleaned_data["before"])
    entries = list(found[: A_PAGE + 1])
    older = request.GET.copy()
    older["before"] = str(entries[A_PAGE - 1].pk) if len(entries) > A_PAGE else ""
    plain = request.GET.copy()
    plain.pop("before", None)
    return render(request, "accounts/audit.html", {
        "form": form, "entries": [(entry, verb_name(entry.verb)) for entry in entries[:A_PAGE]],
        "older": older.urlencode() if len(entries) > A_PAGE else "", "asked": plain.urlencode(),
        "zone": ZoneInfo(Company.ours().time_zone),
    }, status=200 if ok else 422)  # fmt: skip


@require_GET
@needs(Right.AUDIT)
def audit_csv(request: HttpRequest) -> HttpResponse:
    """The trail as CSV, in which no spreadsheet finds a formula."""
    form = Filter(request.GET)
    found = form.entries(request.user)[:MOST_EXPORTED] if form.is_valid() else []
    rows = [
        {"at": entry.at.isoformat(timespec="seconds"), "who": entry.by_name, "verb": entry.verb, "about": entry.about,
         "facts": ", ".join(f"{name}: {fact}" for name, fact in entry.facts.items()), "address": entry.address or ""}
        for entry in found
    ]  # fmt: skip
    record(request, "audit.exported", rows=len(rows))
    schema = pa.schema([(name, pa.string()) for name in ("at", "who", "verb", "about", "facts", "address")])
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "audit.csv"
        write_facts(pa.Table.from_pylist(rows, schema=schema), path)
        response = HttpResponse(path.read_bytes(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response
