"""The cost of a vague goal: a key result read as a vague wording would, in words."""

from dataclasses import dataclass

from otklik.actions.read_otherwise import read_otherwise
from otklik.base.text import N_
from otklik.schemas.goal_readings import READINGS, OneReading, SeveralReadings
from otklik.web.goals.converting import key_result_told
from otklik.web.goals.models import KeyResult
from otklik.web.goals.numbers import shown
from otklik.web.goals.studying import studied
from otklik.web.words import count, say, speech


@dataclass(frozen=True)
class Line:
    """One way of reading, in words."""

    what: str
    clock: str
    number: str
    n: int
    reached: bool
    flips: bool


def read(row: KeyResult) -> SeveralReadings | None:
    """A key result read in every way; None of what is no wait with a target. Raises what cannot be measured."""
    told = key_result_told(row)
    about = [told.source.model_dump(mode="json"), row.target, row.direction]
    return studied(SeveralReadings, "otherwise", about, lambda ruler: read_otherwise(ruler, told))


def lines(found: SeveralReadings) -> list[Line]:
    """Every way of reading in words, the goal as it is written first."""
    return [_line(one, found) for one in found.readings]


def sentence(found: SeveralReadings) -> str:
    """What it comes to."""
    if not found.flips:
        return say(N_("All readings agree here. Next time they may not: the words decide which one counts."))
    n = len(found.readings) - 1
    told = count("%(flips)s of %(n)s other reading says the opposite.",
                 "%(flips)s of %(n)s other readings say the opposite.", n, flips=found.flips)  # fmt: skip
    return f"{told} {say(N_('Same days, same records: only the words differ.'))}"


def _line(one: OneReading, found: SeveralReadings) -> Line:
    number = say(N_("longer than anything on record")) if one.number is None else shown(one.number, one.unit)
    return Line(
        what=say(READINGS[one.kind]), clock=speech().clock(one.clock), number=number, n=one.n, reached=one.reached,
        flips=one.reached != found.readings[0].reached,
    )  # fmt: skip
