from pathlib import Path

import pytest

from otklik.clock.calendar_file import parse_calendars
from otklik.scenarios.habits import CATEGORIES, CHANNELS, COMPANY_CALENDARS, PRIORITIES, SEGMENTS, TEAMS


def test_shares_are_shares() -> None:
    for shares in (
        [channel.share for channel in CHANNELS],
        [share for share, _, _ in CATEGORIES.values()],
        list(PRIORITIES.values()),
        list(SEGMENTS.values()),
    ):
        assert sum(shares) == pytest.approx(1)


def test_every_team_has_its_calendar_in_two_zones() -> None:
    book = parse_calendars(COMPANY_CALENDARS, "company", Path())
    assert {team.calendar for team in TEAMS} <= set(book.versions)
    assert {book.versions[team.calendar][0].time_zone for team in TEAMS} == {"Europe/Moscow", "Asia/Yekaterinburg"}
    assert book.team_calendars["Technical"] == "ural"


def test_requests_are_handed_to_teams_that_exist() -> None:
    assert {owner for _, owner, _ in CATEGORIES.values()} <= {team.name for team in TEAMS}
