from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from otklik.base.text import Words
from otklik.charts.formats import YEAR, Formats

EN, RU = Formats(Words("en")), Formats(Words("ru"))
DAY = 86_400


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("seconds", "english", "russian"), [
    (0, "0 s", "0 с"),
    (45, "45 s", "45 с"),
    (59.7, "1 min", "1 мин"),
    (270, "4 min 30 s", "4 мин 30 с"),
    (900, "15 min", "15 мин"),
    (3599, "1 h", "1 ч"),
    (8100, "2 h 15 min", "2 ч 15 мин"),
    (DAY - 10, "1 day", "1 день"),
    (DAY, "1 day", "1 день"),
    (3 * DAY + 4 * 3600, "3 days 4 h", "3 дня 4 ч"),
    (21 * DAY, "21 days", "21 день"),
    (430 * DAY, "430 days", "430 дней"),
    (913 * DAY, "2.5 years", "2,5 года"),
    (5 * 365.25 * DAY, "5 years", "5 лет"),
])  # fmt: skip
def test_a_length_of_time_in_two_units_at_most(seconds: float, english: str, russian: str):
    assert plain(EN.duration(seconds)) == english
    assert plain(RU.duration(seconds)) == russian


def test_working_time_is_never_told_in_days():
    assert plain(EN.working(26 * 3600 + 600)) == "26 h 10 min"
    assert plain(RU.working(1250 * 3600)) == "1 250 ч"


def test_brief_lengths_fit_any_case_of_russian():
    assert plain(RU.brief(3 * DAY + 4 * 3600)) == "3 дн. 4 ч"


@pytest.mark.parametrize(("seconds", "english"), [(60, "1 min"), (14_400, "4 h"), (DAY, "1 d"), (604_800, "1 wk"),
                                                  (30 * DAY, "1 mo"), (5, "5 s"), (365 * DAY, "1 y")])  # fmt: skip
def test_ticks_are_in_one_unit(seconds: float, english: str):
    assert plain(EN.tick(seconds)) == english


@pytest.mark.parametrize(("share", "english", "russian"), [
    (0.614, "61%", "61 %"), (0.0, "0%", "0 %"), (1.0, "100%", "100 %"), (0.004, "0.4%", "0,4 %"),
    (0.996, "99.6%", "99,6 %"), (0.00001, "< 0.1%", "< 0,1 %"), (0.99999, "> 99.9%", "> 99,9 %"),
])  # fmt: skip
def test_a_share_is_never_rounded_to_all_or_none(share: float, english: str, russian: str):
    assert plain(EN.share(share)) == english
    assert plain(RU.share(share)) == russian


def test_dates_and_numbers_in_the_manner_of_the_language():
    at = datetime(2025, 3, 12, 22, 5, tzinfo=UTC)
    moscow = ZoneInfo("Europe/Moscow")
    assert plain(EN.day(at)) == "12 March 2025" and plain(RU.day(at)) == "12 марта 2025"
    assert plain(EN.moment(at, moscow)) == "13 Mar 2025, 01:05"
    assert plain(EN.short_day(at)) == "12 Mar" and EN.clock_time(at, moscow) == "01:05"
    assert plain(EN.month(at)) == "Mar 2025"
    assert EN.number(5000) == "5,000" and plain(RU.number(5000)) == "5 000" and RU.number(2.25, 1) in ("2,2", "2,3")
    assert EN.weekday(0, short=False) == "Monday" and RU.weekday(6) == "вс"


def test_years_are_abbreviated_in_tight_places_for_they_follow_prepositions():
    assert [RU.brief(years * YEAR).replace("\u00a0", " ") for years in (2.1, 3)] == ["2,1 г.", "3 г."]


def test_one_day_is_said_once():
    at = datetime(2025, 3, 3, 10, tzinfo=UTC)
    assert EN.days(at, at.replace(hour=12)).replace("\u00a0", " ") == "3 March 2025"
    assert EN.days(at, at.replace(day=4)).replace("\u00a0", " ") == "3 March 2025 – 4 March 2025"
