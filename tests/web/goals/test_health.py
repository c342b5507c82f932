"""What must not break: surely outside, perhaps outside, or inside; and for how many weeks in a row."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.schemas.goal_results import Basis, Ranged
from otklik.web.accounts.models import User
from otklik.web.goals.health import HealthStands
from otklik.web.goals.models import Cycle, Health, Measured, Objective, Reading, SeriesValue
from otklik.web.goals.standing import stand

DAY = date(2026, 11, 2)
BAND = Health(title="Reopened", unit="share", low=0.02, high=0.06)


@pytest.mark.parametrize(("number", "state"), [
    ((None, None, None), "unknown"),
    ((0.04, None, None), "holds"),
    ((0.07, None, None), "outside"),
    ((0.04, 0.03, 0.05), "holds"),
    ((0.05, 0.04, 0.07), "near"),
    ((0.03, 0.01, 0.05), "near"),
    ((0.07, 0.05, 0.09), "perhaps"),
    ((0.08, 0.061, 0.1), "surely"),
    ((0.01, 0.005, 0.019), "surely"),
    ((0.07, 0.01, 0.2), "perhaps"),
    ((0.08, 0.07, None), "surely"),
])  # fmt: skip
def test_the_interval_says_how_sure_it_is(number: Any, state: str) -> None:
    value, low, high = number
    assert HealthStands(BAND, Ranged(value=value, low=low, high=high), DAY).state == state


def page(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("objective", args=[Objective.objects.get().pk])).content.decode()


def measured(running: Cycle, number: tuple[float, float, float], weeks: int) -> None:
    health = Health.objects.get()
    health.source = {"how": "measure", "measure": "reopens"}
    health.save()
    told = dict(zip(("value", "low", "high"), number, strict=True)) | {"how": "days"}
    reading = {"number": told, "weeks_broken": weeks}
    Measured.objects.create(objective=health.objective, health=health, day=running.start, reading=reading)


@pytest.mark.parametrize(("number", "said"), [
    ((0.07, 0.05, 0.09), ("Perhaps broken:", "perhaps outside: the interval crosses the limit", "[5")),
    ((0.09, 0.07, 0.1), ("<b>Broken:</b>", "surely outside, with the whole interval", "[7")),
])  # fmt: skip
def test_the_page_shows_the_number_with_its_interval_and_how_sure_it_is(
    number: Any, said: tuple[str, ...], running: Cycle, boss: User, time_machine: Any
) -> None:
    time_machine.move_to(running.start + timedelta(days=20), tick=False)
    measured(running, number, 2)
    shown = page(boss)
    for text in (*said, "The last 2 weeks in a row lay outside.", "The grades stand; look at this before"):
        assert text in shown, text
    assert "does not count as reached" not in shown


def test_weeks_of_numbers_that_people_or_programs_say_are_counted_too(running: Cycle, objective: Objective) -> None:
    health = Health.objects.get()
    for week in range(3):
        Reading.objects.create(health=health, day=running.start + timedelta(days=7 * week), value=0.05 + week * 0.02)
    on = running.start + timedelta(days=16)
    (found,) = stand(running, [objective], on)
    assert found.health[0].weeks_broken == 2 and found.health[0].value == pytest.approx(0.09)
    Health.objects.update(source={"how": "pushed", "series": "reopened"})
    SeriesValue.objects.create(series="reopened", at=f"{on}T09:00:00Z", value=0.08, low=0.07, high=0.09)
    (found,) = stand(running, [Objective.objects.get()], on)
    assert (found.health[0].state, found.health[0].weeks_broken) == ("surely", 1)
    assert found.health[0].said_of_weeks == ""


def test_a_number_of_another_source_is_not_taken_for_this_one(running: Cycle, objective: Objective) -> None:
    measured(running, (0.5, 0.4, 0.6), 0)
    kept = Measured.objects.get()
    bound = {"how": "measure", "measure": "handoffs"}
    basis = {"bound": bound, "zone": "UTC", "first": "2026-10-01", "last": "2026-10-01", "step": 1, "log": "x",
             "as_of": "2026-10-02T00:00:00Z", "whole_until": "2026-10-01"}  # fmt: skip
    kept.reading["basis"] = Basis.model_validate(basis).model_dump_json()
    kept.save()
    (found,) = stand(running, [Objective.objects.get()], DAY)
    assert found.health[0].state == "unknown"
