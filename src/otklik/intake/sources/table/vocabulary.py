"""Words of tables, kept as data beside this file: what columns and states are called, in English and in Russian."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from otklik.intake.process_words import said_by
from otklik.schemas.events import Kind, Status

_FOLDER: Final = Path(__file__).parent
_CAMEL: Final = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я][a-zа-я])")
_NOT_WORD: Final = re.compile(r"[^\w№]+|_")
_NEGATED: Final = frozenset({"private", "internal", "is private", "is internal", "внутренний", "внутреннее"})


def words(text: str) -> str:
    """Bring a heading or a state into the form of the word lists.

    >>> words("Request.Type"), words("createdAt"), words("№ Заявки")
    ('request type', 'created at', '№ заявки')
    """
    return " ".join(_NOT_WORD.sub(" ", _CAMEL.sub(" ", text)).casefold().replace("ё", "е").split())


@cache
def headings() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Role -> what its values must be, and what it is called, surest first."""
    loaded = tomllib.loads((_FOLDER / "headings.toml").read_text("utf-8"))
    return {role: (str(entry["needs"]), (*entry["en"], *entry["ru"])) for role, entry in loaded.items()}


@cache
def _states() -> dict[str, str]:
    loaded = tomllib.loads((_FOLDER / "statuses.toml").read_text("utf-8"))
    return {words(name): state for state, names in loaded.items() for name in names}


def state_of(name: str, told: dict[str, str] | None = None) -> str | None:
    """Say what a state means: one of the log's, or cancelled, deleted, merged; None for a word nobody knows."""
    if told and name in told:
        return told[name]
    plain = words(name)
    for known in (plain, plain.split(" ", 1)[-1] if plain[:1].isdigit() else plain):
        state = _states().get(known) or (known if known in Status.__members__ else None)
        if state:
            return state
    said = said_by(name)
    if said:
        return said
    return _by_first_word(plain)


def _by_first_word(plain: str) -> str | None:
    first = plain.split(" ", 1)[0]
    return _states().get(first) if first in {"closed", "resolved", "open", "закрыто", "закрыта", "решено"} else None


@cache
def _people() -> dict[str, dict[str, str]]:
    """Lists of people.toml turned round: section -> word -> what it means."""
    loaded = tomllib.loads((_FOLDER / "people.toml").read_text("utf-8"))
    return {
        section: {words(name): meaning for meaning, names in lists.items() for name in names}
        for section, lists in loaded.items()
    }


def saying_of(activity: str) -> str | None:
    """Say whether a step is somebody saying something, as 'kind-by' ('message-agent'), else None."""
    return _people()["sayings"].get(words(activity))


def side_of(name: str) -> str | None:
    """Say who somebody is: customer, agent, bot, rule or system."""
    plain, sides = words(name), _people()["sides"]
    return sides.get(plain) or next((sides[word] for word in plain.split() if word in sides), None)


def is_public(value: str, heading: str) -> bool | None:
    """Read a yes or no about who could see it; headings like 'internal' mean the opposite."""
    plain = words(value)
    seen = _people()["seen"].get(plain)
    if seen is None:
        return None
    by_word = plain in {"public", "private", "internal", "external"}
    return (seen == "yes") != (words(heading) in _NEGATED and not by_word)


KINDS: Final = frozenset(Kind.__members__)
