"""The year of a calendar, and one day of it."""

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from otklik.actions.edit_calendar import change_day
from otklik.actions.read_calendar import hours_text
from otklik.actions.year_of_calendar import version_on, year_of_calendar
from otklik.schemas.calendars import CalendarBook
from otklik.web.access import Right, may, needs
from otklik.web.accounts.models import Company
from otklik.web.calendars import showing
from otklik.web.calendars.current import today
from otklik.web.calendars.desk import Desk
from otklik.web.calendars.forms import AboutDay, NewCalendar
from otklik.web.words import speech

FIRST_YEAR, LAST_YEAR = 1970, 2100
_WISH: Final = {"holiday": "closed", "shorter": "hours", "longer": "hours", "moved": "hours"}
"""What is chosen already when the form of a day opens."""


@require_GET
@needs(Right.SEE)
def calendars(request: HttpRequest) -> HttpResponse:
    """Show a calendar through a year, with the draft of whoever looks."""
    desk = Desk.of(request.user)
    if not desk.book.versions:
        form = NewCalendar(initial={"preset": "mon-fri 9-18", "time_zone": Company.ours().time_zone})
        return render(request, "calendars/none_yet.html", {"desk": desk, "form": form, "may_rule": _may(request)})
    year = _year(request.GET.get("year"))
    return render(request, "calendars/calendars.html", year_facts(request, desk, chosen(request, desk.book), year))


def year_facts(request: HttpRequest, desk: Desk, calendar: str, year: int) -> dict[str, Any]:
    """Everything the year view shows."""
    book = desk.book
    shown = year_of_calendar(book, calendar, year)
    told_before = desk.draft and calendar in desk.in_force.versions
    before = year_of_calendar(desk.in_force, calendar, year).days if told_before else ()
    versions = book.versions[calendar]
    now = version_on(versions, today()) or 0
    told = speech()
    return {
        "desk": desk,
        "may_rule": _may(request),
        "calendar": calendar,
        "day_address": f"{reverse('calendar_day', args=[date(2000, 1, 1)])}?{urlencode({'calendar': calendar})}",
        "calendars": [(id_, showing.name_of(book, id_), id_ == book.default) for id_ in book.versions],
        "name": showing.name_of(book, calendar),
        "year": shown,
        "years": (year - 1 if year > FIRST_YEAR else None, year + 1 if year < LAST_YEAR else None),
        "months": showing.month_tables(shown, before, today()),
        "hours": showing.hours_figure(shown.open_s),
        "unknown": any(day.kind == "unknown" for day in shown.days),
        "legend": showing.legend(),
        "weekdays": [(told.format.weekday(day), told.format.weekday(day, short=False)) for day in range(7)],
        "week": [
            (told.format.weekday(day, short=False), hours_text(versions[now].weekly.get(day, ())).replace("-", "–"))
            for day in range(7)
        ],
        "versions": [
            {"n": n, "version": one, "from": one.valid_from and showing.day_text(told, one.valid_from), "now": n == now}
            for n, one in enumerate(versions)
        ],
        "teams": sorted(team for team, id_ in book.team_calendars.items() if id_ == calendar),
        "is_default": calendar == book.default,
    }


@require_http_methods(["GET", "POST"])
@needs(Right.RULE)
def calendar_day(request: HttpRequest, day: date) -> HttpResponse:
    """Change one date, in the draft of whoever asks."""
    desk = Desk.of(request.user)
    calendar = chosen(request, desk.book)
    found = next(one for one in year_of_calendar(desk.book, calendar, day.year).days if one.day == day)
    told = {
        "wish": _WISH.get(found.kind, "as-usual"),
        "hours": hours_text(found.slots or found.usual),
        "like": day.weekday(),
    }
    form = AboutDay(request.POST or None, initial=told)
    bare = bool(request.headers.get("HX-Request"))
    if request.method == "POST" and form.is_valid():
        desk.keep(change_day(desk.book, calendar, day, form.cleaned_data["day_wish"]))
        if bare:
            facts = year_facts(request, Desk.of(request.user), calendar, day.year)
            return render(request, "calendars/_year.html", facts)
        return redirect(f"{to_year(calendar, day.year)}#d{day.isoformat()}")
    facts = {
        "form": form, "day": found, "calendar": calendar, "text": showing.describe(found), "bare": bare,
        "usual": hours_text(found.usual).replace("-", "–"), "name": showing.name_of(desk.book, calendar),
        "back": f"{to_year(calendar, day.year)}#d{day.isoformat()}",
    }  # fmt: skip
    template = "calendars/_day.html" if bare else "calendars/day.html"
    response = render(request, template, facts, status=422 if form.errors else 200)
    if bare and form.errors:
        response["HX-Retarget"], response["HX-Reswap"] = "#day", "innerHTML"
    return response


def chosen(request: HttpRequest, book: CalendarBook) -> str:
    """The calendar an address names, else the default; 404 where there is none of that name."""
    wanted = request.GET.get("calendar") or book.default
    if wanted not in book.versions:
        raise Http404
    return str(wanted)


def to_year(calendar: str, year: int | None = None) -> str:
    """Address of a calendar's year."""
    told = {"calendar": calendar} | ({"year": year} if year else {})
    return f"{reverse('calendars')}?{urlencode(told)}"


def _year(text: str | None) -> int:
    wanted = int(text) if text and text.isdigit() and len(text) == 4 else today().year
    return min(max(wanted, FIRST_YEAR), LAST_YEAR)


def _may(request: HttpRequest) -> bool:
    return may(request.user, Right.RULE)
