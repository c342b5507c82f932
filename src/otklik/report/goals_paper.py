"""A cycle of goals on paper: what was aimed at, how far it is, what must not break. It names goals, never people."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any, Final

from otklik.base.text import N_
from otklik.charts.palette import LIGHT
from otklik.charts.speech import Speech
from otklik.report.blocks import Block, Card, Cell, Grid, Listing, Notice, Section
from otklik.report.pdf import draw, plain, section_told
from otklik.schemas.goal_results import CycleNow, HealthNow, KeyResultNow, ObjectiveNow, Ranged
from otklik.schemas.goals import COMMITMENTS, LEVELS, STAGES, KeyResult

_TERMS: Final = (
    (N_("Grade"), N_("From 0.00 to 1.00: how much of the way from start to target was gone.")),
    (N_("Aspirational"), N_("Aimed high on purpose: 0.7 of it is a success.")),
    (N_("Committed"), N_("All of it was promised: less than 1.00 is explained.")),
    (N_("What must not break"), N_("A number that stays in its band while the goal is pursued.")),
)
_METHOD: Final = (
    (N_("Objective"), N_("The mean of the grades of its key results, by their weights.")),
    (N_("Interval"), N_("In brackets: where the true value lies, 95 times of 100.")),
)


def render_goals_pdf(
    now: CycleNow, language: str, *, company: str = "", simulated: bool = False, zone: str = "UTC"
) -> bytes:
    """Draw a cycle as PDF in 'en' or 'ru'; the same state of the same day gives the same bytes."""
    return draw(goals_paper(now, language, company=company, simulated=simulated, zone=zone), now.as_of)


def goals_paper(
    now: CycleNow, language: str, *, company: str = "", simulated: bool = False, zone: str = "UTC"
) -> dict[str, Any]:
    """Everything the layout needs, as plain data."""
    speech = Speech(language, zone=zone)
    say = speech.words.say
    title = now.cycle.title
    notice = say(N_("These records are simulated; no such company exists."))
    return {
        "language": speech.language,
        "colours": LIGHT,
        "title": plain(title),
        "running_title": plain(f"Otklik · {title}"),
        "kicker": plain(" · ".join(part for part in ("Otklik", company, say(STAGES[now.cycle.stage])) if part)),
        "simulated": plain(notice) if simulated else "",
        "period": plain(_period(now, speech)),
        "cards": [_card(card) for card in _cards(now, speech)],
        "sections": [section_told(part) for part in _sections(now, speech)],
        "words_title": plain(say(N_("What the words mean"))),
        "words": [[plain(say(term)), plain(say(meaning))] for term, meaning in _TERMS],
        "method_title": plain(say(N_("How grades are made"))),
        "method": [[plain(say(term)), plain(say(meaning))] for term, meaning in _METHOD],
    }


def value_text(value: float | None, unit: str, speech: Speech) -> str:
    """A number in its unit: shares as per cent, times as lengths, the rest as it is."""
    if value is None:
        return "–"
    if unit == "share":
        return f"{speech.format.number(value * 100, 1)}\u00a0%"
    if unit == "s":
        return str(speech.format.brief(value))
    number = speech.format.number(value, 2)
    return number if unit in ("", "count") else f"{number}\u00a0{unit}"


def grade_text(grade: float | None, speech: Speech) -> str:
    """A grade with two decimals."""
    told = "–" if grade is None else f"{grade:.2f}"
    return told.replace(".", ",") if speech.language == "ru" else told


def _period(now: CycleNow, speech: Speech) -> str:
    days = speech.format.days(_at(now.cycle.start), _at(now.cycle.end))
    return speech.words.say(N_("%(days)s; as of %(day)s"), days=days, day=speech.format.day(_at(now.on)))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _cards(now: CycleNow, speech: Speech) -> Iterator[Card]:
    say = speech.words.say
    goals = now.objectives
    known = [one.grade.value for one in goals if one.grade.value is not None]
    broken = sum(1 for one in goals for health in one.health if health.broken)
    yield Card(speech.format.number(len(goals)), say(N_("goals")))
    yield Card(speech.format.number(sum(len(one.key_results) for one in goals)), say(N_("key results")))
    yield Card(speech.format.number(len(known)), say(N_("goals with a grade")))
    label = say(N_("numbers that must not break are broken"))
    yield Card(speech.format.number(broken), label, tone="bad" if broken else "good")


def _card(card: Card) -> dict[str, str]:
    return {"value": plain(card.value), "label": plain(card.label), "note": plain(card.note), "tone": card.tone}


def _sections(now: CycleNow, speech: Speech) -> Iterator[Section]:
    for number, one in enumerate(now.objectives, start=1):
        yield Section(
            id=f"goal-{number}", title=one.objective.title, lead=_lead(one, speech), blocks=list(_blocks(one, speech))
        )
    if now.cycle.not_now:
        items = [(line, "") for line in now.cycle.not_now]
        title = speech.words.say(N_("Not now"))
        yield Section(id="not-now", title=title, lead=[], blocks=[Listing(items)])


def _lead(one: ObjectiveNow, speech: Speech) -> list[str]:
    goal, say = one.objective, speech.words.say
    whose = goal.team if goal.level == "team" and goal.team else say(LEVELS[goal.level])
    parts = [whose, *([say(COMMITMENTS[goal.commitment])] if goal.commitment else [])]
    grade = say(N_("grade %(grade)s"), grade=_graded(one.grade.value, one.grade.low, one.grade.high, speech))
    return [*([f"{goal.why.rstrip('.')}."] if goal.why else []), f"{', '.join(parts)}; {grade}."]


def _blocks(one: ObjectiveNow, speech: Speech) -> Iterator[Block]:
    say = speech.words.say
    for health in one.health:
        if health.broken:
            number = value_text(health.number.value, health.health.unit, speech)
            text = say(N_("Broken: %(what)s, %(number)s."), what=health.health.title, number=number)
            yield Notice(text, "bad")
    if one.key_results:
        columns = [say(N_("Key result")), say(N_("From – to")), say(N_("Now")), say(N_("Grade"))]
        yield Grid(say(N_("Key results")), columns, [_row(part, speech) for part in one.key_results])
    if one.health:
        items = [(health.health.title, _band(health, speech)) for health in one.health]
        yield Listing(items, say(N_("What must not break")))


def _row(part: KeyResultNow, speech: Speech) -> list[Cell]:
    number, grade = part.number, part.grade
    return [
        Cell(part.key_result.title),
        Cell(_way(part.key_result, speech)),
        Cell(value_text(number.value, part.key_result.unit, speech), _between(number, part.key_result.unit, speech)),
        Cell(_graded(grade.value, None, None, speech), _graded_between(grade.low, grade.high, speech), numeric=True),
    ]


def _way(one: KeyResult, speech: Speech) -> str:
    target = value_text(one.target, one.unit, speech)
    if one.direction == "milestone":
        done = sum(step.done for step in one.steps)
        return speech.words.say(N_("%(done)s of %(n)s steps"), done=done, n=len(one.steps))
    if one.direction in ("keep_above", "keep_below"):
        return f"{'≥' if one.direction == 'keep_above' else '≤'} {target}"
    return f"{value_text(one.baseline, one.unit, speech)} – {target}"


def _band(health: HealthNow, speech: Speech) -> str:
    unit, said = health.health.unit, []
    if health.health.low is not None:
        said.append(f"≥ {value_text(health.health.low, unit, speech)}")
    if health.health.high is not None:
        said.append(f"≤ {value_text(health.health.high, unit, speech)}")
    return f"{value_text(health.number.value, unit, speech)} ({', '.join(said)})"


def _between(number: Ranged, unit: str, speech: Speech) -> str:
    if number.low is None or number.high is None:
        return ""
    return f"[{value_text(number.low, unit, speech)}; {value_text(number.high, unit, speech)}]"


def _graded(value: float | None, low: float | None, high: float | None, speech: Speech) -> str:
    between = _graded_between(low, high, speech)
    return f"{grade_text(value, speech)} {between}".strip()


def _graded_between(low: float | None, high: float | None, speech: Speech) -> str:
    return "" if low is None or high is None else f"[{grade_text(low, speech)}; {grade_text(high, speech)}]"
