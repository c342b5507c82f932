"""Studies of the records beside goals: worked out when somebody looks, kept until the records change."""

import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

from otklik.actions.measure_goals import EmptyLog, GoalRuler
from otklik.base.errors import UserError
from otklik.web.goals import measuring
from otklik.web.remembering import remembered
from otklik.web.words import words

Found = TypeVar("Found", bound=BaseModel)
_NOTHING = "null"


def studied(kind: type[Found], name: str, about: Any, make: Callable[[GoalRuler], "Found | None"]) -> "Found | None":
    """What the records say of something, worked out once for each state of them; None = nothing can be said.

    Raises NotAStore, NotMeasuredYet, and what cannot be measured as it is bound.
    """
    ruler = measuring.ruler()
    text = json.dumps([name, about, ruler.shelf.state, ruler.zone, ruler.calendar], sort_keys=True, default=str)

    def made() -> str:
        try:
            found = make(ruler)
        except EmptyLog:
            return _NOTHING
        return found.model_dump_json() if found is not None else _NOTHING

    kept = remembered(hashlib.sha256(text.encode()).hexdigest(), made)
    return None if kept == _NOTHING else kind.model_validate_json(kept)


def or_why_not(work: Callable[[], "Found | None"]) -> "tuple[Found | None, str]":
    """What was found, and in words why nothing was."""
    try:
        return work(), ""
    except UserError as error:
        return None, words().error(error)
