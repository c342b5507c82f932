"""A legend in one or more lines above a picture: a stroke or a box of colour, then its words."""

from typing import Literal

from otklik.charts.canvas import text_width
from otklik.charts.drawing import Spec
from otklik.charts.palette import colour

Key = tuple[Literal["line", "dash", "box"], str, str]
"""(shape, colour token, words)."""
_ROW = 20


def legend(keys: list[Key], width: int) -> list[Spec]:
    """Layers that write the keys above the plot, wrapped to its width."""
    rows: list[list[tuple[float, Key]]] = [[]]
    x = 0.0
    for key in keys:
        needs = 34 + text_width(key[2])
        if x and x + needs > width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, key))
        x += needs + 10
    placed = [(x, -12 - _ROW * (len(rows) - 1 - i), key) for i, row in enumerate(rows) for x, key in row]
    return [layer for x, y, key in placed for layer in _entry(x, y, key)]


def _entry(x: float, y: float, key: Key) -> list[Spec]:
    shape, token, words = key
    at = {"x": {"value": x}, "y": {"value": y}}
    if shape == "box":
        mark = {"type": "point", "shape": "square", "size": 130, "filled": True, "fill": colour(token), "opacity": 1}
        drawn = {"mark": mark, "encoding": {**at, "x": {"value": x + 7}}}
    else:
        mark = {"type": "rule", "color": colour(token), "strokeWidth": 2.5}
        mark |= {"strokeDash": [5, 3]} if shape == "dash" else {}
        drawn = {"mark": mark, "encoding": {**at, "x2": {"value": x + 18}}}
    text = {"type": "text", "align": "left", "baseline": "middle", "color": colour("ink-2"), "text": words}
    return [
        {"data": {"values": [{}]}, **drawn},
        {"data": {"values": [{}]}, "mark": text, "encoding": {**at, "x": {"value": x + 24}}},
    ]
