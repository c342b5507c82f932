"""The lines of a WhatsApp export in the spellings of its phones, and the order of day, month and year behind them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

Order = Literal["dmy", "mdy", "ymd"]
LINE_CHARACTERS: Final = 100_000

_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NARROW = re.compile("[\u202f\u00a0\u2009]")
_STAMP = (
    r"(?P<a>\d{1,4})[./\-](?P<b>\d{1,2})[./\-](?P<c>\d{1,4})\.?,?\s+(?:(?:um|at|в)\s+)?"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?\s*(?P<half>[AaPp]\.?\s?[Mm]\.?)?"
)
_LINE = re.compile(rf"(?:\[{_STAMP}\]\s*|{_STAMP.replace('(?P<', '(?P<x')}\s+[-–]\s+)(?P<rest>.*)", re.DOTALL)
_SENDER = re.compile(r"(?P<name>[^:\n]{1,80}): ?(?P<text>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """One message or notice: the numbers of its date as they stand, the time, who and what."""

    row: int
    date: tuple[str, str, str]
    time: tuple[int, int, int]
    sender: str | None
    """None for notices: encryption, somebody joined."""
    text: str
    american: bool = False
    """Slashes and a clock of twelve hours: as phones in the United States write."""

    def moment(self, order: Order) -> datetime:
        """The local time; raises ValueError where there is none."""
        day, month, year = (int(self.date[order.index(letter)]) for letter in "dmy")
        hour, minute, second = self.time
        return datetime(year if year > 99 else 2000 + year, month, day, hour, minute, second)  # noqa: DTZ001


def first_line(text: str) -> Line | None:
    """The first message, or else notice, of a file of which a quarter of the first twenty lines begin one."""
    head = text.splitlines()[:20]
    lines = [line for line in map(read_line, head) if line]
    if not lines or len(lines) * 4 < len(head):
        return None
    return next((line for line in lines if line.sender is not None), lines[0])


def read_line(text: str, row: int = 0) -> Line | None:
    """Read the first line of a message; None for one that continues the message before it."""
    plain = _NARROW.sub(" ", _INVISIBLE.sub("", text[:LINE_CHARACTERS]))
    match = _LINE.match(plain)
    if match is None:
        return None
    parts = match.groupdict()
    stamp = {name: parts[name] if parts["a"] else parts[f"x{name}"] for name in ("a", "b", "c", "hour", "minute")}
    second, half = (parts[name] or parts[f"x{name}"] for name in ("second", "half"))
    hour = int(stamp["hour"])
    if half:
        hour = hour % 12 + (12 if half[0] in "Pp" else 0)
    sender = _SENDER.match(match["rest"])
    who, words = (sender["name"].strip(), sender["text"]) if sender else (None, match["rest"])
    return Line(
        row,
        (stamp["a"], stamp["b"], stamp["c"]),
        (hour, int(stamp["minute"]), int(second or 0)),
        who,
        words,
        bool(half) and "/" in plain[:12],
    )


def read_lines(lines: Iterable[str]) -> Iterator[Line]:
    """Give every message; lines without a date belong to the message before them."""
    current: Line | None = None
    for row, text in enumerate(lines, start=1):
        line = read_line(text.rstrip("\r\n"), row)
        if line is not None:
            if current is not None:
                yield current
            current = line
    if current is not None:
        yield current


def date_order(lines: Sequence[Line]) -> tuple[Order, bool]:
    """The order of the numbers, and whether it was certain: only one fits, or only one lets time go forward.

    A year of two digits in front is believed only where nothing else gives dates.
    """
    if lines and len(lines[0].date[0]) == 4:
        return "ymd", True
    dmy, mdy = _faults(lines, "dmy"), _faults(lines, "mdy")
    if min(dmy[0], mdy[0]) * 2 > len(lines):
        return "ymd", True
    if dmy != mdy:
        return ("dmy" if dmy < mdy else "mdy"), True
    return ("mdy" if lines and lines[0].american else "dmy"), False


def _faults(lines: Sequence[Line], order: Order) -> tuple[int, int]:
    """How many dates do not exist, and how often time goes back."""
    impossible, back = 0, 0
    before: datetime | None = None
    for line in lines:
        try:
            at = line.moment(order)
        except ValueError:
            impossible += 1
            continue
        back += before is not None and at < before
        before = at
    return impossible, back
