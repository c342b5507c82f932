"""Vega-Lite as a sheet of paper in pixels: for pictures whose layout is our own (paths, timelines, chips)."""

from typing import Any

from otklik.charts.drawing import CONFIG, SCHEMA, Spec
from otklik.charts.palette import colour

_KINDS = ("line", "rect", "point", "text")
"""What lies above what within a plane, from below."""
Datum = dict[str, Any]


class Canvas:
    """Collects shapes in pixels from the top left corner and gives them back as one Vega-Lite spec.

    Within a plane lines lie below boxes, boxes below dots, dots below words; `raise_plane` begins a plane above.
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self.height = 0.0
        self._planes: list[dict[str, list[Datum]]] = [{}]
        self._lines = 0

    def reach(self, y: float) -> None:
        """Make the sheet at least this tall."""
        self.height = max(self.height, y)

    def raise_plane(self) -> None:
        """Draw what follows above everything drawn so far."""
        self._planes.append({})

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str | None, *,
        stroke: str | None = None, radius: float = 0, opacity: float = 1.0,
    ) -> None:  # fmt: skip
        """Draw a box; `fill` and `stroke` are tokens of the palette."""
        self.reach(y + height)
        ends: Datum = {"x": x, "y": y, "x2": x + max(0.0, width), "y2": y + height}
        self._put("rect", {**ends, **_paint(fill, stroke), "radius": radius, "opacity": opacity})

    def text(
        self, x: float, y: float, text: str, *, size: int = 12, ink: str = "ink-2",
        align: str = "left", bold: bool = False,
    ) -> None:  # fmt: skip
        """Write one line, `y` its middle."""
        self.reach(y + size * 0.7)
        look: Datum = {"size": size, "align": align, "weight": 600 if bold else 400}
        self._put("text", {"x": x, "y": y, "text": str(text), "fill": colour(ink), **look})

    def dot(self, x: float, y: float, area: float, fill: str | None, *, stroke: str | None = None) -> None:
        """Draw a disc of `area` square pixels."""
        self.reach(y + area**0.5 / 2)
        self._put("point", {"x": x, "y": y, "area": area, **_paint(fill, stroke)})

    def line(
        self, points: list[tuple[float, float]], ink: str, *, width: float = 1.0, opacity: float = 1.0,
        curved: bool = False,
    ) -> None:  # fmt: skip
        """Draw a line through points; `curved` rounds it."""
        self._lines += 1
        look: Datum = {"line": self._lines, "fill": colour(ink), "width": width, "opacity": opacity}
        look["curve"] = "basis" if curved else "linear"
        for i, (x, y) in enumerate(points):
            self.reach(y)
            self._put("line", {"x": x, "y": y, "i": i, **look})

    def spec(self) -> Spec:
        """Everything drawn so far."""
        height = int(self.height + 2)
        return {
            "$schema": SCHEMA,
            "width": self.width,
            "height": height,
            "padding": 0,
            "config": {**CONFIG, "padding": 0},
            "layer": [
                {"data": {"values": plane[kind]}, **self._layer(kind, height)}
                for plane in self._planes
                for kind in _KINDS
                if kind in plane
            ],
        }

    def _put(self, kind: str, datum: Datum) -> None:
        rounded = {name: round(value, 2) if isinstance(value, float) else value for name, value in datum.items()}
        self._planes[-1].setdefault(kind, []).append(rounded)

    def _layer(self, kind: str, height: int) -> Spec:
        place = {"x": _pixel("x", self.width), "y": _pixel("y", height)}
        fill, stroke = _as_is("fill"), _as_is("stroke")
        if kind == "text":
            font = {"fontSize": _own("size"), "align": _own("align"), "fontWeight": _own("weight")}
            mark: Spec = {"type": "text", "baseline": "middle", **font}
            return {"mark": mark, "encoding": {**place, "fill": fill, "text": {"field": "text"}}}
        if kind == "point":
            mark = {"type": "point", "size": _own("area"), "strokeWidth": 1.5, "opacity": 1}
            return {"mark": mark, "encoding": {**place, "fill": fill, "stroke": stroke}}
        if kind == "rect":
            mark = {"type": "rect", "cornerRadius": _own("radius"), "opacity": _own("opacity")}
            ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
            return {"mark": mark, "encoding": {**place, **ends, "fill": fill, "stroke": stroke}}
        look = {"strokeWidth": _own("width"), "opacity": _own("opacity"), "interpolate": _own("curve")}
        mark = {"type": "line", "strokeCap": "round", "strokeJoin": "round", **look}
        order = {"order": {"field": "i", "type": "quantitative"}, "detail": {"field": "line", "type": "nominal"}}
        return {"mark": mark, "encoding": {**place, **order, "stroke": _as_is("fill")}}


def _pixel(axis: str, extent: int) -> Spec:
    domain = [0, extent] if axis == "x" else [extent, 0]
    scale = {"domain": domain, "nice": False, "zero": False}
    return {"field": axis, "type": "quantitative", "axis": None, "scale": scale}


def _as_is(field: str) -> Spec:
    return {"field": field, "type": "nominal", "scale": None}


def _own(field: str) -> Spec:
    """A look that every shape brings with it."""
    return {"expr": f"datum.{field}"}


def _paint(fill: str | None, stroke: str | None) -> Datum:
    paints = {"fill": fill, "stroke": stroke}
    return {name: "transparent" if token is None else colour(token) for name, token in paints.items()}


def text_width(text: str, size: float = 12, *, bold: bool = False) -> float:
    """How wide a line of text may come out, on the generous side, whatever the reader's font."""
    wide = sum(0.97 if c in _WIDE else 0.38 if c in _SLIM else 0.76 if c.isupper() else 0.64 for c in text)
    return wide * size * (1.1 if bold else 1.0)


def shortened(text: str, room: float, size: float = 12, *, bold: bool = False) -> str:
    """Cut a text to the room it has, with an ellipsis."""
    if text_width(text, size, bold=bold) <= room:
        return text
    while text and text_width(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


_WIDE = frozenset("MWmwШЩЖЮФЫшщжюфымМ@%…—")
_SLIM = frozenset("iljtfI.,:;|!'()[] \u00a0")
