"""Goals in words: what a reader of either language sees of numbers, arithmetic, chances and the past."""

from datetime import UTC, date, datetime

import pytest

from otklik.charts.speech import Speech
from otklik.report.told_goals import (
    basis_told,
    end_told,
    forecast_told,
    gaming_told,
    grade_told,
    health_line,
    key_result_lines,
    mix_told,
    objective_told,
    outlook_told,
    past_lines,
    problem_told,
    ranged_told,
)
from otklik.schemas.forecasts import Chance, Forecast, Needed, ObjectiveForecast, Restart
from otklik.schemas.gaming import GamingCheck, GamingLook
from otklik.schemas.goal_results import Backtest, Basis, HealthNow, KeyResultNow, PastCycle, Ranged, Reading, Unmeasured
from otklik.schemas.goals import Bound, Health, KeyResult, Slice
from otklik.schemas.grades import KeyResultGrade

EN, RU = Speech("en"), Speech("ru")
P90 = KeyResult(title="p90", direction="lower", unit="s", baseline=3600, target=1200,
                source=Bound(measure="first_reply", statistic="quantile", quantile=0.9))  # fmt: skip
SHARE = KeyResult(title="share", unit="share", baseline=0.5, target=0.8, source=Bound(measure="waits", within_s=60))
BASIS = Basis(
    bound=Bound(measure="first_reply", clock="business", within_s=900, which=Slice(channel=("email", "chat"))),
    zone="UTC", calendar="ru", first=date(2026, 3, 2), last=date(2026, 3, 29), whole_until=date(2026, 3, 28),
    as_of=datetime(2026, 3, 29, 18, tzinfo=UTC), log="x-1-1", step=4,
)  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_an_interval_stands_behind_its_number_and_an_open_end_is_open() -> None:
    assert plain(ranged_told(Ranged(value=0.6, low=0.5, high=0.7), "share", EN)) == "60% [50%; 70%]"
    assert plain(ranged_told(Ranged(value=60.0, low=50.0), "s", EN)) == "1 min [50 s; …]"
    assert plain(ranged_told(Ranged(value=60.0), "s", EN)) == "1 min"


def test_a_grade_always_has_two_decimals() -> None:
    assert grade_told(0.5, 0.25, 0.75, EN) == "0.50 [0.25; 0.75]"
    assert grade_told(0.5, None, None, RU) == "0,50"
    assert grade_told(None, None, None, EN) == "–"


def chances(shown: float) -> Forecast:
    return Forecast(
        model="full", as_of=date(2026, 3, 1), chances=(Chance(mark="target", grade=0.7, raw=shown, shown=shown),),
        end_low=0.5, end_middle=0.6, end_high=0.7, grade_low=0.1, grade_middle=0.2, grade_high=0.3,
    )  # fmt: skip


def test_a_chance_stands_beside_what_people_say() -> None:
    assert forecast_told(chances(0.18), 0.7, EN) == (
        "If things go on as they do, the target is reached with 18%. You say 70%."
    )
    assert "You say" not in forecast_told(chances(0.18), None, EN)
    why = Forecast(model="none", why_none="too-few-weeks", as_of=date(2026, 3, 1))
    assert forecast_told(why, 0.7, EN) == "No forecast: fewer than eight weeks are on record."
    assert end_told(SHARE, why, EN) == ""


def test_what_is_decided_has_no_chance_any_more() -> None:
    told = list(outlook_told(SHARE, Needed(verdict="open", needed=0.9), chances(0.18), EN, confidence=0.7))
    assert len(told) == 2 and "You say 70%" in told[1]
    assert len(list(outlook_told(SHARE, Needed(verdict="lost", needed=1.2), chances(0.05), EN))) == 1
    assert len(list(outlook_told(SHARE, None, chances(0.5), EN))) == 1
    assert list(outlook_told(SHARE, None, None, EN)) == []


@pytest.mark.parametrize(
    ("why", "what", "words"),
    [("channel", "chat", "because the channel “chat” came."),
     ("hours", "Longer days", "because other working hours began (Longer days)."),
     ("source", "", "because the number comes from elsewhere since.")],
)  # fmt: skip
def test_a_record_that_starts_again_says_when_and_why(why: str, what: str, words: str) -> None:
    restart = Restart.model_validate({"day": date(2026, 3, 10), "why": why, "what": what})
    told = forecast_told(chances(0.18).model_copy(update={"restart": restart}), 0.7, EN)
    assert plain(told).endswith(f"You say 70%. The record starts again on 10 March 2026, {words}")
    none = Forecast(model="none", why_none="too-few-weeks", as_of=date(2026, 3, 20), restart=restart)
    assert words in forecast_told(none, None, EN) and "%(" not in forecast_told(none, None, RU)


def test_a_goal_is_foreseen_with_its_key_results_together() -> None:
    chance = Chance(mark="target", grade=0.7, raw=0.2, shown=0.2)
    forecast = ObjectiveForecast(chances=(chance,), grade_low=0.2, grade_middle=0.5, grade_high=0.8, moving=2)
    assert [plain(line) for line in objective_told(forecast, EN)] == [
        "The grade at the end, in 80 of 100 futures: 0.50 [0.20; 0.80].",
        "All its key results together reach 0.70 or more with 20%.",
    ]
    assert all("%(" not in line for line in objective_told(forecast, RU))
    assert list(objective_told(forecast.model_copy(update={"moving": 0}), EN)) == []
    assert list(objective_told(None, EN)) == []


