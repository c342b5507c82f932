"""The looks of the blocks: the palette in light and dark, and the rules of everything within `.otklik`."""

from functools import cache
from importlib.resources import files

from otklik.charts.palette import DARK, LIGHT, css_variables


@cache
def stylesheet() -> str:
    """Give the CSS that sections need, in any page that holds them; it styles nothing outside `.otklik`."""
    light, dark = css_variables(LIGHT), css_variables(DARK)
    rules = files("otklik.report").joinpath("templates/blocks.css").read_text("utf-8")
    dark_on_screen = f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return f":root{{{light}}}\n{dark_on_screen}\n@media print{{:root{{{light}}}}}\n{rules}"
