"""What is promised to customers already, as committed key results: offered where one is written, kept by a click."""

from dataclasses import dataclass

from otklik.base.text import N_
from otklik.schemas.goals import Bound, Slice
from otklik.schemas.targets import Target
from otklik.web.calendars import current
from otklik.web.goals.changing import stamp_of
from otklik.web.goals.models import KeyResult, Objective
from otklik.web.goals.numbers import SHARE
from otklik.web.words import say, speech


@dataclass(frozen=True)
class Offered:
    """A target in words, by what its link knows it, and the key result it would be."""

    text: str
    stamp: str
    row: KeyResult


def offered(objective: Objective) -> list[Offered]:
    """The targets in force of which the goal has no key result yet."""
    there = [row.read_source() for row in objective.key_results.all()]
    rows = [_offered(one, objective) for one in current.targets()]
    return [one for one in rows if not any(_is_same(one.row.read_source(), source) for source in there)]


def _offered(target: Target, objective: Objective) -> Offered:
    bound = Bound(
        measure=target.measure, clock=target.clock, within_s=target.within_s,
        which=Slice.model_validate({name: (value,) for name, value in target.only.items()}),
    )  # fmt: skip
    text = _text(target)
    row = KeyResult(
        objective=objective, title=text[:300], direction="keep_above", commitment="committed", unit=SHARE,
        target=target.share, source=bound.model_dump(mode="json"),
    )  # fmt: skip
    return Offered(text, stamp_of(target.model_dump(mode="json")), row)


def _text(target: Target) -> str:
    told = speech()
    text = say(
        N_("%(measure)s within %(time)s for %(share)s of requests"), measure=told.measure(target.measure),
        time=told.length(target.within_s, target.clock), share=told.format.share(target.share),
    )  # fmt: skip
    return ", ".join([text, *target.only.values()])


def _is_same(one: object, other: object) -> bool:
    if not isinstance(one, Bound) or not isinstance(other, Bound):
        return False
    return all(getattr(one, name) == getattr(other, name) for name in ("measure", "clock", "within_s", "which"))
