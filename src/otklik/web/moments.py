"""Days and moments by the company's clock, as the reader's language writes them."""

from datetime import datetime

from otklik.web.accounts.models import Company
from otklik.web.words import speech


def _told(at: datetime | None, how: str) -> str:
    if at is None:
        return ""
    spoken = speech(Company.ours().time_zone)
    text: str = getattr(spoken.format, how)(at.astimezone(spoken.zone))
    return text


def day(at: datetime | None) -> str:
    """The day of an instant in the company's zone."""
    return _told(at, "day")


def moment(at: datetime | None) -> str:
    """Day and minute of an instant in the company's zone."""
    return _told(at, "moment")
