"""What is one's own is told to nobody; days lie inside their cycle; what was said keeps its place in a file."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.schemas.goals import Waiver as Told
from otklik.web.access import Role
from otklik.web.accounts.models import AuditEntry, User
from otklik.web.goals import reminding
from otklik.web.goals.converting import add_cycle, cycle_told
from otklik.web.goals.models import Cycle, Feed, Feedback, KeyResult, Note, Objective, Waiver
from tests.web.goals.test_pages import NUMBER

SECRET = "Learn to say no"


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def browser(boss: User) -> Client:
    return browser_of(boss)


def text(response: Any) -> str:
    assert response.status_code in (200, 422), response.status_code
    return str(response.content.decode())


# --- talks


@pytest.fixture
def member(person: Callable[..., User]) -> User:
    return person(Role.MEMBER, "Support")


@pytest.fixture
def own(goal: Callable[..., Objective], member: User) -> Objective:
    return goal(SECRET, level="personal", team="", owner=member, key_results=0)


def test_a_talk_with_somebody_is_about_no_personal_goal(own: Objective, boss: User, member: User) -> None:
    client, page = browser_of(member), reverse("goals_talks")
    assert SECRET not in text(client.get(page))
    told = {"kind": "note", "note-person": boss.pk, "note-about": own.pk, "note-text": "how it goes"}
    assert client.post(page, told).status_code == 422 and not Note.objects.exists()


@pytest.mark.parametrize("kind", ["note", "feedback"])
def test_what_a_talk_is_about_is_told_to_those_who_see_it(kind: str, own: Objective, boss: User, member: User) -> None:
    """A goal that everybody saw when it was named may have become personal since."""
    if kind == "note":
        Note.objects.create(by=member, with_whom=boss, about=own, text="how it goes")
    else:
        asked = Feedback.objects.create(asked_by=member, asked=boss, about=own, question="how does it go?")
        answer = reverse("feedback_answer", args=[asked.pk])
        assert SECRET not in text(browser_of(boss).get(answer))
        Objective.objects.update(level="team")
        assert SECRET in text(browser_of(boss).get(answer))
        Objective.objects.update(level="personal")
    page = reverse("goals_talks")
    assert SECRET not in text(browser_of(boss).get(page)) and SECRET in text(browser_of(member).get(page))


def test_programs_are_not_told_how_many_personal_goals_are_silent(
    running: Cycle, own: Objective, monkeypatch: pytest.MonkeyPatch, time_machine: Any
) -> None:
    KeyResult.objects.create(objective=own, title="Every day", unit="count")
    time_machine.move_to(datetime(2026, 10, 8, 9, tzinfo=UTC), tick=False)
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(reminding, "announce", lambda _, **facts: told.append(facts))
    reminding.plan()
    assert [one["silent"] for one in told] == [1]


# --- days


@pytest.mark.parametrize(("typed", "field"), [
    ({"due": "9999-12-31"}, "due"), ({"due": "2026-09-30"}, "due"),
    ({"checkpoints": "2027-01-01 60"}, "checkpoints"), ({"checkpoints": "2026-10-15 50\n9999-12-31 60"}, "checkpoints"),
])  # fmt: skip
@pytest.mark.parametrize("name", ["key_result_new", "key_result_edit"])
def test_due_days_lie_inside_the_cycle(
    name: str, typed: dict[str, str], field: str, browser: Client, objective: Objective
) -> None:
    row = objective if name == "key_result_new" else objective.key_results.get()
    answer = browser.post(reverse(name, args=[row.pk]), NUMBER | typed)
    assert "This day is not inside the cycle." in text(answer) and answer.status_code == 422
    assert KeyResult.objects.count() == 1 and KeyResult.objects.get().due is None


@pytest.mark.parametrize("typed", [{"due": "2026-10-01"}, {"due": "2026-12-31", "checkpoints": "2026-12-31 70"}])
def test_the_first_and_the_last_day_are_inside(typed: dict[str, str], browser: Client, objective: Objective) -> None:
    assert browser.post(reverse("key_result_new", args=[objective.pk]), NUMBER | typed).status_code == 302


def test_one_far_day_breaks_nobodys_calendar(running: Cycle, key_result: KeyResult, boss: User) -> None:
    KeyResult.objects.update(due=date(9999, 12, 31))
    link = reverse("goals_feed", kwargs={"token": Feed.make(boss)})
    answer = Client().get(link)
    assert answer.status_code == 200 and b"99991231" in answer.content
    assert browser_of(boss).get(reverse("goals_dates")).status_code == 200


# --- the calendar link


def test_a_calendar_link_ends(browser: Client, boss: User) -> None:
    page = reverse("goals_dates")
    browser.post(page)
    link = reverse("goals_feed", kwargs={"token": Feed.make(boss)})
    assert Client().get(link).status_code == 200
    assert "End the link" in text(browser.get(page))
    assert browser.post(page, {"end": "1"}).status_code == 302
    assert Client().get(link).status_code == 404 and not Feed.objects.exists()
    assert "End the link" not in text(browser.get(page))
    assert AuditEntry.objects.latest("id").verb == "feed.ended"
    assert "ended a calendar link" in text(browser.get(reverse("audit")))


def test_one_ends_only_ones_own(browser: Client, boss: User, member: User) -> None:
    Feed.make(boss)
    browser_of(member).post(reverse("goals_dates"), {"end": "1"})
    assert Feed.objects.get().person == boss


# --- files


def test_a_waiver_of_a_key_result_keeps_its_place_in_a_file(objective: Objective, boss: User) -> None:
    second = KeyResult.objects.create(objective=objective, position=1, title="Another", unit="share")
    for place, reason in ((str(second.pk), "of the second"), ("", "of the whole"), ("why", "of the reason")):
        Waiver.objects.create(cycle=objective.cycle, objective=objective, rule="K1", place=place, reason=reason)
    brought = add_cycle(cycle_told(objective.cycle), boss)
    made = KeyResult.objects.get(objective__cycle=brought, title="Another")
    places = {one.reason: one.place for one in Waiver.objects.filter(cycle=brought)}
    assert places == {"of the second": str(made.pk), "of the whole": "", "of the reason": "why"}


def test_a_place_of_no_key_result_in_the_file_is_that_of_none_here(objective: Objective, boss: User) -> None:
    """The number might be that of another key result by now."""
    told = cycle_told(objective.cycle)
    foreign = KeyResult.objects.get().pk + 2
    waiver = {"rule": "K1", "reason": "so", "place": str(foreign)}
    goal = told.objectives[0].model_copy(update={"waivers": (Told.model_validate(waiver),)})
    brought = add_cycle(told.model_copy(update={"objectives": (goal,)}), boss)
    assert not Waiver.objects.filter(cycle=brought).exists()
