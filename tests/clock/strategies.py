"""Random calendars around the days on which zones did something odd."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from otklik.schemas.calendars import Calendar

ODD_DAYS = {
    "Europe/Moscow": [date(2011, 3, 27), date(2014, 10, 26), date(2010, 10, 31)],
    "America/Sao_Paulo": [date(2018, 11, 4), date(2018, 2, 18)],
    "Australia/Lord_Howe": [date(2024, 4, 7), date(2024, 10, 6)],
    "Asia/Kathmandu": [date(1986, 1, 1), date(2024, 5, 5)],
    "Pacific/Apia": [date(2011, 12, 30), date(2012, 4, 1)],
    "America/Havana": [date(2023, 11, 5), date(2023, 3, 12)],
    "Europe/Berlin": [date(2024, 3, 31), date(2024, 10, 27)],
    "Africa/Casablanca": [date(2024, 3, 10), date(2024, 4, 14)],
    "Asia/Pyongyang": [date(2015, 8, 15), date(2018, 5, 5)],
    "UTC": [date(2024, 2, 29)],
}
REACH = timedelta(days=4)


@st.composite
def slots(draw, most=3):
    edges = draw(st.lists(st.integers(0, 95), min_size=0, max_size=2 * most, unique=True))
    edges = sorted(edges)[: len(edges) // 2 * 2]
    day = [(start * 900, end * 900) for start, end in zip(edges[0::2], edges[1::2], strict=True)]
    if len(edges) > 2 and draw(st.booleans()):
        day[-1] = (day[-1][0], edges[0] * 900)
    return tuple(day) if day or draw(st.booleans()) else ((0, 86_400),)


@st.composite
def calendars(draw, zone=None, middle=None, valid_from=None):
    zone = zone or draw(st.sampled_from(sorted(ODD_DAYS)))
    middle = middle or draw(st.sampled_from(ODD_DAYS[zone]))
    days = st.integers(-4, 4).map(lambda n: middle + timedelta(days=n))
    return Calendar(
        id="c",
        time_zone=zone,
        weekly=draw(st.dictionaries(st.integers(0, 6), slots(), min_size=3)),
        holidays=frozenset(draw(st.lists(days, max_size=2))),
        special_days=draw(st.dictionaries(days, slots(), max_size=2)),
        breaks=draw(st.dictionaries(days, slots(1), max_size=2)),
        yearly_days=draw(st.dictionaries(days.map(lambda d: f"{d:%m-%d}"), slots(), max_size=1)),
        valid_from=valid_from,
    )


@st.composite
def versioned(draw):
    """Versions of one calendar and the day in the middle of the range to ask about."""
    zone = draw(st.sampled_from(sorted(ODD_DAYS)))
    middle = draw(st.sampled_from(ODD_DAYS[zone]))
    versions = [draw(calendars(zone, middle))]
    if draw(st.booleans()):
        other = draw(st.sampled_from([zone, "Asia/Tokyo"]))
        later = middle + timedelta(days=draw(st.integers(-2, 2)))
        versions.append(draw(calendars(other, middle, later)))
    return tuple(versions), middle


def instants(middle):
    """Instants near a day: on the minute often, to the microsecond sometimes."""
    start = datetime(middle.year, middle.month, middle.day, tzinfo=UTC) - REACH
    minutes = st.integers(0, 2 * 4 * 1440 - 1).map(lambda n: start + timedelta(minutes=n))
    return st.one_of(
        minutes, st.builds(lambda at, us: at + timedelta(microseconds=us), minutes, st.integers(0, 59_999_999))
    )
