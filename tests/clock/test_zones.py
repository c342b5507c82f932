from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from otklik.clock.errors import UnknownTimeZone
from otklik.clock.zones import LocalTime, local_to_utc, zone


def seconds(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def reached(name, wall):
    at = seconds(wall)
    return datetime.fromtimestamp(int(LocalTime(name, at, at).reached(np.array([at]))[0]), UTC).isoformat()[:19]


@pytest.mark.parametrize(
    ("name", "wall", "utc"),
    [
        ("Europe/Moscow", "2011-03-26T09:00:00", "2011-03-26T06:00:00"),
        ("Europe/Moscow", "2011-03-28T09:00:00", "2011-03-28T05:00:00"),
        ("Europe/Moscow", "2014-10-27T09:00:00", "2014-10-27T06:00:00"),
        ("Europe/Berlin", "2024-10-27T02:30:00", "2024-10-27T00:30:00"),
        ("Europe/Berlin", "2024-03-31T02:30:00", "2024-03-31T01:00:00"),
        ("America/Sao_Paulo", "2018-11-04T00:30:00", "2018-11-04T03:00:00"),
        ("Australia/Lord_Howe", "2024-10-06T02:15:00", "2024-10-05T15:30:00"),
        ("Australia/Lord_Howe", "2024-04-07T01:45:00", "2024-04-06T14:45:00"),
        ("Asia/Kathmandu", "1986-01-01T00:10:00", "1985-12-31T18:30:00"),
        ("Asia/Kathmandu", "2024-01-01T12:00:00", "2024-01-01T06:15:00"),
        ("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T10:00:00"),
    ],
)
def test_the_first_instant_at_which_the_clock_shows_it(name, wall, utc):
    assert reached(name, wall) == utc


@pytest.mark.parametrize("name", ["Europe/Moscow", "America/New_York", "Asia/Kathmandu", "Africa/Casablanca"])
def test_the_wall_clock_is_the_one_of_the_zone_database(name):
    start = seconds("2009-01-01")
    local = LocalTime(name, start, start + 9 * 366 * 86_400)
    for at in range(start, start + 9 * 365 * 86_400, 3_456_789):
        shown = datetime.fromtimestamp(at, ZoneInfo(name)).replace(tzinfo=UTC)
        assert local.wall(at) == local.walls(np.array([at]))[0] == int(shown.timestamp())


def test_a_time_shown_twice_names_its_first_occurrence():
    named = local_to_utc(datetime.fromisoformat("2014-11-02T01:30"), "America/Los_Angeles")
    assert named == datetime(2014, 11, 2, 8, 30, tzinfo=UTC)


def test_a_time_never_shown_is_moved_on_by_the_gap():
    named = local_to_utc(datetime.fromisoformat("2014-03-09T02:30"), "America/Los_Angeles")
    assert named == datetime(2014, 3, 9, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize("name", ["Europe/Nowhere", "", "../etc/passwd", "Moscow time"])
def test_a_zone_nobody_knows_is_named(name):
    with pytest.raises(UnknownTimeZone):
        zone(name)
