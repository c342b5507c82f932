"""What a calendar is made of: its versions, its holidays, who works by it. Everything goes into the draft."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST

from otklik.actions import edit_calendar as edit
from otklik.actions.list_names import list_teams
from otklik.actions.read_calendar import preset_calendar, read_uploaded_calendar, read_uploaded_holidays
from otklik.base.errors import UserError
from otklik.schemas.calendars import CalendarBook
from otklik.web.access import Right, needs
from otklik.web.accounts.models import Company, Team
from otklik.web.calendars import showing
from otklik.web.calendars.desk import Desk
from otklik.web.calendars.forms import AboutVersion, Country, FromDay, NewCalendar, Upload, WhoWorksByWhich
from otklik.web.calendars.views.year import chosen, to_year
from otklik.web.words import count, words


@require_http_methods(["GET", "POST"])
@needs(Right.RULE)
def calendar_new(request: HttpRequest) -> HttpResponse:
    """Begin a calendar from a preset."""
    desk = Desk.of(request.user)
    zone = Company.ours().time_zone
    form = NewCalendar(request.POST or None, initial={"preset": "mon-fri 9-18", "time_zone": zone})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        name = edit.free_name(slugify(told["name"], allow_unicode=True) or "calendar", desk.book.versions)
        with said_by(form, "other" if told["preset"] == "other" else "preset"):
            made = preset_calendar(*_preset(told["text"], told["time_zone"], zone), name)
            made = edit.change_version(made, name, 0, _named(made, name, told["name"]))
            desk.keep(edit.add_calendars(desk.book, made))
            return redirect(to_year(name))
    facts = {"form": form, "upload": Upload(), "desk": desk}
    return render(request, "calendars/new.html", facts, status=422 if form.errors else 200)


def _preset(text: str, zone: str, ours: str) -> tuple[str, str | None]:
    """A preset and the zone that goes with it; hours alone go by the zone of the company."""
    return f"{text} {zone}".strip(), None if zone else ours


def _named(book: CalendarBook, id_: str, name: str) -> Any:
    from dataclasses import replace

    return replace(book.versions[id_][0], name=name)


@require_POST
@needs(Right.RULE)
def calendar_upload(request: HttpRequest) -> HttpResponse:
    """Take the calendars of a TOML file: beside those that are here, or in their place."""
    desk = Desk.of(request.user)
    form = Upload(request.POST, request.FILES)
    if form.is_valid():
        with said_by(form, "file"), uploaded(form.cleaned_data["file"]) as (path, name):
            read = read_uploaded_calendar(path, name)
            whole = read if request.POST.get("how") == "instead" else edit.add_calendars(desk.book, read)
            desk.keep(whole)
            return redirect("calendar_changes")
    facts = {"form": NewCalendar(initial={"preset": "mon-fri 9-18"}), "upload": form, "desk": desk}
    return render(request, "calendars/new.html", facts, status=422)


@require_http_methods(["GET", "POST"])
@needs(Right.RULE)
def calendar_version(request: HttpRequest, n: int) -> HttpResponse:
    """Name, zone, first day and ordinary weeks of one version; its holidays."""
    desk = Desk.of(request.user)
    calendar = chosen(request, desk.book)
    versions = desk.book.versions[calendar]
    if n >= len(versions):
        raise Http404
    form = AboutVersion(versions[n], request.POST or None, is_first=n == 0)
    if request.method == "POST" and form.is_valid():
        with said_by(form, "valid_from"):
            desk.keep(edit.change_version(desk.book, calendar, n, form.changed_version()))
            return redirect(to_year(calendar))
    return _version_page(request, desk, calendar, n, form)


def _version_page(
    request: HttpRequest, desk: Desk, calendar: str, n: int, form: AboutVersion, **others: forms.Form
) -> HttpResponse:
    wrong = bool(form.errors) or any(one.errors for one in others.values())
    facts = {
        "desk": desk, "form": form, "calendar": calendar, "n": n, "version": desk.book.versions[calendar][n],
        "only_one": len(desk.book.versions[calendar]) == 1, "name": showing.name_of(desk.book, calendar),
        "country": others.get("country", Country()), "closed": others.get("closed", Upload()),
        "query": urlencode({"calendar": calendar}), "back": to_year(calendar),
    }  # fmt: skip
    return render(request, "calendars/version.html", facts, status=422 if wrong else 200)


@require_POST
@needs(Right.RULE)
def calendar_holidays(request: HttpRequest, n: int) -> HttpResponse:
    """Take over the public holidays of a country, or the closed times of an iCalendar file."""
    desk = Desk.of(request.user)
    calendar = chosen(request, desk.book)
    versions = desk.book.versions[calendar]
    if n >= len(versions):
        raise Http404
    if "country" in request.POST:
        form: forms.Form = Country(request.POST)
        if form.is_valid():
            with said_by(form, "country"):
                desk.keep(edit.take_holidays(desk.book, calendar, n, form.cleaned_data["country"].strip()))
                return redirect(to_year(calendar))
        return _version_page(request, desk, calendar, n, AboutVersion(versions[n], is_first=n == 0), country=form)
    form = Upload(request.POST, request.FILES)
    if form.is_valid():
        with said_by(form, "file"), uploaded(form.cleaned_data["file"]) as (path, name):
            days, hours = read_uploaded_holidays(path, name, versions[n].time_zone)
            desk.keep(edit.close_times(desk.book, calendar, n, days, hours))
            found = len(days) + len(hours)
            messages.success(request, count("%(n)s closed day was read.", "%(n)s closed days were read.", found))
            return redirect(to_year(calendar))
    return _version_page(request, desk, calendar, n, AboutVersion(versions[n], is_first=n == 0), closed=form)


@require_http_methods(["GET", "POST"])
@needs(Right.RULE)
def calendar_version_new(request: HttpRequest) -> HttpResponse:
    """Let other hours begin on a day."""
    desk = Desk.of(request.user)
    calendar = chosen(request, desk.book)
    form = FromDay(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with said_by(form, "begins"):
            begins = form.cleaned_data["begins"]
            book = edit.add_version(desk.book, calendar, begins)
            desk.keep(book)
            n = next(n for n, one in enumerate(book.versions[calendar]) if one.valid_from == begins)
            return redirect(f"{reverse('calendar_version', args=[n])}?{urlencode({'calendar': calendar})}")
    facts = {"form": form, "name": showing.name_of(desk.book, calendar), "back": to_year(calendar)}
    return render(request, "calendars/version_new.html", facts, status=422 if form.errors else 200)


@require_POST
@needs(Right.RULE)
def calendar_version_drop(request: HttpRequest, n: int) -> HttpResponse:
    """Take a version out of the draft."""
    desk = Desk.of(request.user)
    calendar = chosen(request, desk.book)
    if n >= len(desk.book.versions[calendar]):
        raise Http404
    desk.keep(edit.drop_version(desk.book, calendar, n))
    return redirect(to_year(calendar))


@require_POST
@needs(Right.RULE)
def calendar_drop(request: HttpRequest) -> HttpResponse:
    """Take a calendar out of the draft."""
    desk = Desk.of(request.user)
    desk.keep(edit.drop_calendar(desk.book, chosen(request, desk.book)))
    return redirect("calendar_changes" if Desk.of(request.user).draft else "calendars")


@require_http_methods(["GET", "POST"])
@needs(Right.RULE)
def calendar_teams(request: HttpRequest) -> HttpResponse:
    """Say which team works by which calendar."""
    desk = Desk.of(request.user)
    if not desk.book.versions:
        return redirect("calendars")
    form = WhoWorksByWhich(desk.book, teams_known(desk.book), request.POST or None)
    if request.method == "POST" and form.is_valid():
        desk.keep(edit.assign_calendars(desk.book, form.cleaned_data["default"], form.chosen()))
        return redirect("calendars")
    return render(request, "calendars/teams.html", {"form": form}, status=422 if form.errors else 200)


def teams_known(book: CalendarBook) -> list[str]:
    """Teams of the company, of the records and of the calendars."""
    told = {*Team.objects.values_list("name", flat=True), *book.team_calendars, *list_teams(settings.DATA.log)}
    return sorted(told, key=str.casefold)


@contextmanager
def said_by(form: forms.Form, field: str) -> Iterator[None]:
    """Say what a person can put right beside the field it is about."""
    try:
        yield
    except UserError as error:
        form.add_error(field, words().error(error))


@contextmanager
def uploaded(file: UploadedFile) -> Iterator[tuple[Path, str]]:
    """Lay an uploaded file down for a child to read; its name is only said, never used as a path."""
    with NamedTemporaryFile(dir=settings.DATA.uploads, prefix="hours-") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        yield Path(kept.name), (file.name or "file")[:80]
