"""Public holidays of a country or region: the package `holidays`, and our production calendar for Russia."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final

from otklik.clock import production_calendar
from otklik.clock.errors import UnknownCountry, ZoneNeeded
from otklik.clock.hours import shortened
from otklik.schemas.calendars import Slot

_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 2045
_MAIN_ZONE: Final = {
    "AR": "America/Argentina/Buenos_Aires", "AU": "Australia/Sydney", "BR": "America/Sao_Paulo",
    "CA": "America/Toronto", "CL": "America/Santiago", "CN": "Asia/Shanghai", "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin", "EC": "America/Guayaquil", "ES": "Europe/Madrid", "ID": "Asia/Jakarta",
    "KZ": "Asia/Almaty", "MN": "Asia/Ulaanbaatar", "MX": "America/Mexico_City", "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland", "PT": "Europe/Lisbon", "RU": "Europe/Moscow", "UA": "Europe/Kyiv",
    "US": "America/New_York", "UZ": "Asia/Tashkent",
}  # fmt: skip
"""The zone most people of a country with several live by; other such countries have to name theirs."""


@dataclass(frozen=True)
class PublicHolidays:
    """What a country or region does on its special days."""

    country: str
    days_off: frozenset[date]
    weekend: frozenset[int]
    known_years: tuple[int, int]
    moved: Mapping[date, date | None] = field(default_factory=dict)
    """Weekend days that are worked, and the day whose hours they have; None = those of any working day."""
    shorter: frozenset[date] = frozenset()
    shorter_by_s: int = 0

    def special_days(self, weekly: Mapping[int, tuple[Slot, ...]]) -> dict[date, tuple[Slot, ...]]:
        """Return the hours of moved and shortened days, given the hours of an ordinary week."""
        working = [weekly[day] for day in range(7) if weekly.get(day) and day not in self.weekend]
        hours: dict[date, tuple[Slot, ...]] = {}
        for day, stands_for in self.moved.items():
            usual = weekly.get(stands_for.weekday(), ()) if stands_for else (working[-1] if working else ())
            hours[day] = usual
        for day in self.shorter:
            hours[day] = shortened(hours.get(day, weekly.get(day.weekday(), ())), self.shorter_by_s)
        return hours


@cache
def public_holidays(code: str) -> PublicHolidays:
    """Return the holidays of 'de', 'DE-BY' or 'ru'; raise UnknownCountry otherwise."""
    country, _, region = code.upper().partition("-")
    if country == "RU" and not region:
        return _russia()
    import holidays

    first, last = _FIRST_YEAR, _LAST_YEAR
    try:
        known = holidays.country_holidays(country, subdiv=region or None, years=range(first, last + 1))
    except NotImplementedError:
        raise UnknownCountry(country=code) from None
    return PublicHolidays(
        country=code.upper(),
        days_off=frozenset(known),
        weekend=frozenset(known.weekend),
        known_years=(max(first, known.start_year), min(last, known.end_year)),
        moved=dict.fromkeys(known.weekend_workdays),
    )


def zone_of_country(code: str) -> str:
    """Return the IANA zone most people of a country live by; raise ZoneNeeded where that is a matter of choice."""
    country = code.upper().partition("-")[0]
    if country in _MAIN_ZONE:
        return _MAIN_ZONE[country]
    zones = _zones_by_country().get(country, [])
    if len(zones) == 1:
        return zones[0]
    if not zones:
        raise UnknownCountry(country=code)
    raise ZoneNeeded(country=code, zones=zones[0])


@cache
def _zones_by_country() -> dict[str, list[str]]:
    from importlib.resources import files

    rows = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines()
    found: dict[str, list[str]] = {}
    for row in rows:
        if not row.startswith("#"):
            country, _, zone_name, *_ = row.split("\t")
            found.setdefault(country, []).append(zone_name)
    return found


def _russia() -> PublicHolidays:
    return PublicHolidays(
        country="RU",
        days_off=production_calendar.days_off(),
        weekend=frozenset({5, 6}),
        known_years=(production_calendar.FIRST_YEAR, production_calendar.LAST_YEAR),
        moved=production_calendar.working_weekends(),
        shorter=production_calendar.shorter_days(),
        shorter_by_s=production_calendar.SHORTER_BY_S,
    )
