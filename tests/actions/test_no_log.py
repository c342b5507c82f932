"""Without a log, what people and programs tell is graded and foreseen; bound numbers say why they are not."""

from datetime import UTC, date, datetime, timedelta

from otklik.actions.grade_cycle import grade_cycle
from otklik.actions.gradings import Grading
from otklik.actions.no_log import NoLog
from otklik.schemas.goal_results import CheckIn, NumberSent
from otklik.schemas.goals import Bound, Cycle, Health, KeyResult, Objective, Pushed

START, ON = date(2026, 4, 6), date(2026, 6, 21)


def test_told_numbers_are_graded_and_bound_ones_say_why_not() -> None:
    bound = Bound(measure="first_reply", within_s=60)
    parts = (
        KeyResult(id="typed", title="NPS", baseline=30, target=45, unit="NPS"),
        KeyResult(id="sent", title="CSAT", baseline=0.5, target=0.8, unit="share", source=Pushed(series="csat")),
        KeyResult(id="bound", title="Share", baseline=0.5, target=0.8, unit="share", source=bound),
    )
    health = (Health(id="h", title="Silent", high=1, source=bound),)
    objective = Objective(id="o", title="Customers stay", key_results=parts, health=health)
    cycle = Cycle(title="Q2", start=START, end=date(2026, 7, 5), objectives=(objective,))
    weeks = [START + timedelta(days=7 * n) for n in range(11)]
    said = {"typed": [CheckIn(key_result="typed", day=day, value=30.0 + n) for n, day in enumerate(weeks)]}
    sent = {"sent": [NumberSent(day=day, value=0.6, variance=0.0004, n=600) for day in weeks]}
    now = grade_cycle(Grading(NoLog(None, "Europe/Moscow"), cycle, ON, said, sent))  # type: ignore[arg-type]
    typed, pushed, measured = now.objectives[0].key_results
    assert now.as_of == datetime(2026, 6, 21, 20, 59, 59, 999999, tzinfo=UTC)
    assert typed.number.value == 40.0 and typed.forecast is not None and typed.forecast.chances
    assert (pushed.number.value, round(pushed.number.high or 0, 4)) == (0.6, 0.6392)
    assert pushed.sent and pushed.forecast is not None and pushed.forecast.chances[0].raw < 0.1
    assert pushed.grade.low is not None, "the interval of the number is that of the grade"
    assert measured.problem is not None and measured.problem.code == "goal-without-log"
    assert now.objectives[0].health[0].problem is not None
    forecast = now.objectives[0].forecast
    assert forecast is not None and (forecast.moving, forecast.left_out) == (2, 1)
