"""The days of a cycle, and the calendar that programs read: every day once, texts of people as text."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals.dates import Occasion, calendar_of, check_in_days, of_person
from otklik.web.goals.models import Cycle, Feed, KeyResult, Objective


@pytest.fixture(autouse=True)
def _monday(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)


def read(content: bytes) -> list[dict[str, Any]]:
    calendar = Calendar.from_ical(content)
    return [
        {"uid": str(one["uid"]), "day": one["dtstart"].dt, "end": one["dtend"].dt, "title": str(one["summary"])}
        for one in calendar.walk("VEVENT")
    ]


def test_check_ins_come_in_their_rhythm(cycle: Cycle) -> None:
    days = check_in_days(cycle)
    assert (days[0], len(days)) == (date(2026, 10, 8), 13)
    assert all(b - a == timedelta(days=7) for a, b in pairwise(days))
    assert days[-1] <= cycle.end
    cycle.check_in_days = 400
    assert check_in_days(cycle) == []


def test_the_calendar_holds_every_day_and_one_s_own_due_days(
    cycle: Cycle, objective: Objective, boss: User, person: Callable[..., User], goal: Callable[..., Objective]
) -> None:
    cycle.mid_review, cycle.closing_from = date(2026, 11, 12), date(2026, 12, 25)
    cycle.save()
    member = person(Role.MEMBER)
    goal("Learn Spanish", level="personal", owner=member)
    KeyResult.objects.update(due=date(2026, 12, 1))
    titles = [one["title"] for one in read(calendar_of(of_person(boss), "Goals"))]
    assert {"Q4 begins", "Mid-cycle review: Q4", "Grading begins: Q4", "Last day of Q4"} < set(titles)
    (retro,) = [one for one in read(calendar_of(of_person(boss), "Goals")) if one["title"] == "Retrospective: Q4"]
    assert retro["day"] == date(2027, 1, 7), "a week after the last day"
    assert titles.count("Check-in: Q4") == 13
    assert len([title for title in titles if title.startswith("Due:")]) == 1
    assert any("Learn Spanish" in one.title for one in of_person(member))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=120))
def test_titles_of_people_stay_titles(title: str) -> None:
    cycle = Cycle(pk=1, title=title, start=date(2026, 10, 1), end=date(2026, 12, 31))
    content = calendar_of([Occasion("last", cycle.end, cycle)], title)
    (found,) = read(content)
    assert found["day"] == date(2026, 12, 31)
    assert found["end"] == date(2027, 1, 1)
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert sum(line.startswith(b"BEGIN:VEVENT") for line in lines) == 1


def test_the_same_day_has_the_same_name_at_every_reading(cycle: Cycle, objective: Objective, boss: User) -> None:
    first, again = (sorted(one["uid"] for one in read(calendar_of(of_person(boss), "G"))) for _ in range(2))
    assert first == again and len(set(first)) == len(first)


def test_a_link_opens_without_a_session_and_only_while_it_holds(cycle: Cycle, objective: Objective, boss: User) -> None:
    client = Client()
    client.force_login(boss)
    page = client.post(reverse("goals_dates")).content.decode()
    address = page.split('id="feed" class="secret" value="')[1].split('"')[0]
    path = address.removeprefix("http://127.0.0.1:8000")
    response = Client().get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in response["Cache-Control"] and response["Referrer-Policy"] == "no-referrer"
    assert len(read(response.content)) == 17, "of a draft also when to draft it"
    assert address not in client.get(reverse("goals_dates")).content.decode()
    client.post(reverse("goals_dates"))
    assert Client().get(path).status_code == 404
    assert Feed.objects.count() == 1


def test_a_closed_cycle_is_no_longer_in_the_calendar(closed: Cycle, boss: User) -> None:
    assert of_person(boss) == []
