"""A first cycle drawn from a log, in both languages, that the coach has nothing against."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from otklik.actions.coach_goals import coach_cycle
from otklik.actions.cut_log import Shelf
from otklik.actions.find_goals import Proposing
from otklik.actions.grade_cycle import grade_cycle
from otklik.actions.gradings import Grading
from otklik.actions.import_log import Records, import_log
from otklik.actions.measure_goals import GoalRuler
from otklik.actions.measure_speed import Yardstick
from otklik.actions.propose_goals import NothingToPropose, propose_goals
from otklik.actions.refresh_facts import refresh_facts
from otklik.actions.tell_coach import tell_coach
from otklik.scenarios import simulate_company
from otklik.schemas.goals import Bound, Cycle
from otklik.store import ServiceStore
from tests.shared_data import DATA, needs_shared

ZONE = "Europe/Moscow"


@pytest.fixture(scope="module")
def ruler(tmp_path_factory: pytest.TempPathFactory) -> GoalRuler:
    folder: Path = tmp_path_factory.mktemp("propose")
    file, calendars = simulate_company(12_000, 11).write(folder)
    return kept(folder, file, Yardstick(str(calendars), time_zone=ZONE), ZONE)


def kept(folder: Path, file: Path, yardstick: Yardstick, zone: str) -> GoalRuler:
    store = ServiceStore(folder / "log")
    store.import_log(import_log(Records((str(file),), time_zone=zone)))
    refresh_facts(store, yardstick)
    return GoalRuler(Shelf.of(folder / "log", yardstick), zone)


@cache
def proposed(ruler: GoalRuler, language: str) -> Cycle:
    return propose_goals(Proposing(ruler, date(2026, 7, 1), date(2026, 9, 30), owner="Anna Orlova", language=language))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_coach_has_nothing_against_what_is_proposed(ruler: GoalRuler, language: str) -> None:
    cycle = proposed(ruler, language)
    assert len(cycle.objectives) == 3
    grading = Grading(ruler, cycle, date(2026, 6, 30))
    findings = coach_cycle(cycle, log=tell_coach(grading, grade_cycle(grading)))
    assert [(one.rule, one.place, one.facts) for one in findings] == []


def test_every_number_is_bound_and_its_start_is_measured(ruler: GoalRuler) -> None:
    cycle = proposed(ruler, "en")
    now = grade_cycle(Grading(ruler, cycle, date(2026, 6, 30), with_gaming=False))
    for objective in now.objectives:
        assert 2 <= len(objective.key_results) <= 3
        measures = {one.key_result.source.measure for one in objective.key_results}  # type: ignore[union-attr]
        assert objective.objective.health or measures >= {"reopens", "handoffs"}, "something says what speed breaks"
        for one in objective.key_results:
            assert isinstance(one.key_result.source, Bound)
            assert one.at_start.value == pytest.approx(one.key_result.baseline)
            assert one.grade.value == pytest.approx(0.0, abs=1e-6) and one.grade.reason is None


def test_both_languages_propose_the_same_numbers(ruler: GoalRuler) -> None:
    english, russian = (
        [kr.model_copy(update={"title": ""}) for one in proposed(ruler, language).objectives for kr in one.key_results]
        for language in ("en", "ru")
    )
    assert english == russian
    assert all(re.search("[а-я]", one.title + one.why) for one in proposed(ruler, "ru").objectives)


def test_too_few_requests_propose_nothing(tmp_path: Path) -> None:
    file, _ = simulate_company(300, 3).write(tmp_path)
    ruler = kept(tmp_path, file, Yardstick(), ZONE)
    with pytest.raises(NothingToPropose):
        proposed(ruler, "en")


class TestRealLogs:
    pytestmark = needs_shared

    @pytest.mark.parametrize(
        ("name", "zone"),
        [
            ("eventlog/helpdesk_italian.csv.gz", "Europe/Rome"),
            ("tickets/sf311_sample_10000.csv.gz", "America/Los_Angeles"),
        ],
    )
    def test_what_a_real_log_proposes_is_sound_or_nothing(self, tmp_path: Path, name: str, zone: str) -> None:
        ruler = kept(tmp_path, DATA / name, Yardstick(), zone)
        first = ruler.day_of(ruler.as_of)
        proposing = Proposing(ruler, first, date.fromordinal(first.toordinal() + 90), owner="Anna Orlova")
        try:
            cycle = propose_goals(proposing)
        except NothingToPropose as told:
            assert told.code == "no-goals-to-propose"
            return
        errors = [one for one in coach_cycle(cycle) if one.severity == "error"]
        assert errors == [] and cycle.objectives
