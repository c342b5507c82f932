"""Which letters belong to one conversation: by Message-ID, In-Reply-To, References; by subject as a last resort."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from otklik.intake.sources.mail.letters import Letter

SUBJECT_US: Final = 30 * 86_400 * 1_000_000
"""A bare 'Re:' joins a conversation of the same two sides that was silent for no longer than this."""
_PREFIX = re.compile(r"^\s*(?:(?:re|fwd?|aw|wg|sv|vs|antw|odp|отв|ответ|пересл)(?:\[\d+\])?\s*[::]\s*)+", re.IGNORECASE)


class Conversations:
    """Ids that belong together."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def join(self, ids: Iterable[str]) -> str:
        """Make one conversation of all these ids; return its present name."""
        names = [self._find(one) for one in ids]
        for name in names[1:]:
            self._parent[self._find(name)] = self._find(names[0])
        return self._find(names[0])

    def of(self, one: str) -> str:
        """The present name of an id's conversation."""
        return self._find(one)

    def _find(self, one: str) -> str:
        self._parent.setdefault(one, one)
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one


def bare_subject(subject: str) -> tuple[str, bool]:
    """The subject without Re: and Fwd:, and whether it had one.

    >>> bare_subject("RE: Fwd: Lamp")
    ('lamp', True)
    """
    bare = _PREFIX.sub("", subject)
    return " ".join(bare.lower().split()), bare != subject


def thread(letters: Sequence[Letter], at_us: Sequence[int], customers: Sequence[str]) -> list[str]:
    """The conversation of each letter, named by its oldest known id. Letters in order of time."""
    conversations = Conversations()
    for letter in letters:
        conversations.join((letter.id, *letter.answers))
    _join_by_subject(letters, at_us, customers, conversations)
    names: dict[str, str] = {}
    for letter in letters:
        names.setdefault(conversations.of(letter.id), (*letter.answers, letter.id)[0])
    return [names[conversations.of(letter.id)] for letter in letters]


def _join_by_subject(
    letters: Sequence[Letter], at_us: Sequence[int], customers: Sequence[str], conversations: Conversations
) -> None:
    """Join an answer that names no letter to the last conversation of the same customer with the same subject."""
    latest: dict[tuple[str, str], tuple[str, int]] = {}
    for letter, at, customer in zip(letters, at_us, customers, strict=True):
        subject, is_answer = bare_subject(letter.subject)
        before = latest.get((customer, subject))
        if is_answer and not letter.answers and subject and before and at - before[1] <= SUBJECT_US:
            conversations.join((before[0], letter.id))
        latest[customer, subject] = (letter.id, at)
