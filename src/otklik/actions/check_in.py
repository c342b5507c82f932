"""What people say of key results that live in a file: a journal beside it that only grows."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from otklik.base.errors import FileError, UserError
from otklik.base.text import N_
from otklik.base.units import parse_duration_s
from otklik.schemas.goal_results import CheckIn
from otklik.schemas.goals import Cycle, KeyResult

ENDING: Final = ".check-ins.jsonl"
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")


class UnknownKeyResult(UserError):
    """A check-in on a key result that is not in the file: facts `id`, `known`."""

    code = "unknown-key-result"
    message = N_("There is no key result %(id)s in this file.")
    hint = N_("It has: %(known)s. Without an id a key result goes by its place: 1.2 is the second of the first goal.")


class UnreadableNumber(UserError):
    """A number of a key result that nobody can read: facts `text`."""

    code = "unreadable-goal-number"
    message = N_("%(text)s is not a number of this key result.")
    hint = N_("Write a share as 48%% or 0.48, a time as 45m or 1h30m, anything else as a plain number.")


class UnreadableJournal(FileError):
    """A line of a journal that is no check-in: facts `file`, `reason`, `row`."""

    code = "unreadable-check-ins"
    message = N_("%(file)s, line %(row)s, is no check-in: %(reason)s.")
    hint = N_("The file only grows: put the line right, or take it out.")


def check_in(file: Path, cycle: Cycle, said: CheckIn) -> Path:
    """Write a check-in behind those in the journal of a file of goals, and return the journal.

    One whole line, in one write, so that several people may do it at once. Raises UnknownKeyResult.
    """
    find_key_result(cycle, said.key_result)
    journal = journal_of(file)
    line = said.model_dump_json(exclude_defaults=True) + "\n"
    target = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(target, line.encode())
        os.fsync(target)
    finally:
        os.close(target)
    return journal


def read_check_ins(file: Path) -> Mapping[str, Sequence[CheckIn]]:
    """Everything said of the key results of a file, by their ids, oldest first; raises UnreadableJournal."""
    journal, found = journal_of(file), dict[str, list[CheckIn]]()
    if not journal.exists():
        return found
    for number, line in enumerate(journal.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            try:
                said = CheckIn.model_validate(json.loads(line))
            except (ValueError, ValidationError) as error:
                reason = str(error).splitlines()[0]
                raise UnreadableJournal(file=str(journal), reason=reason, row=number) from None
            found.setdefault(said.key_result, []).append(said)
    return found


def journal_of(file: Path) -> Path:
    """Where what is said of the goals in a file is written: beside it, under its whole name."""
    return file.with_name(file.name + ENDING)


def with_ids(cycle: Cycle) -> Cycle:
    """The same goals; what has no id is named by its place: 1.2 is the second key result of the first goal."""
    return cycle.model_copy(
        update={
            "objectives": tuple(
                objective.model_copy(
                    update={
                        "id": objective.id or str(number),
                        "key_results": tuple(
                            one.model_copy(update={"id": one.id or f"{number}.{place}"})
                            for place, one in enumerate(objective.key_results, start=1)
                        ),
                        "health": tuple(
                            one.model_copy(update={"id": one.id or f"{number}.h{place}"})
                            for place, one in enumerate(objective.health, start=1)
                        ),
                    }
                )
                for number, objective in enumerate(cycle.objectives, start=1)
            )
        }
    )


def find_key_result(cycle: Cycle, id_: str) -> KeyResult:
    """The key result of that id; raises UnknownKeyResult."""
    every = {one.id: one for objective in cycle.objectives for one in objective.key_results}
    if id_ not in every:
        raise UnknownKeyResult(id=id_, known=", ".join(every))
    return every[id_]


def read_number(text: str, unit: str) -> float:
    """Read a number in the unit of a key result; raises UnreadableNumber.

    >>> read_number("48 %", "share"), read_number("1h30m", "s"), read_number("1 240,5", "points")
    (0.48, 5400.0, 1240.5)
    """
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".").replace("\u2212", "-")
    if unit == "s" and not _NUMBER.fullmatch(plain):
        return parse_duration_s(text)
    number = plain.removesuffix("%")
    if not _NUMBER.fullmatch(number):
        raise UnreadableNumber(text=text)
    return round(float(number) / 100, 12) if unit == "share" and plain.endswith("%") else float(number)


def today() -> date:
    """The day of the person at the keyboard."""
    return date.today()  # noqa: DTZ011
