"""What the user said about a table: roles of columns, and how it tells its story."""

from collections.abc import Mapping

from otklik.intake.source import ReadOptions
from otklik.intake.sources.table.grid import Grid
from otklik.intake.sources.table.vocabulary import words


def told_roles(grid: Grid, options: ReadOptions) -> dict[str, str]:
    """Column -> role: a saved mapping's where this table has the column; what was typed must be there."""
    told = {**told_words(options.mapping.get("roles")), **options.roles}
    if not options.mapping:
        return told
    known = {words(name) for name in grid.names}
    return {column: role for column, role in told.items() if words(column) in known or column in grid.names}


def told_mode(options: ReadOptions) -> str | None:
    """How the table tells its story, as a saved mapping says."""
    mode = options.mapping.get("mode")
    return str(mode) if mode else None


def told_words(value: object) -> dict[str, str]:
    """A table of words from a mapping; anything else is empty."""
    return {str(key): str(text) for key, text in value.items()} if isinstance(value, Mapping) else {}
