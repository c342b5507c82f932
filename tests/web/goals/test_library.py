"""The library: an example is taken into a draft, and the coach shows one beside what it finds."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, User
from otklik.web.goals.models import Cycle, History, Objective


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Customers hear from us before they start to doubt"),
     ("ru", "Клиент получает ответ раньше, чем успевает начать сомневаться")],
)  # fmt: skip
def test_an_example_becomes_a_goal_of_a_draft(cycle: Cycle, boss: User, language: str, title: str) -> None:
    boss.language = language
    boss.save()
    browser = browser_of(boss)
    page = text(browser.get(reverse("goals_library")))
    assert title in page and cycle.title in page and 'id="K7"' in page and 'id="S4"' in page
    response = browser.post(reverse("example_take"), {"business": "support_desk", "cycle": cycle.pk})
    made = Objective.objects.get()
    assert response["Location"] == reverse("objective", args=[made.pk])
    assert (made.cycle, made.title, made.owner, made.level) == (cycle, title, boss, "company")
    share, time, rated = made.key_results.all()
    assert share.source["measure"] == "first_reply" and share.source["within_s"] == 900
    assert (share.baseline, share.target, time.baseline, time.target) == (None, 0.8, None, 24 * 3600)
    assert rated.source == {"how": "manual"} and made.health.count() == 1
    assert "48" not in share.title
    assert History.objects.filter(objective=made, what="keyresult").count() == 3
    assert AuditEntry.objects.filter(verb="goal.made").exists()


def test_nothing_is_taken_into_a_cycle_that_runs_or_is_not_there(running: Cycle, boss: User) -> None:
    browser = browser_of(boss)
    page = text(browser.get(reverse("goals_library")))
    assert "there is none" in page and "Take it into my cycle" not in page
    before = Objective.objects.count()
    for chosen, status in ((running.pk, 422), (4711, 404), ("x", 404)):
        response = browser.post(reverse("example_take"), {"business": "bank", "cycle": chosen})
        assert response.status_code == status
    assert Objective.objects.count() == before


def test_an_example_that_is_not_there(cycle: Cycle, boss: User) -> None:
    response = browser_of(boss).post(reverse("example_take"), {"business": "circus", "cycle": cycle.pk})
    assert response.status_code == 422 and not Objective.objects.exists()


def test_a_member_takes_it_for_the_own_team_and_a_viewer_only_reads(cycle: Cycle, person: Callable[..., User]) -> None:
    sent = {"business": "clinic", "cycle": cycle.pk}
    assert browser_of(person(Role.MEMBER, "Support")).post(reverse("example_take"), sent).status_code == 302
    made = Objective.objects.get()
    assert (made.level, made.team) == ("team", "Support")
    viewer = browser_of(person(Role.VIEWER))
    assert "Take it into my cycle" not in text(viewer.get(reverse("goals_library")))
    assert viewer.post(reverse("example_take"), sent).status_code == 403


def test_beside_a_finding_stand_an_example_and_the_words_at_fault(boss: User, cycle: Cycle) -> None:
    browser = browser_of(boss)
    typed = {"coached": "objective", "title": "Launch a chat-bot & more", "why": "they wait an hour at night"}
    piece = text(browser.post(reverse("goals_coach"), typed))
    assert "<mark>Launch</mark> a chat-bot &amp; more" in piece
    assert "Launch a chat-bot for our customers" in piece and "Customers hear from us before" in piece
    assert f"{reverse('goals_library')}#O1" in piece
    typed = {"coached": "key_result", "title": "Promptly answer from 60% to 90% of reviews", "unit_kind": "share"}
    assert "<mark>Promptly</mark>" in text(browser.post(reverse("goals_coach"), typed))


def test_on_the_page_of_a_goal_as_well(objective: Objective, boss: User) -> None:
    Objective.objects.update(title="Launch a chat-bot for all")
    page = text(browser_of(boss).get(reverse("objective", args=[objective.pk])))
    assert "<mark>Launch</mark>" in page and "#O1" in page
