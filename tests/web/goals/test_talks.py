"""Between people: what two keep is seen by two, an answer stands, thanks are for all to read."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals.models import Cycle, Feedback, KeyResult, Note, Objective, Thanks

TALKS = "goals_talks"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def member(person: Callable[..., User]) -> User:
    return person(Role.MEMBER)


@pytest.fixture
def outsider(person: Callable[..., User]) -> User:
    return person(Role.MANAGER)


def page(user: User) -> str:
    response = browser(user).get(reverse(TALKS))
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_note_is_seen_by_the_two_and_settled_by_either(boss: User, member: User, outsider: User) -> None:
    told = {"kind": "note", "note-person": boss.pk, "note-text": "about the night shift"}
    assert browser(member).post(reverse(TALKS), told).status_code == 302
    assert all("about the night shift" in page(one) for one in (member, boss))
    assert "about the night shift" not in page(outsider)
    note = Note.objects.get()
    settle = reverse("note_settled", args=[note.pk])
    assert browser(outsider).post(settle).status_code == 404
    assert browser(boss).post(settle).status_code == 302
    assert Note.objects.get().settled_at is not None


def test_feedback_is_answered_by_whoever_was_asked_and_stands(boss: User, member: User, outsider: User) -> None:
    told = {"kind": "feedback", "feedback-person": boss.pk, "feedback-question": "How was the handover?"}
    browser(member).post(reverse(TALKS), told)
    answer = reverse("feedback_answer", args=[Feedback.objects.get().pk])
    assert [browser(one).get(answer).status_code for one in (member, outsider)] == [404, 404]
    assert browser(boss).post(answer, {"answer": ""}).status_code == 422
    assert browser(boss).post(answer, {"answer": "calm and complete"}).status_code == 302
    assert browser(boss).post(answer, {"answer": "another"}).status_code == 404
    assert "calm and complete" in page(member) and "calm and complete" not in page(outsider)


def test_thanks_stand_at_the_goal(
    boss: User, member: User, outsider: User, running: Cycle, key_result: KeyResult, objective: Objective
) -> None:
    told = {
        "kind": "thanks",
        "thanks-person": boss.pk,
        "thanks-key_result": key_result.pk,
        "thanks-text": "for the idea",
    }
    assert browser(member).post(reverse(TALKS), told).status_code == 302
    assert "for it" in browser(outsider).get(reverse("objective", args=[objective.pk])).content.decode()
    assert Thanks.objects.get().to == boss


@pytest.mark.parametrize("kind", ["note", "feedback", "thanks"])
def test_nobody_writes_to_oneself_or_to_nobody(kind: str, member: User, key_result: KeyResult, running: Cycle) -> None:
    told = {"kind": kind, f"{kind}-person": member.pk, f"{kind}-text": "x", f"{kind}-question": "x",
            f"{kind}-key_result": key_result.pk}  # fmt: skip
    assert browser(member).post(reverse(TALKS), told).status_code == 422
    assert not (Note.objects.exists() or Feedback.objects.exists() or Thanks.objects.exists())


def test_nobody_is_thanked_for_a_goal_one_cannot_see(
    boss: User, member: User, running: Cycle, goal: Callable[..., Objective]
) -> None:
    hidden = goal("Learn to listen", level="personal", owner=boss).key_results.get()
    told = {"kind": "thanks", "thanks-person": boss.pk, "thanks-key_result": hidden.pk, "thanks-text": "x"}
    assert browser(member).post(reverse(TALKS), told).status_code == 422
    assert "Learn to listen" not in page(member)
