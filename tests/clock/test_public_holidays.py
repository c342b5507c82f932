from datetime import date

import pytest

from otklik.clock.errors import UnknownCountry, ZoneNeeded
from otklik.clock.public_holidays import PublicHolidays, public_holidays, zone_of_country

OFFICE = dict.fromkeys(range(5), ((9 * 3600, 18 * 3600),))


def test_a_country_and_its_regions():
    assert date(2025, 10, 3) in public_holidays("de").days_off
    assert date(2025, 1, 6) not in public_holidays("de").days_off
    assert date(2025, 1, 6) in public_holidays("DE-BY").days_off


def test_russia_goes_by_the_production_calendar():
    russia = public_holidays("ru")
    hours = russia.special_days(OFFICE)
    assert hours[date(2024, 4, 27)] == ((9 * 3600, 18 * 3600),)
    assert hours[date(2025, 11, 1)] == hours[date(2025, 3, 7)] == ((9 * 3600, 17 * 3600),)
    assert russia.known_years == (2005, 2027)


def test_a_working_weekend_elsewhere_has_the_hours_of_a_working_day():
    china = public_holidays("cn")
    moved = min(china.moved)
    assert china.special_days(OFFICE)[moved] == OFFICE[4]


def test_a_working_weekend_of_somebody_who_never_works():
    odd = PublicHolidays("XX", frozenset(), frozenset({5, 6}), (2000, 2001), moved={date(2000, 1, 1): None})
    assert odd.special_days({}) == {date(2000, 1, 1): ()}


@pytest.mark.parametrize("code", ["xx", "DE-ZZ"])
def test_a_country_nobody_knows(code):
    with pytest.raises(UnknownCountry):
        public_holidays(code)


def test_the_zone_of_a_country():
    assert zone_of_country("kg") == "Asia/Bishkek"
    assert zone_of_country("us") == "America/New_York"
    with pytest.raises(ZoneNeeded):
        zone_of_country("fm")
    with pytest.raises(UnknownCountry):
        zone_of_country("xx")
