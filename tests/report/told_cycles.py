"""A cycle in the middle and at its end, for the tests of its report."""

from datetime import UTC, date, datetime

from otklik.schemas.forecasts import Chance, Forecast, Needed, ObjectiveForecast
from otklik.schemas.gaming import GamingCheck, GamingLook
from otklik.schemas.goal_results import Basis, CheckIn, CycleNow, HealthNow, KeyResultNow, ObjectiveNow, Ranged, Reading
from otklik.schemas.goal_stories import CycleStory, RecordedGrade, RetroQuestion
from otklik.schemas.goals import Bound, Cycle, Health, KeyResult, Need, Objective, Step
from otklik.schemas.grades import KeyResultGrade, ObjectiveGrade
from tests.charts.drawn_goals import END, ON, START, drawn

HOUR = Bound(measure="first_reply", within_s=3600)
SHARE = KeyResult(
    id="s", title="First reply within an hour: from 55% to 73%", baseline=0.55, target=0.73, unit="share",
    commitment="committed", owners=("anna@example.org",), source=HOUR,
)  # fmt: skip
STEPS = KeyResult(
    id="m", title="A rota for weekends", direction="milestone", steps=(Step(title="a", done=True), Step(title="b"))
)
REOPENED = Health(title="Reopened", unit="share", high=0.06)
NEEDS = (
    Need(team="Orders", what="Evenings", due=ON, answer="confirmed", answered_by="olga@example.org"),
    Need(team="Technical", what="An owner", due=END, answer="declined", risk_owner="anna@example.org"),
)
GOAL = Objective(
    id="o", title="Customers hear from us <b>soon</b>", why="half of them wait an hour.", owner="olga@example.org",
    team="Support", key_results=(SHARE, STEPS), health=(REOPENED,), needs=NEEDS,
)  # fmt: skip
BASIS = Basis(
    bound=HOUR, zone="UTC", first=START, last=ON, as_of=datetime(2026, 5, 17, 21, tzinfo=UTC), whole_until=ON, log="x",
    step=7,
)  # fmt: skip


def standing(**changed: object) -> KeyResultNow:
    """The share of replies within an hour, in the middle of the cycle."""
    facts = {
        "number": Ranged(value=0.62, low=0.57, high=0.67), "at_start": Ranged(value=0.55),
        "grade": KeyResultGrade(value=0.39, low=0.11, high=0.67, colour="yellow"),
        "reading": Reading(number=Ranged(value=0.62), n=412, k=255, days=(), basis=BASIS),
        "needed": Needed(verdict="open", needed=0.78, best_week=0.71),
        "forecast": Forecast(
            model="full", as_of=ON, end_low=0.57, end_middle=0.62, end_high=0.66, grade_low=0.1, grade_middle=0.4,
            grade_high=0.6, chances=(Chance(mark="target", grade=1.0, raw=0.18, shown=0.18),),
        ),
        "check_ins": (CheckIn(key_result="s", day=ON, confidence=0.7, by="anna@example.org"),),
        "gaming": GamingLook(verdict="look", checks=(GamingCheck(kind="pile_up", now=3, before=1, suspicious=True),)),
    }  # fmt: skip
    return KeyResultNow(key_result=SHARE, **(facts | changed))


def story(**changed: object) -> CycleStory:
    """A cycle in its middle."""
    steps = KeyResultNow(key_result=STEPS, number=Ranged(), at_start=Ranged(), grade=KeyResultGrade(value=0.5))
    goal = ObjectiveNow(
        objective=GOAL, grade=ObjectiveGrade(value=0.45, low=0.3, high=0.6), key_results=(standing(), steps),
        forecast=ObjectiveForecast(moving=1, grade_low=0.3, grade_middle=0.46, grade_high=0.6),
        health=(HealthNow(health=REOPENED, number=Ranged(value=0.08), broken=True, weeks_broken=2),),
    )  # fmt: skip
    cycle = Cycle(title="Q2 2026", start=START, end=END, stage="active", not_now=("A phone line",))
    now = CycleNow(cycle=cycle, on=ON, as_of=BASIS.as_of, objectives=(goal,))
    return CycleStory(now=now, curves={"s": drawn(SHARE, within_s=3600)}, company="Shop", **changed)


def closed() -> CycleStory:
    """The same at its end: a grade recorded with its reason, and what people learnt."""
    told = story(
        grades=(RecordedGrade(key_result="s", grade=0.5, computed=0.39, as_first_set=0.3, argument="The outage of May",
                              explanation="We promised more than two can do"),),
        retrospective=(RetroQuestion(question="What helped most?", answers=("The rota",)), RetroQuestion(question="?")),
    )  # fmt: skip
    cycle = told.now.cycle.model_copy(update={"stage": "closed"})
    return told.model_copy(update={"now": told.now.model_copy(update={"cycle": cycle, "on": date(2026, 7, 6)})})
