"""By which hours to measure, and what is promised: as it holds now, and as it was at any older state."""

import hashlib
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from otklik.actions.measure_speed import Yardstick
from otklik.base.files import whole_file
from otklik.schemas.targets import Target
from otklik.web.accounts.models import Company
from otklik.web.calendars.models import State
from otklik.web.calendars.promises import in_force, read_promises


def yardstick() -> Yardstick:
    """The hours in force; its `calendar` is None where nobody has set any."""
    return yardstick_of(State.newest(State.HOURS))


def yardstick_of(state: State | None) -> Yardstick:
    """The hours of any state, so that figures of then can be made again."""
    return yardstick_for(state.text if state else "")


def yardstick_for(text: str) -> Yardstick:
    """Hours written as TOML; empty = none."""
    return Yardstick(str(calendar_file(text)) if text else None, time_zone=Company.ours().time_zone)


def targets(on: date | None = None) -> tuple[Target, ...]:
    """What is promised today, or on a day."""
    state = State.newest(State.TARGETS)
    promises = read_promises(state.text) if state else []
    return tuple(promise.target() for promise in in_force(promises, on or today()))


def today() -> date:
    """The day by the company's clock."""
    return timezone.now().astimezone(ZoneInfo(Company.ours().time_zone)).date()


def calendar_file(text: str) -> Path:
    """The file with these hours, named by its content: what it says never changes; made where it is not there."""
    path: Path = settings.DATA.calendars / f"{digest(text)}.toml"
    if not path.exists():
        with whole_file(path) as temporary:
            temporary.write_text(text, "utf-8", newline="\n")
    return path


def digest(text: str) -> str:
    """Name a text by its content."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]
