"""What the user said about a table: roles of columns, and how it tells its story."""

from collections.abc import Mapping

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.intake.source import ReadOptions
from otklik.intake.sources.table.grid import Grid
from otklik.intake.sources.table.roles import TOLD_ROLES
from otklik.intake.sources.table.vocabulary import words


class RoleTwice(UserError):
    """Two columns told to be the same: facts `role`, `column`, `other`."""

    code = "role-twice"
    message = N_("Both %(column)s and %(other)s are told to be %(role)s.")
    hint = N_("One column plays a role; tell the other one attribute (keep it) or ignore.")


def told_roles(grid: Grid, options: ReadOptions) -> dict[str, str]:
    """Column -> role: a saved mapping's where this table has the column; what was typed must be there."""
    _check_once(options.roles)
    saved = {**told_words(_its_own(grid, options).get("roles")), **told_words(options.mapping.get("roles"))}
    told = {**saved, **options.roles}
    if not options.mapping:
        return told
    return {column: role for column, role in told.items() if column in options.roles or _has(grid, column)}


def told_mode(grid: Grid, options: ReadOptions) -> str | None:
    """How the table tells its story, as a saved mapping says."""
    mode = _its_own(grid, options).get("mode") or options.mapping.get("mode")
    return str(mode) if mode else None


def _its_own(grid: Grid, options: ReadOptions) -> Mapping[str, object]:
    """Find what a saved mapping of several tables says of this one: the most columns, all of which it has."""
    tables = options.mapping.get("tables")
    if not isinstance(tables, list):
        return options.mapping
    fitting = [one for one in tables if all(_has(grid, column) for column in told_words(one.get("roles")))]
    return max(fitting, key=lambda one: len(told_words(one.get("roles"))), default={})


def _has(grid: Grid, column: str) -> bool:
    return column in grid.names or words(column) in {words(name) for name in grid.names}


def _check_once(roles: Mapping[str, str]) -> None:
    """Refuse two columns for one role: nobody could say which of them was meant."""
    first: dict[str, str] = {}
    for column, role in roles.items():
        if role not in TOLD_ROLES and first.setdefault(role.removesuffix("_at"), column) != column:
            raise RoleTwice(role=role, column=first[role.removesuffix("_at")], other=column)


def told_words(value: object) -> dict[str, str]:
    """A table of words from a mapping; anything else is empty."""
    return {str(key): str(text) for key, text in value.items()} if isinstance(value, Mapping) else {}
