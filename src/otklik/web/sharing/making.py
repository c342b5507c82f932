"""Files for download, made in the background and kept for a while."""

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone, translation

from otklik.actions.cut_log import NotMeasuredYet
from otklik.actions.hand_out_table import SINGLE, UnknownTable, hand_out_rows, hand_out_table
from otklik.actions.tabulate import TABLES, tabulate
from otklik.base.files import whole_file
from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_
from otklik.report import render_html, render_pdf
from otklik.schemas.views import View
from otklik.web.jobs.models import Job
from otklik.web.jobs.registry import Later
from otklik.web.looking import Looking
from otklik.web.sharing.models import HandedOut
from otklik.web.sharing.models.files import KEPT_FOR, REPORT
from otklik.web.sharing.pages import EVERYTHING, query_of, view_of
from otklik.web.sharing.seeing import Sight

WORK: Final = "hand-out"
REPORT_KINDS: Final = {"html": N_("Page for any browser (HTML)"), "pdf": N_("Paper (PDF)")}
TABLE_KINDS: Final = {"csv": "CSV", "xlsx": "XLSX"}
_PATIENCE = timedelta(hours=1)


def ask_for(user: Any, what: str, kind: str, view: View, language: str) -> HandedOut:
    """Queue a report or a table of single requests, with what this person may see."""
    sight = Sight.of(user)
    single = what in SINGLE
    if not single and what != REPORT:
        raise UnknownTable(table=what)
    if kind not in (TABLE_KINDS if single else REPORT_KINDS):
        raise UnknownTable(table=f".{kind}")
    detailed = single or sight.everything
    made = HandedOut.objects.create(
        what=what, kind=kind, query=query_of(sight.narrowed(view)), language=language, asked_by=user,
        with_requests=detailed, with_people=sight.people and detailed,
        teams=list(sight.teams) if sight.teams is not None and single else None,
    )  # fmt: skip
    made.job = Job.add(WORK, {"file": made.pk}, asked_by=user)
    made.save(update_fields=["job"])
    return made


def make(asked: HandedOut, progress: Progress = no_progress) -> None:
    """Make the file; begun again after a crash, it is simply written anew."""
    sight = Sight(
        requests=asked.with_requests,
        people=asked.with_people,
        teams=None if asked.teams is None else tuple(asked.teams),
    )
    with translation.override(asked.language):
        looking = Looking.of(view_of(asked.query))
        try:
            if asked.what == REPORT:
                _write_report(asked, looking, sight, progress)
            else:
                hand_out_rows(
                    looking.shelf, looking.view, asked.what, asked.path, asked.kind, zone=looking.zone,
                    teams=sight.teams, people=sight.people, progress=progress,
                )  # fmt: skip
        except NotMeasuredYet:
            if asked.asked_at < timezone.now() - _PATIENCE:
                raise
            Job.add("refresh-facts", {}, key="refresh-facts")
            raise Later(5.0) from None
    asked.path.chmod(0o600)
    asked.bytes = asked.path.stat().st_size
    asked.save(update_fields=["bytes"])


def _write_report(asked: HandedOut, looking: Looking, sight: Sight, progress: Progress) -> None:
    progress(N_("Looking where customers wait"), 0, None)
    report = sight.report(looking, EVERYTHING)
    progress(N_("Writing the report"), 0, None)
    pdf = asked.kind == "pdf"
    text = render_pdf(report, asked.language) if pdf else render_html(report, asked.language).encode()
    with whole_file(asked.path) as temporary:
        temporary.write_bytes(text)


def write_figures(asked: HandedOut, looking: Looking, sight: Sight) -> None:
    """Write a table of figures at once into the file of `asked`, which need not be kept."""
    table = tabulate(sight.report(looking, TABLES[asked.what].parts), asked.what)
    hand_out_table(table, asked.path, asked.kind)


def delete_old() -> int:
    """Delete what was kept long enough, and files that belong to nothing; say how many."""
    old = list(HandedOut.objects.filter(asked_at__lt=timezone.now() - KEPT_FOR))
    for one in old:
        one.remove()
    folder = HandedOut(file="-").path.parent
    known = set(HandedOut.objects.values_list("file", flat=True))
    stale = (timezone.now() - timedelta(hours=6)).timestamp()
    for path in folder.iterdir():
        if path.name not in known and path.stat().st_mtime < stale:
            path.unlink(missing_ok=True)
    return len(old)
