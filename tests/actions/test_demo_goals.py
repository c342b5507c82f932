"""Goals of the simulated company: drawn from its log, running, the same every time."""

from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest

from otklik.actions.demo_goals import NPS_SAID, WEEKS, demo_goals
from otklik.actions.grade_cycle import grade_cycle
from otklik.actions.gradings import Grading
from otklik.actions.import_log import Records, import_log
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.measure_speed import Yardstick
from otklik.scenarios import simulate_company
from otklik.schemas.goals import Bound
from otklik.store import ServiceStore


@pytest.fixture(scope="module")
def ruler(tmp_path_factory: pytest.TempPathFactory) -> GoalRuler:
    folder: Path = tmp_path_factory.mktemp("demo")
    file, calendars = simulate_company(12_000, 2026).write(folder)
    ServiceStore(folder / "log").import_log(import_log(Records((str(file),), time_zone="Europe/Moscow")))
    return GoalRuler.of(folder / "log", Yardstick(str(calendars)), zone="Europe/Moscow")


def test_the_log_ends_in_the_sixth_week_of_a_running_cycle(ruler: GoalRuler) -> None:
    cycle = demo_goals(ruler).cycle
    last = ruler.day_of(ruler.as_of)
    assert cycle.stage == "active" and cycle.start.weekday() == 0
    assert (last - cycle.start).days // 7 == 5
    assert (cycle.end - cycle.start).days + 1 == 7 * WEEKS
    assert cycle.mid_review is not None and cycle.closing_from is not None
    assert cycle.start < cycle.mid_review < cycle.closing_from < cycle.end


def test_baselines_are_those_of_the_days_before_it_began(ruler: GoalRuler) -> None:
    goals = demo_goals(ruler, owner="owner@example.org")
    now = grade_cycle(Grading(ruler, goals.cycle, ruler.day_of(ruler.as_of), with_gaming=False))
    bound = [one for objective in now.objectives for one in objective.key_results if one.reading]
    assert len(bound) >= 4
    for one in bound:
        assert isinstance(one.key_result.source, Bound)
        assert one.at_start.value == pytest.approx(one.key_result.baseline, rel=0.02), "but for who came that evening"
        assert one.grade.value is not None
        assert one.key_result.owners == ("owner@example.org",)


def test_everybody_says_something_every_monday_and_nothing_of_days_to_come(ruler: GoalRuler) -> None:
    goals = demo_goals(ruler)
    said = defaultdict(list)
    for one in goals.check_ins:
        said[one.key_result].append(one)
    ids = [one.id for objective in goals.cycle.objectives for one in objective.key_results]
    assert list(said) == ids and len(set(ids)) == len(ids)
    for check_ins in said.values():
        assert [one.day for one in check_ins] == [goals.cycle.start + timedelta(days=7 * week) for week in range(6)]
        assert all(one.confidence is not None and 0.1 <= one.confidence <= 0.9 for one in check_ins)
    assert goals.check_ins[-1].day <= ruler.day_of(ruler.as_of)
    typed = [one.value for one in goals.check_ins if one.value is not None]
    assert typed == list(NPS_SAID)
    assert len([one for one in goals.check_ins if one.note]) == 6


def test_the_same_log_gives_the_same_goals_in_either_language(ruler: GoalRuler) -> None:
    english, russian = demo_goals(ruler), demo_goals(ruler, language="ru")
    assert demo_goals(ruler) == english
    assert [one.confidence for one in english.check_ins] == [one.confidence for one in russian.check_ins]
    assert english.cycle.objectives[0].title != russian.cycle.objectives[0].title
