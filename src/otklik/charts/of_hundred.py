"""A hundred dots, one for each of a hundred who asked: how many were served by when."""

from otklik.charts.canvas import Canvas
from otklik.charts.drawing import Spec
from otklik.charts.formats import DAY, HOUR, WEEK
from otklik.charts.picture import NARROW, WIDE, DataTable, Picture
from otklik.charts.speech import Speech
from otklik.schemas.results import Speed

Group = tuple[int, str, str | None]
"""(how many of a hundred, in words, colour token or None for an empty ring)."""
_TOKENS = {1: ["speed-1"], 2: ["speed-1", "speed-5"], 3: ["speed-1", "speed-3", "speed-5"],
           4: ["speed-1", "speed-2", "speed-4", "speed-5"]}  # fmt: skip


_ROUND = (60, 300, 900, HOUR, 4 * HOUR, DAY, 3 * DAY, WEEK, 30 * DAY, 90 * DAY, 365 * DAY)
"""Times that people think in."""


def of_hundred(speed: Speed, speech: Speech, title: str) -> Picture | None:
    """Draw a hundred people by how long they waited; None where nobody was followed long enough.

    Shares by then are rounded, not their differences, so that the groups add up to what the title says.
    """
    groups = _groups(speed, speech)
    if len(groups) < 2:
        return None
    alt = speech.say("Of a hundred who asked: %(groups)s.", groups="; ".join(f"{n} {words}" for n, words, _ in groups))
    rows = [[words, str(n)] for n, words, _ in groups]
    table = DataTable([speech.say("Served"), speech.say("Of a hundred")], rows)
    return Picture(_spec(groups, WIDE), title, alt, _spec(groups, NARROW), table)


def telling_marks(speed: Speed) -> list[tuple[float, float]]:
    """The times by which the hundred are told apart, each with the share served by then."""
    return _telling([(mark.within_s, mark.share) for mark in speed.within if mark.share is not None])


def _groups(speed: Speed, speech: Speech) -> list[Group]:
    marks = telling_marks(speed)
    if not marks:
        return []
    tokens = _TOKENS[len(marks)]
    groups: list[Group] = []
    before = 0
    for i, (within_s, share) in enumerate(marks):
        time, by_then = speech.format.duration(within_s), round(share * 100)
        words = speech.say("within %(time)s", time=time) if i == 0 else speech.say("later, within %(time)s", time=time)
        groups.append((by_then - before, words, tokens[i]))
        before = by_then
    last = speech.format.duration(marks[-1][0])
    groups.append((100 - before, speech.say("not within %(time)s", time=last), None))
    return [group for group in groups if group[0]]


def _telling(marks: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """At most four marks that tell most: rising, each adding at least three of a hundred."""
    round_ones = [mark for mark in marks if mark[0] in _ROUND and mark[1] >= 0.03]
    marks = round_ones if len(round_ones) > 1 else marks
    kept: list[tuple[float, float]] = []
    for within_s, share in marks:
        if share >= 0.03 and (not kept or share - kept[-1][1] >= 0.03):
            kept.append((within_s, share))
    while len(kept) > 4:
        gains = [share - (kept[i - 1][1] if i else 0.0) for i, (_, share) in enumerate(kept)]
        del kept[min(range(len(kept) - 1), key=lambda i: gains[i])]
    return kept


def _spec(groups: list[Group], width: int) -> Spec:
    canvas = Canvas(width)
    columns, step = (20, 21.0) if width >= WIDE else (20, width / 20)
    owners = [token for n, _, token in groups for _ in range(n)]
    for i, token in enumerate(owners):
        x, y = (i % columns + 0.5) * step, (i // columns + 0.5) * step
        canvas.dot(x, y, (step * 0.66) ** 2, token, stroke=token or "ink-3")
    left, top, pitch = (columns * step + 40, 4.0, 24.0) if width >= WIDE else (0.0, 5 * step + 16, 24.0)
    for row, (n, words, token) in enumerate(groups):
        y = top + (row + 0.5) * pitch
        canvas.dot(left + 7, y, 150, token, stroke=token or "ink-3")
        canvas.text(left + 48, y, str(n), size=16, ink="ink", align="right", bold=True)
        canvas.text(left + 58, y, words, size=14)
    return canvas.spec()
