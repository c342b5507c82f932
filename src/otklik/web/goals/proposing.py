"""A first cycle from the company's own log, worked out in the background and kept until the log changes."""

import hashlib
import json
from datetime import date, timedelta
from typing import Any, Final

from otklik.actions.find_goals import Proposing
from otklik.actions.propose_goals import propose_goals
from otklik.schemas import goals as told
from otklik.web.goals import measuring
from otklik.web.jobs.models import Job
from otklik.web.moments import today
from otklik.web.remembering import recall, remembered
from otklik.web.words import language

WORK: Final = "propose-goals"


def proposed(person: Any) -> told.Cycle | None:
    """What was worked out before; None = nothing yet. Raises NotAStore, NotMeasuredYet."""
    found = recall(_key(_asked(person)))
    return told.Cycle.model_validate_json(found) if found else None


def ask(person: Any) -> Job:
    """Have it worked out."""
    asked = _asked(person)
    return Job.add(WORK, asked, key=f"{WORK}-{_key(asked)}", asked_by=person)


def last_asked(person: Any) -> Job | None:
    """The work for this state of the log, where somebody has asked for it."""
    return Job.objects.for_user(person).filter(kind=WORK, key=f"{WORK}-{_key(_asked(person))}").first()


def work_out(asked: dict[str, str]) -> None:
    """Propose and keep it; raises NothingToPropose, NotMeasuredYet."""
    start, end = date.fromisoformat(asked["start"]), date.fromisoformat(asked["end"])
    proposing = Proposing(measuring.ruler(), start, end, owner=asked["owner"], language=asked["language"])
    remembered(_key(asked), lambda: propose_goals(proposing).model_dump_json())


def _asked(person: Any) -> dict[str, str]:
    start, end = next_quarter(today())
    return {"owner": person.email, "language": language(), "start": start.isoformat(), "end": end.isoformat()}


def _key(asked: dict[str, str]) -> str:
    text = json.dumps([WORK, asked, measuring.ruler().shelf.state], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def next_quarter(on: date) -> tuple[date, date]:
    """The quarter that begins next; the running one in its first two weeks."""
    start = date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)
    if on - start >= timedelta(days=14):
        start = (start + timedelta(days=95)).replace(day=1)
    end = (start + timedelta(days=95)).replace(day=1) - timedelta(days=1)
    return start, end
