"""A picture: a finding in words, drawn wide and narrow, with the numbers behind it as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from otklik.charts.drawing import Spec, themed_svg, to_png, to_svg
from otklik.charts.palette import LIGHT

WIDE = 780
NARROW = 342


@dataclass(frozen=True)
class DataTable:
    """The numbers of a picture, already in the reader's words: for the eye that cannot see it."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Picture:
    """One picture: Vega-Lite `spec`, `narrow` for small screens; `title` says the finding, `alt` what is to be seen."""

    spec: Spec
    title: str = ""
    alt: str = ""
    narrow: Spec | None = None
    table: DataTable = field(default_factory=lambda: DataTable([], []))

    def themed(self, uid: str) -> tuple[str, str]:
        """Wide and narrow SVG for a page: colours are its CSS variables, ids begin with `uid`."""
        return themed_svg(self.spec, f"{uid}w"), themed_svg(self.narrow or self.spec, f"{uid}n")

    def svg(self) -> str:
        """Draw it wide, with its title, in the light colours."""
        return to_svg(self._titled())

    def png(self, scale: float = 2.0) -> bytes:
        """Draw it wide, with its title, as PNG on white."""
        return to_png(self._titled(), scale)

    def _titled(self) -> Spec:
        title = {"text": self.title, "anchor": "start", "fontSize": 15, "offset": 14, "color": LIGHT["ink"]}
        more = {"title": title} if self.title else {}
        return {**self.spec, "background": LIGHT["card"], "padding": 16, **more}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "application/vnd.vegalite.v6+json": self._titled(),
            "image/svg+xml": self.svg(),
            "text/plain": "\n".join(filter(None, (self.title, self.alt))) or "Picture",
        }
