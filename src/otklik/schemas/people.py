"""What the log knows of a person, and what became of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonTrace:
    """Where a name stands in the log, its history included."""

    name: str
    requests: int = 0
    """Requests of which the person is the customer."""
    wrote: int = 0
    """Events that name the person as the one who acted."""
    held: int = 0
    """Events after which the person held the request."""

    @property
    def is_customer(self) -> bool:
        """Say whether the person asked for something."""
        return self.requests > 0


@dataclass(frozen=True)
class Forgotten:
    """What was changed so that a person stands in the log no more."""

    pseudonym: str
    requests: int
    events: int
    quarantined: int
    rewritten_files: int = 0
    deleted_files: int = 0


@dataclass(frozen=True)
class Retained:
    """How many requests left the log because they were over for too long."""

    requests: int
