"""A cycle of goals in sections: where each key result stands, what it takes, how likely it is, how it was closed.

It names goals, never people: a report of goals is no list of who did how well.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Final

from otklik.base.text import N_
from otklik.charts import Speech, goal_fan
from otklik.charts.goal_words import finding
from otklik.report.blocks import Block, Card, Cell, Figure, Grid, Listing, Notice, Section
from otklik.report.told_goals import (
    NO_FORECAST,
    NO_GRADE,
    basis_told,
    end_told,
    gaming_told,
    grade_told,
    mix_told,
    objective_told,
    ranged_told,
    restart_told,
)
from otklik.report.told_needed import needed_told
from otklik.report.told_numbers import number_told
from otklik.schemas.goal_curves import GoalCurve
from otklik.schemas.goal_results import HealthNow, KeyResultNow, ObjectiveNow, Ranged
from otklik.schemas.goal_stories import CycleStory
from otklik.schemas.goals import COMMITMENTS, LEVELS, NEED_STATES, STAGES, Bound, KeyResult, Need

TERMS: Final = (
    (N_("Grade"), N_("From 0.00 to 1.00: how much of the way from start to target was gone.")),
    (N_("Aspirational"), N_("Aimed high on purpose: 0.7 of it is a success.")),
    (N_("Committed"), N_("All of it was promised: less than 1.00 is explained.")),
    (N_("What must not break"), N_("A number that stays in its band while the goal is pursued.")),
    (
        N_("If things go on as they do"),
        N_("A forecast from the weeks so far: how many of 100 possible futures reach the target. What people plan to "
           "change is not in it."),
    ),
)  # fmt: skip
METHOD: Final = (
    (N_("Objective"), N_("The mean of the grades of its key results, by their weights.")),
    (N_("Interval"), N_("In brackets: where the true value lies, 95 times of 100.")),
    (N_("What it takes"), N_("Plain arithmetic from the requests so far and those to be expected; no model is in it.")),
)


def goal_sections(story: CycleStory, speech: Speech) -> list[Section]:
    """Every objective, then the retrospective and what is not done now."""
    say = speech.words.say
    told = [
        Section(f"goal-{number}", one.objective.title, _lead(one, speech), list(_blocks(one, number, story, speech)))
        for number, one in enumerate(story.now.objectives, start=1)
    ]
    answered = [one for one in story.retrospective if one.answers]
    if answered:
        title = say(N_("What we learnt"))
        lead = [say(N_("The answers to the retrospective, without names."))]
        told.append(Section("retrospective", title, lead, [_answers(one.question, one.answers) for one in answered]))
    if story.now.cycle.not_now:
        items = [(line, "") for line in story.now.cycle.not_now]
        told.append(Section("not-now", say(N_("Not now")), [], [Listing(items)]))
    return told


def goal_cards(story: CycleStory, speech: Speech) -> list[Card]:
    """How many goals, how many graded, how many broken."""
    say, goals = speech.words.say, story.now.objectives
    known = [one for one in goals if one.grade.value is not None]
    broken = sum(1 for one in goals for health in one.health if health.broken)
    label = say(N_("numbers that must not break are broken"))
    return [
        Card(speech.format.number(len(goals)), say(N_("goals"))),
        Card(speech.format.number(sum(len(one.key_results) for one in goals)), say(N_("key results"))),
        Card(speech.format.number(len(known)), say(N_("goals with a grade"))),
        Card(speech.format.number(broken), label, tone="bad" if broken else "good"),
    ]


def heading(story: CycleStory, speech: Speech) -> tuple[str, str, str]:
    """The title, the line above it, and, where the records are made up, a warning."""
    say, cycle = speech.words.say, story.now.cycle
    warning = say(N_("These records are simulated; no such company exists.")) if story.is_simulated else ""
    return (
        cycle.title,
        " · ".join(part for part in ("Otklik", story.company, say(STAGES[cycle.stage])) if part),
        warning,
    )


def days_told(story: CycleStory, speech: Speech) -> str:
    """The days of the cycle, and the day as of which."""
    cycle = story.now.cycle
    days = speech.format.days(_at(cycle.start), _at(cycle.end))
    return speech.words.say(N_("%(days)s; as of %(day)s"), days=days, day=speech.format.day(_at(story.now.on)))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _answers(question: str, answers: Sequence[str]) -> Listing:
    return Listing([(text, "") for text in answers], question)


def _lead(one: ObjectiveNow, speech: Speech) -> list[str]:
    goal, say = one.objective, speech.words.say
    whose = goal.team if goal.level == "team" and goal.team else say(LEVELS[goal.level])
    parts = [whose, *([say(COMMITMENTS[goal.commitment])] if goal.commitment else [])]
    grade = grade_told(one.grade.value, one.grade.low, one.grade.high, speech)
    about = f"{', '.join(parts)}; {say(N_('grade %(grade)s'), grade=grade)}."
    why = goal.why.strip().rstrip(".")
    told = [*([f"{why[:1].upper()}{why[1:]}."] if why else []), f"{about[:1].upper()}{about[1:]}"]
    return [*told, *objective_told(one.forecast, speech)]


def _blocks(one: ObjectiveNow, number: int, story: CycleStory, speech: Speech) -> Iterator[Block]:
    say = speech.words.say
    for health in one.health:
        if health.broken:
            value = number_told(health.number.value, health.health.unit, speech)
            yield Notice(say(N_("Broken: %(what)s, %(number)s."), what=health.health.title, number=value), "bad")
    for part in one.key_results:
        if part.gaming and part.gaming.verdict == "look":
            mixed = mix_told(part.gaming, speech)
            yield Notice(f"{part.key_result.title}. {gaming_told(part.gaming, speech)} {mixed}".rstrip(), "bad")
    if one.key_results:
        yield _standing(one, story, speech)
    if any(part.needed or part.forecast or part.confidence is not None for part in one.key_results):
        yield _ahead(one, speech)
    yield from _pictures(one, number, story, speech)
    if any(story.recorded(part.key_result.id) for part in one.key_results):
        yield _recorded(one, story, speech)
    yield from _around(one, speech)
    basis = [(part.key_result.title, basis_told(part.reading.basis, part.reading.n, speech))
             for part in one.key_results if part.reading]  # fmt: skip
    if basis:
        yield Listing(basis, say(N_("How each number came about")))


def _around(one: ObjectiveNow, speech: Speech) -> Iterator[Grid]:
    if one.health:
        yield _health(one.health, speech)
    if one.objective.needs:
        yield _needs(one.objective.needs, speech)


def _standing(one: ObjectiveNow, story: CycleStory, speech: Speech) -> Grid:
    say = speech.words.say
    columns = [say(N_("Key result")), say(N_("At the start")), say(N_("Now")), say(N_("Target value")),
               say(N_("Grade"))]  # fmt: skip
    return Grid(say(N_("Key results")), columns, [_row(part, story, speech) for part in one.key_results])


def _row(part: KeyResultNow, story: CycleStory, speech: Speech) -> list[Cell]:
    one, grade = part.key_result, part.grade
    unit, clock = one.unit, _clock(one)
    kind = speech.words.say(COMMITMENTS[one.commitment]) if one.commitment else ""
    recorded = story.recorded(one.id)
    shown = grade.value if recorded is None else recorded.grade
    note = _bracket(grade_told(grade.value, grade.low, grade.high, speech)) if recorded is None else ""
    if shown is None and grade.reason:
        note = speech.words.say(NO_GRADE[grade.reason])
    return [
        Cell(one.title, kind),
        Cell(_start(one, speech)),
        Cell(_now(part, speech), _bracket(ranged_told(part.number, unit, speech, clock))),
        Cell(_aim(one, speech)),
        Cell(grade_told(shown, None, None, speech), note),
    ]


def _bracket(told: str) -> str:
    """The interval of a number that has one: the part in brackets."""
    return told[told.index("[") :] if told.endswith("]") else ""


def _clock(one: KeyResult) -> str:
    return one.source.clock if isinstance(one.source, Bound) else "elapsed"


def _start(one: KeyResult, speech: Speech) -> str:
    return "–" if one.baseline is None else number_told(one.baseline, one.unit, speech, _clock(one))


def _now(part: KeyResultNow, speech: Speech) -> str:
    one = part.key_result
    if one.direction == "milestone":
        done = sum(step.done for step in one.steps)
        return speech.words.say(N_("%(done)s of %(n)s steps"), done=done, n=len(one.steps))
    if part.number.value is None:
        return "–"
    return number_told(part.number.value, one.unit, speech, _clock(one))


def _aim(one: KeyResult, speech: Speech) -> str:
    if one.target is None:
        return "–"
    target = number_told(one.target, one.unit, speech, _clock(one))
    sign = {"keep_above": "≥ ", "keep_below": "≤ "}.get(one.direction, "")
    return f"{sign}{target}"


def _ahead(one: ObjectiveNow, speech: Speech) -> Grid:
    say = speech.words.say
    columns = [say(N_("Key result")), say(N_("What it takes")), say(N_("If things go on as they do")),
               say(N_("People say"))]  # fmt: skip
    return Grid(say(N_("How likely the target is")), columns, [_likely(part, speech) for part in one.key_results])


def _likely(part: KeyResultNow, speech: Speech) -> list[Cell]:
    takes = needed_told(part.key_result, part.needed, speech) if part.needed else "–"
    said = "–" if part.confidence is None else str(speech.format.share(part.confidence))
    return [Cell(part.key_result.title), Cell(takes), _chance(part, speech), Cell(said)]


def _chance(part: KeyResultNow, speech: Speech) -> Cell:
    forecast = part.forecast
    if forecast is None:
        return Cell("–")
    shown = forecast.shown("target")
    anew = restart_told(forecast.restart, speech) if forecast.restart else ""
    if forecast.why_none or shown is None:
        why = speech.words.say(NO_FORECAST.get(forecast.why_none or "no-target", NO_FORECAST["no-target"]))
        return Cell("–", f"{why} {anew}".strip())
    return Cell(str(speech.format.share(shown)), f"{end_told(part.key_result, forecast, speech)} {anew}".strip())


def _pictures(one: ObjectiveNow, number: int, story: CycleStory, speech: Speech) -> Iterator[Figure]:
    for place, part in enumerate(one.key_results, start=1):
        curve = story.curves.get(part.key_result.id)
        if curve:
            yield curve_figure(curve, f"g{number}k{place}", speech, title=part.key_result.title)


def curve_figure(curve: GoalCurve, uid: str, speech: Speech, *, title: str = "") -> Figure:
    """The picture of a key result; with its title where that does not stand beside it."""
    found = finding(curve, speech)
    return Figure(goal_fan(curve, speech, f"{title.rstrip('.')}. {found}" if title else found), uid)


def _recorded(one: ObjectiveNow, story: CycleStory, speech: Speech) -> Grid:
    say = speech.words.say
    columns = [say(N_("Key result")), say(N_("As computed")), say(N_("Recorded")), say(N_("Why"))]
    rows = []
    for part in one.key_results:
        told = story.recorded(part.key_result.id)
        if told:
            first = "" if told.as_first_set is None else say(
                N_("as first set %(grade)s"), grade=grade_told(told.as_first_set, None, None, speech))  # fmt: skip
            rows.append([
                Cell(part.key_result.title), Cell(grade_told(told.computed, None, None, speech), first),
                Cell(grade_told(told.grade, None, None, speech)), Cell(told.argument or "–", told.explanation),
            ])  # fmt: skip
    return Grid(say(N_("Grades that were recorded")), columns, rows)


def _health(health: Sequence[HealthNow], speech: Speech) -> Grid:
    say = speech.words.say
    columns = [say(N_("What must not break")), say(N_("Its band")), say(N_("Now")), say(N_("Does it hold?"))]
    return Grid(say(N_("What must not break")), columns, [_held(one, speech) for one in health])


def _held(one: HealthNow, speech: Speech) -> list[Cell]:
    unit, say = one.health.unit, speech.words.say
    band = [f"{sign} {number_told(end, unit, speech)}" for sign, end in (("≥", one.health.low), ("≤", one.health.high))
            if end is not None]  # fmt: skip
    holds = {True: N_("broken"), False: N_("holds"), None: N_("not known")}[one.broken]
    weeks = ""
    if one.weeks_broken:
        weeks = speech.count("for %(n)s week", "for %(n)s weeks", one.weeks_broken)
    return [Cell(one.health.title), Cell(", ".join(band) or "–"), _number(one.number, unit, speech),
            Cell(say(holds), weeks)]  # fmt: skip


def _needs(needs: Sequence[Need], speech: Speech) -> Grid:
    say = speech.words.say
    columns = [say(N_("What it needs from another team")), say(N_("Team")), say(N_("By")), say(N_("Where it stands"))]
    rows = [
        [Cell(one.what), Cell(one.team), Cell(speech.format.day(_at(one.due))), Cell(say(NEED_STATES[one.state]))]
        for one in needs
    ]
    return Grid(say(N_("What it needs from other teams")), columns, rows)


def _number(number: Ranged, unit: str, speech: Speech) -> Cell:
    if number.value is None:
        return Cell("–")
    return Cell(number_told(number.value, unit, speech), _bracket(ranged_told(number, unit, speech)))
