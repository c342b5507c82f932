"""Sort a list of what people call goals: objectives, key results, tasks, KPIs; and make goals of the first two."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from otklik.base.errors import FileError, UserError
from otklik.base.text import N_, Words
from otklik.schemas.coach import SortedLine
from otklik.schemas.goals import Health, KeyResult, Objective

MOST_LINES: Final = 200
Made = Literal["objective", "key_result", "health"]
"""What a line can become."""


class TooManyLines(UserError):
    """A list that nobody can look through: facts `most`."""

    code = "too-many-lines"
    message = N_("The list is longer than %(most)s lines.")
    hint = N_("Sort it in parts.")


class UnreadableList(FileError):
    """A list that cannot be opened as text: facts `file`, `reason`."""

    code = "unreadable-list"
    hint = N_("Give a plain text, one goal a line.")


class WithoutObjective(UserError):
    """A key result that no objective stands above: facts `line`."""

    code = "key-result-without-objective"
    message = N_("No objective stands above “%(line)s”.")
    hint = N_("Say what shall be true for people once these numbers are reached.")


def sort_goals(text: str) -> list[SortedLine]:
    """Sort a list line by line, each with its reason; raises TooManyLines."""
    from otklik.goals.coach.sorting import sort_lines

    if len(text.splitlines()) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    return sort_lines(text)


def reason_told(line: SortedLine, words: Words) -> str:
    """Why a line is what it is, in the reader's words."""
    from otklik.report.told_findings import remark_of

    return remark_of(line.key, line.facts, words)


def make_goals(lines: Iterable[tuple[Made, str]], owner: str = "", above: str = "") -> list[Objective]:
    """Make goals of lines in their order: numbers belong to the objective before them; raises WithoutObjective.

    `above` is the objective of those that stand before the first one.
    """
    made: list[tuple[str, list[KeyResult], list[Health]]] = []
    for kind, text in lines:
        if kind == "objective":
            made.append((text, [], []))
            continue
        if not made:
            if not above.strip():
                raise WithoutObjective(line=text[:80])
            made.append((above.strip(), [], []))
        if kind == "health":
            made[-1][2].append(_health(text))
        else:
            made[-1][1].append(_key_result(text, owner))
    return [_objective(title, key_results, health, owner) for title, key_results, health in made]


def _objective(title: str, key_results: Sequence[KeyResult], health: Sequence[Health], owner: str) -> Objective:
    return Objective(title=title, owner=owner, key_results=tuple(key_results), health=tuple(health))


def _key_result(text: str, owner: str) -> KeyResult:
    from otklik.goals.coach.written_numbers import movement_of

    way = movement_of(text)
    return KeyResult(
        title=text, direction=way.direction, unit=way.unit, baseline=way.baseline, target=way.target,
        owners=(owner,) if owner else (),
    )  # fmt: skip


def _health(text: str) -> Health:
    from otklik.goals.coach.written_numbers import band_of

    band = band_of(text)
    return Health(title=text, unit=band.unit, low=band.low, high=band.high)
