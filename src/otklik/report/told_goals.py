"""Goals in words: numbers with their intervals, what it takes, how likely it is, and how each number came about."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Final

from otklik.base.text import N_
from otklik.charts.speech import Speech
from otklik.report.told_needed import needed_told
from otklik.report.told_numbers import number_told, share_told
from otklik.schemas.forecasts import Forecast, Needed, ObjectiveForecast, Restart
from otklik.schemas.gaming import GamingLook
from otklik.schemas.goal_results import Backtest, Basis, HealthNow, KeyResultNow, Ranged, Unmeasured
from otklik.schemas.goals import HELD_LAST, Bound, KeyResult
from otklik.schemas.views import COHORTS, TOLD_APART_BY

NO_FORECAST: Final = {
    "too-few-weeks": N_("No forecast: fewer than eight weeks are on record."),
    "too-few-requests": N_("No forecast: fewer than a hundred requests are on record."),
    "no-target": N_("No forecast: there is no target to reach."),
    "no-baseline": N_("No forecast: where it started is not known."),
    "no-numbers": N_("No forecast: no numbers are on record."),
    "over": N_("No forecast: the days it is graded by are over."),
}
NO_GRADE: Final = {
    "no-target": N_("no grade: there is no target"),
    "no-baseline": N_("no grade: where it started is not known"),
    "no-value": N_("no grade: no number is known"),
    "no-weeks": N_("no grade: no week is over yet"),
    "no-steps": N_("no grade: it has no steps"),
    "unordered": N_("no grade: commit, target and stretch do not lie one behind the other"),
    "not-positive": N_("no grade: a logarithmic scale needs numbers above zero"),
    "counted-otherwise": N_("no grade: its number was counted otherwise then"),
}
LEAST_BY_MIX: Final = 0.01
"""A smaller part of a change between channels is not worth a word."""
SIGNS: Final = {
    "pile_up": N_("more replies than before come just below the limit"),
    "reopened": N_("more requests are reopened"),
    "merged": N_("more requests are merged"),
    "on_hold": N_("requests lie on hold for longer"),
    "excluded": N_("more requests are left out of the measure"),
    "auto_reply": N_("more replies come faster than anybody can write"),
    "mix": N_("much of the gain is a change between channels"),
}


def ranged_told(number: Ranged, unit: str, speech: Speech, clock: str = "elapsed") -> str:
    """A number with its interval: 64% [55%; 70%]."""
    told = number_told(number.value, unit, speech, clock)
    if number.low is None and number.high is None:
        return told
    low, high = ("…" if end is None else number_told(end, unit, speech, clock) for end in (number.low, number.high))
    return f"{told} [{low}; {high}]"


def grade_told(value: float | None, low: float | None, high: float | None, speech: Speech) -> str:
    """A grade with two decimals and its interval."""
    if value is None:
        return "–"

    def two(grade: float) -> str:
        mark = "," if speech.language == "ru" else "."
        return f"{grade:.2f}".replace(".", mark)

    return two(value) if low is None or high is None else f"{two(value)} [{two(low)}; {two(high)}]"


def forecast_told(forecast: Forecast, confidence: float | None, speech: Speech) -> str:
    """How likely the target is if things go on as they do, beside what people say."""
    say = speech.words.say
    shown = forecast.shown("target")
    anew = f" {restart_told(forecast.restart, speech)}" if forecast.restart else ""
    if forecast.why_none or shown is None:
        return say(NO_FORECAST.get(forecast.why_none or "no-target", NO_FORECAST["no-target"])) + anew
    told = say(
        N_("If things go on as they do, the target is reached with %(chance)s."), chance=speech.format.share(shown)
    )
    if confidence is None:
        return told + anew
    return f"{told} {say(N_('You say %(confidence)s.'), confidence=speech.format.share(confidence))}{anew}"


_ANEW: Final = {
    "channel": N_("The record starts again on %(day)s, because the channel “%(what)s” came."),
    "hours": N_("The record starts again on %(day)s, because other working hours began (%(what)s)."),
    "source": N_("The record starts again on %(day)s, because the number comes from elsewhere since."),
}


def restart_told(restart: Restart, speech: Speech) -> str:
    """From which day a record can be compared with itself, and why."""
    text, day = _ANEW[restart.why], datetime.combine(restart.day, time(), UTC)
    facts = {"day": speech.format.day(day)} | ({"what": restart.what} if "%(what)s" in text else {})
    return speech.words.say(text, **facts)


def outlook_told(
    key_result: KeyResult, needed: Needed | None, forecast: Forecast | None, speech: Speech, *,
    confidence: float | None = None,
) -> Iterator[str]:  # fmt: skip
    """What it takes from now on, then how likely it is; of what is decided already no chance is told."""
    if needed:
        yield needed_told(key_result, needed, speech)
    if forecast and (needed is None or needed.verdict in ("open", "unknown")):
        yield forecast_told(forecast, confidence, speech)


def objective_told(forecast: ObjectiveForecast | None, speech: Speech) -> Iterator[str]:
    """Where the grade of an objective may end, and how likely its mark is, its key results played together."""
    if forecast is None or not forecast.moving or forecast.grade_middle is None:
        return
    say = speech.words.say
    grade = grade_told(forecast.grade_middle, forecast.grade_low, forecast.grade_high, speech)
    yield say(N_("The grade at the end, in 80 of 100 futures: %(grade)s"), grade=grade) + "."
    target = next((one for one in forecast.chances if one.mark == "target"), None)
    if target is not None:
        yield say(
            N_("All its key results together reach %(grade)s or more with %(chance)s."),
            grade=grade_told(target.grade, None, None, speech), chance=speech.format.share(target.shown),
        )  # fmt: skip


def basis_told(basis: Basis, n: int, speech: Speech) -> str:
    """How a number came about: measure, clock, which requests, how many, from which state of the log."""
    bound, cohort = basis.bound, speech.words.say(COHORTS[basis.bound.which.cohort])
    is_time = bound.within_s is not None or bound.statistic == "quantile"
    parts = [
        speech.measure(bound.measure),
        *([speech.clock(bound.clock) + (f" ({basis.calendar})" if basis.calendar else "")] if is_time else []),
        f"{speech.requests(n)} ({cohort}: {_days(basis.first, basis.last, speech)})",
        *(", ".join(getattr(bound.which, name)) for name in TOLD_APART_BY if getattr(bound.which, name)),
        *([speech.words.say(HELD_LAST)] if bound.which.assignee else []),
        speech.words.say(N_("records up to %(moment)s"), moment=speech.format.moment(basis.as_of, speech.zone)),
        speech.words.say(N_("state of the log %(step)s"), step=basis.step),
    ]
    return "; ".join(parts)


def gaming_told(look: GamingLook, speech: Speech) -> str:
    """The grade stands, or where to look first."""
    told = [speech.words.say(SIGNS[check.kind]) for check in look.checks if check.suspicious]
    if not told:
        return ""
    return speech.words.say(N_("Look here first: %(signs)s."), signs="; ".join(told))


def mix_told(look: GamingLook, speech: Speech) -> str:
    """The share since the start beside the one with the channels mixed as before; '' where that is the same."""
    now, mixed = look.share_now, look.share_as_mixed_before
    if now is None or mixed is None or abs(now - mixed) < LEAST_BY_MIX:
        return ""
    return speech.words.say(
        N_("Since the start %(now)s made it in time; with the channels mixed as before it would be %(mixed)s."),
        now=share_told(now, speech), mixed=share_told(mixed, speech),
    )  # fmt: skip


def key_result_lines(now: KeyResultNow, speech: Speech) -> Iterator[str]:
    """Everything there is to say of one key result, line by line."""
    key_result, say = now.key_result, speech.words.say
    if now.problem:
        yield from problem_told(now.problem, speech).splitlines()
        return
    clock = key_result.source.clock if isinstance(key_result.source, Bound) else "elapsed"
    yield say(
        N_("now %(number)s, at the start %(start)s, target %(target)s"),
        number=ranged_told(now.number, key_result.unit, speech, clock),
        start=number_told(key_result.baseline, key_result.unit, speech, clock),
        target=number_told(key_result.target, key_result.unit, speech, clock),
    )
    grade = now.grade
    if grade.reason:
        yield say(NO_GRADE[grade.reason])
    else:
        yield say(N_("grade %(grade)s"), grade=grade_told(grade.value, grade.low, grade.high, speech))
    yield from outlook_told(key_result, now.needed, now.forecast, speech, confidence=now.confidence)
    if now.gaming and now.gaming.verdict == "look":
        yield gaming_told(now.gaming, speech)
    if now.gaming and (text := mix_told(now.gaming, speech)):
        yield text
    if now.reading:
        yield basis_told(now.reading.basis, now.reading.n, speech)


def problem_told(problem: Unmeasured, speech: Speech) -> str:
    """Why a number cannot be measured as it is bound, and what to try."""
    return speech.words.error(problem)


def health_line(now: HealthNow, speech: Speech) -> str:
    """Whether a number that must not break is broken."""
    if now.problem:
        return f"{now.health.title}: {problem_told(now.problem, speech).splitlines()[0]}"
    number = ranged_told(now.number, now.health.unit, speech)
    if not now.broken:
        return speech.words.say(N_("%(title)s: %(number)s, in its band"), title=now.health.title, number=number)
    if not now.weeks_broken:
        return speech.words.say(N_("%(title)s: %(number)s, broken"), title=now.health.title, number=number)
    return speech.words.count(
        "%(title)s: %(number)s, broken for %(n)s week", "%(title)s: %(number)s, broken for %(n)s weeks",
        now.weeks_broken, title=now.health.title, number=number,
    )  # fmt: skip


def _days(first: date, last: date, speech: Speech) -> str:
    start, end = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (first, last))
    return speech.format.days(start, end)


def end_told(key_result: KeyResult, forecast: Forecast, speech: Speech) -> str:
    """Where the number may end, and its grade; '' without a forecast."""
    if forecast.end_middle is None or forecast.grade_middle is None:
        return ""
    bound = key_result.source
    grade = grade_told(forecast.grade_middle, forecast.grade_low, forecast.grade_high, speech)
    if isinstance(bound, Bound) and (bound.statistic == "quantile" or bound.weekly):
        return speech.words.say(N_("In 80 of 100 futures it ends with the grade %(grade)s."), grade=grade)
    ends = (forecast.end_low, forecast.end_high)
    if key_result.unit == "share" and key_result.direction == "lower":
        ends = (1.0 - (forecast.end_high or 0.0), 1.0 - (forecast.end_low or 0.0))
    if key_result.direction in ("keep_above", "keep_below"):
        return speech.words.say(N_("In 80 of 100 futures it ends with the grade %(grade)s."), grade=grade)
    low, high = (number_told(end, key_result.unit, speech) for end in ends)
    return speech.words.say(
        N_("In 80 of 100 futures it ends between %(low)s and %(high)s, with the grade %(grade)s."),
        low=low, high=high, grade=grade,
    )  # fmt: skip


def past_lines(told: Backtest, speech: Speech) -> Iterator[str]:
    """A key result on the cycles before it, one a line, and what they say together."""
    say, key_result = speech.words.say, told.key_result
    clock = key_result.source.clock if isinstance(key_result.source, Bound) else "elapsed"
    for past in told.past:
        reached = {True: N_("reached"), False: N_("not reached"), None: N_("not known")}[past.reached]
        start = number_told(past.at_start.value, key_result.unit, speech, clock)
        end = ranged_told(past.number, key_result.unit, speech, clock)
        yield (
            f"{_days(past.first, past.last, speech)}: {start} → {end}; "
            f"{grade_told(past.grade.value, past.grade.low, past.grade.high, speech)}, {say(reached)}"
        )
    if not told.past:
        yield say(N_("The log does not reach back a whole cycle before."))
        return
    yield say(N_("Reached in %(reached)s of %(cycles)s cycles."), reached=told.reached, cycles=len(told.past))
    if told.moved is not None and told.wanted is not None:
        moved, wanted = (number_told(step, key_result.unit, speech, clock) for step in (told.moved, told.wanted))
        if told.moved > 0:
            yield say(N_("The largest step of a cycle was %(moved)s; this one asks for %(wanted)s."), moved=moved,
                      wanted=wanted)  # fmt: skip
        else:
            yield say(N_("It never moved the right way; this cycle asks for %(wanted)s."), wanted=wanted)
