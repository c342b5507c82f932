"""The map of who contributes to what: boxes in columns, lines between them, laid out in pixels from the top left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from otklik.charts.canvas import shortened, text_width
from otklik.web.goals.models import Contribution
from otklik.web.goals.standing import ObjectiveStands

BOX_WIDTH, BOX_HEIGHT, ROW_GAP, COLUMN_GAP = 216, 76, 18, 64
_SIZE: Final = 12.5
_LINES: Final = 3
_DEEPEST: Final = 12


@dataclass(frozen=True)
class Box:
    """One goal on the map."""

    stands: ObjectiveStands
    x: int
    y: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """A line from the goal that helps to the goal that is helped."""

    path: str


@dataclass(frozen=True)
class Map:
    """Everything to draw."""

    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    width: int
    height: int


def draw_map(goals: Sequence[ObjectiveStands], links: Iterable[tuple[int, int]]) -> Map | None:
    """Lay out the goals that are linked; None where none is. `links` are (who helps, who is helped)."""
    by_id = {one.row.pk: one for one in goals}
    known = sorted({(a, b) for a, b in links if a in by_id and b in by_id and a != b})
    linked = [one for one in goals if any(one.row.pk in pair for pair in known)]
    if not linked:
        return None
    depth = depths([one.row.pk for one in linked], known)
    columns: dict[int, list[ObjectiveStands]] = {}
    for one in linked:
        columns.setdefault(depth[one.row.pk], []).append(one)
    boxes = {one.row.pk: _box(one, place, row) for place in columns for row, one in enumerate(columns[place])}
    tallest = max(len(column) for column in columns.values())
    return Map(
        boxes=tuple(boxes.values()),
        links=tuple(_link(boxes[a], boxes[b]) for a, b in known),
        width=(max(columns) + 1) * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP + 2,
        height=tallest * (BOX_HEIGHT + ROW_GAP) - ROW_GAP + 2,
    )


def links_among(goals: Iterable[ObjectiveStands]) -> list[tuple[int, int]]:
    """Who helps whom among these goals."""
    ids = [one.row.pk for one in goals]
    rows = Contribution.objects.filter(contributor__in=ids, helped__in=ids)
    return list(rows.order_by("pk").values_list("contributor_id", "helped_id"))


def depths(ids: Sequence[int], links: Sequence[tuple[int, int]]) -> dict[int, int]:
    """How many steps each stands from what helps nothing; goals that help each other in a circle stop counting.

    >>> depths([1, 2, 3], [(2, 1), (3, 2), (3, 1)])
    {1: 0, 2: 1, 3: 2}
    """
    found = dict.fromkeys(ids, 0)
    for _ in range(min(len(ids), _DEEPEST)):
        for helper, helped in links:
            if found[helper] <= found[helped] < len(ids) - 1:
                found[helper] = found[helped] + 1
    return found


def wrapped(text: str, room: float, lines: int = _LINES) -> tuple[str, ...]:
    """Break a text into at most so many lines; what does not fit ends in an ellipsis."""
    found: list[str] = []
    words = text.split()
    while words and len(found) < lines:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", _SIZE) <= room:
            line = f"{line} {words.pop(0)}"
        if words and len(found) == lines - 1:
            line = f"{line} {' '.join(words)}"
        found.append(shortened(line, room, _SIZE))
    return tuple(found)


def _box(one: ObjectiveStands, column: int, row: int) -> Box:
    x = 1 + column * (BOX_WIDTH + COLUMN_GAP)
    y = 1 + row * (BOX_HEIGHT + ROW_GAP)
    return Box(one, x, y, wrapped(one.row.title, BOX_WIDTH - 24))


def _link(a: Box, b: Box) -> Link:
    x1, y1, x2, y2 = a.x, a.y + BOX_HEIGHT // 2, b.x + BOX_WIDTH, b.y + BOX_HEIGHT // 2
    middle = (x1 + x2) // 2
    return Link(f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}")
