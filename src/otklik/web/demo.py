"""A data folder filled with the simulated company, so that there is something to look at from the first minute."""

import contextlib
import os
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from otklik.base.progress import Progress, no_progress
from otklik.base.text import N_

OWNER = "owner@example.org"
ACCOUNT = "demo-account"


@dataclass(frozen=True)
class DemoAccount:
    """With what to log in."""

    email: str
    password: str


def is_filled(folder: Path) -> bool:
    """Whether the folder was filled before."""
    return (folder / ACCOUNT).exists()


def account_of(folder: Path) -> DemoAccount:
    """Read the account of a folder that was filled before."""
    email, password = (folder / ACCOUNT).read_text("utf-8").split("\n")[:2]
    return DemoAccount(email, password)


def fill(
    folder: Path, log: Path, calendars: Path, promises: tuple[str, ...], language: str, progress: Progress = no_progress
) -> DemoAccount:
    """Make the company, its owner, its hours and promises, bring its records in and measure them.

    Whatever an earlier, interrupted filling left is begun again; the account is written last.
    """
    from otklik.web.serve import prepare

    prepare(folder)
    from django.utils import translation

    account = DemoAccount(OWNER, secrets.token_urlsafe(9))
    with translation.override(language):
        _company(account, language)
        _rules(calendars, promises)
        _records(log, progress)
        _goals(language, progress)
    handle = os.open(folder / ACCOUNT, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{account.email}\n{account.password}\n")
    return account


def _company(account: DemoAccount, language: str) -> None:
    from otklik.web.accounts.models import Company, User
    from otklik.web.accounts.owners import first_owner

    name = "Пример" if language == "ru" else "Example Ltd"
    made = first_owner(
        account.email, account.password, language=language, name=name, time_zone="Europe/Moscow", is_simulated=True
    )
    if made is None:
        owner = User.objects.get(email=account.email)
        owner.set_password(account.password)
        owner.save()
    Company.objects.filter(pk=1).update(is_simulated=True)


def _rules(calendars: Path, promises: tuple[str, ...]) -> None:
    from otklik.schemas.targets import parse_target
    from otklik.web.accounts.models import User
    from otklik.web.calendars.models import State
    from otklik.web.calendars.promises import Promise, write_promises

    owner = User.objects.get(email=OWNER)
    if State.newest(State.HOURS) is None:
        State.put_in_force(State.HOURS, calendars.read_text("utf-8"), owner, after=0)
    if State.newest(State.TARGETS) is None:
        told = [
            Promise(line=line, valid_from=date(2025, 1, 1), **parse_target(text).model_dump())
            for line, text in enumerate(promises, start=1)
        ]
        State.put_in_force(State.TARGETS, write_promises(told), owner, after=0)


def _records(log: Path, progress: Progress) -> None:
    from django.conf import settings

    from otklik.actions.import_log import Records, import_log
    from otklik.actions.keep_log import add_to_log, measure_kept_log
    from otklik.web.calendars import current
    from otklik.web.jobs.registry import Asked
    from otklik.web.speed.work import write_usual_pages

    progress(N_("Bringing the records in"), 0, None)
    add_to_log(settings.DATA.log, import_log(Records((str(log),), time_zone="Europe/Moscow"), progress), progress)
    measure_kept_log(settings.DATA.log, current.yardstick(), progress)
    write_usual_pages(Asked(0, {}, None, progress))


def _goals(language: str, progress: Progress) -> None:
    from otklik.base.errors import UserError
    from otklik.web.accounts.models import User
    from otklik.web.goals.models import Cycle
    from otklik.web.goals.simulated import fill_goals

    progress(N_("Setting goals"), 0, None)
    if not Cycle.objects.exists():
        with contextlib.suppress(UserError):  # a company so small that nothing can be proposed has no goals
            fill_goals(User.objects.get(email=OWNER), language)
