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
    return _layers(placed)


def _layers(placed: list[tuple[float, int, Key]]) -> list[Spec]:
    """One layer for each shape that occurs, and one for the words."""
    data = [
        {"shape": key[0], "x": x, "x2": x + 18, "middle": x + 7, "words_x": x + 24, "y": y, "fill": colour(key[1]),
         "text": key[2]}
        for x, y, key in placed
    ]  # fmt: skip
    paint = {"field": "fill", "type": "nominal", "scale": None}
    stroke = {"type": "rule", "strokeWidth": 2.5}
    marks: dict[str, Spec] = {
        "line": {"mark": stroke, "encoding": {"x": _at("x"), "x2": {"field": "x2"}, "stroke": paint}},
        "dash": {
            "mark": {**stroke, "strokeDash": [5, 3]},
            "encoding": {"x": _at("x"), "x2": {"field": "x2"}, "stroke": paint},
        },
        "box": {
            "mark": {"type": "point", "shape": "square", "size": 130, "strokeWidth": 0, "opacity": 1},
            "encoding": {"x": _at("middle"), "fill": paint},
        },
    }
    words = {"type": "text", "align": "left", "baseline": "middle", "color": colour("ink-2")}
    layers = []
    for shape, layer in marks.items():
        mine = [datum for datum in data if datum["shape"] == shape]
        if mine:
            layers.append({"data": {"values": mine}, **layer, "encoding": {**layer["encoding"], "y": _at("y")}})
    text = {"x": _at("words_x"), "y": _at("y"), "text": {"field": "text"}}
    return [*layers, {"data": {"values": data}, "mark": words, "encoding": text}]


def _at(field: str) -> Spec:
    """A place in pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}
