"""Write to the chats of the company; any app may hand a text over, taking away has it sent."""

from typing import Final

from otklik.base.text import N_
from otklik.web.jobs.models import Job

SPEED: Final = "speed"
GOALS: Final = "goals"
ABOUT: Final = {
    SPEED: N_("How fast we serve: the figures of the week, every Monday"),
    GOALS: N_("Goals: where they stand at each check-in, the days that matter, what breaks; never personal ones"),
}
"""What a chat may want to hear of, and how it is called on screen."""
POST: Final = "post-to-chats"


def post(about: str, key: str, text: str) -> Job:
    """Hand over one plain text; under one key a chat gets it once, and only if it wants to hear of that.

    Call it in the transaction that makes it true. No text names a customer, rates a person, or tells a personal goal.
    """
    if about not in ABOUT:
        raise KeyError(about)
    return Job.add(POST, {"about": about, "key": key, "text": text}, key=f"{POST}-{key}")
