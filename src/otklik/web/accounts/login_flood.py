"""Passwords guessed from everywhere at once: when too many tries fail, whoever never logged in here has to wait.

The failed tries are counted in the trail, where they stand anyway and every web process sees them: one look at an
index, nothing is written, and no cache has to be there.
"""

import logging
import math
from datetime import datetime, timedelta
from typing import Final

from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from otklik.web.accounts.audit import record
from otklik.web.accounts.known_browser import known_browser
from otklik.web.accounts.models import AuditEntry, Company
from otklik.web.jobs.models import Job

COUNTED: Final = ("login.failed", "second-step.failed")
FLOOD: Final = "login.flood"
MAIL: Final = "mail-login-flood"
TOLD_EVERY: Final = timedelta(hours=6)
"""While it goes on the owner is told so often, not at every try."""
_LOG = logging.getLogger("otklik.accounts")


def flood_wait_s() -> int:
    """Return how long strangers have to wait before their next try; 0 while no more tries fail than may."""
    now, window = timezone.now(), timedelta(minutes=settings.LOGIN_FLOOD_MINUTES)
    failed = AuditEntry.objects.filter(verb__in=COUNTED, at__gt=now - window).order_by("-at")
    one_too_many: datetime | None = failed.values_list("at", flat=True)[settings.LOGIN_FLOOD_TRIES :].first()
    return 0 if one_too_many is None else max(1, math.ceil((one_too_many + window - now).total_seconds()))


def stop_strangers(request: HttpRequest, email: str) -> None:
    """Answer 429 in a flood, unless that person logged in with this browser before."""
    if known_browser(request, email) is None and (wait_s := flood_wait_s()):
        _tell()
        raise ImmediateHttpResponse(_wait(request, wait_s))


def _wait(request: HttpRequest, wait_s: int) -> HttpResponse:
    response = render(request, "accounts/login_flood.html", {"minutes": math.ceil(wait_s / 60)}, status=429)
    response["Retry-After"] = str(wait_s)
    return response


def _tell() -> None:
    """Write it down once and mail the owners; where nothing can be written strangers are refused all the same."""
    try:
        if _is_told():
            return
        with transaction.atomic():
            Company.objects.select_for_update().filter(pk=1).first()  # processes that notice at once tell it once
            if _is_told():
                return
            record(None, FLOOD, tries=settings.LOGIN_FLOOD_TRIES, minutes=settings.LOGIN_FLOOD_MINUTES)
            Job.add(MAIL, key=MAIL)
    except DatabaseError:
        _LOG.exception("login_flood: it could not be written down")
    else:
        _LOG.warning("login_flood: more than %s tries failed, strangers wait", settings.LOGIN_FLOOD_TRIES)


def _is_told() -> bool:
    return AuditEntry.objects.filter(verb=FLOOD, at__gt=timezone.now() - TOLD_EVERY).exists()
