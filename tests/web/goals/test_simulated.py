"""The simulated company pursues goals: begun, spoken of, measured week by week."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.actions.import_log import Records, import_log
from otklik.actions.measure_speed import Yardstick
from otklik.actions.refresh_facts import refresh_facts
from otklik.scenarios import simulate_company
from otklik.store import ServiceStore
from otklik.web.accounts.models import Company, User
from otklik.web.data_folder import DataFolder
from otklik.web.goals.models import CheckIn, Dependency, KeyResult, Measured
from otklik.web.goals.simulated import fill_goals
from otklik.web.moments import today

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def simulated_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("simulated")
    file, _ = simulate_company(12_000, 2026).write(folder)
    store = ServiceStore(folder / "log")
    store.import_log(import_log(Records((str(file),), time_zone="Europe/Moscow")))
    refresh_facts(store, Yardstick())
    return folder / "log"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_cycle_is_in_its_sixth_week_and_has_a_history(
    simulated_log: Path, data_folder: DataFolder, company: Company, boss: User, language: str
) -> None:
    data_folder.path.mkdir(parents=True, exist_ok=True)
    data_folder.log.symlink_to(simulated_log)
    cycle = fill_goals(boss, language)
    assert cycle.stage == "active"
    assert (today() - cycle.start).days // 7 == 5, "it is the last day of the records, whatever the calendar says"
    bound = KeyResult.objects.filter(objective__cycle=cycle, source__how="measure")
    assert cycle.objectives.count() == 3 and bound.count() >= 4
    for row in bound:
        days = set(Measured.objects.filter(key_result=row).values_list("day", flat=True))
        assert len(days) == 6 and max(days) == today()
    assert CheckIn.objects.filter(key_result__objective__cycle=cycle).count() == 6 * (bound.count() + 1)
    needs = {row.team: row.state for row in Dependency.objects.filter(objective__cycle=cycle)}
    assert needs == {"Orders": "confirmed", "Technical": "open"}
    client = Client()
    client.force_login(boss)
    for address in (reverse("cycle", args=[cycle.pk]), reverse("objective", args=[bound[0].objective_id])):
        page: Any = client.get(address)
        assert page.status_code == 200 and bound[0].objective.title in page.content.decode()
