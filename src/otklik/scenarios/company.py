"""A simulated company: one year of requests with everything a real desk has. Made up, seeded, and it says so."""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from otklik.clock import BusinessClock
from otklik.clock.calendar_file import parse_calendars
from otklik.scenarios.habits import (
    BETTER_FROM,
    CATEGORIES,
    CHANNELS,
    COMPANY_CALENDARS,
    FIRST_DAY,
    LAST_DAY,
    OUTAGE,
    PRIORITIES,
    SEGMENTS,
    TEAMS,
    ChannelHabit,
    TeamHabit,
)
from otklik.scenarios.life import Desk, Row, instant_text, live_request

REQUESTS: Final = 50_000
OPEN_AT_THE_END: Final = 300
COLUMNS: Final = (
    "request", "at", "kind", "by", "actor", "team", "assignee", "public", "channel", "status",
    "category", "priority", "segment", "customer", "subject",
)  # fmt: skip
MOSCOW, URAL = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Yekaterinburg")
_DAY_WEIGHT = (1.25, 1.15, 1.05, 1.0, 0.95, 0.55, 0.45)
_NIGHT_AND_DAY = (1, 1, 1, 1, 1, 2, 4, 8, 14, 20, 24, 24, 21, 20, 21, 20, 18, 16, 15, 14, 12, 9, 5, 2)
_OPEN_HOURS = tuple(w if 9 <= hour < 21 else 0 for hour, w in enumerate(_NIGHT_AND_DAY))


@dataclass(frozen=True)
class Company:
    """The simulated year: `rows` in the order of COLUMNS, complete up to `horizon`."""

    rows: list[Row]
    horizon: datetime
    calendars: str = COMPANY_CALENDARS

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write the log as CSV and the calendars as TOML; return both paths."""
        folder.mkdir(parents=True, exist_ok=True)
        log, calendars = folder / "simulated-company.csv", folder / "simulated-company-calendars.toml"
        with log.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            writer.writerows(self.rows)
        calendars.write_text(self.calendars, "utf-8")
        return log, calendars


def simulate_company(requests: int = REQUESTS, seed: int = 2026, still_open: int | None = None) -> Company:
    """Live through the year request by request; the same seed gives the same company.

    `still_open`: how many are open at the end; None = 300 of 50,000, and in proportion.
    """
    if still_open is None:
        still_open = round(requests * OPEN_AT_THE_END / REQUESTS)
    chance = random.Random(seed)
    desk = _desk(chance)
    horizon = datetime.combine(LAST_DAY, time(18), MOSCOW)
    lives = [
        live_request(desk, f"{number:06d}", at, channel, _trait(chance), horizon)
        for number, (at, channel) in enumerate(sorted(_arrivals(chance, requests, horizon), key=_when), 1)
    ]
    kept = _leave_open(chance, lives, horizon, still_open)
    return Company([row for life in kept for row in life], horizon)


def _desk(chance: random.Random) -> Desk:
    book = parse_calendars(COMPANY_CALENDARS, "the simulated company", Path())
    start, end = (datetime.combine(d, time(), MOSCOW) for d in (FIRST_DAY, LAST_DAY + timedelta(days=200)))
    clocks = {team.name: BusinessClock(book.versions[team.calendar], start, end) for team in TEAMS}
    return Desk(chance, clocks, {team.name: team for team in TEAMS}, _load, _gain)


def _load(day: date) -> float:
    """How many times slower the desk is that day: the outage, the weeks before the New Year."""
    if OUTAGE[0] <= day <= OUTAGE[1]:
        return 4.0
    return 1.6 if date(2025, 12, 8) <= day <= date(2025, 12, 28) else 1.0


def _gain(channel: ChannelHabit, day: date) -> float:
    return channel.improves if day >= BETTER_FROM else 1.0


def _arrivals(chance: random.Random, n: int, horizon: datetime) -> Iterator[tuple[datetime, ChannelHabit]]:
    days = [FIRST_DAY + timedelta(days=i) for i in range((LAST_DAY - FIRST_DAY).days + 1)]
    weights = [_busyness(day, i / len(days)) for i, day in enumerate(days)]
    shares = [channel.share for channel in CHANNELS]
    while n:
        day, channel = chance.choices(days, weights)[0], chance.choices(CHANNELS, shares)[0]
        hours = _OPEN_HOURS if channel.name in ("chat", "phone") else _NIGHT_AND_DAY
        zone = MOSCOW if channel.name == "phone" or chance.random() < 0.7 else URAL
        second = chance.choices(range(24), hours)[0] * 3600 + chance.randrange(3600)
        at = datetime.combine(day, time(), zone) + timedelta(seconds=second)
        if at < horizon:
            n -= 1
            yield at, channel


def _busyness(day: date, part_of_year: float) -> float:
    weight = _DAY_WEIGHT[day.weekday()] * (1 + 0.25 * part_of_year)
    if OUTAGE[0] <= day <= OUTAGE[1]:
        weight *= 3
    if date(2025, 12, 8) <= day <= date(2025, 12, 28):
        weight *= 1.35
    if date(2026, 1, 1) <= day <= date(2026, 1, 8):
        weight *= 0.5
    return weight


def _trait(chance: random.Random) -> tuple[str, str, str]:
    category = chance.choices(list(CATEGORIES), [share for share, _, _ in CATEGORIES.values()])[0]
    priority = chance.choices(list(PRIORITIES), list(PRIORITIES.values()))[0]
    return category, priority, chance.choices(list(SEGMENTS), list(SEGMENTS.values()))[0]


def _leave_open(chance: random.Random, lives: list[list[Row]], horizon: datetime, wanted: int) -> list[list[Row]]:
    """Cut what lies beyond the horizon, then forget or finish some so that exactly `wanted` are still open."""
    end = instant_text(horizon)
    lives = [[row for row in life if row[1] <= end] for life in lives]
    is_open = [index for index, life in enumerate(lives) if not _is_over(life)]
    closed = [index for index in range(len(lives) * 4 // 5, len(lives)) if _is_over(lives[index])]
    for index in chance.sample(closed, max(0, wanted - len(is_open))):
        lives[index] = _forgotten(lives[index])
    for index in chance.sample(is_open, max(0, len(is_open) - wanted)):
        lives[index].append(_closing(lives[index], horizon))
    return lives


def _forgotten(life: list[Row]) -> list[Row]:
    """Everything before the first end of the request: nobody came back to it."""
    return life[: next(i for i, row in enumerate(life) if _is_over(life[: i + 1]))]


def _closing(life: list[Row], horizon: datetime) -> Row:
    last = life[-1]
    at = max(last[1], instant_text(horizon - timedelta(minutes=5)))
    return (last[0], at, "status", "agent", "", last[5], last[6], "true", last[8], "resolved", *("",) * 5)


def _is_over(life: list[Row]) -> bool:
    states = [row[9] for row in life if row[9]]
    return states[-1] in ("resolved", "closed") or life[-1][2] in ("cancelled", "deleted", "merged")


def _when(arrival: tuple[datetime, ChannelHabit]) -> datetime:
    return arrival[0]


__all__ = ["COLUMNS", "COMPANY_CALENDARS", "Company", "TeamHabit", "simulate_company"]
