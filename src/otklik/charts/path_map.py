"""The map of paths: steps one under another, moves between them as wide as many took them, stalls in orange."""

from dataclasses import dataclass

from otklik.charts.canvas import Canvas, shortened, text_width
from otklik.charts.drawing import Spec
from otklik.charts.picture import NARROW, WIDE, DataTable, Picture
from otklik.charts.speech import Speech
from otklik.charts.step_order import step_order
from otklik.schemas.results import Barriers, PathEdge, PathNode

_MOST_NODES, _MOST_EDGES, _STALLS = 12, 26, 4
_BOX, _PITCH = 36.0, 74.0
_RARE = 0.01
"""Steps and moves rarer than this part of the most common one are left to the table."""
_OVER = frozenset({"resolved", "closed", "cancelled", "merged", "deleted"})
"""Steps after which nobody waits."""
_GONE = frozenset({"merged", "deleted"})
"""Steps that say that nobody ever waited."""


@dataclass(frozen=True)
class _Map:
    nodes: list[PathNode]
    edges: list[PathEdge]
    stalls: list[PathEdge]


def path_map(barriers: Barriers, speech: Speech, title: str) -> Picture:
    """Draw the steps from top to bottom; arcs on the right leave steps out, arcs on the left go back."""
    drawn = _chosen(barriers)
    alt = speech.say(
        "Steps from top to bottom, joined by lines as wide as many took them. Stalls: %(stalls)s.",
        stalls="; ".join(_move(edge, speech) for edge in drawn.stalls) or "–",
    )
    columns = [speech.say("From"), speech.say("To"), speech.say("How many"), speech.say("Half take less than"),
               speech.say("1 in 10 takes longer than")]  # fmt: skip
    rows = [
        [speech.step(edge.start), speech.step(edge.end), speech.format.number(edge.n),
         speech.format.brief(edge.median_s), speech.format.brief(edge.p90_s)]
        for edge in barriers.edges
    ]  # fmt: skip
    return Picture(_spec(drawn, speech, WIDE), title, alt, _spec(drawn, speech, NARROW), DataTable(columns, rows))


def stalls(barriers: Barriers) -> list[PathEdge]:
    """The moves that hold up most time altogether, each a noticeable part of it."""
    moves = [edge for edge in barriers.edges if edge.start not in _OVER and edge.end not in _GONE and edge.lost_s > 0]
    all_s = sum(edge.lost_s for edge in moves)
    by_time = sorted(moves, key=lambda edge: -edge.lost_s)[:_STALLS]
    return [edge for edge in by_time if edge.lost_s >= 0.05 * all_s]


def _chosen(barriers: Barriers) -> _Map:
    stalled = stalls(barriers)
    needed = {step for edge in stalled for step in (edge.start, edge.end)}
    rare = _RARE * max(node.n for node in barriers.nodes)
    common = [node for node in barriers.nodes if node.n >= rare or node.step in needed]
    by_n = sorted(common, key=lambda node: (node.step not in needed, -node.n))[:_MOST_NODES]
    names = {node.step for node in by_n}
    rare = _RARE * max(edge.n for edge in barriers.edges)
    edges = [edge for edge in barriers.edges if edge.start in names and edge.end in names]
    edges = [edge for edge in edges if edge.n >= rare or edge in stalled]
    edges = sorted(edges, key=lambda edge: (edge not in stalled, -edge.n))[:_MOST_EDGES]
    joined = {step for edge in edges for step in (edge.start, edge.end)}
    by_n = [node for node in by_n if node.step in joined] or by_n
    order = step_order([node.step for node in by_n], edges, barriers.variants)
    of = {node.step: node for node in by_n}
    return _Map([of[step] for step in order], edges, stalled)


def _move(edge: PathEdge, speech: Speech) -> str:
    return speech.say(
        "%(start)s → %(end)s: %(times)s",
        start=speech.step(edge.start), end=speech.step(edge.end), times=", ".join(_times(edge, speech)),
    )  # fmt: skip


def _times(edge: PathEdge, speech: Speech) -> tuple[str, str]:
    """The half and the slowest tenth, for the time of a move is often lost by few."""
    return (
        speech.say("half over %(time)s", time=speech.format.brief(edge.median_s)),
        speech.say("1 in 10 over %(time)s", time=speech.format.brief(edge.p90_s)),
    )


def _spec(drawn: _Map, speech: Speech, width: int) -> Spec:
    canvas = Canvas(width)
    wide = width >= WIDE
    needs = max(text_width(speech.step(node.step), 13, bold=True) for node in drawn.nodes) + 90
    box_w = min(max(200.0, needs), 400.0 if wide else 240.0)
    left = (width - box_w) / 2
    sheet = _Sheet(canvas, left, box_w, max((edge.n for edge in drawn.edges), default=1), (width - box_w) / 2 - 16)
    rows = {node.step: row for row, node in enumerate(drawn.nodes)}
    spans = [abs(rows[e.start] - rows[e.end]) for e in drawn.edges]
    for edge in sorted(drawn.edges, key=lambda edge: (edge in drawn.stalls, edge.n)):
        number = drawn.stalls.index(edge) + 1 if edge in drawn.stalls else 0
        sheet.move(edge, rows[edge.start], rows[edge.end], number, max(spans, default=1), speech)
    canvas.raise_plane()
    for row, node in enumerate(drawn.nodes):
        sheet.step(row, speech.step(node.step), speech.format.number(node.n))
    canvas.raise_plane()
    sheet.badges()
    _list_stalls(canvas, drawn, speech)
    return canvas.spec()


