"""Background work about people: links by mail, export, forgetting, keeping no longer than wanted."""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone, translation

from otklik.actions.export_person import export_person
from otklik.actions.forget_person import forget_person
from otklik.actions.hide_person import hide_person
from otklik.actions.retain import retain
from otklik.base.text import N_
from otklik.web.access import Role
from otklik.web.accounts.audit import record
from otklik.web.accounts.forgetting import (
    company_keeps_days,
    folders_beside_the_log,
    forget_in_database,
    refuse_if_inside,
)
from otklik.web.accounts.login_flood import MAIL
from otklik.web.accounts.mail import say_by_mail
from otklik.web.accounts.models import Invitation, LogIn, User
from otklik.web.accounts.reset import link_for
from otklik.web.jobs.models import Job
from otklik.web.jobs.registry import Asked, every, work
from otklik.web.vault import opened, seal
from otklik.web.words import say

EXPORTS_KEPT = timedelta(days=3)
EXPORT, FORGET = "export-person", "forget-person"
_GUESSED = N_(
    "Very many log-ins to Otklik fail just now, from many places. Whoever has logged in before gets in with the same "
    "browser as always; everybody else has to wait until it stops."
)
_NOTHING_TO_DO = N_(
    "There is nothing you have to do. Who tried is written under Who did what; a second step, under Company, makes "
    "guessed passwords useless."
)


def exports() -> Path:
    """Where exports about people wait to be fetched."""
    folder: Path = settings.DATA.handed_out / "people"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def ask(kind: str, asked_by: User, names: list[str], **more: Any) -> Job:
    """Queue work about a person; the names are sealed, so that they stand nowhere in the database."""
    return Job.add(kind, {"names": [seal(name) for name in names], **more}, asked_by=asked_by)


def _names(asked: Asked) -> list[str]:
    return [opened(name) for name in asked.arguments.get("names", [])]


def _page(asked: Asked) -> str:
    """The page that shows what came of it."""
    return reverse("privacy_work", kwargs={"job_id": asked.job_id})


def _wipe(asked: Asked) -> None:
    Job.objects.filter(pk=asked.job_id).update(arguments={})


@work("mail-password-link")
def mail_password_link(asked: Asked) -> None:
    """Mail the way to a new password, if there is such a person; nobody learns whether there is."""
    person = User.objects.filter(email__iexact=asked.arguments["email"], is_active=True).first()
    if person is None:
        return
    with translation.override(person.language or asked.arguments.get("language") or "en"):
        say_by_mail(
            person.email,
            say(N_("A new password")),
            say(N_("Somebody, probably you, asked for a new password. This link sets it; it holds for a day:")),
            link_for(person),
            say(N_("If you did not ask for it, do nothing: your password stays as it is.")),
        )


@work(MAIL)
def mail_login_flood(_asked: Asked) -> None:
    """Tell the owners that passwords are being guessed from everywhere."""
    for owner in User.objects.filter(role=Role.OWNER.value, is_active=True):
        with translation.override(owner.language or settings.LANGUAGE_CODE):
            say_by_mail(
                owner.email,
                say(N_("Passwords are being guessed")),
                say(_GUESSED),
                say(_NOTHING_TO_DO),
            )


@work(EXPORT)
def export(asked: Asked) -> dict[str, Any]:
    """Write everything about a person into a file that is there for three days."""
    asked.progress(N_("Gathering everything about the person"), 0, None)
    name = f"{secrets.token_urlsafe(24)}.zip"
    rows = export_person(settings.DATA.log, _names(asked), exports() / name)
    _wipe(asked)
    record(User.objects.filter(pk=asked.asked_by_id).first(), "person.exported", rows=rows)
    return {"file": name, "rows": rows, "next": _page(asked)}


@work(FORGET)
def forget(asked: Asked) -> dict[str, Any]:
    """Forget a person everywhere: in the log, in the files beside it, in the database."""
    names = _names(asked)
    if not names:
        return {}  # done before; only the end was not written down
    refuse_if_inside(names)
    beside = list(folders_beside_the_log())
    done = forget_person(
        settings.DATA.log, names, beside,
        with_requests=bool(asked.arguments.get("with_requests")), progress=asked.progress,
    )  # fmt: skip
    asked.progress(N_("Looking through the database"), 0, None)
    rows = forget_in_database(names, done.pseudonym, hide_person(names, done.pseudonym))
    told = {"requests": done.requests, "files": done.rewritten_files + done.deleted_files, "rows": rows}
    record(User.objects.filter(pk=asked.asked_by_id).first(), "person.forgotten", done.pseudonym, **told)
    Job.add("refresh-facts", {}, key="refresh-facts")
    _wipe(asked)
    return {"pseudonym": done.pseudonym, **told, "next": _page(asked)}


@work("retain")
def keep_no_longer(_asked: Asked) -> dict[str, Any]:
    """Let requests go that ended longer ago than the company keeps them."""
    days = company_keeps_days()
    if not days:
        return {"requests": 0}
    gone = retain(settings.DATA.log, days, timezone.now()).requests
    if gone:
        record(None, "requests.let-go", number=gone, keep_days=days)
        Job.add("refresh-facts", {}, key="refresh-facts")
    return {"requests": gone}


@every(hours=24)
def ask_to_keep_no_longer() -> None:
    """Once a day."""
    if company_keeps_days():
        Job.add("retain", key="retain")


@every(hours=6)
def clear_away() -> None:
    """Exports nobody needs any more, sessions and invitations long past."""
    for path in exports().glob("*.zip"):
        if timezone.now().timestamp() - path.stat().st_mtime > EXPORTS_KEPT.total_seconds():
            path.unlink(missing_ok=True)
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    LogIn.objects.filter(seen_at__lt=timezone.now() - timedelta(days=60)).delete()
    Invitation.objects.filter(expires_at__lt=timezone.now() - timedelta(days=30)).delete()
