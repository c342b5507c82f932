"""Honest statistics of speed: curves over all who asked, intervals, comparisons, changes; pure numpy."""

from otklik.stats.aalen_johansen import IncidenceCurves, aalen_johansen
from otklik.stats.benjamini_hochberg import benjamini_hochberg
from otklik.stats.change_points import Change, ChangeRule, change_points
from otklik.stats.day_block_bootstrap import day_block_bootstrap
from otklik.stats.day_table import DayTable, day_table, design_effect
from otklik.stats.decompose import Decomposition, decompose
from otklik.stats.difference_of_quantiles import difference_of_quantiles, p_value_of
from otklik.stats.difference_of_shares import ShareDifference, common_limit, difference_of_shares
from otklik.stats.estimate import UNKNOWN, Estimate
from otklik.stats.headline_curve import headline_curve
from otklik.stats.kaplan_meier import kaplan_meier
from otklik.stats.littles_law import LittleCheck, littles_law, settled_since, still_open_share
from otklik.stats.order_statistics import (
    minimum_n,
    order_statistic_interval,
    quantile_with_interval,
    sample_quantile,
)
from otklik.stats.pettitt_test import PettittResult, pettitt_test
from otklik.stats.survival_curve import SurvivalCurve, ThinnedCurve
from otklik.stats.wilson_interval import wilson_interval

__all__ = [
    "UNKNOWN",
    "Change",
    "ChangeRule",
    "DayTable",
    "Decomposition",
    "Estimate",
    "IncidenceCurves",
    "LittleCheck",
    "PettittResult",
    "ShareDifference",
    "SurvivalCurve",
    "ThinnedCurve",
    "aalen_johansen",
    "benjamini_hochberg",
    "change_points",
    "common_limit",
    "day_block_bootstrap",
    "day_table",
    "decompose",
    "design_effect",
    "difference_of_quantiles",
    "difference_of_shares",
    "headline_curve",
    "kaplan_meier",
    "littles_law",
    "minimum_n",
    "order_statistic_interval",
    "p_value_of",
    "pettitt_test",
    "quantile_with_interval",
    "sample_quantile",
    "settled_since",
    "still_open_share",
    "wilson_interval",
]
