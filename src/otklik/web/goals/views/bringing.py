"""What is being done comes out of an issue tracker: read, shown with a choice of goals, then written down."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from otklik.actions.read_means import read_means, write_work
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.tracked_work import WorkRead
from otklik.web.access import needs
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.goals import bringing
from otklik.web.goals.forms.bringing import ForWhichGoals, TrackerFile
from otklik.web.goals.models import Cycle
from otklik.web.goals.problems import NotYours
from otklik.web.goals.views.pages import LOOK_AND_WRITE, at_cycle, cycle_for, facts_of, show
from otklik.web.moments import our_zone
from otklik.web.words import count, say, words


@require_http_methods(["GET", "POST"])
@needs(LOOK_AND_WRITE)  # type: ignore[arg-type]
def means_bring(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Read an export; a second click writes down what was chosen. Nothing is kept before that."""
    cycle = cycle_for(request, cycle_id)
    bringing.check_stage(cycle)
    is_chosen = "rows" in request.POST
    sent = TrackerFile(request.POST, request.FILES) if request.method == "POST" and not is_chosen else TrackerFile()
    facts = facts_of(request, cycle) | {"sent": sent, "form": None, "homes": bringing.homes(cycle, request.user)}
    if request.method == "POST" and not facts["homes"]:
        raise NotYours
    try:
        read = _read(request, sent, is_chosen=is_chosen)
    except UserError as error:
        if is_chosen:
            raise
        sent.add_error("file", words().error(error))
        read = None
    if read is None:
        return show(request, "bring_means", facts, sent if request.method == "POST" else None)
    form = _form(request, cycle, read, facts["homes"], is_chosen=is_chosen)
    if is_chosen and form.is_valid():
        return _brought(request, cycle, form, read)
    facts |= {"form": form, "set_aside": read.set_aside, "rows": form.rows(), "text": write_work(read)}
    return show(request, "bring_means", facts, form if is_chosen else None)


def _read(request: HttpRequest, sent: TrackerFile, *, is_chosen: bool) -> WorkRead | None:
    """What was sent: a file, or the lines of it that the page had shown; None = nothing that can be read."""
    zone = our_zone().key
    if is_chosen:
        return read_means(request.POST["rows"].encode("utf-8", "replace"), "rows.json", zone)
    if request.method == "POST" and sent.is_valid():
        file = sent.cleaned_data["file"]
        return read_means(b"".join(file.chunks()), file.name, zone)
    return None


def _form(request: HttpRequest, cycle: Cycle, read: WorkRead, homes: list[Any], *, is_chosen: bool) -> ForWhichGoals:
    there = bringing.known(cycle, request.user)
    found = [bringing.same_as(one, there) for one in read.rows]
    return ForWhichGoals(request.POST if is_chosen else None, rows=read.rows, found=found, homes=homes)


def _brought(request: HttpRequest, cycle: Cycle, form: ForWhichGoals, read: WorkRead) -> HttpResponse:
    told = bringing.bring(cycle, form.chosen(), person_in(request), tells_done=read.tells_done)
    record(request, "goals.means_brought", cycle, new=told.new, changed=told.changed)
    texts = [
        count("%(n)s is new.", "%(n)s are new.", told.new),
        count("%(n)s has other dates than before.", "%(n)s have other dates than before.", told.changed),
        count("%(n)s is as it was.", "%(n)s are as they were.", told.same),
    ]
    said = [text for text, n in zip(texts, (told.new, told.changed, told.same), strict=True) if n]
    messages.success(request, " ".join([say(N_("Work was brought in; no number moved.")), *said]))
    return redirect(at_cycle(cycle))
