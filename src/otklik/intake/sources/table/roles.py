"""Which column is what: by its heading where the values allow it, by the values where no heading tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.intake.sources.table.profiles import Profile
from otklik.intake.sources.table.vocabulary import headings, words

TOLD_ROLES: Final = ("ignore", "attribute")
DATE_ROLES: Final = ("created", "first_reply", "resolved", "closed", "due", "updated", "at")
_ENOUGH: Final = 0.55
_BY_HEADING: Final = N_("by its heading")
_BY_TYPE: Final = N_("its heading has the word for it, and its values fit")
_TOLD: Final = N_("it was told")


class UnknownRole(UserError):
    """A role nobody knows: facts `role`, `column`, `known`."""

    code = "unknown-role"
    message = N_("There is no role %(role)s for the column %(column)s.")
    hint = N_("Known roles: %(known)s.")


class UnknownColumn(UserError):
    """A told column that the table does not have: facts `column`, `file`, `known`."""

    code = "unknown-column"
    message = N_("%(file)s has no column %(column)s.")
    hint = N_("Its columns: %(known)s.")


class Role(NamedTuple):
    """What a column is, and why: `reason` a catalogue key."""

    column: str
    role: str
    reason: str


@dataclass(frozen=True)
class Roles:
    """Roles by column; every column that has none is kept as an attribute of the request."""

    found: tuple[Role, ...]

    def column(self, role: str) -> str | None:
        """Name the column of a role."""
        return next((one.column for one in self.found if one.role == role), None)

    def __contains__(self, role: str) -> bool:
        return self.column(role) is not None

    def taken(self) -> set[str]:
        """Name the columns that have a role (or are left out)."""
        return {one.column for one in self.found if one.role != "attribute"}


class _Claim(NamedTuple):
    score: float
    rank: float
    role: str
    column: str


def known_roles() -> tuple[str, ...]:
    """Every role a column can be told to have."""
    return (*headings(), *TOLD_ROLES)


def assign_roles(profiles: Sequence[Profile], told: Mapping[str, str], file: str) -> Roles:
    """Give each role at most one column: the told ones first, then the surest heading, then the values."""
    found = [_told(column, role, profiles, file) for column, role in told.items()]
    _by_heading(profiles, found)
    _by_values(profiles, found)
    place = {profile.name: number for number, profile in enumerate(profiles)}
    return Roles(tuple(sorted(found, key=lambda one: place[one.column])))


def _told(column: str, role: str, profiles: Sequence[Profile], file: str) -> Role:
    role = role.removesuffix("_at") or role  # created_at, as tables call it
    if role not in known_roles():
        raise UnknownRole(role=role, column=column, known=", ".join(known_roles()))
    for profile in profiles:
        if column == profile.name or (words(column) and words(column) == profile.words):
            return Role(profile.name, role, _TOLD)
    raise UnknownColumn(column=column, file=file, known=", ".join(profile.name for profile in profiles))


def _by_heading(profiles: Sequence[Profile], found: list[Role]) -> None:
    claims = [
        claim
        for profile in profiles
        for role, (needs, names) in headings().items()
        if profile.suits(needs) and (claim := _claim(profile, role, names)).score >= _ENOUGH
    ]
    for claim in sorted(claims, key=lambda claim: (-claim.score, claim.rank)):
        if _is_free(claim.role, claim.column, found):
            reason = _BY_HEADING if claim.score == 1 else _BY_TYPE
            found.append(Role(claim.column, claim.role, reason))


def _is_free(role: str, column: str, found: Sequence[Role]) -> bool:
    return not any(one.column == column or one.role == role for one in found)


def _claim(profile: Profile, role: str, names: Sequence[str]) -> _Claim:
    heading = profile.words
    if heading in names:
        return _Claim(1.0, names.index(heading) / len(names), role, profile.name)
    parts = heading.split()
    best = max((_overlap(parts, name.split()) for name in names), default=0.0)
    return _Claim(best, 1.0, role, profile.name)


def _overlap(heading: list[str], name: list[str]) -> float:
    """Say how much of a heading a name covers, as neighbouring words; short names prove little."""
    size = len(name)
    if size >= len(heading) or len("".join(name)) < 4:
        return 0.0
    if any(heading[start : start + size] == name for start in range(len(heading) - size + 1)):
        at_edge = heading[:size] == name or heading[-size:] == name
        return (0.5 if at_edge else 0.4) + 0.45 * size / len(heading)
    return 0.0


def _by_values(profiles: Sequence[Profile], found: list[Role]) -> None:
    """Fill the roles a log cannot do without from columns nobody has claimed."""

    def free() -> list[Profile]:
        return [one for one in profiles if one.filled and not any(role.column == one.name for role in found)]

    def add(role: str, candidates: Sequence[Profile], reason: str) -> None:
        if candidates and not any(one.role == role for one in found):
            found.append(Role(candidates[0].name, role, reason))

    numbers = [one for one in free() if one.ids >= 0.9 and one.distinct == one.filled]
    codes = [one for one in free() if one.codes >= 0.9 and one.distinct > 1]
    add("request", numbers or codes, N_("its values look like numbers of requests"))
    if not any(one.role in {"created", "at"} for one in found):
        add("created", [one for one in free() if one.is_date], N_("the first column of dates"))
        if not any(one.role in {"first_reply", "resolved", "closed"} for one in found):
            add("closed", [one for one in free() if one.is_date], N_("the next column of dates"))
    add("status", [one for one in free() if one.states >= 0.8 and 1 < one.distinct <= 40], N_("its values are states"))
    add("customer", [one for one in free() if one.mails >= 0.8], N_("its values are addresses"))
