"""The Russian production calendar: public holidays, moved days off, working Saturdays, shortened days.

Public holidays are those of article 112 of the Labour Code; a day before one is an hour shorter (article 95), and a
moved working day is as long as the day it stands for. Which days off were moved is decided by the government every
year: the decisions below are those in the package `holidays` (which names the documents), checked against the
yearly norms of working days and hours; 2014-03-10 and the date of 2014-02-24 are ours, the package lacks them.
Non-working days of 2020 and 2021 (epidemic, parade, vote) and regional holidays are not in it.
"""

from datetime import date, timedelta
from typing import Final

FIRST_YEAR: Final = 2005
LAST_YEAR: Final = 2027
SHORTER_BY_S: Final = 3600

_ONE_DAY: Final = timedelta(days=1)
_SINCE_2005: Final = "01-01 01-02 01-03 01-04 01-05 01-07 02-23 03-08 05-01 05-09 06-12 11-04"
_SINCE_2013: Final = _SINCE_2005 + " 01-06 01-08"

_MOVED: Final = {
    2005: "03-07<03-05 05-10<05-14",
    2006: "02-24<02-26 05-08<05-06",
    2007: "04-30<04-28 06-11<06-09 12-31<12-29",
    2008: "05-02<05-04 06-13<06-07 11-03<11-01",
    2009: "01-09<01-11",
    2010: "02-22<02-27 11-05<11-13",
    2011: "03-07<03-05",
    2012: "03-09<03-11 04-30<04-28 05-07<05-05 05-08<05-12 06-11<06-09 12-31<12-29",
    2013: "05-02<01-05 05-03<01-06 05-10<02-25",
    2014: "05-02<01-04 06-13<01-05 11-03<02-24",
    2015: "01-09<01-03 05-04<01-04",
    2016: "02-22<02-20 03-07<01-02 05-03<01-03",
    2017: "02-24<01-01 05-08<01-07",
    2018: "03-09<01-06 04-30<04-28 05-02<01-07 06-11<06-09 12-31<12-29",
    2019: "05-02<01-05 05-03<01-06 05-10<02-23",
    2020: "05-04<01-04 05-05<01-05",
    2021: "11-05<01-02 02-22<02-20 12-31<01-03",
    2022: "03-07<03-05 05-03<01-01 05-10<01-02",
    2023: "02-24<01-01 05-08<01-08",
    2024: "04-29<04-27 04-30<11-02 05-10<01-06 12-30<12-28 12-31<01-07",
    2025: "05-02<01-04 05-08<02-23 06-13<03-08 11-03<11-01 12-31<01-05",
    2026: "01-09<01-03 12-31<01-04",
    2027: "02-22<02-20 11-05<01-02 12-31<01-03",
}
"""Day off < the day it was taken from; that day is worked unless it is a public holiday itself."""

_EXTRA: Final = {
    2005: "01-06 01-10 05-02 06-13",
    2006: "01-06 01-09 11-06",
    2007: "01-08 11-05",
    2008: "01-08 02-25 03-10",
    2009: "01-06 01-08 03-09 05-11",
    2010: "01-06 01-08 05-03 05-10 06-14",
    2011: "01-06 01-10 05-02 06-13",
    2012: "01-06 01-09 11-05",
    2014: "03-10",
    2015: "03-09 05-11",
    2016: "05-02 06-13",
    2017: "11-06",
    2018: "11-05",
    2020: "02-24 03-09 05-11",
    2021: "05-03 05-10 06-14",
    2022: "05-02 06-13",
    2023: "11-06",
    2026: "03-09 05-11",
    2027: "05-03 05-10 06-14",
}
"""Days off for a holiday that fell on a weekend, where the government did not move it elsewhere."""


def days_off() -> frozenset[date]:
    """Return every public holiday and moved day off of the known years; ordinary weekends are not among them."""
    moved = {day for pairs in _moved().values() for day, _ in pairs}
    extra = {_day(year, text) for year, days in _EXTRA.items() for text in days.split()}
    return frozenset(moved | extra | _public_holidays())


def working_weekends() -> dict[date, date]:
    """Return each weekend day (or freed Monday) that was worked, and the day whose work it took over."""
    public = _public_holidays()
    return {origin: day for pairs in _moved().values() for day, origin in pairs if origin not in public}


def shorter_days() -> frozenset[date]:
    """Return the working days that end an hour earlier: before a public holiday, or standing for such a day."""
    public, off, stands_for = _public_holidays(), days_off(), working_weekends()
    eves = {day - _ONE_DAY for day in public}
    ordinary = {day for day in eves if day.weekday() < 5 and day not in off and day not in stands_for}
    return frozenset(ordinary | {day for day, original in stands_for.items() if original in eves})


def _public_holidays() -> set[date]:
    years = range(FIRST_YEAR, LAST_YEAR + 2)
    return {_day(year, text) for year in years for text in (_SINCE_2013 if year >= 2013 else _SINCE_2005).split()}


def _moved() -> dict[int, list[tuple[date, date]]]:
    return {
        year: [(_day(year, off), _day(year, origin)) for off, origin in (pair.split("<") for pair in pairs.split())]
        for year, pairs in _MOVED.items()
    }


def _day(year: int, text: str) -> date:
    return date.fromisoformat(f"{year}-{text}")
