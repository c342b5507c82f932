"""Promises of a week are ticked the week after; the agenda is taken as Markdown; wins are told only where real."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals import marks, practice, standing, wins
from otklik.web.goals.agenda_file import plain
from otklik.web.goals.models import CheckIn, Cycle, Grade, KeyResult, Objective, WeekPromise
from otklik.web.goals.stages import go_on
from otklik.web.goals.wins import ToldWin


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def week(client: Client, cycle: Cycle) -> str:
    return client.get(reverse("goals_week", args=[cycle.pk])).content.decode()


def test_three_promises_a_week_and_no_more(running: Cycle, boss: User, time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 4, 9, tzinfo=UTC), tick=False)
    browser = client_of(boss)
    at = reverse("week_promises", args=[running.pk])
    assert week(browser, running).count('name="text"') == 3
    browser.post(at, {"text": ["Call ten customers", "", "Write the rota"]})
    assert week(browser, running).count('name="text"') == 1
    browser.post(at, {"text": ["Third", "Fourth"]})
    assert list(WeekPromise.objects.order_by("id").values_list("text", flat=True)) == [
        "Call ten customers", "Write the rota", "Third",
    ]  # fmt: skip
    assert {one.week for one in WeekPromise.objects.all()} == {date(2026, 11, 2)}
    assert "was it kept?" not in week(browser, running)
    time_machine.move_to(datetime(2026, 11, 10, 9, tzinfo=UTC), tick=False)
    browser = client_of(boss)
    page = week(browser, running)
    assert "was it kept?" in page and page.count('name="text"') == 3
    first, *_ = WeekPromise.objects.order_by("id")
    browser.post(reverse("promise_tick", args=[first.pk]), {"kept": "yes"})
    assert WeekPromise.objects.get(pk=first.pk).is_kept is True
    assert "In the last weeks 1 of 1 were kept." in week(browser, running)


def test_a_draft_takes_no_promises_and_a_viewer_makes_none(
    cycle: Cycle, boss: User, person: Callable[..., User]
) -> None:
    at = reverse("week_promises", args=[cycle.pk])
    assert client_of(boss).post(at, {"text": "x"}).status_code == 422
    assert client_of(person(Role.VIEWER)).post(at, {"text": "x"}).status_code == 403
    assert not WeekPromise.objects.exists()


def test_the_agenda_as_markdown_has_no_personal_goal(running: Cycle, boss: User) -> None:
    Objective.objects.create(cycle=running, title="Learn Spanish", level="personal", owner=boss)
    Objective.objects.filter(level="team").update(title="No *customer* [waits](x)")
    response = client_of(boss).get(reverse("week_file", args=[running.pk]))
    assert response["Content-Type"].startswith("text/markdown") and "attachment" in response["Content-Disposition"]
    text = response.content.decode()
    assert "No \\*customer\\* \\[waits\\](x)" in text and "Nobody has said anything yet" in text
    assert "Spanish" not in text and text.startswith("# Q4")


def test_markdown_takes_a_text_for_words() -> None:
    assert plain("# a\n- <b>`c`") == "\\# a - \\<b\\>\\`c\\`"


def test_wins_are_on_the_page_of_the_week(
    running: Cycle, boss: User, key_result: KeyResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client_of(boss)
    assert reverse("week_wins", args=[running.pk]) in week(browser, running)
    at = reverse("week_wins", args=[running.pk])
    assert "Wins of the week" not in browser.get(at).content.decode(), "nothing comes from the records"
    monkeypatch.setattr(
        "otklik.web.goals.views.week_extras.wins_of", lambda _goals: [ToldWin(key_result, "the best of 9 weeks")]
    )
    assert "the best of 9 weeks" in browser.get(at).content.decode()
    assert wins.wins_of(standing.of_cycle(running, boss)) == []


def test_every_two_weeks_a_number_should_be_somewhere(running: Cycle, boss: User, time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 4, 9, tzinfo=UTC), tick=False)
    row = KeyResult.objects.get()
    for day, value in ((date(2026, 10, 12), 0.5), (date(2026, 10, 26), 0.6)):
        CheckIn.objects.create(key_result=row, day=day, value=value)
    (stands,) = standing.of_cycle(running, boss)
    found = marks.marks_of(running, stands.key_results[0])
    assert [one.day for one in found[:2]] == [date(2026, 10, 14), date(2026, 10, 28)] and found[-1].day == running.end
    assert found[0].expected == pytest.approx(0.48 + 0.32 * 13 / 91) and found[-1].expected == 0.8
    assert [(one.value, one.is_behind) for one in found[:3]] == [(0.5, True), (0.6, False), (None, False)]
    assert "Every two weeks" in client_of(boss).get(reverse("objective", args=[stands.row.pk])).content.decode()


def test_how_well_it_was_practised(running: Cycle, boss: User, time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 10, 26, 9, tzinfo=UTC), tick=False)
    assert practice.practice_of(running) == []
    row = KeyResult.objects.get()
    for day in (date(2026, 10, 8), date(2026, 10, 16)):
        CheckIn.objects.create(key_result=row, day=day, confidence=0.5)
    go_on(running, "closing", boss)
    Grade.objects.create(key_result=row, grade=0.65)
    on_time, aimed, coach = practice.practice_of(running)
    assert "2 of 3" in on_time.told and "1 of 1 between 0.60 and 0.70" in aimed.told and "left" in coach.told
    page = client_of(boss).get(reverse("goals_retro", args=[running.pk])).content.decode()
    assert "How well did we practise it?" in page and boss.email not in page.partition("practise")[2]


def test_mistakes_that_are_made_now_stand_in_the_library(running: Cycle, boss: User) -> None:
    Objective.objects.update(title="Launch a chat-bot for all")
    page = client_of(boss).get(reverse("goals_library")).content.decode()
    assert "Mistakes we make now" in page and 'href="#O1"' in page
    assert timedelta(days=marks.DAYS) == timedelta(weeks=2)