class _Sheet:
    """Where steps and moves go on the canvas."""

    def __init__(self, canvas: Canvas, left: float, box_w: float, most: int, room: float) -> None:
        self.canvas, self.left, self.box_w, self.most, self.room = canvas, left, box_w, most, room
        self._badges: list[tuple[float, float, int]] = []

    def step(self, row: int, name: str, n: str) -> None:
        y = row * _PITCH + 4
        self.canvas.rect(self.left, y, self.box_w, _BOX, "soft", stroke="line", radius=8)
        room = self.box_w - 34 - text_width(n, 13)
        self.canvas.text(
            self.left + 13, y + _BOX / 2, shortened(name, room, 13, bold=True), size=13, ink="ink", bold=True
        )
        self.canvas.text(self.left + self.box_w - 13, y + _BOX / 2, n, size=13, ink="ink-3", align="right")

    def move(self, edge: PathEdge, start: int, end: int, number: int, longest: int, speech: Speech) -> None:
        token, thick = "us" if number else "muted", 1.25 + 7 * (edge.n / self.most) ** 0.7
        opacity = 0.95 if number else 0.55
        if end == start + 1:
            self._down(start, token, thick, opacity, number, speech.format.brief(edge.median_s))
            return
        side = 1.0 if end > start or end == start else -1.0
        span = max(1, abs(end - start))
        reach = min(self.room, 26 + (self.room - 26) * (span - 1 if longest > 1 else 0) / max(1, longest - 1))
        base = self.left + self.box_w if side > 0 else self.left
        if start == end:
            y1, y2, reach = start * _PITCH + 12, start * _PITCH + 32, 22.0
        else:
            y1, y2 = (
                y * _PITCH + 4 + _BOX / 2 + d
                for y, d in ((start, 7 * _sign(end - start)), (end, -7 * _sign(end - start)))
            )
        out = base + side * reach * 1.12
        path = [(base, y1), (out, y1), (out, (y1 + y2) / 2), (out, y2), (base + side * 3, y2)]
        self.canvas.line(path, token, width=min(thick, 6), opacity=opacity, curved=True)
        self.canvas.line(
            [(base + side * 8, y2 - 4), (base + side, y2), (base + side * 8, y2 + 4)],
            token,
            width=1.75,
            opacity=opacity,
        )
        if number:
            self._badges.append((base + side * reach * 0.98, (y1 + y2) / 2, number))

    def _down(self, start: int, token: str, thick: float, opacity: float, number: int, time: str) -> None:
        x, y = self.left + self.box_w / 2, start * _PITCH + 4 + _BOX
        end = y + _PITCH - _BOX
        self.canvas.line([(x, y + 1), (x, end - 3)], token, width=thick, opacity=opacity)
        self.canvas.line([(x - 5, end - 7), (x, end - 1), (x + 5, end - 7)], token, width=2, opacity=opacity)
        self.canvas.text(x + 18, (y + end) / 2, time, ink="us" if number else "ink-3", bold=bool(number))
        if number:
            self._badges.append((x, (y + end) / 2 - 1, number))

    def badges(self) -> None:
        """Number the stalls, above everything else."""
        for x, y, number in self._badges:
            self.canvas.dot(x, y, 340, "us", stroke="card")
            self.canvas.text(x, y, str(number), size=12, ink="card", align="center", bold=True)


def _sign(n: int) -> int:
    return 1 if n > 0 else -1


def _list_stalls(canvas: Canvas, drawn: _Map, speech: Speech) -> None:
    y = len(drawn.nodes) * _PITCH - (_PITCH - _BOX) + 34
    for number, edge in enumerate(drawn.stalls, start=1):
        canvas.dot(11, y + 8, 340, "us")
        canvas.text(11, y + 8, str(number), size=12, ink="card", align="center", bold=True)
        name = f"{speech.step(edge.start)} → {speech.step(edge.end)}"
        canvas.text(32, y, shortened(name, canvas.width - 40, 13, bold=True), size=13, ink="ink", bold=True)
        for line in _lines(edge, speech, canvas.width - 34):
            y += 18
            canvas.text(32, y, shortened(line, canvas.width - 34), size=12)
        y += 28


def _lines(edge: PathEdge, speech: Speech, room: float) -> list[str]:
    """How long and how often, on as few lines as there is room for."""
    lines = [""]
    for part in (*_times(edge, speech), str(speech.count("%(n)s time", "%(n)s times", edge.n))):
        longer = f"{lines[-1]}, {part}" if lines[-1] else part
        if lines[-1] and text_width(longer) > room:
            lines[-1] += ","
            lines.append(part)
        else:
            lines[-1] = longer
    return lines
