"""What is kept, in the words of the pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from otklik.actions.hand_out_table import SINGLE
from otklik.actions.tabulate import TABLES
from otklik.base.text import N_
from otklik.charts import Speech
from otklik.schemas.views import UnreadableView
from otklik.web.access import Right, may
from otklik.web.accounts.models import Company
from otklik.web.jobs.models import Job
from otklik.web.jobs.views import error_text
from otklik.web.sharing.models import HandedOut, SavedView
from otklik.web.sharing.models.files import REPORT
from otklik.web.sharing.pages import PAGES, address, view_of
from otklik.web.sharing.wording import told
from otklik.web.words import say, speech

WHOLE = N_("The whole report")
KIB = 1024


@dataclass(frozen=True)
class FileLine:
    """A file in the list."""

    pk: int
    title: str
    kind: str
    view: str
    who: str
    asked: str
    until: str
    size: str
    state: str
    error: str
    job: Job | None


def file_line(found: HandedOut, words: Speech) -> FileLine:
    """Say what a file is, and how far it is."""
    job = found.job
    state = "ready" if found.is_there else "failed" if job is None or job.is_over else "making"
    return FileLine(
        pk=found.pk, title=title_of(found.what), kind=found.kind.upper(), view=view_text(found.query),
        who=str(found.asked_by), asked=words.format.moment(found.asked_at, words.zone),
        until=words.format.day(found.kept_until, words.zone), size=size_text(found.bytes or 0, words), state=state,
        error=(error_text(job) if job else "") or say(N_("It could not be made. Ask for it again.")), job=job,
    )  # fmt: skip


def title_of(what: str) -> str:
    """Name a report or a table."""
    if what == REPORT:
        return say(WHOLE)
    return say(SINGLE.get(what) or (TABLES[what].title if what in TABLES else what))


def view_text(query: str) -> str:
    """A kept view in words; one that can no longer be read is shown as it is."""
    try:
        return told(view_of(query))
    except UnreadableView:
        return query


def size_text(size: int, words: Speech) -> str:
    """Kilobytes or megabytes."""
    if size < KIB * KIB:
        return say(N_("%(n)s KB"), n=words.format.number(max(1, round(size / KIB))))
    return say(N_("%(n)s MB"), n=words.format.number(size / KIB / KIB, 1))


@dataclass(frozen=True)
class SavedLine:
    """A saved view in a list."""

    pk: int
    name: str
    page: str
    href: str
    view: str
    is_shared: bool
    owner: str
    may_change: bool


def saved_lines(found: Iterable[SavedView], user: Any) -> list[SavedLine]:
    """Say what each shows."""
    all_shared = may(user, Right.PEOPLE)
    return [
        SavedLine(
            pk=one.pk, name=one.name, page=say(PAGES[one.page][0]), href=address(one.page, one.query),
            view=view_text(one.query), is_shared=one.is_shared, owner=str(one.owner),
            may_change=one.owner_id == user.pk or (all_shared and one.is_shared),
        )
        for one in found
        if one.page in PAGES
    ]  # fmt: skip


def our_words() -> Speech:
    """Dates in the company's zone."""
    return speech(Company.ours().time_zone)
