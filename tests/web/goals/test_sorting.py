"""A pasted list is sorted with reasons, and becomes goals of a draft only on a second click."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals.models import Cycle, History, Objective

LIST = """\
- No customer ever feels forgotten
- Share answered within 15 minutes: from 48% to 80%
- Launch a chat-bot
- Share of lost calls stays under 5%
"""


@pytest.fixture
def browser(boss: User) -> Client:
    client = Client()
    client.force_login(boss)
    return client


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_each_line_is_told_what_it_is_and_nothing_is_kept(browser: Client, cycle: Cycle) -> None:
    assert "Sort a list" in text(browser.get(reverse("goals")))
    page = text(browser.post(reverse("goals_sort"), {"text": LIST}))
    for said in ("A number moves from a start to an end.", "“launch”: something to be made", "A number shall be kept",
                 "It says what shall be true"):  # fmt: skip
        assert said in page
    assert not Objective.objects.exists()


def test_goals_are_made_of_it(browser: Client, cycle: Cycle, boss: User) -> None:
    sent = {"text": LIST, "cycle": cycle.pk, "as_0": "objective", "as_1": "key_result", "as_2": "", "as_3": "health"}
    assert browser.post(reverse("goals_sort"), sent)["Location"] == reverse("cycle", args=[cycle.pk])
    made = Objective.objects.get()
    row, health = made.key_results.get(), made.health.get()
    assert (made.title, made.owner) == ("No customer ever feels forgotten", boss)
    assert (row.unit, row.baseline, row.target, row.owner) == ("share", 0.48, 0.8, boss)
    assert (health.title, health.high) == ("Share of lost calls stays under 5%", 0.05)
    assert History.objects.filter(objective=made).count() == 3


def test_a_number_before_any_objective_asks_for_one(browser: Client, cycle: Cycle) -> None:
    sent = {"text": "NPS from 31 to 45", "cycle": cycle.pk, "as_0": "key_result"}
    response = browser.post(reverse("goals_sort"), sent)
    assert response.status_code == 422 and "once these numbers are reached" in text(response)
    assert browser.post(reverse("goals_sort"), sent | {"above": "People stay with us"}).status_code == 302
    assert Objective.objects.get().title == "People stay with us"


def test_nothing_chosen_too_much_pasted_or_no_draft(browser: Client, running: Cycle) -> None:
    before = Objective.objects.count()
    page = text(browser.post(reverse("goals_sort"), {"text": LIST}))
    assert "there is none" in page
    sent = {"text": LIST, "cycle": running.pk, "as_0": "objective"}
    assert browser.post(reverse("goals_sort"), sent).status_code == 422
    response = browser.post(reverse("goals_sort"), {"text": "x\n" * 300})
    assert response.status_code == 422 and "longer than 200 lines" in text(response)
    assert Objective.objects.count() == before


def test_it_speaks_russian_and_a_member_makes_goals_of_the_own_team(cycle: Cycle, person: Callable[..., User]) -> None:
    member = person(Role.MEMBER, "Support")
    member.language = "ru"
    member.save()
    client = Client()
    client.force_login(member)
    page = text(client.post(reverse("goals_sort"), {"text": "Внедрить CRM\nКлиент не ждёт"}))
    assert "Разобрать список целей" in page and "Задача" in page
    client.post(reverse("goals_sort"), {"text": "Внедрить CRM\nКлиент не ждёт", "cycle": cycle.pk, "as_1": "objective"})
    made = Objective.objects.get()
    assert (made.title, made.level, made.team) == ("Клиент не ждёт", "team", "Support")
