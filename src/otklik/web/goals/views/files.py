"""A cycle as a file: taken away as table, data or paper, and brought in again as a draft."""

import tempfile
from pathlib import Path
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from otklik.actions.read_goals import read_goals
from otklik.actions.report_goals import goals_report
from otklik.actions.write_goals import write_goals
from otklik.base.text import N_
from otklik.schemas import goals as told
from otklik.web.access import Right, needs
from otklik.web.accounts.asking import person_in
from otklik.web.accounts.audit import record
from otklik.web.accounts.models import User
from otklik.web.goals.converting import add_cycle, cycle_told
from otklik.web.goals.limits import MOST_BYTES
from otklik.web.goals.story import cycle_story
from otklik.web.goals.views.pages import at_cycle, cycle_for, show
from otklik.web.moments import today
from otklik.web.words import language, say, say_later

TYPES: Final = {
    "json": "application/json",
    "toml": "application/toml",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
READS: Final = ("json", "toml", "csv", "xlsx")
REPORTS: Final = ("pdf", "html")


@require_GET
@needs(Right.SEE)
def cycle_file(request: HttpRequest, cycle_id: int, kind: str) -> HttpResponse:
    """The goals of company and teams as a file: with grades on paper, which names nobody; without them elsewhere."""
    if kind not in TYPES:
        raise Http404
    cycle = cycle_for(request, cycle_id)
    if kind in REPORTS:
        content = goals_report(cycle_story(cycle, request.user), kind, language=language())
    else:
        content = written(cycle_told(cycle), kind)
    record(request, "goals.taken", cycle, kind=kind)
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="goals-{cycle.pk}-{today().isoformat()}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def written(cycle: told.Cycle, kind: str) -> bytes:
    """A cycle as the bytes of a file."""
    with tempfile.TemporaryDirectory(prefix="otklik-goals-") as folder:
        path = Path(folder) / f"goals.{kind}"
        write_goals(cycle, path, language=language())
        return path.read_bytes()


class BringGoals(forms.Form):
    """A file with goals."""

    file = forms.FileField(
        label=say_later(N_("File with goals")), max_length=200,
        help_text=say_later(N_("CSV, XLSX, JSON or TOML, at most 2 MiB. A table has one row a key result.")),
    )  # fmt: skip

    def clean_file(self) -> Any:
        """Of a kind that is read, and small."""
        found = self.cleaned_data["file"]
        if found.size > MOST_BYTES:
            raise forms.ValidationError(say(N_("The file is larger than goals can be.")))
        if kind_of(found.name) not in READS:
            raise forms.ValidationError(say(N_("Choose a file that ends in .csv, .xlsx, .json or .toml.")))
        return found


def kind_of(name: str) -> str:
    """The ending of a file's name, small and without its dot."""
    return Path(name).suffix.lower().lstrip(".")


@require_http_methods(["GET", "POST"])
@needs(Right.GOALS)
def goals_import(request: HttpRequest) -> HttpResponse:
    """Bring goals in as a new draft; what weakens them is told on its page."""
    form = BringGoals(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = _read(form.cleaned_data["file"])
        made = add_cycle(given, person_in(request))
        record(request, "goals.brought", made, goals=len(given.objectives))
        messages.success(request, say(N_("Brought in as a draft. Look through it, then begin the cycle.")))
        strangers = sorted(_unknown(given))
        if strangers:
            text = say(N_("These people have no account here and answer for nothing now: %(people)s."),
                       people=", ".join(strangers[:10]))  # fmt: skip
            messages.warning(request, text)
        return redirect(at_cycle(made))
    return show(request, "import", {"form": form}, form)


def _read(sent: Any) -> told.Cycle:
    with tempfile.TemporaryDirectory(prefix="otklik-goals-") as folder:
        path = Path(folder) / f"goals.{kind_of(sent.name)}"
        path.write_bytes(b"".join(sent.chunks()))
        return read_goals(path, sent.name, today=today())


def _unknown(given: told.Cycle) -> set[str]:
    known = {email.lower() for email in User.objects.filter(is_active=True).values_list("email", flat=True)}
    named = {who for one in given.objectives for who in (one.owner, one.reviewer) if who}
    named |= {who for one in given.objectives for part in one.key_results for who in part.owners}
    return {who for who in named if who.lower() not in known}
