"""Vega-Lite as a sheet of paper in pixels: for pictures whose layout is our own (paths, timelines, chips)."""

from collections import defaultdict
from typing import Any

from otklik.charts.drawing import CONFIG, SCHEMA, Spec
from otklik.charts.palette import colour

Mark = tuple[str, Any, dict[str, Any]]
"""(kind of mark, what must be equal to share a layer, datum)."""


class Canvas:
    """Collects shapes in pixels from the top left corner and gives them back as one Vega-Lite spec."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.height = 0.0
        self._marks: list[Mark] = []
        self._lines = 0

    def reach(self, y: float) -> None:
        """Make the sheet at least this tall."""
        self.height = max(self.height, y)

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str | None, *,
        stroke: str | None = None, radius: float = 0, opacity: float = 1.0, dash: bool = False,
    ) -> None:  # fmt: skip
        """Draw a box; `fill` and `stroke` are tokens of the palette."""
        self.reach(y + height)
        look = (radius, opacity, dash)
        box = {
            "x": x,
            "y": y,
            "x2": x + max(0.0, width),
            "y2": y + height,
            "fill": _paint(fill),
            "stroke": _paint(stroke),
        }
        self._marks.append(("rect", look, box))

    def text(
        self, x: float, y: float, text: str, *, size: int = 12, ink: str = "ink-2",
        align: str = "left", bold: bool = False,
    ) -> None:  # fmt: skip
        """Write one line, `y` its middle."""
        self.reach(y + size * 0.7)
        self._marks.append(("text", (size, align, bold), {"x": x, "y": y, "text": text, "fill": colour(ink)}))

    def dot(self, x: float, y: float, area: float, fill: str | None, *, stroke: str | None = None) -> None:
        """Draw a disc of `area` square pixels."""
        self.reach(y + area**0.5 / 2)
        self._marks.append(("point", area, {"x": x, "y": y, "fill": _paint(fill), "stroke": _paint(stroke)}))

    def line(
        self, points: list[tuple[float, float]], token: str, *, width: float = 1.0, dash: bool = False,
        opacity: float = 1.0, curved: bool = False,
    ) -> None:  # fmt: skip
        """Draw a line through points; `curved` rounds it."""
        self._lines += 1
        look = (width, dash, opacity, curved)
        for i, (x, y) in enumerate(points):
            self.reach(y)
            datum = {"x": x, "y": y, "i": i, "line": self._lines, "fill": colour(token)}
            self._marks.append(("line", look, datum))

    def spec(self) -> Spec:
        """Everything drawn so far, later shapes above earlier ones of another kind or look."""
        layers: dict[tuple[str, Any, int], list[dict[str, Any]]] = defaultdict(list)
        group, previous = 0, None
        for kind, look, datum in self._marks:
            if (kind, look) != previous:
                group, previous = group + 1, (kind, look)
            layers[kind, look, group].append(datum)
        height = int(self.height + 2)
        return {
            "$schema": SCHEMA,
            "width": self.width,
            "height": height,
            "padding": 0,
            "config": {**CONFIG, "padding": 0},
            "layer": [
                {"data": {"values": values}, **self._layer(kind, look, height)}
                for (kind, look, _), values in layers.items()
            ],
        }

    def _layer(self, kind: str, look: Any, height: int) -> Spec:
        place = {"x": _pixel("x", self.width), "y": _pixel("y", height)}
        fill = {"fill": {"field": "fill", "type": "nominal", "scale": None}}
        stroke = {"stroke": {"field": "stroke", "type": "nominal", "scale": None}}
        if kind == "text":
            size, align, bold = look
            font = {"fontSize": size, "align": align, "baseline": "middle", "fontWeight": 600 if bold else 400}
            return {"mark": {"type": "text", **font}, "encoding": {**place, **fill, "text": {"field": "text"}}}
        if kind == "point":
            mark = {"type": "point", "size": look, "strokeWidth": 1.5, "opacity": 1}
            return {"mark": mark, "encoding": {**place, **fill, **stroke}}
        if kind == "rect":
            radius, opacity, dash = look
            mark = {"type": "rect", "cornerRadius": radius, "opacity": opacity}
            if dash:
                mark["strokeDash"] = [4, 3]
            ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
            return {"mark": mark, "encoding": {**place, **ends, **fill, **stroke}}
        width, dash, opacity, curved = look
        mark = {"type": "line", "strokeWidth": width, "opacity": opacity, "strokeCap": "round", "strokeJoin": "round"}
        mark |= {"interpolate": "basis"} if curved else {}
        mark |= {"strokeDash": [4, 3]} if dash else {}
        order = {"order": {"field": "i", "type": "quantitative"}, "detail": {"field": "line", "type": "nominal"}}
        paint = {"stroke": {"field": "fill", "type": "nominal", "scale": None}}
        return {"mark": mark, "encoding": {**place, **order, **paint}}


def _pixel(axis: str, extent: int) -> Spec:
    domain = [0, extent] if axis == "x" else [extent, 0]
    return {
        "field": axis,
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": domain, "nice": False, "zero": False},
    }


def _paint(token: str | None) -> str:
    return "transparent" if token is None else colour(token)


def text_width(text: str, size: float = 12, *, bold: bool = False) -> float:
    """How wide a line of text may come out, on the generous side, whatever the reader's font."""
    wide = sum(0.97 if c in _WIDE else 0.38 if c in _SLIM else 0.76 if c.isupper() else 0.64 for c in text)
    return wide * size * (1.1 if bold else 1.0)


def shortened(text: str, room: float, size: float = 12) -> str:
    """Cut a text to the room it has, with an ellipsis."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


_WIDE = frozenset("MWmwШЩЖЮФЫшщжюфымМ@%…—")
_SLIM = frozenset("iljtfI.,:;|!'()[] \u00a0")
