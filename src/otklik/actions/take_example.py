"""The library of goals for fast service: every example by kind of business, and one made ready for a cycle."""

from datetime import date
from typing import TYPE_CHECKING

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.goals import KeyResult, Objective

if TYPE_CHECKING:
    from otklik.goals.library.loading import LibraryExample


class NoSuchExample(UserError):
    """An example that the library does not hold: facts `business`."""

    code = "no-such-example"
    message = N_("There is no example %(business)s in the library.")


def list_examples(language: str, start: date, end: date) -> "tuple[LibraryExample, ...]":
    """Every example in a language, its checkpoint in the middle of a cycle; all numbers in them are made up."""
    from otklik.goals.library.loading import library

    return library(language, start, end)


def take_example(business: str, language: str, start: date, end: date, owner: str = "") -> Objective:
    """One example as a goal of one's own: its numbers bound, where each starts left to be measured or typed.

    Where an example starts is made up, so no start is taken over, neither as a number nor in a title.
    """
    found = next((one for one in list_examples(language, start, end) if one.business == business), None)
    if found is None:
        raise NoSuchExample(business=business[:40])
    goal = found.objective
    return goal.model_copy(
        update={
            "owner": owner,
            "contributes_to": (),
            "key_results": tuple(_taken(one, owner) for one in goal.key_results),
        }
    )


def _taken(key_result: KeyResult, owner: str) -> KeyResult:
    what, _, way = key_result.title.rpartition(":")
    return key_result.model_copy(
        update={
            "title": what or way,
            "baseline": None,
            "owners": (owner,) if owner else (),
            "commitment": "aspirational",
        }
    )
