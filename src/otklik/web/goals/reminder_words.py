"""What reminders say, and the page each leads to."""

from typing import Final

from django.conf import settings
from django.urls import reverse

from otklik.base.text import N_
from otklik.web.goals.dates import CHECK_IN, GRADING, RETRO, REVIEW
from otklik.web.goals.models import Cycle

TEXTS: Final = {
    CHECK_IN: N_("A few minutes are enough: how far is it, how sure are you, what is in the way?"),
    REVIEW: N_("Look at each key result: keep it, change its target or give it up, with a reason."),
    GRADING: N_("The numbers suggest grades; look at them, argue where they miss something, record them."),
    RETRO: N_("How did it go, and what do we do otherwise next time? Answers stand there without names."),
}
PAGES: Final = {
    CHECK_IN: "goals_week", REVIEW: "goals_middle", GRADING: "goals_grading", RETRO: "goals_retro",
}  # fmt: skip


def page_of(kind: str, cycle: Cycle) -> str:
    """Where to go."""
    return settings.BASE_URL + reverse(PAGES[kind], kwargs={"cycle_id": cycle.pk})
