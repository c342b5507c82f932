"""Numbers, shares, dates and lengths of time as people of one language write them."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from otklik.base.text import N_, Words

if TYPE_CHECKING:
    from babel import Locale

MINUTE, HOUR, DAY, WEEK = 60, 3600, 86_400, 604_800
YEAR = 365.25 * DAY
_LONG_DAYS = 14
"""From here on hours no longer matter to a reader."""
_TICKS = (
    (365 * DAY, N_("%(n)s y")),
    (30 * DAY, N_("%(n)s mo")),
    (WEEK, N_("%(n)s wk")),
    (DAY, N_("%(n)s d")),
    (HOUR, N_("%(n)s h")),
    (MINUTE, N_("%(n)s min")),
)


class Figure(str):
    """A number in words that carries the sentence: printed bold where that is possible."""

    __slots__ = ()


class Formats:
    """How one language writes figures."""

    def __init__(self, words: Words) -> None:
        self.words = words

    @cached_property
    def locale(self) -> "Locale":
        """The babel locale of the language."""
        from babel import Locale

        return Locale.parse(self.words.language)

    def number(self, n: float, digits: int = 0) -> str:
        """5,000 or 5 000; with up to `digits` decimals."""
        from babel.numbers import format_decimal

        return str(format_decimal(round(n, digits), format=f"#,##0.{'#' * digits}", locale=self.locale))

    def mean(self, n: float) -> str:
        """Write a mean with the decimals that still say something: 1,240.5, 12.3, 0.045."""
        return self.number(n, 1 if n >= 1 else 3)

    def share(self, share: float) -> Figure:
        """A share 0..1 as a percentage: whole, with one decimal near the ends where whole ones would lie."""
        from babel.numbers import format_percent

        whole = str(self.locale.percent_formats[None].pattern)
        finer = whole.replace("##0", "##0.#")
        if share <= 0.0 or share >= 1.0 or 0.01 <= share <= 0.99:
            return Figure(format_percent(share, format=whole, locale=self.locale))
        nearest = min(max(share, 0.001), 0.999)
        text = format_percent(nearest, format=finer, locale=self.locale)
        return Figure(text if nearest == share else f"{'<' if share < 0.5 else '>'}\u00a0{text}")

    def day(self, at: datetime, zone: tzinfo | None = None) -> str:
        """12 March 2025."""
        from babel.dates import format_date

        return str(format_date(_local(at, zone), "d MMMM y", locale=self.locale)).replace(" ", "\u00a0")

    def days(self, first: datetime, last: datetime, zone: tzinfo | None = None) -> str:
        """12 March 2025 – 3 April 2025; one day alone is said once."""
        start, end = self.day(first, zone), self.day(last, zone)
        return start if start == end else f"{start} – {end}"

    def short_day(self, at: datetime, zone: tzinfo | None = None, *, year: bool = False) -> str:
        """12 Mar, or 12 Mar 2025."""
        from babel.dates import format_date

        pattern = "d MMM y" if year else "d MMM"
        return str(format_date(_local(at, zone), pattern, locale=self.locale)).replace(" ", "\u00a0")

    def moment(self, at: datetime, zone: tzinfo | None = None) -> str:
        """12 Mar 2025, 14:05."""
        local = _local(at, zone)
        return f"{self.short_day(local, year=True)}, {local:%H:%M}"

    def clock_time(self, at: datetime, zone: tzinfo | None = None) -> str:
        """14:05."""
        return f"{_local(at, zone):%H:%M}"

    def month(self, at: datetime, zone: tzinfo | None = None) -> str:
        """Mar 2025."""
        from babel.dates import format_date

        return str(format_date(_local(at, zone), "LLL y", locale=self.locale))

    def weekday(self, day: int, *, short: bool = True) -> str:
        """Name of a weekday, 0 = Monday."""
        style = "abbreviated" if short else "wide"
        return str(self.locale.days["stand-alone"][style][day])

    def duration(self, seconds: float) -> Figure:
        """A length of time in two units at most: 45 s, 4 min 30 s, 2 h 15 min, 3 days 4 h, 17 days."""
        return Figure(self._length(seconds, self._days, self._years))

    def brief(self, seconds: float) -> str:
        """The same with abbreviations only, for axes and tight places: 3 d 4 h."""
        return self._length(seconds, self._brief_days, self._brief_years)

    def working(self, seconds: float) -> Figure:
        """Working time: never in days, for a working day has no fixed length."""
        return Figure(self._hours(seconds))

    def tick(self, seconds: float) -> str:
        """A round length on an axis, in one unit: 15 min, 4 h, 1 wk."""
        for size, text in _TICKS:
            if seconds >= size and seconds % size == 0:
                return _tied(self.words.say(text, n=self.number(seconds / size)))
        return _tied(self.words.say("%(n)s s", n=self.number(seconds, 1)))

    def _length(self, seconds: float, days_text: Callable[[int], str], years_text: Callable[[float], str]) -> str:
        if seconds < DAY - HOUR / 120:
            return self._hours(seconds)
        if seconds < _LONG_DAYS * DAY:
            days, hours = divmod(round(seconds / HOUR), 24)
            rest = self.words.say("%(n)s h", n=hours) if hours else ""
            return _tied(f"{days_text(days)} {rest}".strip())
        if seconds < 2 * YEAR:
            return _tied(days_text(round(seconds / DAY)))
        return _tied(years_text(seconds / YEAR))

    def _hours(self, seconds: float) -> str:
        say = self.words.say
        if seconds < MINUTE - 0.5:
            return _tied(say("%(n)s s", n=self.number(seconds)))
        if seconds < 10 * MINUTE - 0.5:
            minutes, rest = divmod(round(seconds), MINUTE)
            return _tied(f"{say('%(n)s min', n=minutes)} {say('%(n)s s', n=rest) if rest else ''}".strip())
        if seconds < HOUR - 30:
            return _tied(say("%(n)s min", n=round(seconds / MINUTE)))
        if seconds >= 100 * HOUR:
            return _tied(say("%(n)s h", n=self.number(seconds / HOUR)))
        hours, minutes = divmod(round(seconds / MINUTE), 60)
        return _tied(f"{say('%(n)s h', n=hours)} {say('%(n)s min', n=minutes) if minutes else ''}".strip())

    def _days(self, days: int) -> str:
        return self.words.count("%(n)s day", "%(n)s days", days, n=self.number(days))

    def _brief_days(self, days: int) -> str:
        return self.words.say("%(n)s d", n=self.number(days))

    def _brief_years(self, years: float) -> str:
        return self.words.say("%(n)s y", n=self.number(years, 1))

    def _years(self, years: float) -> str:
        shown = round(years, 1)
        plural_of = int(shown) if shown.is_integer() else 2
        return self.words.count("%(n)s year", "%(n)s years", plural_of, n=self.number(shown, 1))


def _tied(text: str) -> str:
    """Keep a number and its unit on one line."""
    return text.replace(" ", "\u00a0")


def _local(at: datetime, zone: tzinfo | None) -> datetime:
    return at.astimezone(zone) if zone else at