def test_the_end_of_a_share_is_told_as_it_is_read() -> None:
    assert "between 50% and 70%" in end_told(SHARE, chances(0.5), EN)
    lower = SHARE.model_copy(update={"direction": "lower"})
    assert "between 30% and 50%" in end_told(lower, chances(0.5), EN), "the forecast counts those that were not"
    for other in (P90, SHARE.model_copy(update={"direction": "keep_above"})):
        assert end_told(other, chances(0.5), EN) == "In 80 of 100 futures it ends with the grade 0.20 [0.10; 0.30]."


def test_how_a_number_came_about_names_everything() -> None:
    told = plain(basis_told(BASIS, 1234, EN))
    for part in ("First reply", "(ru)", "1,234 requests", "2 March 2026 – 29 March 2026", "email, chat", "18:00",
                 "state of the log 4"):  # fmt: skip
        assert part in told
    assert "обращения" in basis_told(BASIS, 1234, RU)
    counted = BASIS.model_copy(update={"bound": Bound(measure="reopens", which=Slice(cohort="resolved"))})
    assert "working hours" not in basis_told(counted, 5, EN), "a count has no clock"


def test_signs_ask_for_a_look() -> None:
    check = GamingCheck(kind="pile_up", now=6, before=1, suspicious=True)
    assert gaming_told(GamingLook(verdict="look", checks=(check,)), EN) == (
        "Look here first: more replies than before come just below the limit."
    )
    assert gaming_told(GamingLook(verdict="stands", checks=()), EN) == ""


def test_what_the_channels_did_is_told_where_it_matters() -> None:
    look = GamingLook(verdict="stands", share_before=0.5, share_now=0.64, share_as_mixed_before=0.58)
    assert mix_told(look, EN) == (
        "Since the start 64% made it in time; with the channels mixed as before it would be 58%."
    )
    assert mix_told(look.model_copy(update={"share_as_mixed_before": 0.636}), EN) == ""
    assert mix_told(GamingLook(verdict="stands"), EN) == ""


def test_a_key_result_says_its_number_its_grade_and_why_there_is_none() -> None:
    reading = Reading(number=Ranged(value=0.6), n=10, k=6, days=(), basis=BASIS)
    now = KeyResultNow(
        key_result=SHARE, number=Ranged(value=0.6, low=0.5, high=0.7), at_start=Ranged(), reading=reading,
        grade=KeyResultGrade(value=0.33, low=0.1, high=0.6), needed=Needed(verdict="safe"), forecast=chances(0.5),
        gaming=GamingLook(verdict="look", checks=(GamingCheck(kind="mix", suspicious=True),)),
    )  # fmt: skip
    lines = [plain(line) for line in key_result_lines(now, EN)]
    assert lines[0] == "now 60% [50%; 70%], at the start 50%, target 80%"
    assert lines[1] == "grade 0.33 [0.10; 0.60]" and len(lines) == 5
    bare = now.model_copy(update={"grade": KeyResultGrade(reason="no-weeks"), "needed": None, "forecast": None,
                                  "gaming": None, "reading": None})  # fmt: skip
    assert list(key_result_lines(bare, EN))[1:] == ["no grade: no week is over yet"]


def test_health_is_in_its_band_or_broken_for_weeks() -> None:
    health = Health(title="Reopened", unit="share", high=0.06)
    now = HealthNow(health=health, number=Ranged(value=0.05), broken=False)
    assert health_line(now, EN) == "Reopened: 5%, in its band"
    broken = now.model_copy(update={"broken": True})
    assert health_line(broken, EN) == "Reopened: 5%, broken"
    assert plain(health_line(broken.model_copy(update={"weeks_broken": 2}), RU)) == (
        "Reopened: 5 %, нарушено 2 недели подряд"
    )


def test_the_past_is_told_cycle_by_cycle() -> None:
    past = PastCycle(first=date(2026, 1, 1), last=date(2026, 3, 31), at_start=Ranged(value=0.5),
                     number=Ranged(value=0.7), grade=KeyResultGrade(value=0.6), reached=False)  # fmt: skip
    told = Backtest(key_result=SHARE, past=(past,), moved=0.2, wanted=0.3)
    lines = [plain(line) for line in past_lines(told, EN)]
    assert lines[0] == "1 January 2026 – 31 March 2026: 50% → 70%; 0.60, not reached"
    assert lines[1:] == ["Reached in 0 of 1 cycles.", "The largest step of a cycle was 20%; this one asks for 30%."]
    worse = list(past_lines(told.model_copy(update={"moved": -0.1}), EN))
    assert worse[-1] == "It never moved the right way; this cycle asks for 30%."
    assert list(past_lines(Backtest(key_result=SHARE, past=()), EN)) == [
        "The log does not reach back a whole cycle before."
    ]


def test_what_cannot_be_measured_says_why() -> None:
    problem = Unmeasured(code="x", message="There is no measure %(measure)s.", facts={"measure": "luck"})
    now = KeyResultNow(key_result=SHARE, number=Ranged(), at_start=Ranged(), grade=KeyResultGrade(), problem=problem)
    assert list(key_result_lines(now, EN)) == ["There is no measure luck."]
    health = HealthNow(health=Health(title="Reopened"), number=Ranged(), broken=None, problem=problem)
    assert health_line(health, RU) == "Reopened: Показателя luck нет."
    assert problem_told(problem, EN) == "There is no measure luck."
