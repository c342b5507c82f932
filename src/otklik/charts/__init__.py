"""Every picture as Vega-Lite, drawn to SVG that follows the theme of its page, or to PNG."""

from otklik.charts.ages import ages
from otklik.charts.curves import curves_spec, quantiles_spec
from otklik.charts.effort import effort
from otklik.charts.goal_fan import goal_fan
from otklik.charts.long_waits import long_waits
from otklik.charts.of_hundred import of_hundred
from otklik.charts.path_map import path_map
from otklik.charts.picture import DataTable, Picture
from otklik.charts.promises import promises
from otklik.charts.share_answered import share_answered
from otklik.charts.slice_dots import slice_dots
from otklik.charts.speech import Sentence, Speech
from otklik.charts.time_bars import time_bars
from otklik.charts.trend_curve import trend_curve
from otklik.charts.turns import turns
from otklik.charts.variant_chains import variant_chains
from otklik.charts.wait_timeline import wait_timeline
from otklik.charts.week_grid import arrivals_grid, open_grid, waits_grid

__all__ = [
    "DataTable",
    "Picture",
    "Sentence",
    "Speech",
    "ages",
    "arrivals_grid",
    "curves_spec",
    "effort",
    "goal_fan",
    "long_waits",
    "of_hundred",
    "open_grid",
    "path_map",
    "promises",
    "quantiles_spec",
    "share_answered",
    "slice_dots",
    "time_bars",
    "trend_curve",
    "turns",
    "variant_chains",
    "wait_timeline",
    "waits_grid",
]
