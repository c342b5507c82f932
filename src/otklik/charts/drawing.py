"""From a Vega-Lite spec to SVG that follows the page's theme, and to PNG."""

import re
from typing import Any

from otklik.charts.palette import LIGHT
from otklik.charts.printable import printable_spec

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_TOKEN_OF = {value.upper(): token for token, value in LIGHT.items()}
_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_COLOUR = re.compile(r'="(#[0-9A-Fa-f]{6})"')
_NOISE = re.compile(
    r' (?:class|role|aria-[a-z]+|pointer-events)="[^"]*"| stroke="transparent"| (?:stroke-|fill-)?opacity="1"'
)
_ID = re.compile(r'( id="|="url\(#)((?:clip|gradient)_?\d+)')

CONFIG: Spec = {
    "aria": False,
    "background": None,
    "font": "sans-serif",
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "domain": False, "ticks": False, "labelPadding": 8, "labelFontSize": 12, "labelColor": LIGHT["ink-3"],
        "titleFontSize": 12, "titleFontWeight": "normal", "titleColor": LIGHT["ink-3"], "gridColor": LIGHT["grid"],
        "labelOverlap": "greedy", "labelFlush": False,
    },
    "text": {"fontSize": 12, "color": LIGHT["ink-2"]},
    "rule": {"color": LIGHT["ink-3"]},
}  # fmt: skip


def framed(width: int, height: int, layers: list[Spec]) -> Spec:
    """Put layers into a view of exactly `width` pixels, axes included, `height` without them."""
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": CONFIG,
        "padding": {"left": 8, "right": 8, "top": 2, "bottom": 2},
        "layer": layers,
    }


def to_svg(spec: Spec) -> str:
    """Draw a spec as it is, in the light colours."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(printable_spec(spec))
    return svg


def to_png(spec: Spec, scale: float = 2.0) -> bytes:
    """Draw a spec as PNG on white."""
    import vl_convert

    png: bytes = vl_convert.vegalite_to_png({**printable_spec(spec), "background": LIGHT["card"]}, scale=scale)
    return png


def themed_svg(spec: Spec, uid: str) -> str:
    """Draw a spec for a page: colours become CSS variables, ids begin with `uid` so that pictures do not share clips.

    Vega numbers ids on from picture to picture; here each begins anew, so that the same figures give the same page.
    """
    known: dict[str, str] = {}

    def themed(tag: re.Match[str]) -> str:
        lean = _COLOUR.sub(_variable, _NOISE.sub("", tag[0]))
        return _ID.sub(lambda match: match[1] + known.setdefault(match[2], f"{uid}-{len(known)}"), lean)

    svg = _TAG.sub(themed, to_svg(spec))
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _variable(match: re.Match[str]) -> str:
    token = _TOKEN_OF.get(match[1].upper())
    return f'="var(--{token})"' if token else match[0]
