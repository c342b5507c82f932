"""How the simulated company works: its channels, teams, hours, and what happened to it in its year. All made up."""

from dataclasses import dataclass
from datetime import date
from typing import Final

FIRST_DAY: Final = date(2025, 7, 1)
LAST_DAY: Final = date(2026, 6, 30)
OUTAGE: Final = (date(2026, 2, 10), date(2026, 2, 13))
"""The order system was down: three times the requests, four times the wait."""
BETTER_FROM: Final = date(2026, 3, 16)
"""A second evening shift and answer templates: replies by e-mail and form take about half the time."""


@dataclass(frozen=True)
class ChannelHabit:
    """One channel: its share of requests, typical open seconds to the first reply, whether machines greet there."""

    name: str
    share: float
    reply_s: float
    spread: float
    greeting: str | None
    gives_up: float
    improves: float


CHANNELS: Final = (
    ChannelHabit("email", 0.34, 5400, 1.15, "rule", 0.010, 0.50),
    ChannelHabit("chat", 0.24, 150, 1.00, "bot", 0.070, 0.90),
    ChannelHabit("messenger", 0.18, 1500, 1.10, None, 0.030, 0.85),
    ChannelHabit("phone", 0.14, 55, 0.80, None, 0.090, 1.00),
    ChannelHabit("form", 0.10, 7200, 1.20, "rule", 0.015, 0.50),
)


@dataclass(frozen=True)
class TeamHabit:
    """One team: its calendar, people, and how long a piece of its work takes in open seconds."""

    name: str
    calendar: str
    people: int
    work_s: float


TEAMS: Final = (
    TeamHabit("First line", "first-line", 14, 1500),
    TeamHabit("Orders", "office", 6, 5400),
    TeamHabit("Technical", "ural", 7, 14400),
    TeamHabit("Returns", "office", 4, 21600),
)

CATEGORIES: Final = {
    # category: share, where it ends up when the first line hands it on, chance of handing on
    "Delivery": (0.31, "Orders", 0.22),
    "Order": (0.24, "Orders", 0.18),
    "Product question": (0.20, "Technical", 0.12),
    "Fault": (0.14, "Technical", 0.62),
    "Return": (0.11, "Returns", 0.70),
}
PRIORITIES: Final = {"low": 0.22, "normal": 0.60, "high": 0.14, "urgent": 0.04}
SEGMENTS: Final = {"new": 0.38, "regular": 0.52, "business": 0.10}

COMPANY_CALENDARS: Final = """\
# Working hours of the simulated company: two zones, the Russian production calendar.
default = "first-line"

[calendars.first-line]
name = "First line, every day"
time_zone = "Europe/Moscow"
weekly = { mon-fri = ["09:00-21:00"], sat-sun = ["10:00-18:00"] }
holidays = [2026-01-01, 2026-01-02]

[calendars.office]
name = "Office in Moscow"
time_zone = "Europe/Moscow"
country = "RU"
weekly = { mon-fri = ["09:00-13:00", "14:00-18:00"] }

[calendars.ural]
name = "Technical support in Yekaterinburg"
time_zone = "Asia/Yekaterinburg"
country = "RU"
weekly = { mon-fri = ["09:00-18:00"] }

[teams]
"First line" = "first-line"
"Orders" = "office"
"Technical" = "ural"
"Returns" = "office"
"""
