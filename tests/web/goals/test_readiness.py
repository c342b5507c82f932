"""Before a first cycle a company sees what is there, and what had better come first."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from otklik.web.access import Role
from otklik.web.accounts.models import User
from otklik.web.goals import readiness
from otklik.web.goals.readiness import checks


@pytest.fixture(autouse=True)
def day_after_the_last_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "today", lambda: date(2026, 11, 1))


def test_without_records_there_is_nothing_to_say(boss: User) -> None:
    assert checks() == []


@pytest.mark.usefixtures("measured_log")
def test_what_is_there_and_what_is_not(boss: User, person: Callable[..., User]) -> None:
    found = {one.said: one.is_there for one in checks()}
    assert found == {
        "The newest record is 1 day old.": True,
        "There are 900 requests of 12 weeks.": True,
        "0\u00a0% of the records could not be used.": True,
        "No working hours are set: nights and holidays count as waits.": False,
        "1 person can have goals.": False,
    }
    person(Role.MEMBER)
    person(Role.VIEWER)
    assert checks()[-1].said == "2 people can have goals." and checks()[-1].is_there


@pytest.mark.usefixtures("measured_log")
def test_old_records_are_told(boss: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "today", lambda: date(2026, 11, 10))
    assert checks()[0].said == "The newest record is 10 days old." and not checks()[0].is_there


def test_the_page_leads_to_where_it_is_put_right(client: Client, boss: User, measured_log: Path) -> None:
    client.force_login(boss)
    page = client.get(reverse("goals_first")).content.decode()
    assert "Are you ready?" in page
    assert f'<a href="{reverse("calendars")}">Put it right</a>' in page
    assert f'<a href="{reverse("sources")}">Put it right</a>' not in page
