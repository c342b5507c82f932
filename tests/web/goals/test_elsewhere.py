"""A quarter serves a year: goals help goals of longer cycles, and are no orphans then."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.accounts.models import User
from otklik.web.goals.coaching import of_cycle
from otklik.web.goals.converting import add_cycle, cycle_told
from otklik.web.goals.elsewhere import could_be_helped, links_in, links_out
from otklik.web.goals.models import Cycle, Objective
from otklik.web.goals.stages import go_on
from tests.web.goals.conftest import REASON


@pytest.fixture
def year(boss: User) -> Cycle:
    return Cycle.objects.create(title="Year 2026", start=date(2026, 1, 1), end=date(2026, 12, 31), made_by=boss)


@pytest.fixture
def above(year: Cycle, boss: User) -> Objective:
    return Objective.objects.create(
        cycle=year, title="People tell their friends how fast we are", why=REASON, level="company", owner=boss,
        commitment="aspirational",
    )  # fmt: skip


@pytest.fixture
def browser(client: Client, boss: User) -> Client:
    client.force_login(boss)
    return client


def page(browser: Client, name: str, pk: int) -> str:
    response = browser.get(reverse(name, args=[pk]))
    assert response.status_code == 200
    return str(response.content.decode())


def test_goals_of_longer_cycles_can_be_helped_and_of_no_others(
    cycle: Cycle, goal: Callable[..., Objective], above: Objective, year: Cycle, boss: User
) -> None:
    own, other = goal(), goal("Buyers get their question settled at once")
    personal = Objective.objects.create(cycle=year, title="Learn Spanish", level="personal", owner=boss)
    gone = Cycle.objects.create(title="2025", start=date(2025, 1, 1), end=date(2025, 12, 31))
    Objective.objects.create(cycle=gone, title="Of last year", level="company")
    assert list(could_be_helped(cycle, own)) == [above, other]
    assert personal not in could_be_helped(cycle, own)
    assert list(could_be_helped(year, above)) == [], "a year does not serve a quarter"


def test_the_form_links_and_both_pages_tell(
    browser: Client, cycle: Cycle, goal: Callable[..., Objective], above: Objective
) -> None:
    company, own = goal("Nobody waits in vain", level="company", team=""), goal()
    assert "These help no other goal" in page(browser, "cycle", cycle.pk)
    told: dict[str, Any] = {
        "title": own.title, "why": own.why, "level": "team", "team": "Support", "commitment": "aspirational",
        "owner": own.owner_id, "contributes_to": [above.pk],
    }  # fmt: skip
    form = page(browser, "objective_edit", own.pk)
    assert f"{above.title} (Year 2026)" in form
    assert f"{company.title} (" not in form
    assert browser.post(reverse("objective_edit", args=[own.pk]), told).status_code == 302
    assert list(own.contributes_to.all()) == [above]
    assert links_out([own.pk]) == {own.pk: [above]}
    assert links_in([above.pk]) == {above.pk: [own]}
    quarter = page(browser, "cycle", cycle.pk)
    assert "These help no other goal" not in quarter
    assert "(Year 2026)" in quarter
    assert "(Q4)" in page(browser, "cycle", above.cycle_id)
    assert "(Q4)" in page(browser, "objective", above.pk)


def test_the_coach_calls_it_no_orphan_and_sees_a_copy(
    cycle: Cycle, goal: Callable[..., Objective], above: Objective, boss: User
) -> None:
    own = goal()
    assert "s7.orphan" in {one.finding.key for one in of_cycle(cycle, boss)}
    own.contributes_to.add(above)
    assert "s7.orphan" not in {one.finding.key for one in of_cycle(cycle, boss)}
    own.title = above.title
    own.save()
    assert "s7.copy" in {one.finding.key for one in of_cycle(cycle, boss)}


def test_a_year_that_is_closed_keeps_who_helped_it(
    cycle: Cycle, goal: Callable[..., Objective], above: Objective, year: Cycle, boss: User
) -> None:
    own = goal()
    own.contributes_to.add(above)
    for stage in ("active", "closing", "closed"):
        Cycle.objects.get(pk=year.pk).enter(stage)
    assert list(could_be_helped(cycle, own)) == [above], "what is helped already stays on the form"
    go_on(cycle, "active", boss)
    assert links_out([own.pk]) == {own.pk: [above]}


def test_a_file_with_links_beyond_its_cycle_is_read(
    cycle: Cycle, goal: Callable[..., Objective], above: Objective, boss: User
) -> None:
    goal().contributes_to.add(above)
    told = cycle_told(cycle)
    assert told.objectives[0].contributes_to == (str(above.pk),)
    made = add_cycle(told, boss)
    assert list(made.objectives.get().contributes_to.all()) == [], "another company has other goals by these numbers"
