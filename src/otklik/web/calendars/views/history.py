"""Who put which hours in force, and the way back to any of them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from otklik.actions.read_calendar import read_calendar
from otklik.web.access import Right, needs
from otklik.web.accounts.models import Company
from otklik.web.calendars import showing
from otklik.web.calendars.current import digest
from otklik.web.calendars.desk import Desk, changes
from otklik.web.calendars.models import State
from otklik.web.calendars.views.changes import change_facts
from otklik.web.words import speech

PAGE = 15


@require_GET
@needs(Right.SEE)
def calendar_history(request: HttpRequest) -> HttpResponse:
    """Every state of the hours, newest first."""
    return render(request, "calendars/history.html", history_facts(request, State.HOURS))


def history_facts(request: HttpRequest, kind: str) -> dict[str, Any]:
    """One page of states."""
    states = State.objects.for_user(request.user).filter(kind=kind).select_related("by", "back_to").order_by("-number")
    page = Paginator(states, PAGE).get_page(request.GET.get("page"))
    newest = State.newest(kind)
    return {"page": page, "states": [state_facts(state) for state in page], "newest": newest.number if newest else 0}


def state_facts(state: State) -> dict[str, Any]:
    """Who, when, and what it went back to."""
    told = speech(Company.ours().time_zone)
    return {
        "state": state, "at": told.format.moment(state.at, told.zone), "by": str(state.by) if state.by else "",
        "back_to": state.back_to.number if state.back_to else None,
    }  # fmt: skip


def before(state: State) -> State | None:
    """The state it took the place of."""
    return State.objects.filter(kind=state.kind, number=state.number - 1).first()


@require_GET
@needs(Right.SEE)
def calendar_state(request: HttpRequest, number: int) -> HttpResponse:
    """One state: what it changed, day by day."""
    state = State.objects.one_for(request.user, kind=State.HOURS, number=number)
    earlier = before(state)
    old, new = read_calendar(earlier.text if earlier else ""), read_calendar(state.text)
    change = changes(old, new, state.at.year)
    facts = {
        **state_facts(state),
        "summary": showing.summary(change, old, new),
        "changes": [one for one in map(change_facts, change.calendars) if one["days"] or one["months"]],
        "is_newest": state == State.newest(State.HOURS),
        "desk": Desk.of(request.user),
        "may_rule": Right.RULE in _rights(request),
        "text": state.text,
    }
    return render(request, "calendars/state.html", facts)


def _rights(request: HttpRequest) -> frozenset[Right]:
    from otklik.web.access import rights_of

    return rights_of(request.user)


@require_GET
@needs(Right.SEE)
def calendar_file(request: HttpRequest, number: int) -> HttpResponse:
    """The calendars of a state as a TOML file."""
    state = State.objects.one_for(request.user, kind=State.HOURS, number=number)
    response = HttpResponse(state.text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hours-{number}-{digest(state.text)[:8]}.toml"'
    return response


@require_POST
@needs(Right.RULE)
def calendar_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take an older state up again, as a draft: what it changes is seen before it is in force."""
    state = State.objects.one_for(request.user, kind=State.HOURS, number=number)
    Desk.of(request.user).keep_text(state.text, back_to=state)
    return redirect("calendar_changes")
