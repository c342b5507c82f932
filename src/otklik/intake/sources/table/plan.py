"""How a table tells its story: one row an event, a message, a change, a request, or a request at a moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

import pyarrow as pa

from otklik.base.errors import FileError
from otklik.base.text import N_
from otklik.intake.coded import among
from otklik.intake.sources.table.grid import Grid
from otklik.intake.sources.table.profiles import Profile, profile
from otklik.intake.sources.table.roles import Role, Roles, assign_roles
from otklik.intake.sources.table.vocabulary import KINDS

Mode = Literal["log", "steps", "messages", "history", "snapshots", "dates"]
MODES: Final[tuple[Mode, ...]] = get_args(Mode)
_ENDS: Final = ("first_reply", "resolved", "closed")
_NEEDED: Final[dict[Mode, tuple[str, ...]]] = {
    "log": ("at", "kind"), "steps": ("at", "activity"), "messages": ("at",), "snapshots": ("at",),
    "history": ("at", "field", "new_value"), "dates": ("created",),
}  # fmt: skip
_ONE_ROW_EACH: Final = 0.98


class NoRequests(FileError):
    """A table without what a log needs: facts `file`, `columns`, `missing`."""

    code = "no-requests"
    message = N_("%(file)s holds no requests that can be measured: %(missing)s. Its columns: %(columns)s.")
    hint = N_(
        "If one of them is the request's number, its date or its state, say so with --map column=role"
        " (roles: request, created, first_reply, resolved, closed, at, activity, status)."
    )


class ModeDoesNotFit(FileError):
    """A told mode that needs columns the table does not have: facts `file`, `mode`, `missing`, `columns`."""

    code = "mode-does-not-fit"
    message = N_("%(file)s cannot be read as %(mode)s: no column is %(missing)s. Its columns: %(columns)s.")
    hint = N_("Say which column it is with --map column=role, or take mode out of the mapping.")


@dataclass(frozen=True)
class Plan:
    """One table understood: its mode and why, and the roles of its columns."""

    grid: Grid
    mode: Mode
    reason: str
    roles: Roles
    order: str | None = None

    def cells(self, role: str) -> pa.DictionaryArray | None:
        """Cells of the column that has a role, coded; None where no column has it."""
        column = self.roles.column(role)
        return None if column is None else self.grid.cells(column)

    def moments(self, role: str) -> pa.Array | None:
        """Cells of a date column as they stand there."""
        column = self.roles.column(role)
        return None if column is None else self.grid.moments(column)

    def role_names(self) -> dict[str, str]:
        """Column -> role."""
        return {one.column: one.role for one in self.roles.found}


def make_plan(grid: Grid, told_roles: Mapping[str, str], told_mode: str | None = None) -> Plan:
    """Understand a table, or raise NoRequests saying what is missing."""
    profiles = [profile(grid, name) for name in grid.names]
    here = {column: role for column, role in told_roles.items()}
    roles = assign_roles(profiles, here, grid.name)
    return decide(grid, roles, {one.name: one for one in profiles}, told_mode)


def decide(grid: Grid, roles: Roles, profiles: Mapping[str, Profile], told_mode: str | None = None) -> Plan:
    """Choose the mode; the first rule that fits wins."""
    if not len(grid):
        raise _refusal(grid, N_("it has headings, but no rows"))
    if "request" not in roles:
        raise _refusal(grid, N_("no column looks like the number of a request"))
    if not any(role in roles for role in ("at", "created", "updated", *_ENDS)):
        raise _refusal(grid, N_("no column holds dates"))
    if told_mode in MODES:
        return _as_told(grid, told_mode, roles)
    if _is_log(grid, roles):
        return Plan(grid, "log", N_("it has the columns of a service log"), roles)
    plan = _many_rows(grid, roles) if _rows_repeat(grid, roles) else _one_row(grid, roles)
    return plan


def _as_told(grid: Grid, mode: Mode, roles: Roles) -> Plan:
    """Take the told mode, if the table has what it needs."""
    if "at" in roles and "created" not in roles and mode == "dates":
        roles = Roles(tuple(replace_role(one, "created") if one.role == "at" else one for one in roles.found))
    roles = roles if mode == "dates" else _with_moment(roles)
    missing = [role for role in _NEEDED[mode] if role not in roles]
    if mode == "snapshots" and "updated" in roles:
        missing = []
    if missing:
        raise ModeDoesNotFit(file=grid.name, mode=mode, missing=", ".join(missing), columns=", ".join(grid.names[:40]))
    return Plan(grid, mode, N_("it was told"), roles)


def _is_log(grid: Grid, roles: Roles) -> bool:
    column = roles.column("kind")
    if column is None or "at" not in roles:
        return False
    cells = grid.cells(column)
    return bool(2 * among(cells, KINDS).sum() > len(cells) - cells.null_count)


def _rows_repeat(grid: Grid, roles: Roles) -> bool:
    ids = grid.cells(roles.column("request") or "")
    return bool(len(ids.dictionary) < _ONE_ROW_EACH * (len(ids) - ids.null_count))


def _many_rows(grid: Grid, roles: Roles) -> Plan:
    """Several rows a request."""
    roles = _with_moment(roles)
    if "field" in roles and "new_value" in roles and "at" in roles:
        return Plan(grid, "history", N_("a row says which field changed to what, and when"), roles)
    if "activity" in roles and "at" in roles:
        return Plan(grid, "steps", N_("several rows a request, each a step with its time"), roles)
    if "at" in roles and any(role in roles for role in ("by", "text")):
        return Plan(grid, "messages", N_("several rows a request, each a message with its time"), roles)
    if any(role in roles for role in ("status", "assignee", "team")) and ("updated" in roles or "at" in roles):
        return Plan(grid, "snapshots", N_("several rows a request, each its state at a moment"), roles)
    if "created" in roles and any(role in roles for role in _ENDS):
        return Plan(
            grid, "dates", N_("each row has the dates of a request; a later row replaces an earlier one"), roles
        )
    raise _refusal(grid, N_("its rows repeat requests, but say neither a step nor a message nor a state"))


def _with_moment(roles: Roles) -> Roles:
    """Where rows repeat and only one date is there, that date is the moment of the row."""
    dates = [one for one in roles.found if one.role in {"at", "created", "updated"}]
    if "at" in roles or len(dates) != 1 or any(role in roles for role in _ENDS):
        return roles
    return Roles(tuple(replace_role(one, "at") if one is dates[0] else one for one in roles.found))


def replace_role(role: Role, name: str) -> Role:
    """Give the same column another role."""
    return Role(role.column, name, role.reason)


def _one_row(grid: Grid, roles: Roles) -> Plan:
    """One row a request."""
    if "created" not in roles and "at" in roles:
        roles = Roles(tuple(replace_role(one, "created") if one.role == "at" else one for one in roles.found))
    if "created" not in roles:
        raise _refusal(grid, N_("no column says when a request came"))
    ended = any(role in roles for role in _ENDS)
    if not ended and not ("updated" in roles and "status" in roles):
        raise _refusal(grid, N_("it has one date a row, so nothing between two moments can be measured"))
    if _is_steps_of_one(roles):
        return Plan(grid, "steps", N_("each row is a step with its time"), roles)
    return Plan(grid, "dates", N_("one row a request, with its dates"), roles)


def _is_steps_of_one(roles: Roles) -> bool:
    return "activity" in roles and "at" in roles and "created" not in roles


def _refusal(grid: Grid, missing: str) -> NoRequests:
    return NoRequests(file=grid.name, missing=missing, columns=", ".join(grid.names[:40]))
