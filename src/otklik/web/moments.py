"""Days and moments by the company's clock, as the reader's language writes them."""

from datetime import date, datetime, time, timedelta
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


def our_zone() -> ZoneInfo:
    """The company's time zone; whoever turns many instants into days asks once."""
    return ZoneInfo(Company.ours().time_zone)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day is over in a zone."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def day(at: datetime | None) -> str:
    """The day of an instant in the company's zone."""
    return _told(at, "day")


def moment(at: datetime | None) -> str:
    """Day and minute of an instant in the company's zone."""
    return _told(at, "moment")
