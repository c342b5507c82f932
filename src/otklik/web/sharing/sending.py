"""When digests are due, and how each is sent: at most once a period, again only where it surely did not leave."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.utils import make_msgid
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F
from django.utils import timezone, translation

from otklik.actions.cut_log import NotMeasuredYet
from otklik.base.crash_points import crash_point
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.web.accounts.audit import record
from otklik.web.accounts.models import Company
from otklik.web.jobs.models import Job
from otklik.web.jobs.registry import Later
from otklik.web.sharing.letters import letter_about
from otklik.web.sharing.models import Digest, Sending

WORK: Final = "send-digest"
HOUR: Final = 7
"""From this hour on, by the company's clock, on the day after the period."""
ATTEMPTS: Final = 8
PAUSES_S: Final = (60, 300, 900, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600)
SILENT: Final = timedelta(minutes=15)
"""A sending that says nothing for so long has broken off."""
_LOG = logging.getLogger("otklik.mail")


@dataclass(frozen=True)
class Period:
    """A week or a month that is over."""

    key: str
    start: date
    end: date

    @classmethod
    def last(cls, rhythm: str, today: date) -> "Period":
        """The last one that ended before today."""
        if rhythm == Digest.MONTHLY:
            end = today.replace(day=1) - timedelta(days=1)
            return cls(f"{end:%Y-%m}", end.replace(day=1), end)
        end = today - timedelta(days=today.isoweekday())
        start = end - timedelta(days=6)
        year, week, _ = start.isocalendar()
        return cls(f"{year}-W{week:02}", start, end)

    def due_at(self, zone: ZoneInfo) -> datetime:
        """The moment from which on it is sent."""
        return datetime.combine(self.end + timedelta(days=1), time(HOUR), zone)


def plan() -> None:
    """Write a row for every digest whose period is over; one that is there already stays as it is."""
    now, zone = timezone.now(), ZoneInfo(Company.ours().time_zone)
    for digest in Digest.objects.select_related("person").filter(stopped_at=None):
        period = Period.last(digest.rhythm, now.astimezone(zone).date())
        if digest.is_wanted and digest.made_at <= period.due_at(zone) <= now:
            write_down(digest, period)


def write_down(digest: Digest, period: Period) -> Sending:
    """The one row of this digest and period."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    facts = {"start": period.start, "end": period.end, "message_id": make_msgid("digest", domain)}
    return Sending.objects.get_or_create(digest=digest, period=period.key, defaults=facts)[0]


def queue() -> None:
    """Queue what is due; a piece of work that waits already is not queued twice."""
    for number in Sending.objects.filter(state=Sending.DUE, next_at__lte=timezone.now()).values_list("pk", flat=True):
        Job.add(WORK, {"sending": number}, key=f"{WORK}-{number}")


def find_broken_off() -> int:
    """Note those whose worker died in the middle: nobody knows whether they left, so they are not sent again."""
    silent = Sending.objects.filter(state=Sending.SENDING, claimed_at__lt=timezone.now() - SILENT)
    return silent.update(state=Sending.UNSURE, ended_at=timezone.now(), error="broken-off")


def deliver(number: int) -> None:
    """Send one: the row is claimed before the first byte leaves, and says afterwards what became of it."""
    found = Sending.objects.select_related("digest__person").filter(pk=number, state=Sending.DUE).first()
    if found is None:
        return
    if not found.digest.is_wanted:
        _end(found, Sending.FAILED, "not-wanted")
        return
    try:
        with translation.override(found.digest.language):
            letter = letter_about(found)
    except NotMeasuredYet:
        Job.add("refresh-facts", {}, key="refresh-facts")
        raise Later(30.0) from None
    except UserError as error:
        _end(found, Sending.FAILED, error.code)
        return
    connection = get_connection()
    letter.connection = connection
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        _again(found, error)
        return
    try:
        if _claim(found):
            _send(found, letter)
    finally:
        connection.close()


def _claim(found: Sending) -> bool:
    taken = Sending.objects.filter(pk=found.pk, state=Sending.DUE).update(
        state=Sending.SENDING, claimed_at=timezone.now(), attempts=F("attempts") + 1
    )
    crash_point("digest-claimed")
    return bool(taken)


def _send(found: Sending, letter: EmailMultiAlternatives) -> None:
    try:
        letter.send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        _refused(found, error, max(codes, default=550))
    except SMTPResponseException as error:
        _refused(found, error, error.smtp_code)
    except (SMTPException, OSError) as error:
        _end(found, Sending.UNSURE, type(error).__name__)  # the server may have it: at most once
    except ValueError as error:
        _end(found, Sending.FAILED, type(error).__name__)
    else:
        crash_point("digest-sent")
        _end(found, Sending.SENT)
        record(None, "digest.sent", found.digest, to=found.digest.person.email, period=found.period)


def _refused(found: Sending, error: Exception, code: int) -> None:
    """The server said no in so many words: for now (4xx), or for good."""
    if 400 <= code < 500:
        _again(found, error)
    else:
        _end(found, Sending.FAILED, f"{code} {type(error).__name__}")


def _again(found: Sending, error: Exception) -> None:
    """It surely did not leave: try later, with the same Message-ID, and give up at some time."""
    found.refresh_from_db()
    tried = found.attempts + (found.state == Sending.DUE)
    _LOG.warning("a digest could not be sent: %s", type(error).__name__)
    if tried >= ATTEMPTS:
        _end(found, Sending.FAILED, type(error).__name__)
        return
    pause = timedelta(seconds=PAUSES_S[min(tried, len(PAUSES_S)) - 1])
    Sending.objects.filter(pk=found.pk, state__in=(Sending.DUE, Sending.SENDING)).update(
        state=Sending.DUE, attempts=tried, next_at=timezone.now() + pause, error=type(error).__name__
    )


def _end(found: Sending, state: str, error: str = "") -> None:
    Sending.objects.filter(pk=found.pk).update(state=state, ended_at=timezone.now(), error=error[:300])
    if state != Sending.SENT:
        record(None, "digest.not-sent", found.digest, period=found.period, state=state, error=error)


WHY: Final = {
    "broken-off": N_("The program was stopped while it was sending; it may have arrived."),
    "not-wanted": N_("It was stopped, or its reader may no longer see figures."),
}
"""Why it was not sent, where it was not the mail server."""
