"""Too many goals need a list of what is not pursued now; rules are waived for a whole cycle, and count again."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals.models import Cycle, History, Objective, Waiver
from otklik.web.goals.stages import reasons_against


@pytest.fixture
def browser(boss: User) -> Client:
    client = Client()
    client.force_login(boss)
    return client


@pytest.fixture
def crowded(cycle: Cycle, goal: Callable[..., Objective]) -> Cycle:
    """Four goals of one team: one more than can be pursued."""
    for title in ("No customer feels forgotten", "Callers reach a person at once", "Orders come when we said",
                  "Buyers know what happens next"):  # fmt: skip
        goal(title)
    return cycle


def test_too_many_goals_wait_for_a_list_of_what_is_left_for_later(crowded: Cycle) -> None:
    [why] = reasons_against(crowded, "active")
    assert "Not now" in why
    crowded.not_now = ["A new phone line"]
    crowded.save()
    assert reasons_against(crowded, "active") == []


def test_or_for_a_reason_why_the_rule_does_not_count(browser: Client, crowded: Cycle) -> None:
    page = browser.get(reverse("cycle", args=[crowded.pk])).content.decode()
    assert reverse("cycle_waive", args=[crowded.pk]) in page
    waive = reverse("cycle_waive", args=[crowded.pk])
    assert browser.post(waive, {"rule": "S1", "reason": ""}).status_code == 422
    assert browser.post(waive, {"rule": "S1", "reason": "two of them end in a week"}).status_code == 302
    assert reasons_against(crowded, "active") == []
    row = Waiver.objects.get()
    page = browser.get(reverse("cycle", args=[crowded.pk])).content.decode()
    assert "two of them end in a week" in page and reverse("waiver_drop", args=[row.pk]) in page
    assert browser.post(reverse("waiver_drop", args=[row.pk]))["Location"] == reverse("cycle", args=[crowded.pk])
    assert len(reasons_against(crowded, "active")) == 1
    assert History.objects.filter(what="waiver").count() == 2


def test_a_waiver_of_a_goal_is_taken_back_on_its_page(browser: Client, objective: Objective) -> None:
    Objective.objects.update(title="Launch a chat-bot for all")
    browser.post(reverse("goal_waive", args=[objective.pk]), {"rule": "O1", "reason": "it is a pilot"})
    row = Waiver.objects.get()
    page = browser.get(reverse("objective", args=[objective.pk])).content.decode()
    assert reverse("waiver_drop", args=[row.pk]) in page
    assert browser.post(reverse("waiver_drop", args=[row.pk]))["Location"] == reverse("objective", args=[objective.pk])
    assert not Waiver.objects.exists()


def test_a_member_does_not_decide_for_the_whole_cycle(crowded: Cycle, boss: User, person: Callable[..., User]) -> None:
    row = Waiver.objects.create(cycle=crowded, rule="S1", reason="x", by=boss)
    client = Client()
    client.force_login(person(Role.MEMBER, "Support"))
    assert client.post(reverse("cycle_waive", args=[crowded.pk]), {"rule": "S1", "reason": "x"}).status_code == 403
    assert client.post(reverse("waiver_drop", args=[row.pk])).status_code == 422
    page = client.get(reverse("cycle", args=[crowded.pk])).content.decode()
    assert reverse("waiver_drop", args=[row.pk]) not in page
    assert Waiver.objects.count() == 1
