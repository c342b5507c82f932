"""What other apps offer to programs is mounted beside the interface's own: the apps do not know each other."""

from otklik.web.api.bearer import PUSH, READ
from otklik.web.api.interface import api
from otklik.web.api.problems import Problem, documented
from otklik.web.api.strictness import be_strict
from otklik.web.goals.programs import make_router


def mount() -> None:
    """Mount everything, once, before the addresses of the interface are made."""
    router = make_router(READ, PUSH, Problem, documented)
    be_strict(router)
    api.add_router("/goals", router)
