"""For notebooks: curves and quantiles of any table of results, one colour a value."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

from otklik.base.text import Words
from otklik.charts.drawing import Spec, framed
from otklik.charts.formats import Formats
from otklik.charts.legend import Key, legend
from otklik.charts.palette import colour
from otklik.charts.picture import WIDE
from otklik.charts.scales import duration_axis, log_ticks, rung_above, rung_below, share_axis

TOKENS = ("accent", "us", "working", "third", "good", "speed-5", "muted")
"""Colours of the values, in order; more than these share the last one."""
Row = dict[str, Any]


def curves_spec(table: "pa.Table", measure: str) -> Spec:
    """Draw columns value, at_s, share, low, high: a stepped curve with its band for each value."""
    formats = Formats(Words("en"))
    rows = [row for row in table.to_pylist() if row["at_s"] is not None and row["share"] is not None]
    low, high = _reach([row["at_s"] for row in rows])
    x = _seconds("at", low, high, formats, "share of all who asked, by the time they waited: " + measure)
    y = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": share_axis(formats)}
    data = [{**row, "at": min(max(row["at_s"], low), high)} for row in rows]
    layers: list[Spec] = []
    for value, token in _tokens(rows).items():
        mine = {"values": [row for row in data if row["value"] == value]}
        band = {"type": "area", "interpolate": "step-after", "fill": colour(token), "fillOpacity": 0.12}
        line = {"type": "line", "interpolate": "step-after", "color": colour(token), "strokeWidth": 2.25}
        bounds = {"y": {**y, "field": "low"}, "y2": {"field": "high"}}
        layers.append({"data": mine, "mark": band, "encoding": {"x": x, **bounds}})
        layers.append({"data": mine, "mark": line, "encoding": {"x": x, "y": {**y, "field": "share"}}})
    return framed(WIDE, 300, layers + legend(_keys(rows), WIDE))


def quantiles_spec(table: "pa.Table", measure: str) -> Spec:
    """Draw columns value, p, value_s, low_s, high_s: a row a value, a dot with its interval for each quantile."""
    formats = Formats(Words("en"))
    rows = [row for row in table.to_pylist() if row["value_s"] is not None]
    low, high = _reach(
        [end for row in rows for end in (row["value_s"], row["low_s"], row["high_s"]) if end is not None]
    )
    tokens = {p: TOKENS[min(i, len(TOKENS) - 1)] for i, p in enumerate(sorted({row["p"] for row in rows}))}
    data = [_quantile(row, low, high) for row in rows]
    x = _seconds("at", low, high, formats, measure)
    y = {"field": "value", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 220}}
    layers: list[Spec] = []
    for p, token in tokens.items():
        mine = {"values": [row for row in data if row["p"] == p]}
        bar = {"type": "rule", "strokeWidth": 6, "opacity": 0.35, "color": colour(token)}
        dot = {"type": "point", "filled": True, "size": 90, "opacity": 1, "fill": colour(token)}
        layers.append(
            {"data": mine, "mark": bar, "encoding": {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": y}}
        )
        layers.append({"data": mine, "mark": dot, "encoding": {"x": x, "y": y}})
    keys: list[Key] = [("line", token, f"p{p * 100:g}") for p, token in tokens.items()]
    return framed(WIDE, 30 + 34 * max(1, len({row["value"] for row in rows})), layers + legend(keys, WIDE))


def _quantile(row: Row, low: float, high: float) -> Row:
    ends = {"at": row["value_s"], "from": row["low_s"], "to": row["high_s"]}
    filled = {name: row["value_s"] if end is None else end for name, end in ends.items()}
    return {
        "value": str(row["value"]),
        "p": row["p"],
        **{name: min(max(end, low), high) for name, end in filled.items()},
    }


def _seconds(field: str, low: float, high: float, formats: Formats, title: str) -> Spec:
    axis = duration_axis(log_ticks(low, high, 11), formats, grid=True) | {"title": title}
    scale = {"type": "log", "domain": [low, high], "nice": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _reach(seconds: list[float]) -> tuple[float, float]:
    low = rung_below(max(1.0, min((s for s in seconds if s > 0), default=1.0)))
    return low, max(rung_above(max(seconds, default=3600.0)), low * 60)


def _tokens(rows: list[Row]) -> dict[Any, str]:
    values = list(dict.fromkeys(row["value"] for row in rows))
    return {value: TOKENS[min(i, len(TOKENS) - 1)] for i, value in enumerate(values)}


def _keys(rows: list[Row]) -> list[Key]:
    return [("line", token, str(value)) for value, token in _tokens(rows).items() if value is not None]
