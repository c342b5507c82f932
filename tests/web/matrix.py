"""The table of who may what: every address by name, for every role, for own and foreign objects.

Each app has a table of its own, `tests/web/matrix_<app>.py` with a list ROWS; an address without a row fails the tests.
A row says what a role gets, in the order of ROLES:

    Row("person", "302 200 200 403 403 403", own=lambda world, role: {"person_id": world.people["member"].pk})

`own` makes the arguments for an object of whoever asks, `foreign` for one of somebody else, and `args` where there is
no such difference (a page by kind, a link with a token). An address with arguments needs rows for both, or `args`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from otklik.web.accounts.models import ApiToken, Scope, User

ROLES = ("anonymous", "owner", "manager", "analyst", "member", "viewer")
APPS = ("home", "accounts", "jobs", "calendars", "sources", "speed", "sharing", "goals", "api")


@dataclass
class World:
    """People of every role, and whatever the tables make for them."""

    people: dict[str, User]
    made: dict[str, Any] = field(default_factory=dict)

    def of(self, role: str) -> User:
        """The person of a role; for a stranger the owner, whose things are as foreign as can be."""
        return self.people.get(role, self.people["owner"])

    def other_than(self, role: str) -> User:
        """Somebody else."""
        return self.people["owner" if role != "owner" else "manager"]


Arguments = Callable[[World, str], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """What every role gets at one address by one method."""

    name: str
    expected: str
    method: str = "GET"
    own: Arguments | None = None
    foreign: Arguments | None = None
    args: Arguments | None = None
    data: Arguments | None = None
    """Fields of the form that is sent."""
    headers: dict[str, str] = field(default_factory=dict)
    token: Scope | None = None
    """Ask as a program, with a token of this scope of the person, instead of a session."""
    more: dict[str, Any] = field(default_factory=dict)
    """Anything else for the client, such as content_type."""

    @property
    def statuses(self) -> dict[str, int]:
        """Role to status."""
        found = [int(part) for part in self.expected.split()]
        assert len(found) == len(ROLES), f"{self.name}: say {len(ROLES)} statuses"
        return dict(zip(ROLES, found, strict=True))

    @property
    def whose(self) -> str:
        """'own', 'foreign' or ''."""
        return "own" if self.own else "foreign" if self.foreign else ""

    def __str__(self) -> str:
        token = f"token:{self.token.value}" if self.token else ""
        return " ".join(part for part in (self.name, self.method, self.whose, token) if part)

    def sent_with(self, world: World, role: str) -> dict[str, str]:
        """The headers, with the token where one is shown."""
        if self.token is None or role == "anonymous":
            return self.headers
        text = ApiToken.make(world.of(role), "matrix", [self.token])[1]
        return {**self.headers, "Authorization": f"Bearer {text}"}


def tables() -> dict[str, list[Row]]:
    """The table of every app that has one."""
    found = {}
    for app in APPS:
        try:
            found[app] = list(import_module(f"tests.web.matrix_{app}").ROWS)
        except ModuleNotFoundError as missing:
            if missing.name != f"tests.web.matrix_{app}":
                raise
    return found


def rows() -> list[Row]:
    """Every row of every table."""
    return [row for table in tables().values() for row in table]


@dataclass(frozen=True)
class Address:
    """One address of the application."""

    name: str | None
    pattern: str
    has_arguments: bool


def addresses(resolver: URLResolver | None = None, prefix: str = "", spaces: tuple[str, ...] = ()) -> Iterator[Address]:
    """Every address, those of installed packages too."""
    for entry in (resolver or get_resolver()).url_patterns:
        at = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, at, (*spaces, entry.namespace) if entry.namespace else spaces)
        elif isinstance(entry, URLPattern):
            name = ":".join((*spaces, entry.name)) if entry.name else None
            yield Address(name, at, "<" in at)
