"""The background work of goals: measuring what they are bound to, reminding of what is due."""

from typing import Any

from otklik.actions.cut_log import NotMeasuredYet
from otklik.base.text import N_
from otklik.web.goals import looking, measuring, proposing, reminding
from otklik.web.jobs.models import Job
from otklik.web.jobs.registry import Asked, Later, every, work


@work(measuring.WORK)
def measure(asked: Asked) -> dict[str, Any]:
    """Measure running cycles; facts that are not ready yet are waited for."""
    asked.progress(N_("Measuring the goals"), 0, None)
    try:
        return {"kept": measuring.measure()}
    except NotMeasuredYet:
        Job.add("refresh-facts", {}, key="refresh-facts")
        raise Later(30.0) from None


@work(proposing.WORK)
def propose(asked: Asked) -> None:
    """Look through the log for goals; facts that are not ready yet are waited for."""
    asked.progress(N_("Looking where customers wait most"), 0, None)
    try:
        proposing.work_out(asked.arguments)
    except NotMeasuredYet:
        Job.add("refresh-facts", {}, key="refresh-facts")
        raise Later(30.0) from None


@work(looking.WORK)
def look(asked: Asked) -> dict[str, Any]:
    """Look at goals beside the records; facts that are not ready yet are waited for."""
    asked.progress(N_("Looking at the goals beside the records"), 0, None)
    try:
        return {"looked_at": looking.look()}
    except NotMeasuredYet:
        Job.add("refresh-facts", {}, key="refresh-facts")
        raise Later(30.0) from None


@work(looking.TRY)
def try_on_the_past(asked: Asked) -> None:
    """Grade a key result on the cycles before its own; facts that are not ready yet are waited for."""
    asked.progress(N_("Trying it on the past"), 0, None)
    try:
        looking.try_on_the_past(int(asked.arguments["key_result"]))
    except NotMeasuredYet:
        Job.add("refresh-facts", {}, key="refresh-facts")
        raise Later(30.0) from None


@work(reminding.WORK)
def remind(asked: Asked) -> None:
    """Send one reminder."""
    reminding.send(int(asked.arguments["reminder"]))


@every(hours=1)
def look_at_goals() -> None:
    """Have goals measured where the records may say something new."""
    measuring.ask()
    looking.ask()


@every(minutes=15)
def look_for_reminders() -> None:
    """Lay down reminders that are due."""
    reminding.plan()


@every(hours=24)
def forget_reminders() -> None:
    """Drop those of long ago."""
    reminding.forget_old()
