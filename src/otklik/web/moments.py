"""Days and moments by the company's clock, as the reader's language writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from otklik.web.accounts.models import Company
from otklik.web.words import speech


def _told(at: datetime | None, how: str) -> str:
    if at is None:
        return ""
    spoken = speech(Company.ours().time_zone)
    text: str = getattr(spoken.format, how)(at.astimezone(spoken.zone))
    return text


def now() -> datetime:
    """The instant it is; everything that depends on it asks here, so that a test can travel."""
    return timezone.now()


def today() -> date:
    """The day by the company's clock; in a simulated company the one on which its records end."""
    ours = Company.ours()
    return ours.simulated_today or now().astimezone(ZoneInfo(ours.time_zone)).date()


def day(at: datetime | None) -> str:
    """The day of an instant in the company's zone."""
    return _told(at, "day")


def moment(at: datetime | None) -> str:
    """Day and minute of an instant in the company's zone."""
    return _told(at, "moment")
