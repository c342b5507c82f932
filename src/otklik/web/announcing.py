"""Tell the programs outside that something happened; any app may call it, the webhooks listen."""

from typing import Any, Final

from otklik.base.text import N_
from otklik.web.jobs.models import Job

EVENTS: Final = {
    "import.finished": N_("An import is finished"),
    "target.missed": N_("A target is missed"),
    "request.waiting-too-long": N_("A request waits longer than the target allows"),
    "digest.sent": N_("A digest was sent"),
    "goals.check-in": N_("A check-in of goals is due"),
    "goals.review": N_("Goals are to be reviewed in the middle of their cycle"),
    "goals.grading": N_("Goals are to be graded"),
    "goals.retrospective": N_("A cycle of goals is to be looked back on"),
    "goals.dependency": N_("A team needs something from another, or was answered"),
    "goals.broken": N_("Something breaks while a goal is pursued"),
}
"""What can be told, and how it is called on screen."""
ANNOUNCE: Final = "announce"


def announce(event: str, /, **facts: Any) -> Job:
    """Tell it: facts are numbers, codes and names of columns, never what a customer wrote.

    Call it in the transaction that makes it true; it is told once that is committed. Raises KeyError for others.
    """
    return Job.add(ANNOUNCE, {"event": _known(event), "facts": facts})


def _known(event: str) -> str:
    if event not in EVENTS:
        raise KeyError(event)
    return event
