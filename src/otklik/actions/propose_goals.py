"""Propose a first cycle from a measured log: three objectives where customers wait most, their numbers bound to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from otklik.actions.aim_goal import Aim, aim_goal
from otklik.actions.find_goals import CANDIDATES, Found, Proposing, Wanted
from otklik.actions.measure_goals import measure_goal
from otklik.base.errors import UserError
from otklik.base.text import N_
from otklik.schemas.goal_words import CYCLE_TITLE, FROM_TO, HEALTH, MEASURED, OF_THEM, SHARES
from otklik.schemas.goals import Bound, Checkpoint, Cycle, Health, KeyResult, Objective, Slice

OBJECTIVES: Final = 3
KEY_RESULTS: Final = 3
BREAKS_AT: Final = 1.25
"""What must not break may get worse by a quarter, or as far as the interval of today reaches."""
_UNITS: Final = ((180.0, 1.0, "%(n)s s"), (10_800.0, 60.0, "%(n)s min"), (259_200.0, 3_600.0, "%(n)s h"),
                 (float("inf"), 86_400.0, "%(n)s d"))  # fmt: skip
Keys = set[tuple[str, ...]]


class NothingToPropose(UserError):
    """A log from which no goal can be drawn: too few requests, or nothing that can be seen to move."""

    code = "no-goals-to-propose"
    message = N_("From this log no goal can be proposed: there are too few requests, or too few days.")
    hint = N_("It takes some weeks with at least a few requests a day; import more records.")


@dataclass
class _Drawn:
    """What was drawn so far, and the numbers that are taken: none is counted twice."""

    objectives: list[Objective] = field(default_factory=list)
    taken: Keys = field(default_factory=set)


def propose_goals(proposing: Proposing) -> Cycle:
    """Propose up to three objectives, those first where the wait is longest; raises NothingToPropose.

    A key result is proposed only where its step can be told from luck, by the rules the coach goes by.
    """
    drawn = _Drawn()
    for candidate in CANDIDATES:
        if len(drawn.objectives) < OBJECTIVES and (found := candidate(proposing)) is not None:
            _draw(proposing, found, drawn)
    if not drawn.objectives:
        raise NothingToPropose
    speech = proposing.speech
    first, last = (
        speech.format.day(datetime(day.year, day.month, day.day, tzinfo=UTC))
        for day in (proposing.start, proposing.end)
    )
    return Cycle(
        title=speech.words.say(CYCLE_TITLE, first=first, last=last),
        start=proposing.start,
        end=proposing.end,
        objectives=tuple(drawn.objectives),
    )


def _draw(proposing: Proposing, found: Found, drawn: _Drawn) -> None:
    """Draw an objective of the numbers that can be aimed; none with fewer than two."""
    number, kept = str(len(drawn.objectives) + 1), Keys()
    key_results: list[KeyResult] = []
    for one in found.wanted:
        key = (one.bound.measure, one.bound.clock, one.bound.which.model_dump_json())
        if len(key_results) == KEY_RESULTS or key in drawn.taken | kept:
            continue
        aim = aim_goal(proposing.ruler, one.bound, one.direction, proposing.until)
        if aim is not None:
            kept.add(key)
            key_results.append(_key_result(proposing, f"{number}.{len(key_results) + 1}", one, aim))
    if len(key_results) < 2:
        return
    drawn.taken |= kept
    say = proposing.speech.words.say
    objective = Objective(
        id=number,
        title=say(found.words.title, **found.facts),
        why=say(found.words.why, **found.facts),
        level="company",
        owner=proposing.owner,
        commitment="aspirational",
        key_results=tuple(key_results),
        health=tuple(_health(proposing, f"{number}.h", found.which, key_results)),
    )
    drawn.objectives.append(objective)


def _key_result(proposing: Proposing, id_: str, wanted: Wanted, aim: Aim) -> KeyResult:
    bound, days = wanted.bound, (proposing.end - proposing.start).days + 1
    middle = proposing.start + timedelta(days=days // 2)
    return KeyResult(
        id=id_,
        title=_title(proposing, bound, aim),
        direction=aim.direction,
        commitment="aspirational",
        unit="s" if bound.statistic == "quantile" else "share",
        baseline=aim.baseline,
        commit=aim.commit,
        target=aim.target,
        stretch=aim.stretch,
        due=proposing.end,
        owners=(proposing.owner,) if proposing.owner else (),
        leading=bound.measure in ("first_reply", "unassigned", "waits") or None,
        source=bound,
        checkpoints=(Checkpoint(day=middle, value=aim.commit),),
    )


def _title(proposing: Proposing, bound: Bound, aim: Aim) -> str:
    say = proposing.speech.words.say
    if bound.statistic == "quantile":
        what = say(MEASURED[bound.measure])
        start, target = _times(proposing, aim.baseline, aim.target)
    else:
        within = proposing.speech.format.tick(bound.within_s) if bound.within_s else ""
        what = say(SHARES[bound.measure], within=within) if within else say(SHARES[bound.measure])
        start, target = (_share(proposing, value) for value in (aim.baseline, aim.target))
    values = [
        value for name in ("channel", "team", "category", "priority", "segment") for value in getattr(bound.which, name)
    ]
    if values:
        what = say(OF_THEM, what=what, value=", ".join(values))
    return say(FROM_TO, what=what, start=start, target=target)


def _share(proposing: Proposing, value: float) -> str:
    """A share in whole per cent, with one decimal where whole ones would hide the step."""
    told = proposing.speech.format
    whole, finer = told.number(value * 100), told.number(value * 100, 1)
    hides = value < 0.1 or abs(value * 100 - round(value * 100)) > 0.05
    return str(told.share(value)).replace(whole, finer) if hides else str(told.share(value))


def _times(proposing: Proposing, *values: float) -> list[str]:
    """Times in one unit, that of the longest: 62 min and 40 min."""
    size, text = next((size, text) for most, size, text in _UNITS if max(values) < most)
    number = proposing.speech.format.number
    digits = 0 if size < 3_600 else 1
    return [proposing.speech.words.say(text, n=number(value / size, digits)) for value in values]


def _health(proposing: Proposing, id_: str, which: Slice, key_results: Sequence[KeyResult]) -> Iterator[Health]:
    """What speed could break: reopened or handed-over requests, no worse by a quarter than today."""
    bound_already = {one.source.measure for one in key_results if isinstance(one.source, Bound)}
    for measure in ("reopens", "handoffs"):
        if measure in bound_already or not proposing.has(measure):
            continue
        bound = Bound(measure=measure, which=which.model_copy(update={"cohort": "resolved"}))
        reading = measure_goal(proposing.ruler, bound, last=proposing.until)
        if reading.number.value is None or reading.number.high is None:
            continue
        high = min(1.0, max(reading.number.high, BREAKS_AT * reading.number.value))
        high = round(-(-high // 0.005) * 0.005, 4)
        title = proposing.speech.words.say(HEALTH[measure], high=_share(proposing, high))
        yield Health(id=id_, title=title, unit="share", high=high, source=bound)
        return
